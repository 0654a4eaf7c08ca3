"""Retellings: whose word is told differently, by documents or by who repeats it."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from ledger.reports.claims import ToldClaim, told_claims
from ledger.reports.memory import remembered
from ledger.reports.rows import as_ids

# The most contested first.
RETOLD: Final = """
SELECT o.origin, k.claim_a, k.claim_b FROM conflicts k
JOIN claims x ON x.id = k.claim_a JOIN claims y ON y.id = k.claim_b
JOIN claim_origins o ON o.claim IN (k.claim_a, k.claim_b)
WHERE k.nature = 'retelling' AND k.state = 'open' AND o.actor IS NOT NULL
GROUP BY o.origin, k.claim_a, k.claim_b ORDER BY min(x.turn, y.turn), max(x.turn, y.turn)
"""

ALTERED: Final = """
SELECT s.outlet, b.claim, b.basis FROM claim_bases b
JOIN claim_outlets s ON s.claim = b.claim JOIN claims c ON c.id = b.claim
WHERE b.altered = 1 ORDER BY c.turn, b.basis
"""

READ_IN: Final = """
SELECT DISTINCT claim, document FROM appearances WHERE claim IN (SELECT value FROM json_each(:ids))
"""

ORIGINS: Final = """
SELECT claim FROM claim_origins WHERE origin = :origin
AND claim IN (SELECT value FROM json_each(:ids))
"""

BASES: Final = """
WITH RECURSIVE up (claim, basis) AS (
    SELECT claim, basis FROM claim_bases WHERE claim IN (SELECT value FROM json_each(:ids))
    UNION SELECT u.claim, b.basis FROM up u JOIN claim_bases b ON b.claim = u.basis
)
SELECT claim, basis FROM up WHERE basis IN (SELECT value FROM json_each(:ids))
"""
"""Which of some claims repeat which others of them, directly or through others."""

REASONS: Final = """
SELECT claim, other, reason FROM claim_conflicts
WHERE claim IN (SELECT value FROM json_each(:ids)) AND state = 'open'
AND other IN (SELECT value FROM json_each(:ids))
"""

Pair = tuple[str, str]

How = Literal["documents", "altered", "alters"]
"""Whether documents tell one word differently, another alters it, or it alters another's."""


@dataclass(slots=True)
class Retold:
    """The pairs of claims that tell somebody's word differently, and where they were read."""

    pairs: list[Pair] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Retelling:
    """A claim of somebody's word, and another that tells it differently, and why they are apart."""

    own: ToldClaim
    other: ToldClaim
    how: How
    reason: str


@remembered
def retold(connection: sqlite3.Connection) -> Mapping[str, Retold]:
    """Return by actor the open conflicts in which its word is told differently."""
    found: dict[str, Retold] = defaultdict(Retold)
    for origin, one, other in connection.execute(RETOLD):
        found[origin].pairs.append((one, other))
    claims = {claim for told in found.values() for pair in told.pairs for claim in pair}
    read: dict[str, list[str]] = defaultdict(list)
    for claim, document in connection.execute(READ_IN, {"ids": as_ids(claims)}):
        read[claim].append(document)
    for told in found.values():
        told.documents.update(one for pair in told.pairs for claim in pair for one in read[claim])
    return dict(found)


@remembered
def altered(connection: sqlite3.Connection) -> Mapping[str, Sequence[Pair]]:
    """Return by outlet the claims that it carries and that alter what they repeat, with that."""
    found: dict[str, list[Pair]] = defaultdict(list)
    for outlet, claim, basis in connection.execute(ALTERED):
        found[outlet].append((claim, basis))
    return dict(found)


def retellings_of(
    connection: sqlite3.Connection, actor: str, pairs: Iterable[Pair]
) -> list[Retelling]:
    """Return pairs of claims of which an actor is an origin, its own word first."""
    pairs = list(pairs)
    told, reasons, asked = _told(connection, pairs)
    repeats = set(connection.execute(BASES, asked))
    of_actor = {claim for (claim,) in connection.execute(ORIGINS, asked | {"origin": actor})}
    found = []
    for pair in pairs:
        own, other = sorted(pair, key=lambda one: (one not in of_actor, one))
        how: How = "documents"
        if (own, other) in repeats:
            how = "alters"
        elif (other, own) in repeats:
            how = "altered"
        found.append(Retelling(told[own], told[other], how, reasons.get((own, other), "")))
    return found


def alterings_of(connection: sqlite3.Connection, pairs: Iterable[Pair]) -> list[Retelling]:
    """Return pairs of a claim and what it repeats and alters."""
    pairs = list(pairs)
    told, reasons, _ = _told(connection, pairs)
    return [
        Retelling(told[own], told[other], "alters", reasons.get((own, other), ""))
        for own, other in pairs
    ]


def _told(
    connection: sqlite3.Connection, pairs: Iterable[Pair]
) -> tuple[dict[str, ToldClaim], dict[Pair, str], dict[str, str]]:
    """Return the claims of some pairs by id, why each two are apart, and the ids for queries."""
    ids = list(dict.fromkeys(claim for pair in pairs for claim in pair))
    asked = {"ids": as_ids(ids)}
    told = {one.id: one for one in told_claims(connection, ids)}
    reasons = {(one, other): reason for one, other, reason in connection.execute(REASONS, asked)}
    return told, reasons, asked
