"""Positions: the fewest sets of claims on one question that can all be true together.

Who stands with whom depends on what is said and on what people say of it, never on ids or files.

Claims are taken by the upper ends of their values, and each joins the first position that it
can be true together with. For intervals that hold for one time that is the least number of points
that pierce them all: a claim opens a position only if it begins above every point so far. For all
other answers it may not be the least, and fewer are looked for; in crowds of more than 60
different values they are not, and there may be a few positions more than there need be.

One world must make all of a position true, not each two of it: `not a`, `not b` and `a | b` are
none. Actors and places name somebody in common, whom nobody else in the position denies; one who
is part of another is the other too.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import inf
from typing import Any

from ledger.values import DateSpan, Kind
from ledger.values.kind import NO_ENDS, Bound, Ends
from ledger.weigh.alike import Alike
from ledger.weigh.answers import Asking
from ledger.weigh.fewest import fewer_sets
from ledger.weigh.opponents import Detected, Position
from ledger.weigh.together import PositionOfRooms, Together, are_together, shared_by
from ledger.weigh.turns import in_order


@dataclass(slots=True)
class Laid:
    """The positions of a question: each group's own, and others that it fits as well."""

    positions: list[Position] = field(default_factory=list)
    home: dict[Alike, int] = field(default_factory=dict)
    others: dict[Alike, list[int]] = field(default_factory=dict)

    def take(self, alike: Alike, number: int) -> None:
        """Lay a group into a position."""
        self.positions[number].add(alike)
        self.home[alike] = number


def lay(asking: Asking, alikes: Sequence[Alike], detected: Detected) -> Laid:
    """Return the positions of a question's standing claims, numbered from 0.

    A claim without a value takes a position only if the question asks for text or somebody
    declared that it conflicts; of a disputed text question, only claims in a conflict do.
    A conflict that is dismissed parts no position.
    """
    taking = in_order(_taking(asking, alikes, detected), detected)
    if not detected.degrees and are_together(taking, detected):
        return _in_agreement(alikes, taking)
    begin = detected.position
    if any(one.in_parts for one in taking):
        begin = partial(PositionOfRooms, together=Together.of(detected))
    laid = _in_turn(taking, detected, begin)
    sets = fewer_sets(taking, detected, len(laid.positions))
    if sets is not None:
        laid = _in_sets(sets, begin)
    if detected.complete:
        laid.others = {one: others for one in alikes if (others := _others(laid, one))}
    return laid


def _in_turn(taking: Sequence[Alike], detected: Detected, begin: Callable[[], Position]) -> Laid:
    """Return groups each laid into the first position that admits it."""
    laid = Laid()
    points: list[Bound] = []
    # A position whose first claim lies wholly below lets nobody in: those are passed over.
    timeless = not any(one.meaning and one.meaning.key[1] for one in taking)
    for alike in taking:
        below = 0
        if timeless and alike.bounds is not None and alike not in detected.dismissed:
            below = bisect_left(points, alike.bounds[0])
        numbers = range(below, len(laid.positions))
        fitting = (one for one in numbers if laid.positions[one].admits(alike))
        number = next(fitting, len(laid.positions))
        if number == len(laid.positions):
            laid.positions.append(begin())
            points.append(alike.bounds[1] if alike.bounds else (inf, 0))
        laid.take(alike, number)
    return laid


def _in_sets(sets: Iterable[Iterable[Alike]], begin: Callable[[], Position]) -> Laid:
    """Return groups laid as they are told."""
    laid = Laid()
    for number, alikes in enumerate(sets):
        laid.positions.append(begin())
        for alike in alikes:
            laid.take(alike, number)
    return laid


def _in_agreement(alikes: Sequence[Alike], taking: list[Alike]) -> Laid:
    """Return the only position where nobody conflicts; claims without a value fit it too."""
    if not taking:
        return Laid()
    home = dict.fromkeys(taking, 0)
    others = {alike: [0] for alike in alikes if alike not in home}
    return Laid([Position(taking)], home, others)


def _others(laid: Laid, alike: Alike) -> list[int]:
    """Return the positions that a group fits beside its own."""
    home = laid.home.get(alike)
    return [
        number
        for number, position in enumerate(laid.positions)
        if number != home and position.admits(alike)
    ]


def _taking(asking: Asking, alikes: Sequence[Alike], detected: Detected) -> Sequence[Alike]:
    """Return the groups that take a position."""
    if asking.kind.rules.for_people:
        return [one for one in alikes if one in detected.degrees] or alikes
    return [one for one in alikes if one.meaning is not None or one in detected.degrees]


def shared_range(alikes: Iterable[Alike]) -> Ends:
    """Return the range that all values of some claims share; nothing if they share none."""
    alikes = list(alikes)
    bounds = [one.bounds for one in alikes if one.bounds]
    if not bounds:
        return NO_ENDS
    if any(one.in_parts for one in alikes):
        days = shared_by(alikes)
        return _kind_of(alikes).ends(*days.bounds()) if isinstance(days, DateSpan) else NO_ENDS
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
