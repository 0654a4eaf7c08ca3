"""Hold: a file that is about to be replaced, and whether somebody else writes into it.

Editors save in two ways: by moving a new file into the place of the old one, or by writing into
it. The second kind would go on writing into the file that was moved away. Linux tells of it
beforehand: it lends a file (a lease) only while nobody has it open for writing, and lets who wants
to write wait until it is given back.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

try:
    import fcntl
except ImportError:  # pragma: no cover # where there are no leases, contents alone are compared
    fcntl = None  # type: ignore[assignment] # the module's absence is the message

LEASES: Final = hasattr(fcntl, "F_SETLEASE") and hasattr(fcntl, "F_SETSIG")

PATIENCE: Final = 1.0
"""How many seconds are waited for others to finish writing into a file."""

PAUSE: Final = 0.01
"""How many seconds pass between two tries."""

SETTLED: Final = 0.05
"""For how many seconds nobody has written into a file that is believed to be whole."""


class HeldByOthersError(Exception):
    """Somebody else has a file open for writing."""


@dataclass(slots=True)
class Hold:
    """A file that is open for reading, as it was when it was opened."""

    opened: int
    content: bytes
    leased: bool

    def is_at(self, path: Path) -> bool:
        """Return whether the file, and no other, stands in a place."""
        try:
            return os.path.samestat(os.fstat(self.opened), path.stat(follow_symlinks=False))
        except FileNotFoundError:
            return False

    def is_untouched(self) -> bool:
        """Return whether the file holds what it did, and nobody waits to write into it."""
        if self.leased and fcntl.fcntl(self.opened, fcntl.F_GETLEASE) != fcntl.F_RDLCK:
            return False
        return _content(self.opened) == self.content

    def close(self) -> None:
        """Give the file back."""
        os.close(self.opened)


def hold(file: Path, patience: float = PATIENCE, *, leases: bool = LEASES) -> Hold:
    """Open a file that nobody else writes into, and read it.

    Without `leases`, that is one into which nobody has written for a moment.
    Raises HeldByOthersError if somebody does for longer than `patience` seconds, OSError if the
    file cannot be read.
    """
    opened = os.open(file, os.O_RDONLY)
    try:
        leased = leases and _lease(opened, patience)
        if not leased:
            _settle(opened, patience)
        return Hold(opened, _content(opened), leased)
    except BaseException:
        os.close(opened)
        raise


def _lease(opened: int, patience: float) -> bool:
    """Borrow a file once nobody writes into it; return False where the disk knows no leases."""
    with suppress(OSError):
        # What tells that somebody waits would end the program, were it not this signal.
        fcntl.fcntl(opened, fcntl.F_SETSIG, signal.SIGURG)
        return _once_free(lambda: fcntl.fcntl(opened, fcntl.F_SETLEASE, fcntl.F_RDLCK), patience)
    return False


def _once_free(lease: Callable[[], int], patience: float) -> bool:
    """Return True once a lease could be had."""
    until = time.monotonic() + patience
    while True:
        try:
            lease()
        except BlockingIOError as error:
            if time.monotonic() > until:
                raise HeldByOthersError from error
            time.sleep(PAUSE)
        else:
            return True


def _settle(opened: int, patience: float) -> None:
    """Wait until nobody has written into a file for a moment."""
    until = time.monotonic() + patience
    while 0 <= time.time() - os.fstat(opened).st_mtime < SETTLED:
        if time.monotonic() > until:
            raise HeldByOthersError
        time.sleep(PAUSE)


def _content(opened: int) -> bytes:
    size = os.fstat(opened).st_size
    parts = []
    at = 0
    while part := os.pread(opened, max(size - at, 1) + 1, at):
        parts.append(part)
        at += len(part)
    return b"".join(parts)
