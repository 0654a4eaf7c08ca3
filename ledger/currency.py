"""Currency: whether a database tells of the files as they are now.

Nothing here needs the records, so that who only reads a database that is current starts at once.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from ledger.database.schema import SCHEMA_VERSION
from ledger.files import digest_of


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


def is_current(claims: Path, database: Path, coding: str | None = None) -> bool:
    """Return whether a database was built from the claims folder as it is, by this program.

    With a `coding`, also whether with that table of vague words. Raises LedgerError if the
    folder cannot be read.
    """
    built = built_as(database)
    return (
        built is not None
        and (built.version, built.schema) == (version("claim-ledger"), SCHEMA_VERSION)
        and coding in {None, built.coding}
        and built.source_sha256 == digest_of(claims)
    )
