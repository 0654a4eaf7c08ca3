"""Trees: what an actor or a place is part of, and what is part of it, as far as a page shows it."""

from __future__ import annotations

import sqlite3
from typing import Final

from ledger.reports.rows import Facts, rows_of

BELOW_SHOWN: Final = 200
"""How many parts a page shows at most."""

# `ledger check` holds the trees free of loops; the depth ends one all the same.
ABOVE: Final = """
WITH RECURSIVE above (id, depth) AS (
    SELECT {parent}, 1 FROM {table} WHERE id = :id AND {parent} IS NOT NULL
    UNION
    SELECT t.{parent}, above.depth + 1 FROM above CROSS JOIN {table} t ON t.id = above.id
    WHERE t.{parent} IS NOT NULL AND above.depth < 100
)
SELECT t.id, t.name, above.depth FROM above CROSS JOIN {table} t ON t.id = above.id
ORDER BY above.depth DESC
"""

BELOW: Final = """
WITH RECURSIVE below (id, depth) AS (
    SELECT id, 1 FROM {table} WHERE {parent} = :id
    UNION
    SELECT t.id, below.depth + 1 FROM below CROSS JOIN {table} t ON t.{parent} = below.id
    WHERE below.depth < 100 LIMIT :most
)
SELECT t.id, t.name, below.depth, t.{parent} AS parent
FROM below CROSS JOIN {table} t ON t.id = below.id
ORDER BY below.depth, t.name, t.id
"""


def tree_of(connection: sqlite3.Connection, table: str, parent: str, name: str) -> Facts:
    """Return what is `above` a thing, the outermost first, and its `parts`, each with its own.

    `below` has the parts in one list; there are no more than are shown.
    """
    names = {"table": table, "parent": parent}
    above = rows_of(connection, ABOVE.format(**names), id=name)
    below = rows_of(connection, BELOW.format(**names), id=name, most=BELOW_SHOWN)
    parts: dict[str, list[Facts]] = {}
    for one in below:
        one["parts"] = parts.setdefault(one["id"], [])
        parts.setdefault(one["parent"], []).append(one)
    return {"above": above, "below": below, "parts": parts.get(name, [])}
