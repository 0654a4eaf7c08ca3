"""Positions: the fewest sets of claims on one question that can all be true together.

Claims are taken by the upper ends of their values, and each joins the first position that it
conflicts with nobody in. For intervals that is the least number of points that pierce them all:
a claim opens a position only if it begins above every point so far. Where dates leave out days
between their ends, that may not be the least, and fewer are looked for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import inf
from typing import Any

from ledger.values import DateSpan, Kind, Time, shared_span, times_meet
from ledger.values.kind import NO_ENDS, Bound, Bounds, Ends
from ledger.weigh.alike import Alike, claims_of, in_order
from ledger.weigh.answers import Asking, Claim
from ledger.weigh.detect import NOBODY, Detected, are_apart
from ledger.weigh.meanings import Meaning
from ledger.weigh.together import (
    EVERY_DAY,
    Together,
    by_what_is_said,
    fewer_sets,
    shared_by,
)

Shared = dict[Time | None, Bounds]
"""What intervals share, for each time that they hold for."""

Admits = Callable[["Position", Alike], bool]
"""Tells whether a group can be true together with all in a position."""


@dataclass(slots=True)
class Position:
    """Claims that can all be true together, and what is needed to tell who else fits."""

    alikes: list[Alike] = field(default_factory=list)
    members: set[Alike] = field(default_factory=set)
    shared: Shared = field(default_factory=dict)
    """Where dismissals let intervals stand together that do not meet, the low is above the high."""
    days: DateSpan | None = None
    """The days that all its dates share, if they share any and sets of days are compared."""

    @property
    def claims(self) -> list[Claim]:
        """Return the claims that take the position, group by group."""
        return claims_of(self.alikes)

    def add(self, alike: Alike) -> None:
        """Take a group of claims in."""
        self.alikes.append(alike)
        self.members.add(alike)
        if alike.meaning is not None and alike.meaning.bounds is not None:
            bounds, time = alike.meaning.bounds, alike.meaning.key[1]
            low, high = self.shared.get(time, bounds)
            self.shared[time] = max(low, bounds[0]), min(high, bounds[1])
            if self.days is not None and (days := alike.meaning.days):
                self.days = shared_span(self.days, days)

    def admits(self, alike: Alike, detected: Detected) -> bool:
        """Return whether a group is in an open conflict with nobody in the position."""
        if not detected.foes.get(alike, NOBODY).isdisjoint(self.members):
            return False
        meaning = alike.meaning
        if not detected.by_ends or meaning is None or self._meets(meaning):
            return True
        dismissed = detected.dismissed.get(alike, NOBODY)
        return bool(dismissed) and all(
            other in dismissed
            for other in self.alikes
            if other.meaning is not None and are_apart(meaning, other.meaning)
        )

    def _meets(self, meaning: Meaning) -> bool:
        """Return whether an interval meets each of those that hold for a time that meets its own.

        It does if it reaches from the least of their upper ends to the greatest of their lower.
        """
        if meaning.bounds is None:
            return True
        low, high = meaning.bounds
        time = meaning.key[1]
        return all(
            low <= least and greatest <= high
            for other, (greatest, least) in self.shared.items()
            if times_meet(time, other)
        )


@dataclass(slots=True)
class Laid:
    """The positions of a question: each group's own, and others that it fits as well."""

    positions: list[Position] = field(default_factory=list)
    home: dict[Alike, int] = field(default_factory=dict)
    others: dict[Alike, list[int]] = field(default_factory=dict)


def lay(asking: Asking, alikes: Sequence[Alike], detected: Detected) -> Laid:
    """Return the positions of a question's standing claims, numbered from 0.

    A claim without a value takes a position only if the question asks for text or somebody
    declared that it conflicts; of a disputed text question, only claims in a conflict do.
    A conflict that is dismissed parts no position.
    """
    taking = in_order(_taking(asking, alikes, detected), asking.kind)
    together = Together(detected) if any(one.in_parts for one in taking) else None
    if together is not None:
        taking = by_what_is_said(taking, detected)
    if not detected.degrees and (together is None or together.are(taking)):
        return _in_agreement(alikes, taking)
    admits = partial(_admits, detected=detected, together=together)
    laid = _in_turn(taking, detected, admits)
    if together is not None:
        laid = _in_fewer(laid, taking, together)
    if detected.complete:
        laid.others = {one: others for one in alikes if (others := _others(laid, one, admits))}
    return laid


