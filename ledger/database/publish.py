"""Publish: a database is written aside and takes the place of the old one in a single step.

A file that nobody serves is replaced by a move. A file that a Datasette serves must stay the
same file, or it would go on serving the old one: there the new content is copied in through
SQLite's backup, as one transaction. Who serves says so by a lock on a file beside it.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO

from ledger.problems import LedgerError


@contextmanager
def written_aside(database: Path) -> Iterator[Path]:
    """Yield the path of an empty file beside a database; what is left there at the end goes.

    Only one build at a time may write: raises LedgerError if another one does, or if the
    folder cannot be written.
    """
    aside = beside(database, "new")
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        lock = aside.open("ab")
    except OSError as error:
        message = f"cannot write {database}: {error.strerror}"
        raise LedgerError(message) from error
    with lock:
        if not _locked(lock, shared=False):
            message = f"another build of {database} is running; try again when it has ended"
            raise LedgerError(message)
        lock.truncate(0)
        try:
            yield aside
        finally:
            aside.unlink(missing_ok=True)
            beside(database, "new-journal").unlink(missing_ok=True)


def publish(aside: Path, database: Path) -> bool:
    """Put a finished database in another's place; return whether that one is being served."""
    with aside.open("rb") as written:
        os.fsync(written.fileno())
    with _unserved(database) as free:
        if free:
            aside.replace(database)
        else:
            _copy_into(aside, database)
    return not free


@contextmanager
def serving(database: Path) -> Iterator[None]:
    """Say, until the end of the block, that a database is being served."""
    with beside(database, "served").open("ab") as lock:
        _locked(lock, shared=True)
        yield


def beside(database: Path, purpose: str) -> Path:
    """Return the path of a hidden file beside a database."""
    return database.with_name(f".{database.name}.{purpose}")


def heal(database: Path) -> None:
    """Roll back what a build left half copied when it was killed; does nothing otherwise.

    Readers that may not write cannot do it themselves and would see an error instead.
    """
    if database.with_name(f"{database.name}-journal").exists():
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()


@contextmanager
def _unserved(database: Path) -> Iterator[bool]:
    """Yield whether nobody serves a database; nobody can begin to until the block ends."""
    with beside(database, "served").open("ab") as lock:
        free = _locked(lock, shared=False) or not database.exists()
        yield free
    if free:
        beside(database, "served").unlink(missing_ok=True)


def _locked(file: IO[bytes], *, shared: bool) -> bool:
    """Take a lock that ends with the process; return False if somebody holds another."""
    try:
        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _copy_into(aside: Path, database: Path) -> None:
    with (
        closing(sqlite3.connect(aside)) as new,
        closing(sqlite3.connect(database, timeout=30)) as old,
    ):
        new.backup(old)
