"""Currency: whether a database tells of the files as they are now, and was made from them.

Nothing here needs the records, so that who only reads a database that is current starts at once.
Which folder a database was made from cannot stand in it, since the same files give the same
bytes wherever they lie; it is written down in a hidden file beside it.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Final, NamedTuple

from ledger import __version__
from ledger.database.opening import read_only
from ledger.database.publish import beside
from ledger.database.schema import SCHEMA_VERSION
from ledger.files import digest_of, hashes_of
from ledger.problems import LedgerError
from ledger.words import CODINGS

MADE: Final = "made"
"""What the file beside a database is for that says from which folder, and which files, it was."""

DEFAULT: Final = "ledger.db"
"""What a database is called, and beside which claims folder it lies, unless told otherwise."""


class BuiltAs(NamedTuple):
    """From what and how a database was built."""

    source_sha256: str
    version: str
    schema: int
    coding: str


def built_as(database: Path) -> BuiltAs | None:
    """Return from what and how a database was built; None if it is not one of ours."""
    if not database.exists():
        return None
    try:
        with closing(read_only(database)) as connection:
            sql = "SELECT source_sha256, version, schema, coding FROM build"
            row = connection.execute(sql).fetchone()
    except sqlite3.DatabaseError:
        return None
    return BuiltAs(*row) if row else None


def coding_of(database: Path) -> str:
    """Return the table of vague words that a database was built with, so that it is kept."""
    built = built_as(database)
    return built.coding if built and built.coding in CODINGS else "plural"


def is_current(claims: Path, database: Path, coding: str | None = None) -> bool:
    """Return whether a database was built from the claims folder as it is, by this program.

    With a `coding`, also whether with that table of vague words. Raises LedgerError if the
    folder cannot be read.
    """
    built = built_as(database)
    return (
        built is not None
        and (built.version, built.schema) == (__version__, SCHEMA_VERSION)
        and coding in {None, built.coding}
        and built.source_sha256 == digest_of(hashes_of(claims))
    )


class _Made(NamedTuple):
    """From which claims folder a database was made, and the hashes of its files at the time."""

    claims: Path | None
    sources: tuple[str, ...]


def note_making(claims: Path, database: Path, source_sha256: str) -> None:
    """Write down beside a database, just before it is published, what it is made from.

    A build may be ended at any moment: the database that is still there then, if it was ours,
    stays ours. Raises LedgerError if it cannot be written.
    """
    built = built_as(database)
    ours = [built.source_sha256] if built and is_made_from(claims, database) else []
    note = beside(database, MADE)
    told = {"claims": _way(claims, note.parent), "sources": [*ours, source_sha256]}
    aside = note.with_name(f"{note.name}.new")
    try:
        aside.write_text(json.dumps(told) + "\n", encoding="utf-8")
        aside.replace(note)
    except OSError as error:
        message = f"cannot write {database}: {error.strerror}"
        raise LedgerError(message) from error


def is_made_from(claims: Path, database: Path) -> bool:
    """Return whether a database, if there is one, was built from a claims folder and put there.

    One that was downloaded, or copied from elsewhere, was not, even if its claims are the same.
    """
    built = built_as(database)
    if built is None:
        return True
    made = _made(database)
    if built.source_sha256 in made.sources:
        return _is_same(made.claims, claims)
    # Before such notes were written, a database lay where it does unless told otherwise.
    default = Path(os.path.realpath(claims)).with_name(DEFAULT)
    return default == Path(os.path.realpath(database)) and _shares_files(claims, database)


def refuse_other_claims(claims: Path, database: Path) -> None:
    """Raise LedgerError if a database was not made from a claims folder."""
    if not is_made_from(claims, database):
        message = (
            f"{database} was not built from {claims} and is as it was: name another file with "
            "--db, or replace it with `ledger build --replace`"
        )
        raise LedgerError(message)


def _made(database: Path) -> _Made:
    """Return what is written down of a database's making."""
    note = beside(database, MADE)
    with suppress(OSError, ValueError, KeyError, TypeError):
        told = json.loads(note.read_text(encoding="utf-8"))
        return _Made(note.parent / told["claims"], tuple(map(str, told["sources"])))
    return _Made(None, ())


def _way(folder: Path, start: Path) -> str:
    """Return the way to a folder, so that both may move together."""
    real = os.path.realpath(folder)
    with suppress(ValueError):  # on another drive
        return Path(os.path.relpath(real, start)).as_posix()
    return real


def _is_same(one: Path | None, other: Path) -> bool:
    return one is not None and os.path.realpath(one) == os.path.realpath(other)


def _shares_files(claims: Path, database: Path) -> bool:
    """Return whether a database was built from a file that is still below a folder."""
    try:
        with closing(read_only(database)) as connection:
            built = set(connection.execute("SELECT path, sha256 FROM files"))
    except sqlite3.DatabaseError:
        return False
    return not built or not built.isdisjoint(hashes_of(claims).items())
