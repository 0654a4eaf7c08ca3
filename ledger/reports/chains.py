"""Chain: who repeats whom, from the claims that stand on their own word down to their echoes."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ledger.reports.claims import altered_in_words, with_words
from ledger.reports.rows import as_ids, rows_of
from ledger.values.kind import with_unit

DEEPEST: Final = 12
"""How many steps a chain is followed; longer ones are cut, and say so."""

ABOVE: Final = """
WITH RECURSIVE pairs (claim, basis) AS (
    SELECT claim, basis FROM claim_bases WHERE claim IN (SELECT value FROM json_each(:claims))
    UNION SELECT b.claim, b.basis FROM pairs p JOIN claim_bases b ON b.claim = p.basis
)
SELECT claim, basis, altered FROM pairs JOIN claim_bases USING (claim, basis) ORDER BY 1, 2
"""
"""What claims repeat, up to the claims that stand on their own word."""

BELOW: Final = """
SELECT claim, basis, altered FROM claim_bases WHERE basis IN (SELECT value FROM json_each(:claims))
ORDER BY 1, 2
"""
"""What repeats claims, one step down."""

# A claim without a claimant speaks with the voice of the document it was read in.
SPOKEN: Final = """
SELECT c.id, c.text, c.position, p.number, c.claimant, coalesce(a.name, d.title) AS speaker,
    iif(a.id IS NULL, d.id, NULL) AS document, c.value, c.kind, c.unit
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
    value: str | None
    kind: str | None
    unit: str | None
    value_in_words: str | None

    @property
    def said(self) -> str:
        """Its value in words with its unit; nothing if it has none."""
        return with_unit(self.value_in_words, self.unit)


@dataclass(frozen=True, slots=True)
class ChainLink:
    """A claim in a chain, with the claims that repeat it.

    `altered` says how it alters what it repeats, if it does. `again` says that what repeats it has
    been shown further up, `cut` that it is not shown.
    """

    claim: Spoken
    repeated_by: list[ChainLink] = field(default_factory=list)
    altered: str = ""
    again: bool = False
    cut: bool = False


Pairs = Iterable[tuple[str, str, int]]
"""Claims, each with one that it repeats, and whether it alters it."""


def chains_of(connection: sqlite3.Connection, claims: Sequence[str]) -> list[ChainLink]:
    """Return the chains that claims stand in, from those that stand on their own word."""
    up = _pairs(connection, ABOVE, claims)
    pairs = sorted({*up, *_pairs(connection, BELOW, claims)})
    above, below = _sorted_out(pairs)
    known = _spoken(connection, {*claims, *above, *below})
    roots = [one for one in sorted(known) if one in below and one not in above]
    altered = {(claim, basis) for claim, basis, alters in pairs if alters}
    shown: set[str] = set()
    return [_link(one, known, Echoes(below, altered), shown) for one in roots]


def _pairs(connection: sqlite3.Connection, sql: str, claims: Iterable[str]) -> Pairs:
    return connection.execute(sql, {"claims": as_ids(claims)}).fetchall()


def _spoken(connection: sqlite3.Connection, claims: Iterable[str]) -> dict[str, Spoken]:
    rows = with_words(connection, rows_of(connection, SPOKEN, claims=as_ids(sorted(claims))))
    return {row["id"]: Spoken(**row) for row in rows}


def _sorted_out(pairs: Pairs) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return what each claim is based on, and what is based on it."""
    above: dict[str, list[str]] = defaultdict(list)
    below: dict[str, list[str]] = defaultdict(list)
    for claim, basis, _ in pairs:
        above[claim].append(basis)
        below[basis].append(claim)
    return dict(above), dict(below)


@dataclass(frozen=True, slots=True)
class Echoes:
    """What repeats each claim, and which claims alter what they repeat."""

    below: Mapping[str, list[str]]
    altered: set[tuple[str, str]]


def _link(
    claim: str, known: Mapping[str, Spoken], echoes: Echoes, shown: set[str], depth: int = 1
) -> ChainLink:
    repeats = echoes.below.get(claim, [])
    if claim in shown and repeats:
        return ChainLink(known[claim], again=True)
    shown.add(claim)
    if depth >= DEEPEST and repeats:
        return ChainLink(known[claim], cut=True)
    links = []
    for one in repeats:
        link = _link(one, known, echoes, shown, depth + 1)
        alters = (one, claim) in echoes.altered
        words = altered_in_words(link.claim.said, known[claim].said) if alters else ""
        links.append(replace(link, altered=words))
    return ChainLink(known[claim], links)
