"""Bearings: the outlets cited for the claims of a page, and the paragraphs they were read in.

Each is asked for all claims of a page at once.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from ledger.reports.rows import Facts, rows_of

CHIPS: Final = 12
"""How many outlets a claim in a list shows; its own page shows them all."""

OUTLETS: Final = """
SELECT s.claim, o.id, o.name, count(*) AS times
FROM citations s JOIN outlets o ON o.id = s.outlet
WHERE s.claim IN (SELECT value FROM json_each(:claims))
GROUP BY s.claim, o.id ORDER BY s.claim, o.name
"""

FOUND: Final = """
SELECT r.claim, r.document, r.paragraph, d.title
FROM appearances r JOIN documents d ON d.id = r.document
WHERE r.claim IN (SELECT value FROM json_each(:claims))
ORDER BY r.claim, r.document, r.paragraph
"""


def with_bearings(connection: sqlite3.Connection, claims: list[Facts]) -> list[Facts]:
    """Return claims with the outlets cited for each and the paragraphs it was read in.

    `outlet_names` are the first of them by name, `more_outlets` how many are left out.
    """
    asked = [claim["id"] for claim in claims]
    outlets = _by_claim(connection, OUTLETS, asked)
    found = _by_claim(connection, FOUND, asked)
    return [
        claim
        | {
            "outlet_names": outlets[claim["id"]][:CHIPS],
            "more_outlets": len(outlets[claim["id"]]) - CHIPS,
            "found": found[claim["id"]],
        }
        for claim in claims
    ]


def _by_claim(
    connection: sqlite3.Connection, sql: str, claims: Iterable[str]
) -> dict[str, list[Facts]]:
    rows: dict[str, list[Facts]] = defaultdict(list)
    for row in rows_of(connection, sql, claims=json.dumps(list(claims))):
        rows[row["claim"]].append(row)
    return rows
