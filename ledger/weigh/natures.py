"""Natures: what kind of conflict it is, whose word stands against whose.

Sides disagree; or one's word is told differently, by documents or by who repeats it; or one source
gives two answers. A reader must see at a glance which it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from ledger.weigh.alike import Alike, claims_of
from ledger.weigh.answers import Claim, Weighing
from ledger.weigh.independence import UNKNOWN, Origins
from ledger.weigh.opponents import Detected
from ledger.words import NATURES

GRAVITY: Final = {nature: turn for turn, nature in enumerate(NATURES)}

MOST_LOOKED_AT: Final = 100_000
"""Among how many pairs of groups, where not every pair is named, sides are looked for."""

BASES: Final = "SELECT claim, basis, altered FROM draft_basis"

DOCUMENTS: Final = "SELECT documents FROM draft_claim WHERE id = ?"


def gravest(natures: Iterable[str | None]) -> str | None:
    """Return the gravest of some natures; None if there is none."""
    return min((one for one in natures if one), key=GRAVITY.__getitem__, default=None)


class Natures:
    """Tells what kind of conflict two claims are in."""

    def __init__(self, weighing: Weighing) -> None:
        self._weighing = weighing
        self._documents = lru_cache(maxsize=4_096)(self._documents_of)
        self._bases: dict[str, list[str]] = {}
        self._altering: set[str] = set()
        for claim, basis, altered in weighing.draft.rows(BASES):
            self._bases.setdefault(str(claim), []).append(str(basis))
            if altered:
                self._altering.add(str(claim))

    def of(self, one: Claim, other: Claim) -> str:
        """Return the nature of the conflict between two claims."""
        if one.id in self._bases or other.id in self._bases:
            return self._of_relays(one, other)
        return self._of_two(one, other)

    def among(self, claims: Iterable[Claim]) -> str:
        """Return the nature of a dispute of which no two claims are in conflict."""
        claims = list(claims)
        wholes = frozenset().union(*(claim.wholes or _unknown(claim) for claim in claims))
        return "sides" if len(wholes) > 1 else self._of_one_whole(claims)

    def of_many(self, alikes: Iterable[Alike], detected: Detected) -> str | None:
        """Return `sides` if any of many claims, not all of whose pairs are named, are that.

        Looked for among MOST_LOOKED_AT pairs of groups.
        """
        alikes = list(alikes)
        wholes = (claim.wholes or _unknown(claim) for claim in claims_of(alikes))
        if len(frozenset().union(*wholes)) < 2:  # noqa: PLR2004 # two sides
            return None
        for nth, (one, other) in enumerate(detected.opposed(alikes)):
            if nth > MOST_LOOKED_AT:
                return None
            if other in detected.dismissed.get(one, ()):
                continue
            pairs = ((mine, theirs) for mine in one.claims[:9] for theirs in other.claims[:9])
            if any(self.of(mine, theirs) == "sides" for mine, theirs in pairs):
                return "sides"
        return None

    def _of_relays(self, one: Claim, other: Claim) -> str:
        """Return the nature of a conflict of two claims of which one repeats others at least."""
        if self._repeats(one.id, other.id) or self._repeats(other.id, one.id):
            return "retelling"
        nature = self._of_two(one, other)
        one_word = nature == "sides" and self._tell_one_word(one, other)
        return "retelling" if one_word else nature

    def _tell_one_word(self, one: Claim, other: Claim) -> bool:
        """Return whether both go back to one claimant's word alone, once who alters it is too."""
        return len(self._first_told(one) | self._first_told(other)) == 1

    def _first_told(self, claim: Claim) -> Origins:
        """Return the wholes at the roots of all that a claim repeats, altered or not."""
        above = self._above(claim.id)
        if claim.wholes and self._altering.isdisjoint(above):
            return claim.wholes
        roots = (self._weighing.claim(one) for one in above if one not in self._bases)
        return frozenset().union(*(root.wholes or _unknown(root) for root in roots))

    def _above(self, claim: str) -> set[str]:
        """Return a claim and all that it repeats, directly or through others."""
        seen: set[str] = set()
        waiting = [claim]
        while waiting:
            at = waiting.pop()
            if at not in seen:
                seen.add(at)
                waiting += self._bases.get(at, ())
        return seen

    def _repeats(self, claim: str, other: str) -> bool:
        """Return whether a claim is based on another, directly or through others."""
        return claim != other and claim in self._bases and other in self._above(claim)

    def _of_two(self, one: Claim, other: Claim) -> str:
        """Return the nature of a conflict of two claims of whom neither repeats the other."""
        if one.wholes and other.wholes:
            apart = one.wholes != other.wholes or len(one.wholes) > 1
        else:
            apart = len((one.wholes or _unknown(one)) | (other.wholes or _unknown(other))) > 1
        return "sides" if apart else self._of_one_whole([one, other])

    def _of_one_whole(self, claims: list[Claim]) -> str:
        """Return the nature of a conflict of claims that all go back to one whole."""
        if len({claim.origins for claim in claims}) > 1:
            return "itself"
        read = [document for claim in claims for document in self._documents(claim.id)]
        return "retelling" if len(set(read)) == len(read) else "itself"

    def _documents_of(self, claim: str) -> list[str]:
        """Return the documents that a claim was read in."""
        ((documents,),) = self._weighing.draft.rows(DOCUMENTS, [claim])
        return str(documents).split(" ")


def _unknown(claim: Claim) -> Origins:
    """Return what stands for the origins of a claim of which none is known: who makes it."""
    return frozenset([UNKNOWN + claim.speaker.removeprefix(UNKNOWN)])
