"""Opposed: who is cited for, or makes, claims that some claims cannot stand beside."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Final

from ledger.showing import Facts, rows_of
from ledger.site.own.claim_lists import Glanced, as_ids

MOST: Final = 100
"""How many contested claims of a thing are looked at, the most contested first."""

NAMED: Final = 12
"""How many opponents a page names at most."""

# Written so that SQLite only looks up: joined, it would read whole tables to save some looks.
AGAINST: Final = """
WITH pairs AS (
    SELECT claim_b AS other, question FROM conflicts
    WHERE state = 'open' AND claim_a IN (SELECT value FROM json_each(:ids))
    UNION
    SELECT claim_a, question FROM conflicts
    WHERE state = 'open' AND claim_b IN (SELECT value FROM json_each(:ids))
)
SELECT f.*, n.name, q.asks FROM (
    SELECT id, count(DISTINCT other) AS n_claims, count(DISTINCT question) AS n_questions,
        min(question) AS question
    FROM ({who}) WHERE id IS NOT NULL GROUP BY id
    ORDER BY id <> :self, n_claims DESC, n_questions DESC, id LIMIT :most
) f JOIN {names} n ON n.id = f.id LEFT JOIN questions q ON q.id = f.question
ORDER BY f.n_claims DESC, f.n_questions DESC, f.id
"""

OUTLETS: Final = AGAINST.format(
    who="""
    SELECT s.outlet AS id, other, question FROM pairs CROSS JOIN citations s ON s.claim = other
    """,
    names="outlets",
)
"""Who is cited for the claims against some claims."""

ACTORS: Final = AGAINST.format(
    who="SELECT (SELECT claimant FROM claims WHERE id = other) AS id, other, question FROM pairs",
    names="actors",
)
"""Who makes the claims against some claims."""


def opposed_by(
    connection: sqlite3.Connection, sql: str, name: str, claims: Iterable[Glanced]
) -> Facts:
    """Return who contradicts some claims, the most opposed first, and whether they do themselves.

    Of many contested claims only the first are looked at: `n_opposed` of `n_contested`.
    `sql` is one of this module's queries, and `name` the id of whoever the claims are of.
    """
    contested = [one.id for one in claims if one.status == "contested"]
    ids = as_ids(contested[:MOST])
    opposed = rows_of(connection, sql, ids=ids, self=name, most=NAMED + 1)
    return {
        "n_opposed": min(len(contested), MOST),
        "n_contested": len(contested),
        "against_itself": next((one for one in opposed if one["id"] == name), None),
        "opposed_by": [one for one in opposed if one["id"] != name][:NAMED],
    }
