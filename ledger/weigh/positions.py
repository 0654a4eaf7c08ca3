"""Positions: the fewest sets of claims on one question that can all be true together.

Claims are taken by the upper ends of their values, and each joins the first position that it
conflicts with nobody in. For intervals that is the least number of points that pierce them all:
a claim opens a position only if it begins above every point so far.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import inf

from ledger.values import DateSpan, Quantity, spans_meet
from ledger.weigh.answers import Asking, Bound, Claim, in_order
from ledger.weigh.detect import Detected, Key, Pair


@dataclass(slots=True)
class Position:
    """Claims that can all be true together, and what is needed to tell who else fits."""

    claims: list[Claim] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    keys: set[Key] = field(default_factory=set)
    shared: dict[DateSpan | None, tuple[Bound, Bound]] = field(default_factory=dict)

    def add(self, claim: Claim) -> None:
        """Take a claim in."""
        self.claims.append(claim)
        self.ids.add(claim.id)
        self.keys.add(claim.key)
        if claim.bounds is not None:
            low, high = self.shared.get(claim.key[1], claim.bounds)
            self.shared[claim.key[1]] = max(low, claim.bounds[0]), min(high, claim.bounds[1])


@dataclass(slots=True)
class Laid:
    """The positions of a question, and the further positions that claims fit as well."""

    positions: list[Position] = field(default_factory=list)
    home: dict[str, int] = field(default_factory=dict)
    fits: dict[str, list[int]] = field(default_factory=dict)


def lay(
    asking: Asking, claims: Sequence[Claim], detected: Detected, open_pairs: Iterable[Pair]
) -> Laid:
    """Return the positions of a question's standing claims, numbered from 0.

    A claim without a value takes a position only if the question asks for text or somebody
    declared that it conflicts; of a disputed text question, only claims in a conflict do.
    """
    against: dict[str, set[str]] = {}
    for one, other in open_pairs:
        against.setdefault(one, set()).add(other)
        against.setdefault(other, set()).add(one)
    laid = Laid()
    for claim in in_order([one for one in claims if _takes_one(asking, one, against)], asking):
        fitting = (
            number
            for number, position in enumerate(laid.positions)
            if _admits(position, claim, against, detected)
        )
        number = next(fitting, len(laid.positions))
        if number == len(laid.positions):
            laid.positions.append(Position())
        laid.positions[number].add(claim)
        laid.home[claim.id] = number
    if detected.complete:
        laid.fits = {
            claim.id: [
                number
                for number, position in enumerate(laid.positions)
                if claim.id in position.ids or _admits(position, claim, against, detected)
            ]
            for claim in claims
        }
    else:
        laid.fits = {name: [number] for name, number in laid.home.items()}
    return laid


def _takes_one(asking: Asking, claim: Claim, against: Mapping[str, set[str]]) -> bool:
    if asking.asked.answer == "text":
        return not against or claim.id in against
    return claim.said is not None or claim.id in against


def _admits(
    position: Position, claim: Claim, against: Mapping[str, set[str]], detected: Detected
) -> bool:
    """Return whether a claim conflicts with nobody in a position."""
    if against.get(claim.id, set()) & position.ids:
        return False
    if detected.complete:
        return True
    if detected.foes is not None:
        return not detected.foes.get(claim.key, set()) & position.keys
    return claim.bounds is None or all(
        max(low, claim.bounds[0]) <= min(high, claim.bounds[1])
        for time, (low, high) in position.shared.items()
        if time is None or claim.key[1] is None or spans_meet(time, claim.key[1])
    )


@dataclass(frozen=True, slots=True)
class Range:
    """The ends of a range; None is an open end."""

    low: float | None = None
    high: float | None = None
    earliest: date | None = None
    latest: date | None = None

    def row(self) -> tuple[object, ...]:
        """Return the ends in the order of the draft's columns."""
        days = (day.isoformat() if day else None for day in (self.earliest, self.latest))
        return self.low, self.high, *days


def shared_range(claims: Iterable[Claim]) -> Range:
    """Return the range that all values of some claims share; nothing if they share none."""
    numbers, spans = _values(claims)
    if numbers:
        low, high = max(one.low for one in numbers), min(one.high for one in numbers)
        return Range(_closed(low), _closed(high)) if low <= high else Range()
    first = max((one.earliest for one in spans if one.earliest), default=None)
    last = min((one.latest for one in spans if one.latest), default=None)
    return Range() if first and last and first > last else Range(earliest=first, latest=last)


def whole_range(claims: Iterable[Claim]) -> Range:
    """Return the range from the least to the greatest of what some claims say."""
    numbers, spans = _values(claims)
    if numbers:
        return Range(
            _closed(min(one.low for one in numbers)), _closed(max(one.high for one in numbers))
        )
    starts = [one.earliest for one in spans]
    ends = [one.latest for one in spans]
    return Range(
        earliest=None if None in starts else min((day for day in starts if day), default=None),
        latest=None if None in ends else max((day for day in ends if day), default=None),
    )


def _values(claims: Iterable[Claim]) -> tuple[list[Quantity], list[DateSpan]]:
    values = [claim.said.value for claim in claims if claim.said]
    return (
        [value for value in values if isinstance(value, Quantity)],
        [value for value in values if isinstance(value, DateSpan)],
    )


def _closed(number: float) -> float | None:
    return None if number in {inf, -inf} else number
