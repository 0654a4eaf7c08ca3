"""Counts: how much of each a built database holds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from ledger.database.opening import read_only


def counts_of(database: Path) -> dict[str, int]:
    """Return the counts of a database's build, by the names of their columns."""
    with closing(read_only(database)) as connection:
        return counts_in(connection)


def counts_in(connection: sqlite3.Connection) -> dict[str, int]:
    """Return the counts of the build that a connection is open on, by their columns."""
    cursor = connection.execute("SELECT * FROM build")
    names = [column[0] for column in cursor.description]
    row = dict(zip(names, cursor.fetchone(), strict=True))
    return {name: number for name, number in row.items() if name.startswith("n_")}


BREAKDOWNS: Final = {
    "document": "SELECT id, n_claims FROM documents ORDER BY n_claims DESC, id",
    "status": "SELECT status, count(*) AS n FROM claims GROUP BY 1 ORDER BY n DESC, 1",
    "kind of value": (
        "SELECT coalesce(kind, 'none'), count(*) AS n FROM claims GROUP BY 1 ORDER BY n DESC, 1"
    ),
}
"""By what claims are counted when a build is told of."""


def breakdowns_of(database: Path) -> dict[str, list[tuple[str, int]]]:
    """Return how many claims a database has by document, status and kind, the most first."""
    with closing(read_only(database)) as connection:
        return {
            name: [(str(what), int(number)) for what, number in connection.execute(sql)]
            for name, sql in BREAKDOWNS.items()
        }
