"""Publish: a database is written aside and takes the place of the old one in a single step.

A file that nobody serves is replaced by a move. A file that a Datasette serves must stay the
same file, or it would go on serving the old one: there the new content is copied in through
SQLite's backup, as one transaction. Who serves says so by a lock on a file beside it.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from ledger.database.opening import heal, read_only
from ledger.problems import LedgerError

try:
    import fcntl
except ImportError:  # pragma: no cover # where there are no such locks, every copy is a backup
    fcntl = None  # type: ignore[assignment] # the module's absence is the message

MAGIC: Final = b"SQLite format 3\0"
"""What every file of SQLite begins with."""

LOCKS: Final = fcntl is not None

PATIENCE: Final = 60
"""How many seconds a build waits for readers of a database that is being served."""

UNWRITABLE: Final = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_READONLY,
    }
)
"""What SQLite says where a file cannot be written; any other error is ours."""


@contextmanager
def written_aside(database: Path) -> Iterator[Path]:
    """Yield the path of an empty file beside a database; what is left there at the end goes.

    Only one build at a time may write: raises LedgerError if another one does, if the file or
    its folder cannot be written, or if what is there is no database of a ledger.
    """
    _refuse_others(database)
    aside = beside(database, "new")
    try:
        aside.parent.mkdir(parents=True, exist_ok=True)
        lock = _hold(aside, shared=False)
    except BlockingIOError as error:
        message = f"another build of {database} is running; try again when it has ended"
        raise LedgerError(message) from error
    except OSError as error:
        message = f"cannot write {database}: {error.strerror}"
        raise LedgerError(message) from error
    with lock:
        lock.truncate(0)
        try:
            yield aside
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in UNWRITABLE:
                raise
            message = f"cannot write {database}: {error}"
            raise LedgerError(message) from error
        finally:
            # After the move, the path is free for the next build, which may be there already.
            if _is_at(lock, aside):
                aside.with_name(f"{aside.name}-journal").unlink(missing_ok=True)
                aside.unlink()


def _refuse_others(database: Path) -> None:
    """Raise LedgerError if a file is there that is not a ledger's database, nor a damaged one."""
    real = Path(os.path.realpath(database))
    if os.path.lexists(real) and not real.is_file():
        message = f"{database} is no regular file; it is as it was: name another with --db"
        raise LedgerError(message)
    if not real.exists() or not real.stat().st_size:
        return
    with database.open("rb") as file:
        ours = file.read(len(MAGIC)) == MAGIC
    if ours:
        with suppress(sqlite3.DatabaseError), closing(read_only(database)) as connection:
            names = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
            ours = not names or "build" in names
    if not ours:
        message = f"{database} is no database of a ledger; it is as it was: name another with --db"
        raise LedgerError(message)


def publish(aside: Path, database: Path) -> bool:
    """Put a finished database in another's place; return whether that one is being served.

    Raises LedgerError if it cannot be put there.
    """
    try:
        with aside.open("rb") as written:
            os.fsync(written.fileno())
        with unserved(database) as free:
            if free:
                _replace(aside, Path(os.path.realpath(database)))
            else:
                _copy_into(aside, database)
    except OSError as error:
        message = f"cannot write {database}: {error.strerror}"
        raise LedgerError(message) from error
    return not free


@contextmanager
def serving(database: Path) -> Iterator[None]:
    """Say, until the end of the block, that a database is being served."""
    with _hold(beside(database, "served"), shared=True):
        yield


def beside(database: Path, purpose: str) -> Path:
    """Return the path of a hidden file beside a database."""
    # Not Path.resolve, which raises where a link leads to itself.
    database = Path(os.path.realpath(database))
    return database.with_name(f".{database.name}.{purpose}")


def _replace(aside: Path, database: Path) -> None:
    """Move a database to another's place, where nothing may be left that belongs to the old one.

    A journal that stayed there would be rolled back into the new database.
    """
    heal(database)
    for ending in ("journal", "wal", "shm"):
        database.with_name(f"{database.name}-{ending}").unlink(missing_ok=True)
    aside.replace(database)


def _copy_into(aside: Path, database: Path) -> None:
    """Copy a database into another as one transaction; readers wait until it is there."""
    patience = time.monotonic() + PATIENCE

    def wait(status: int, _remaining: int, _total: int) -> None:
        if status == sqlite3.SQLITE_BUSY and time.monotonic() > patience:
            message = f"cannot write {database}: somebody has been reading it for {PATIENCE} s"
            raise LedgerError(message)

    with (
        closing(sqlite3.connect(aside)) as new,
        # Whole, since a path that begins with `file:` may be read as an address.
        closing(sqlite3.connect(os.path.realpath(database))) as old,
    ):
        new.backup(old, progress=wait, sleep=0.01)


@contextmanager
def unserved(database: Path) -> Iterator[bool]:
    """Yield whether nobody serves a database; nobody can begin to until the block ends."""
    mark = beside(database, "served")
    try:
        lock = _hold(mark, shared=False)
    except BlockingIOError:
        yield not database.exists()
        return
    with lock:
        try:
            yield LOCKS or not database.exists()
        finally:
            mark.unlink(missing_ok=True)


def _hold(path: Path, *, shared: bool) -> IO[bytes]:
    """Open a file, creating it, with a lock on it that ends with the process.

    A shared lock is waited for; raises BlockingIOError if an exclusive one cannot be had.
    """
    while True:
        file = path.open("ab")
        try:
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_SH if shared else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BaseException:
            file.close()
            raise
        # Its last holder may have moved or removed the file just before the lock was had.
        if _is_at(file, path):
            return file
        file.close()


def _is_at(file: IO[bytes], path: Path) -> bool:
    """Return whether an open file is the one that is now found under a path."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False
