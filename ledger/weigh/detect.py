"""Detect: which claims on one question conflict by their values, without comparing every pair.

Claims that say the same are compared once. With few claims every conflicting pair is named. With
many, a question of 20,000 claims would have up to 200 million pairs: then each claim gets the
exact number of claims it conflicts with, for intervals by bisection, and a few of them as
witnesses. Dates that leave out days between their ends are compared with all others one by one.
A pair that somebody declared or expects is compared whether it is a witness or not, and whether
some claims conflict at all is told exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import chain, combinations, islice, product
from typing import Final

from ledger.weigh.alike import Alike
from ledger.weigh.answers import Claim
from ledger.weigh.meanings import AnswerKind, Meaning
from ledger.weigh.opponents import (
    NOBODY,
    Against,
    Detected,
    DetectedByEnds,
    Ends,
    are_apart,
    are_parted,
    in_turn,
    pair_of,
    with_ends,
)

MANY: Final = 300
"""From how many claims on one question pairs are no longer all named."""

WITNESSES: Final = 3
"""How many conflicting claims each claim is shown with, where not all are."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What people say of claims that is not what their values show, each a group by itself."""

    declared: Against = field(default_factory=dict)
    """Those held to conflict whose values can both be true."""
    dismissed: Against = field(default_factory=dict)
    """Those held to be compatible whose values exclude each other."""


NOTHING_SPOKEN: Final = Spoken()


def detect(alikes: Sequence[Alike], kind: AnswerKind, spoken: Spoken = NOTHING_SPOKEN) -> Detected:
    """Return which of the claims on a question conflict; those without a value only if declared.

    A pair that is dismissed is named as well, but as no witness while there are others.
    """
    found = _compared([one for one in alikes if one.meaning is not None], kind, spoken.dismissed)
    for one, others in spoken.declared.items():
        found.degrees[one] = found.degrees.get(one, 0) + len(others)
        found.listed[one] = found.listed.get(one, set()) | others
    for one, others in spoken.dismissed.items():
        found.degrees[one] -= len(others)
        found.listed[one] = found.listed.get(one, set()) - others
        if not found.degrees[one]:
            del found.degrees[one]
    return found


def _compared(valued: Sequence[Alike], kind: AnswerKind, dismissed: Against) -> Detected:
    """Return the conflicts that the values show, also those that were dismissed."""
    if not kind.pairs_exclude:
        return Detected(dismissed)
    in_intervals = kind.rules.in_intervals
    in_parts = in_intervals and any(one.in_parts for one in valued)
    if in_intervals and not in_parts and not are_parted(valued):
        return Detected(dismissed)
    complete = sum(len(one.claims) for one in valued) <= MANY
    if in_intervals and not complete:
        by_ends = DetectedByEnds(dismissed)
        _by_ends([one for one in valued if not one.in_parts], by_ends)
        if in_parts:
            _in_parts(valued, by_ends)
        by_ends.complete = not by_ends.degrees
        return by_ends
    found = Detected(dismissed, complete)
    if not kind.rules.for_people:
        _by_value(valued, are_apart if in_intervals else kind.conflict, found)
    return found


def _by_value(
    alikes: Sequence[Alike], excludes: Callable[[Meaning, Meaning], bool], found: Detected
) -> None:
    """Compare every two values."""
    for one, other in combinations(alikes, 2):
        if one.meaning and other.meaning and excludes(one.meaning, other.meaning):
            _list_opponents(found, one, other)
            if found.complete:
                found.named[one, other] = {
                    pair_of(mine.id, theirs.id)
                    for mine, theirs in product(one.claims, other.claims)
                }
    if not found.complete:
        for one in found.listed:
            _name(found, one, _first_opponents(one, found))


def _in_parts(alikes: Sequence[Alike], found: Detected) -> None:
    """Compare each date that leaves out days between its ends with all others."""
    apart = [one for one in alikes if one.in_parts]
    rest = [one for one in alikes if not one.in_parts]
    for one, other in chain(combinations(apart, 2), product(apart, rest)):
        if one.meaning and other.meaning and are_apart(one.meaning, other.meaning):
            _list_opponents(found, one, other)
    for one in found.listed:
        _name(found, one, _first_opponents(one, found))


def _list_opponents(found: Detected, one: Alike, other: Alike) -> None:
    for mine, theirs in ((one, other), (other, one)):
        found.listed.setdefault(mine, set()).add(theirs)
        found.degrees[mine] = found.degrees.get(mine, 0) + len(theirs.claims)


def _first_opponents(alike: Alike, found: Detected) -> list[tuple[Alike, Claim]]:
    """Return the first claims by id that conflict with those of a group."""
    opponents = found.listed[alike] - found.dismissed.get(alike, NOBODY)
    return nsmallest(
        WITNESSES,
        ((other, claim) for other in opponents for claim in other.claims),
        key=lambda found: found[1].id,
    )


def _name(found: Detected, alike: Alike, witnesses: Iterable[tuple[Alike, Claim]]) -> None:
    """Add the pairs that each claim of a group makes with its witnesses."""
    for other, witness in witnesses:
        pairs = found.named.setdefault(in_turn(alike, other), set())
        pairs.update(pair_of(claim.id, witness.id) for claim in alike.claims)


def _by_ends(alikes: Sequence[Alike], found: Detected) -> None:
    """Count conflicts by bisection in the sorted ends, for each time that claims hold for."""
    for alike, among in with_ends(alikes):
        if degree := sum(ends.count(alike) for ends in among):
            found.degrees[alike] = degree
            _name(found, alike, _furthest(alike, among, found.dismissed.get(alike, NOBODY)))


def _furthest(
    alike: Alike, among: Iterable[Ends], dismissed: Collection[Alike]
) -> list[tuple[Alike, Claim]]:
    """Return the claims furthest below and above a group, of those that nobody dismissed."""
    sides = (side for ends in among for side in (ends.below(alike), ends.above(alike)))
    undismissed = (next((one for one in side if one[0] not in dismissed), None) for side in sides)
    return list(islice((one for one in undismissed if one), WITNESSES))
