"""Currency: whether a database tells of the files as they are now.

Nothing here needs the records, so that who only reads a database that is current starts at once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from ledger import __version__
from ledger.database.schema import SCHEMA_VERSION
from ledger.files import digest_of, hashes_of


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
    uri = f"{database.resolve().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            sql = "SELECT source_sha256, version, schema, coding FROM build"
            row = connection.execute(sql).fetchone()
    except sqlite3.DatabaseError:
        return None
    return BuiltAs(*row) if row else None


def coding_of(database: Path) -> str:
    """Return the table of vague words that a database was built with, so that it is kept."""
    from ledger.values import CODINGS  # noqa: PLC0415 # only for a database that is not current

    built = built_as(database)
    return built.coding if built and built.coding in CODINGS else "plural"


def is_current(
    claims: Path,
    database: Path,
    coding: str | None = None,
    hashes: Mapping[str, str] | None = None,
) -> bool:
    """Return whether a database was built from the claims folder as it is, by this program.

    With a `coding`, also whether with that table of vague words. `hashes` are those of the
    folder's files, if they are known. Raises LedgerError if the folder cannot be read.
    """
    built = built_as(database)
    return (
        built is not None
        and (built.version, built.schema) == (__version__, SCHEMA_VERSION)
        and coding in {None, built.coding}
        and built.source_sha256 == digest_of(hashes_of(claims) if hashes is None else hashes)
    )
