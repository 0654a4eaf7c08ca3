"""What a database tells: all its rows, whatever way they came there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from ledger.database.schema import tables


def told_by(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of every table and view, in the order in which a reader meets them."""
    with closing(sqlite3.connect(database)) as connection:
        told = {
            table.name: [*connection.execute(f"SELECT * FROM {table.name}")]  # noqa: S608 # names of the schema
            for table in tables()
        }
        for table in tables():
            if table.kind == "view":  # whose rows come in no order
                told[table.name].sort(key=repr)
        in_order = sorted(row[0] for row in told["claims"])
        assert [row[0] for row in connection.execute("SELECT id FROM claims ORDER BY rowid")] == (
            in_order
        )
        connection.execute(
            "INSERT INTO claims_fts (claims_fts, rank) VALUES ('integrity-check', 1)"
        )
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return told
