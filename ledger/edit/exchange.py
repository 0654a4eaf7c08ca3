"""Exchange: two files of one folder change places, so that what stood in a place can be looked at.

Who moves a file over another never sees what it took away. After an exchange it is there, aside.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

HERE: Final = -100
"""How Linux is told that a path is meant from where the program runs (AT_FDCWD)."""

EXCHANGE: Final = 2
"""How Linux is told to exchange two files (RENAME_EXCHANGE)."""


def exchange(aside: Path, file: Path) -> bool:
    """Let two files that are there change places; return False if a copy of one came out.

    In one step where the system can, else in several. Raises OSError if it cannot be done.
    """
    return _exchanged(aside, file) or exchange_in_steps(aside, file)


def exchange_in_steps(aside: Path, file: Path) -> bool:
    """Let two files change places as every system can.

    The place of `file` is never empty, but what is moved there in the same instant is lost.
    Returns False if the disk gives files one name each, so that a copy came out. Raises OSError
    if it cannot be done.
    """
    kept = kept_beside(file)
    kept.unlink(missing_ok=True)
    is_itself = _keep(file, kept)
    aside.replace(file)
    kept.replace(aside)
    return is_itself


def kept_beside(file: Path) -> Path:
    """Return where a file's old content is kept while there is no exchange in one step."""
    return file.with_name(f".{file.name}.old")


def _exchanged(aside: Path, file: Path) -> bool:
    """Exchange two files in one step; return whether the system can."""
    rename = _renameat2()
    if rename is None:
        return False
    return rename(HERE, os.fsencode(aside), HERE, os.fsencode(file), EXCHANGE) == 0


@cache
def _renameat2() -> Callable[[int, bytes, int, bytes, int], int] | None:
    """Return the call of Linux that exchanges files; None where there is none."""
    if sys.platform != "linux":
        return None
    found: Callable[[int, bytes, int, bytes, int], int] | None = None
    with suppress(OSError, AttributeError):  # another libc, or an old one
        found = ctypes.CDLL(None).renameat2
    return found


def _keep(file: Path, kept: Path) -> bool:
    """Give a file a second name, or where that cannot be, a copy of that name: then False."""
    try:
        kept.hardlink_to(file)
    except OSError:
        shutil.copy2(file, kept)
        return False
    return True
