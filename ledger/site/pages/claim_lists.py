"""Claim lists: the first claims of a list that may be long, as a page shows them.

The texts and whatever hangs on a claim are asked for those claims only that a page shows.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final

from ledger.reports.bearings import with_bearings
from ledger.reports.claims import with_words
from ledger.reports.rows import Facts, rows_of
from ledger.site.answering.sides import side_of

SHOWN: Final = 12
"""How many claims a page lists at most; the claims table has the rest."""

# Queries come from this package; what a reader sends travels as parameters. Sorted in SQL, SQLite
# might walk through all claims in their turns.
TURNS: Final = "SELECT turn, id FROM claims WHERE id IN ({which})"

CLAIMS: Final = """
SELECT c.id, c.text, c.status, c.value, c.kind, c.unit, c.claimant, a.name AS claimant_name,
    c.made, c.as_of, c.hedge, c.n_outlets, c.n_origins, c.n_conflicts, c.position, q.state
FROM json_each(:ids) j JOIN claims c ON c.id = j.value
LEFT JOIN actors a ON a.id = c.claimant LEFT JOIN questions q ON q.id = c.question
ORDER BY c.turn
"""


def in_turn(connection: sqlite3.Connection, which: str, **asked: object) -> list[str]:
    """Return the ids of the claims of a list, the most contested first.

    `which` is a query for their ids, and `asked` what it asks for.
    """
    rows = connection.execute(TURNS.format(which=which), asked)
    return [name for _, name in sorted(rows)]


def told_claims(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Facts]:
    """Return claims with their sides, outlets and places of reading, the most contested first."""
    found = rows_of(connection, CLAIMS, ids=as_ids(ids))
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


def as_ids(ids: Sequence[str]) -> str:
    """Return ids as queries are given them, as JSON."""
    return json.dumps(list(ids))
