"""Claim lists: claims at a glance, the first of a list that may be long, the disputes they are in.

A list is looked over once, in columns that are soon read; the texts and whatever hangs on a claim
are asked for those claims only that a page shows.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from heapq import nsmallest
from typing import Final, NamedTuple

from ledger.showing import Facts, rows_of, with_words
from ledger.site.own.bearings import with_bearings
from ledger.site.own.contested import contested
from ledger.site.own.sides import number_of, side_of

SHOWN: Final = 12
"""How many claims a page lists at most; the claims table has the rest."""

DISPUTES_SHOWN: Final = 20
"""How many disputes a page lists at most."""

GLANCE: Final = """
SELECT id, status, turn, question, position FROM claims WHERE id IN ({ids})
"""

CLAIMS: Final = """
SELECT c.id, c.text, c.status, c.value, c.kind, c.unit, c.claimant, a.name AS claimant_name,
    c.made, c.as_of, c.hedge, c.n_outlets, c.n_origins, c.n_conflicts, c.position, q.state
FROM json_each(:ids) j JOIN claims c ON c.id = j.value
LEFT JOIN actors a ON a.id = c.claimant LEFT JOIN questions q ON q.id = c.question
ORDER BY c.turn
"""

DISPUTES: Final = """
SELECT q.id, q.asks, q.unit FROM json_each(:ids) j JOIN questions q ON q.id = j.value
ORDER BY j.key
"""

LABELS: Final = """
SELECT p.id, p.label FROM json_each(:ids) j JOIN positions p ON p.id = j.value
"""

# The names of queries below come from this package; what a reader sends travels as parameters.
MADE_BY: Final = "SELECT id FROM claims WHERE claimant = :id"
LISTED: Final = "SELECT value FROM json_each(:id)"
"""Which claims a list is of, by their ids; the last takes the ids themselves, as JSON."""


class Glanced(NamedTuple):
    """What a list needs to know of each of its claims."""

    id: str
    status: str
    turn: int
    question: str | None
    position: str | None


def glance(connection: sqlite3.Connection, ids: str, name: str) -> list[Glanced]:
    """Return the claims of a list at a glance, the most contested first.

    `ids` is one of this module's queries, or one like it, and `name` what it asks for.
    """
    rows = connection.execute(GLANCE.format(ids=ids), {"id": name})
    return sorted((Glanced(*row) for row in rows), key=lambda one: one.turn)


def first_claims(
    connection: sqlite3.Connection, claims: Sequence[Glanced], shown: int = SHOWN
) -> list[Facts]:
    """Return the first claims of a list, with their sides, outlets and places of reading."""
    return told_claims(connection, [one.id for one in claims[:shown]])


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


def statuses_of(claims: Iterable[Glanced]) -> list[Facts]:
    """Return how many claims of a list have each status, the most frequent first."""
    return counted_words("status", (one.status for one in claims))


def counted_words(key: str, words: Iterable[str]) -> list[Facts]:
    """Return how often each of some words comes, as `n` beside it, the most frequent first."""
    counted = Counter(words)
    return [
        {key: word, "n": n}
        for word, n in sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    ]


def disputes_of(connection: sqlite3.Connection, claims: Iterable[Glanced]) -> Facts:
    """Return the most contested disputes that claims of a list are in, and how many there are.

    Each has the positions that these claims take, and how many of them do.
    """
    ranks = contested(connection).ranks
    taken: dict[str, Counter[str]] = {}
    for one in claims:
        if one.position and one.question and one.question in ranks:
            taken.setdefault(one.question, Counter())[one.position] += 1
    first = nsmallest(DISPUTES_SHOWN, taken, key=ranks.__getitem__)
    asked = as_ids([position for question in first for position in taken[question]])
    labels = dict(connection.execute(LABELS, {"ids": asked}))
    disputes = [
        dispute
        | {
            "taken": [
                side_of(position) | {"label": labels[position], "n": n}
                for position, n in sorted(
                    taken[dispute["id"]].items(), key=lambda one: number_of(one[0])
                )
            ]
        }
        for dispute in rows_of(connection, DISPUTES, ids=as_ids(first))
    ]
    return {"disputes": disputes, "n_disputes": len(taken)}


def as_ids(ids: Sequence[str]) -> str:
    """Return ids as LISTED asks for them."""
    return json.dumps(list(ids))
