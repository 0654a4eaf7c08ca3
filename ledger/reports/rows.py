"""Rows of the database as plain mappings, their JSON arrays as lists."""

from __future__ import annotations

import json
import sqlite3
from typing import Any, Final

Facts = dict[str, Any]
"""What is known of one thing, by the names of the database's columns; nothing but JSON in it."""

LISTS: Final = frozenset(
    {"aliases", "countries", "hinges", "options", "outlets", "parties", "places", "topics"}
)
"""The columns that hold a JSON array."""


def rows_of(connection: sqlite3.Connection, sql: str, **parameters: object) -> list[Facts]:
    """Return the rows that a query finds."""
    cursor = connection.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor]
    for name in LISTS.intersection(names):
        for row in rows:
            if isinstance(row[name], str):
                row[name] = json.loads(row[name])
    return rows


def row_of(connection: sqlite3.Connection, sql: str, **parameters: object) -> Facts:
    """Return the first row that a query finds. Raises LookupError if it finds none."""
    found = rows_of(connection, sql, **parameters)
    if not found:
        raise LookupError(parameters)
    return found[0]
