"""Detect: which claims on one question conflict by their values, without comparing every pair.

With few claims every conflicting pair is named. With many, a question of 20,000 claims would
have up to 200 million pairs: then each claim gets the exact number of claims it conflicts with,
by bisection, and a few of them as witnesses.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from ledger.values import DateSpan, Question, compare, spans_meet
from ledger.weigh.answers import Bound, Claim

MANY: Final = 300
"""From how many claims on one question pairs are no longer all named."""

WITNESSES: Final = 3
"""How many conflicting claims each claim is shown with, where not all are."""

Pair = tuple[str, str]
Key = tuple[object, object]


@dataclass(slots=True)
class Detected:
    """The conflicts among some claims: pairs, and each claim's exact number of conflicts."""

    pairs: list[Pair] = field(default_factory=list)
    degrees: Counter[str] = field(default_factory=Counter)
    complete: bool = True
    foes: Mapping[Key, set[Key]] | None = None
    """Which values exclude which, for kinds that are not intervals."""


def pair_of(one: str, other: str) -> Pair:
    """Return two claims' ids in their order, as conflicts are stored."""
    return (one, other) if one < other else (other, one)


def detect(claims: Sequence[Claim], question: Question) -> Detected:
    """Return which of the claims on a question conflict; those without a value do not."""
    valued = [claim for claim in claims if claim.said is not None]
    if all(claim.bounds is not None for claim in valued):
        if not _parted(valued):
            return Detected()
        return _by_bisection(valued) if len(valued) > MANY else _every_pair(valued, question)
    return _by_value(valued, question)


def are_apart(one: Claim, other: Claim) -> bool:
    """Return whether two intervals that hold for the same time share nothing."""
    if one.bounds is None or other.bounds is None or not same_time(one, other):
        return False
    return one.bounds[0] > other.bounds[1] or other.bounds[0] > one.bounds[1]


def same_time(one: Claim, other: Claim) -> bool:
    """Return whether two claims hold for times that meet; one without a time holds for any."""
    first, second = one.key[1], other.key[1]
    return first is None or second is None or spans_meet(first, second)


def _parted(claims: Sequence[Claim]) -> bool:
    """Return whether any two intervals are apart: the greatest low lies above the least high."""
    bounds = [claim.bounds for claim in claims if claim.bounds]
    return bool(bounds) and max(low for low, _ in bounds) > min(high for _, high in bounds)


def _every_pair(claims: Sequence[Claim], question: Question) -> Detected:
    found = Detected()
    for one, other in combinations(claims, 2):
        if are_apart(one, other) if one.bounds else _conflict(one, other, question):
            _add(found, one.id, other.id)
    found.pairs.sort()
    return found


def _conflict(one: Claim, other: Claim, question: Question) -> bool:
    if one.said is None or other.said is None:
        return False
    return compare(one.said, other.said, question).verdict == "conflict"


def _add(found: Detected, one: str, other: str) -> None:
    found.pairs.append(pair_of(one, other))
    found.degrees[one] += 1
    found.degrees[other] += 1


def _by_value(claims: Sequence[Claim], question: Question) -> Detected:
    """Compare each value with each other once, however many claims share it."""
    by_key: dict[Key, list[Claim]] = {}
    for claim in claims:
        by_key.setdefault(claim.key, []).append(claim)
    foes: dict[Key, set[Key]] = {key: set() for key in by_key}
    for one, other in combinations(by_key, 2):
        if _conflict(by_key[one][0], by_key[other][0], question):
            foes[one].add(other)
            foes[other].add(one)
    found = Detected(complete=len(claims) <= MANY, foes=foes)
    pairs: set[Pair] = set()
    for key, mine in by_key.items():
        opponents = [claim.id for foe in foes[key] for claim in by_key[foe]]
        shown = sorted(opponents) if found.complete else sorted(opponents)[:WITNESSES]
        for claim in mine:
            if opponents:
                found.degrees[claim.id] = len(opponents)
                pairs.update(pair_of(claim.id, other) for other in shown)
    found.pairs = sorted(pairs)
    return found


@dataclass(slots=True)
class _Ends:
    """The sorted ends of claims that hold for one time, each with its claim."""

    highs: list[tuple[Bound, str]]
    lows: list[tuple[Bound, str]]

    @classmethod
    def of(cls, claims: Iterable[Claim]) -> _Ends:
        bounded = [(claim.bounds, claim.id) for claim in claims if claim.bounds]
        return cls(
            sorted((bounds[1], name) for bounds, name in bounded),
            sorted((bounds[0], name) for bounds, name in bounded),
        )


def _by_bisection(claims: Sequence[Claim]) -> Detected:
    """Count conflicts by bisection in the sorted ends, for each time that claims hold for."""
    by_time: dict[DateSpan | None, list[Claim]] = {}
    for claim in claims:
        by_time.setdefault(claim.key[1], []).append(claim)
    ends = {time: _Ends.of(group) for time, group in by_time.items()}
    found = Detected(complete=False)
    pairs: set[Pair] = set()
    for time, group in by_time.items():
        meeting = [
            those
            for other, those in ends.items()
            if time is None or other is None or spans_meet(time, other)
        ]
        for claim in group:
            degree, witnesses = _against(claim, meeting)
            if degree:
                found.degrees[claim.id] = degree
                pairs.update(pair_of(claim.id, other) for other in witnesses[:WITNESSES])
    found.pairs = sorted(pairs)
    return found


def _against(claim: Claim, meeting: Sequence[_Ends]) -> tuple[int, list[str]]:
    """Return how many claims lie wholly below or above one, and the furthest of them."""
    if claim.bounds is None:
        return 0, []
    low, high = claim.bounds
    degree = 0
    witnesses: list[str] = []
    for ends in meeting:
        below = bisect_left(ends.highs, (low, ""))
        above = len(ends.lows) - bisect_right(ends.lows, (high, "\U0010ffff"))
        degree += below + above
        if below:
            witnesses.append(ends.highs[0][1])
        if above:
            witnesses.append(ends.lows[-1][1])
    return degree, witnesses