def _admits(
    position: Position, alike: Alike, detected: Detected, together: Together | None
) -> bool:
    """Return whether a group can be true together with all in a position."""
    if together is None:
        return position.admits(alike, detected)
    return together.admits(position.alikes, position.days, alike)


def _in_turn(taking: Sequence[Alike], detected: Detected, admits: Admits) -> Laid:
    """Return groups each laid into the first position that admits it."""
    laid = Laid()
    points: list[Bound] = []
    # A position whose first claim lies wholly below lets nobody in: those are passed over.
    timeless = not any(one.meaning and one.meaning.key[1] for one in taking)
    in_parts = any(one.in_parts for one in taking)
    pointed = timeless and (detected.by_ends or in_parts)
    for alike in taking:
        below = 0
        if pointed and alike.bounds is not None and alike not in detected.dismissed:
            below = bisect_left(points, alike.bounds[0])
        numbers = range(below, len(laid.positions))
        fitting = (one for one in numbers if admits(laid.positions[one], alike))
        number = next(fitting, len(laid.positions))
        if number == len(laid.positions):
            laid.positions.append(Position(days=EVERY_DAY if in_parts else None))
            points.append(alike.bounds[1] if alike.bounds else (inf, 0))
        laid.positions[number].add(alike)
        laid.home[alike] = number
    return laid


def _in_fewer(laid: Laid, taking: Sequence[Alike], together: Together) -> Laid:
    """Return groups in fewer positions than they were laid in, if there is a way."""
    sets = fewer_sets(taking, together, len(laid.positions))
    if sets is None:
        return laid
    fewer = Laid([Position(days=EVERY_DAY) for _ in sets])
    for number, alikes in enumerate(sets):
        for alike in alikes:
            fewer.positions[number].add(alike)
            fewer.home[alike] = number
    return fewer


def _in_agreement(alikes: Sequence[Alike], taking: list[Alike]) -> Laid:
    """Return the only position where nobody conflicts; claims without a value fit it too."""
    if not taking:
        return Laid()
    home = dict.fromkeys(taking, 0)
    others = {alike: [0] for alike in alikes if alike not in home}
    return Laid([Position(taking)], home, others)


def _others(laid: Laid, alike: Alike, admits: Admits) -> list[int]:
    """Return the positions that a group fits beside its own."""
    home = laid.home.get(alike)
    return [
        number
        for number, position in enumerate(laid.positions)
        if number != home and admits(position, alike)
    ]


def _taking(asking: Asking, alikes: Sequence[Alike], detected: Detected) -> Sequence[Alike]:
    """Return the groups that take a position."""
    if asking.kind.rules.for_people:
        return [one for one in alikes if one in detected.degrees] or alikes
    return [one for one in alikes if one.meaning is not None or one in detected.degrees]


def shared_range(alikes: Iterable[Alike]) -> Ends:
    """Return the range that all values of some claims share; nothing if they share none."""
    alikes = list(alikes)
    if any(one.in_parts for one in alikes):
        days = shared_by(alikes)
        return _kind_of(alikes).ends(*days.bounds()) if days else NO_ENDS
    bounds = [one.bounds for one in alikes if one.bounds]
    if not bounds:
        return NO_ENDS
    low, high = max(low for (low, _), _ in bounds), min(high for _, (high, _) in bounds)
    return _kind_of(alikes).ends((low, 0), (high, 0)) if low <= high else NO_ENDS


def whole_range(alikes: Iterable[Alike]) -> Ends:
    """Return the range from the least to the greatest of what some claims say."""
    alikes = list(alikes)
    bounds = [one.bounds for one in alikes if one.bounds]
    if not bounds:
        return NO_ENDS
    low, high = min(low for (low, _), _ in bounds), max(high for _, (high, _) in bounds)
    return _kind_of(alikes).ends((low, 0), (high, 0))


def _kind_of(alikes: Iterable[Alike]) -> Kind[Any]:
    return next(one.meaning.kind for one in alikes if one.meaning)
