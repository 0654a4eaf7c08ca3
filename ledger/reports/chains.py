"""Chain: who repeats whom, from the claims that stand on their own word down to their echoes."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from ledger.reports.rows import as_ids, things_of

DEEPEST: Final = 12
"""How many steps a chain is followed; longer ones are cut, and say so."""

ABOVE: Final = """
WITH RECURSIVE pairs (claim, basis) AS (
    SELECT claim, basis FROM claim_bases WHERE claim IN (SELECT value FROM json_each(:claims))
    UNION SELECT b.claim, b.basis FROM pairs p JOIN claim_bases b ON b.claim = p.basis
)
SELECT claim, basis FROM pairs ORDER BY 1, 2
"""
"""What claims repeat, up to the claims that stand on their own word."""

BELOW: Final = """
SELECT claim, basis FROM claim_bases WHERE basis IN (SELECT value FROM json_each(:claims))
ORDER BY 1, 2
"""
"""What repeats claims, one step down."""

# A claim without a claimant speaks with the voice of the document it was read in.
SPOKEN: Final = """
SELECT c.id, c.text, c.position, p.number, c.claimant, coalesce(a.name, d.title) AS speaker,
    iif(a.id IS NULL, d.id, NULL) AS document
FROM claims c LEFT JOIN actors a ON a.id = c.claimant LEFT JOIN documents d ON d.id = (
    SELECT document FROM appearances WHERE claim = c.id ORDER BY document LIMIT 1
) LEFT JOIN positions p ON p.id = c.position
WHERE c.id IN (SELECT value FROM json_each(:claims))
"""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A claim in a chain, and who speaks: its claimant, or the document without a voice."""

    id: str
    text: str
    position: str | None
    number: int | None
    claimant: str | None
    speaker: str
    document: str | None


@dataclass(frozen=True, slots=True)
class ChainLink:
    """A claim in a chain, with the claims that repeat it.

    `again` says that what repeats it has been shown further up, `cut` that it is not shown.
    """

    claim: Spoken
    repeated_by: list[ChainLink] = field(default_factory=list)
    again: bool = False
    cut: bool = False


Pairs = Sequence[tuple[str, str]]
"""Claims, each with one that it repeats."""


def chains_of(connection: sqlite3.Connection, claims: Sequence[str]) -> list[ChainLink]:
    """Return the chains that claims stand in, from those that stand on their own word."""
    up = _pairs(connection, ABOVE, claims)
    pairs = sorted({*up, *_pairs(connection, BELOW, claims)})
    above, below = _sorted_out(pairs)
    known = _spoken(connection, {*claims, *chain.from_iterable(pairs)})
    roots = [one for one in sorted(known) if one in below and one not in above]
    shown: set[str] = set()
    return [_link(one, known, below, shown) for one in roots]


def _pairs(connection: sqlite3.Connection, sql: str, claims: Iterable[str]) -> Pairs:
    return connection.execute(sql, {"claims": as_ids(claims)}).fetchall()


def _spoken(connection: sqlite3.Connection, claims: Iterable[str]) -> dict[str, Spoken]:
    found = things_of(connection, Spoken, SPOKEN, claims=as_ids(sorted(claims)))
    return {one.id: one for one in found}


def _sorted_out(pairs: Pairs) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return what each claim is based on, and what is based on it."""
    above: dict[str, list[str]] = defaultdict(list)
    below: dict[str, list[str]] = defaultdict(list)
    for claim, basis in pairs:
        above[claim].append(basis)
        below[basis].append(claim)
    return dict(above), dict(below)


def _link(
    claim: str,
    known: Mapping[str, Spoken],
    below: Mapping[str, list[str]],
    shown: set[str],
    depth: int = 1,
) -> ChainLink:
    repeats = below.get(claim, [])
    if claim in shown and repeats:
        return ChainLink(known[claim], again=True)
    shown.add(claim)
    if depth >= DEEPEST and repeats:
        return ChainLink(known[claim], cut=True)
    return ChainLink(known[claim], [_link(one, known, below, shown, depth + 1) for one in repeats])
