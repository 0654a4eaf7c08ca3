"""Chain: who repeats whom, from the claims that stand on their own word down to their echoes."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from ledger.reports.rows import Facts, rows_of

DEEPEST: Final = 12
"""How many steps a chain is followed; longer ones are cut, and say so."""

# Upwards to the roots, then one step at a time: every pair in which both ends are shown.
PAIRS: Final = """
WITH RECURSIVE pairs (claim, basis) AS (
    SELECT claim, basis FROM claim_bases WHERE claim IN (SELECT value FROM json_each(:claims))
    UNION SELECT b.claim, b.basis FROM pairs p JOIN claim_bases b ON b.claim = p.basis
)
SELECT claim, basis FROM pairs
UNION
SELECT claim, basis FROM claim_bases WHERE basis IN (SELECT value FROM json_each(:claims))
ORDER BY 1, 2
"""

# A claim without a claimant speaks with the voice of the document it was read in.
SPEAKERS: Final = """
SELECT c.id, c.text, c.position, c.question, c.claimant, coalesce(a.name, (
    SELECT d.title FROM appearances r JOIN documents d ON d.id = r.document
    WHERE r.claim = c.id ORDER BY r.document LIMIT 1
)) AS speaker
FROM claims c LEFT JOIN actors a ON a.id = c.claimant
WHERE c.id IN (SELECT value FROM json_each(:claims))
"""


@dataclass(frozen=True, slots=True)
class ChainLink:
    """A claim in a chain, with the claims that repeat it.

    `again` says that what repeats it has been shown further up, `cut` that it is not shown.
    """

    claim: Facts
    repeated_by: list[ChainLink] = field(default_factory=list)
    again: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Chains:
    """The chains that some claims stand in, and the speakers each of them goes back to."""

    roots: list[ChainLink]
    origins: dict[str, list[Facts]]


def chains_of(connection: sqlite3.Connection, claims: Sequence[str]) -> Chains:
    """Return the chains that claims stand in, and for each claim the origins it goes back to."""
    pairs = [
        (row["claim"], row["basis"])
        for row in rows_of(connection, PAIRS, claims=json.dumps(list(claims)))
    ]
    involved = sorted({*claims, *(end for pair in pairs for end in pair)})
    known = {row["id"]: row for row in rows_of(connection, SPEAKERS, claims=json.dumps(involved))}
    above, below = _sorted_out(pairs)
    roots = [one for one in involved if one in below and one not in above]
    shown: set[str] = set()
    return Chains(
        [_link(one, known, below, shown) for one in roots],
        {claim: _speakers(_roots_of(claim, above), known) for claim in claims},
    )


def _sorted_out(
    pairs: Iterable[tuple[str, str]],
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return what each claim is based on, and what is based on it."""
    above: dict[str, list[str]] = defaultdict(list)
    below: dict[str, list[str]] = defaultdict(list)
    for claim, basis in pairs:
        above[claim].append(basis)
        below[basis].append(claim)
    return dict(above), dict(below)


def _link(
    claim: str,
    known: Mapping[str, Facts],
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


def _roots_of(claim: str, above: Mapping[str, list[str]]) -> list[str]:
    """Return the claims that a claim goes back to; itself, if it repeats nobody."""
    roots: list[str] = []
    seen = {claim}
    ahead = [claim]
    while ahead:
        one = ahead.pop()
        bases = above.get(one, [])
        if not bases:
            roots.append(one)
        ahead += [basis for basis in bases if basis not in seen]
        seen.update(bases)
    return roots


def _speakers(roots: Iterable[str], known: Mapping[str, Facts]) -> list[Facts]:
    """Return who speaks in some claims, each once, by name."""
    speakers = {
        known[root]["speaker"]: {"id": known[root]["claimant"], "name": known[root]["speaker"]}
        for root in roots
    }
    return [speakers[name] for name in sorted(speakers, key=str)]
