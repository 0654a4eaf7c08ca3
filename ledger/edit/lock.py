"""Lock: only one command at a time changes a claims folder."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ledger.problems import LedgerError

try:
    import fcntl
except ImportError:  # pragma: no cover # where there are no such locks, nothing is held
    fcntl = None  # type: ignore[assignment] # the module's absence is the message

PATIENCE: Final = 120.0
"""How many seconds a command waits for others to finish."""

PAUSE: Final = 0.02
"""How many seconds pass between two tries."""


@contextmanager
def locked(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold a claims folder until the end of the block; the lock ends with the process too.

    The folder itself is locked, so that no file is left behind. Raises LedgerError if the
    folder is not there or another command holds it for longer than `patience` seconds.
    """
    try:
        held = os.open(folder, os.O_RDONLY)
    except OSError as error:
        message = f"cannot read {folder}: {error.strerror}"
        raise LedgerError(message) from error
    try:
        _wait_for(held, folder, patience)
        yield
    finally:
        os.close(held)


def _wait_for(held: int, folder: Path, patience: float) -> None:
    """Wait until nobody else holds a folder."""
    until = time.monotonic() + patience
    while fcntl is not None:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                message = (
                    f"another command has been changing {folder} for {patience:g} s; "
                    "nothing was written; try again when it has ended"
                )
                raise LedgerError(message) from None
            time.sleep(PAUSE)
        except OSError as error:  # a disk, often one of a network, that knows no locks
            message = f"cannot lock {folder}: {error.strerror}; nothing was written"
            raise LedgerError(message) from error
        else:
            return
