"""Claim lists: the first claims of a list that may be long, and the disputes that claims are in."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final

from ledger.showing import Facts, rows_of, with_words
from ledger.site.own.bearings import with_bearings
from ledger.site.own.sides import side_of

SHOWN: Final = 50
"""How many claims a page lists at most; the claims table has the rest."""

DISPUTES_SHOWN: Final = 50
"""How many disputes a page lists at most."""

FIRST: Final = """
SELECT c.id, c.text, c.status, c.value, c.kind, c.unit, c.claimant, a.name AS claimant_name,
    c.made, c.as_of, c.hedge, c.n_outlets, c.n_origins, c.n_conflicts, c.position, q.state
FROM (SELECT id, turn FROM claims WHERE id IN ({ids}) ORDER BY turn LIMIT :shown) f
JOIN claims c ON c.id = f.id
LEFT JOIN actors a ON a.id = c.claimant LEFT JOIN questions q ON q.id = c.question
ORDER BY c.turn
"""

STATUSES: Final = """
SELECT status, count(*) AS n FROM claims WHERE id IN ({ids}) GROUP BY status ORDER BY n DESC, status
"""

# A dispute once for each position taken in it; the best supported disputes come first.
TAKEN: Final = """
SELECT q.id, q.asks, q.unit, c.position, p.label, count(*) AS n
FROM claims c JOIN questions q ON q.id = c.question JOIN positions p ON p.id = c.position
WHERE c.id IN ({ids}) AND q.state = 'disputed'
GROUP BY q.id, c.position ORDER BY q.support DESC, q.n_conflicts DESC, q.id, length(p.id), p.id
"""

# The names of queries below come from this package; what a reader sends travels as parameters.
CITING: Final = "SELECT claim FROM citations WHERE outlet = :id"
MADE_BY: Final = "SELECT id FROM claims WHERE claimant = :id"
IN_DOSSIER: Final = "SELECT id FROM claims WHERE dossier = :id"
LISTED: Final = "SELECT value FROM json_each(:id)"
"""Which claims a list is of, by their ids; the last takes the ids themselves, as JSON."""


def first_claims(connection: sqlite3.Connection, ids: str, name: str) -> list[Facts]:
    """Return the most contested claims of a list, with their sides, outlets and places of reading.

    `ids` is one of this module's queries, and `name` what it asks for.
    """
    found = rows_of(connection, FIRST.format(ids=ids), id=name, shown=SHOWN)
    return with_bearings(connection, with_sides(with_words(connection, found)))


def with_sides(claims: Iterable[Facts]) -> list[Facts]:
    """Return claims, those on a disputed question with the letter of their position."""
    return [
        claim
        | (
            {"side": side_of(claim["position"])}
            if claim["position"] and claim["state"] == "disputed"
            else {}
        )
        for claim in claims
    ]


def statuses_of(connection: sqlite3.Connection, ids: str, name: str) -> list[Facts]:
    """Return how many claims of a list have each status, the most frequent first."""
    return rows_of(connection, STATUSES.format(ids=ids), id=name)


def disputes_of(connection: sqlite3.Connection, ids: str, name: str) -> list[Facts]:
    """Return the disputes that claims of a list are in, with the positions that these take.

    The best supported come first, and not more than are shown on a page.
    """
    found: dict[str, Facts] = {}
    for row in rows_of(connection, TAKEN.format(ids=ids), id=name):
        dispute = found.setdefault(
            row["id"], {key: row[key] for key in ("id", "asks", "unit")} | {"taken": []}
        )
        dispute["taken"].append(side_of(row["position"]) | {"label": row["label"], "n": row["n"]})
    return list(found.values())


def as_ids(ids: Sequence[str]) -> str:
    """Return ids as LISTED asks for them."""
    return json.dumps(list(ids))
