"""Near: what may have been meant by an id in an address that nothing has."""

from __future__ import annotations

import sqlite3
from typing import Final

from ledger.reports.rows import Facts, rows_of
from ledger.things import KINDS

OFFERED: Final = 5
"""How many things are offered at most."""

SHORTEST: Final = 4
"""How many letters an id must share with what was asked for, from its beginning on."""

BEGINNING: Final = """
SELECT id, {label} AS label FROM {table} WHERE id >= :least AND id < :least || char(1114111)
ORDER BY length(id), id LIMIT :most
"""


def near_ids(connection: sqlite3.Connection, kind: str, asked: str) -> list[Facts]:
    """Return the things of a kind whose ids share the most with an id, from its beginning on.

    Each has its `label` and its `path`. Only the index of ids is looked into, so that nobody
    who asks for what is not there keeps the site busy.
    """
    known = KINDS.get(kind)
    if known is None or not known.label:
        return []
    sql = BEGINNING.format(table=known.table, label=known.label)
    for length in range(len(asked), SHORTEST - 1, -1):
        found = rows_of(connection, sql, least=asked[:length], most=OFFERED)
        if found:
            return [one | {"path": f"{known.path}{one['id']}"} for one in found]
    return []
