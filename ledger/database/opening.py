"""Opening: a database's file, only to be read."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path


def read_only(database: Path, patience: float = 5.0) -> sqlite3.Connection:
    """Return a connection to a database that cannot write to it, whatever signs its path has.

    For `patience` seconds it waits for who writes. Raises
    sqlite3.OperationalError if there is none or it cannot be opened.
    """
    heal(database)
    # Not Path.resolve, which raises where a link leads to itself.
    address = Path(os.path.realpath(database)).as_uri()
    return sqlite3.connect(f"{address}?mode=ro", uri=True, timeout=patience)


def heal(database: Path) -> None:
    """Roll back what a build left half copied when it was killed; does nothing otherwise.

    Readers that may not write cannot do it themselves and would see an error instead. While a
    build is at work there is nothing to roll back, and SQLite lets readers wait for its end.
    """
    database = Path(os.path.realpath(database))
    if not database.with_name(f"{database.name}-journal").exists():
        return
    address = f"{database.as_uri()}?mode=rw"
    with (
        suppress(sqlite3.DatabaseError),
        closing(sqlite3.connect(address, uri=True, timeout=0)) as connection,
    ):
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
