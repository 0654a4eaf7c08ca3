"""Origins: who stands behind a claim once everybody who only repeats another is left out.

Ten papers that carry one agency's line are ten outlets and one origin.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ledger.draft import Draft
from ledger.values import Tree, parse_parties
from ledger.weigh.answers import Claim
from ledger.weigh.independence import NOBODY_KNOWN, Origins, Wholes

RELAYS: Final = "SELECT DISTINCT claim, basis, altered FROM draft_basis ORDER BY claim, basis"

SPEAKERS: Final = """
SELECT id, origin FROM draft_claim
WHERE id IN (SELECT basis FROM draft_basis UNION ALL SELECT claim FROM draft_basis WHERE altered)
AND id NOT IN (SELECT claim FROM draft_basis WHERE NOT altered)
"""

LISTED: Final = "SELECT id, parties FROM draft_dossier WHERE parties IS NOT NULL"

NAMED: Final = """
SELECT DISTINCT q.dossier, c.value FROM draft_question q JOIN draft_claim c ON c.{answered} = q.id
WHERE q.answer = 'actor' AND c.value IS NOT NULL
"""


def origins_of_relays(draft: Draft, wholes: Wholes) -> dict[str, Origins]:
    """Return the origins of every claim that repeats others; all other claims have their own.

    An origin is a claimant, or the document itself where it has no voice. What a claim alters it
    does not repeat; which it does must be known.
    """
    based_on: dict[str, list[str]] = {}
    for claim, basis, altered in draft.rows(RELAYS):
        if not altered:
            based_on.setdefault(str(claim), []).append(str(basis))
    speakers = {
        str(claim): wholes.standing(str(speaker), str(claim))[0]
        for claim, speaker in draft.rows(SPEAKERS)
    }
    return {claim: roots_of(claim, based_on, speakers) for claim in based_on}


def roots_of(
    claim: str, based_on: Mapping[str, list[str]], speakers: Mapping[str, Origins]
) -> Origins:
    """Return who made the claims at the roots of what a claim is based on."""
    roots: set[str] = set()
    seen: set[str] = set()
    waiting = [claim]
    while waiting:
        at = waiting.pop()
        if at in seen:
            continue
        seen.add(at)
        if at in based_on:
            waiting += based_on[at]
        else:
            roots |= speakers[at]
    return frozenset(roots)


def parties_by_dossier(draft: Draft, *, all_asked_once: bool) -> dict[str, set[str]]:
    """Return the parties to what each dossier is about.

    They are those that it lists; where it has no list, the actors that its answers name. Where no
    questions are the same, `all_asked_once`, that is found sooner.
    """
    found: dict[str, set[str]] = {}
    for dossier, value in draft.rows(
        NAMED.format(answered="asked" if all_asked_once else "question")
    ):
        found.setdefault(str(dossier), set()).update(parse_parties(str(value)).ids)
    for dossier, parties in draft.rows(LISTED):
        found[str(dossier)] = set(json.loads(str(parties)))
    return found


@dataclass(frozen=True, slots=True)
class Backing:
    """Who stands behind some claims together."""

    origins: Origins
    wholes: Origins
    outlets: frozenset[str]
    nearby: frozenset[str]

    @classmethod
    def of(cls, claims: Sequence[Claim]) -> Backing:
        """Return the origins of some claims, the wholes they count under, and their outlets."""
        if not claims:
            return cls(NOBODY_KNOWN, NOBODY_KNOWN, frozenset(), frozenset())
        first, *more = claims
        outlets = first.outlets.union(*[claim.outlets for claim in more])
        return cls(
            first.origins.union(*[claim.origins for claim in more]),
            first.wholes.union(*[claim.wholes for claim in more]),
            outlets,
            first.nearby.union(*[claim.nearby for claim in more]) - outlets,
        )

    @property
    def numbers(self) -> tuple[int | None, int | None, int, int]:
        """Return how many there are: origins, independent ones, outlets, outlets nearby.

        Where no origin is known, there is no number of them.
        """
        known = len(self.origins) or None, len(self.wholes) or None
        return *known, len(self.outlets), len(self.nearby)


class Interests:
    """The parties to what a dossier is about, and who has an interest of their own because of them.

    An origin has if it is a party, belongs to one, or has one as its part; and if both belong to
    the same whole, as a minister and an army do to a government. The top of a tree, a country or
    a movement, makes nobody answer for everybody in it.
    """

    def __init__(self, parties: Iterable[str], actors: Tree) -> None:
        named = set(parties)
        wholes = {whole for party in named for whole in actors.wholes_of(party)}
        over = named | {whole for whole in wholes if actors.parents.get(whole) is not None}
        self._interested = named.union(wholes, *map(actors.parts_of, over))

    def interest_of(self, origins: frozenset[str]) -> str | None:
        """Return `self` if everybody whom something goes back to has an interest of their own."""
        return "self" if origins and origins <= self._interested else None
