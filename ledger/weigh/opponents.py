"""Opponents: who among the claims on a question conflicts with whom, and who can stand together.

With few claims, or answers without ends, the opponents of each are listed. Among many intervals
their ends tell: whatever ends below another begins, or begins above its end, conflicts with it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, combinations, islice
from typing import Final

from ledger.values import Time, times_meet
from ledger.values.kind import Bound, Bounds
from ledger.values.time import meeting
from ledger.weigh.alike import Alike, claims_of
from ledger.weigh.answers import Claim
from ledger.weigh.meanings import Meaning

Pair = tuple[str, str]
"""Two claims' ids in their order."""

Opposed = tuple[Alike, Alike]
"""Two groups of claims that conflict, the one whose first id comes first before the other."""

Against = dict[Alike, set[Alike]]
"""For some groups those that each stands in some relation to."""

NOBODY: Final[frozenset[Alike]] = frozenset()


def pair_of(one: str, other: str) -> Pair:
    """Return two claims' ids in their order, as conflicts are stored."""
    return (one, other) if one < other else (other, one)


def in_turn(one: Alike, other: Alike) -> Opposed:
    """Return two groups in the order of their first ids."""
    return (one, other) if one.claims[0].id < other.claims[0].id else (other, one)


def are_apart(one: Meaning, other: Meaning) -> bool:
    """Return whether two intervals or dates that hold for the same time share nothing."""
    if one.bounds is None or other.bounds is None:
        return False
    if one.bounds[0] <= other.bounds[1] and other.bounds[0] <= one.bounds[1]:
        if not one.in_parts and not other.in_parts:
            return False
        mine, theirs = one.room, other.room
        if mine is None or theirs is None or mine.shared(theirs):
            return False
    return times_meet(one.key[1], other.key[1])


def are_parted(alikes: Sequence[Alike]) -> bool:
    """Return whether any two intervals are apart: the greatest low lies above the least high."""
    bounds = [one.bounds for alike in alikes if (one := alike.meaning) and one.bounds]
    if not bounds:
        return False
    lows, highs = zip(*bounds, strict=True)
    return bool(max(lows) > min(highs))


@dataclass(slots=True)
class Position:
    """Claims that can all be true together; it admits whoever has no listed opponent in it."""

    alikes: list[Alike] = field(default_factory=list)
    listed: Against = field(default_factory=dict)
    members: set[Alike] = field(default_factory=set)

    @property
    def claims(self) -> list[Claim]:
        """Return the claims that take the position, group by group."""
        return claims_of(self.alikes)

    def add(self, alike: Alike) -> None:
        """Take a group of claims in."""
        self.alikes.append(alike)
        self.members.add(alike)

    def admits(self, alike: Alike) -> bool:
        """Return whether a group is in an open conflict with nobody in the position."""
        return self.listed.get(alike, NOBODY).isdisjoint(self.members)


@dataclass(slots=True)
class PositionOfIntervals(Position):
    """The same among intervals, whose ends tell who conflicts beside the listed opponents."""

    dismissed: Against = field(default_factory=dict)
    shared: dict[Time | None, Bounds] = field(default_factory=dict)
    """What intervals share, for each time that they hold for.

    Where dismissals let intervals stand together that do not meet, the low is above the high.
    """

    def add(self, alike: Alike) -> None:
        """Take a group of claims in."""
        Position.add(self, alike)
        if alike.meaning is not None and alike.meaning.bounds is not None:
            bounds, time = alike.meaning.bounds, alike.meaning.key[1]
            low, high = self.shared.get(time, bounds)
            self.shared[time] = max(low, bounds[0]), min(high, bounds[1])

    def admits(self, alike: Alike) -> bool:
        """Return whether a group is in an open conflict with nobody in the position."""
        if not Position.admits(self, alike):
            return False
        meaning = alike.meaning
        if meaning is None or self._meets(meaning):
            return True
        dismissed = self.dismissed.get(alike, NOBODY)
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


@dataclass
class Detected:
    """The conflicts among some claims, each group's opponents listed."""

    dismissed: Against = field(default_factory=dict)
    """The groups whose conflict was dismissed."""
    complete: bool = True
    """Whether every conflicting pair is named."""
    named: dict[Opposed, set[Pair]] = field(default_factory=dict)
    """The pairs of claims that are named, dismissed ones as well, by the groups they are of."""
    degrees: dict[Alike, int] = field(default_factory=dict)
    """With how many claims each of a group's is in an open conflict, if it is in any."""
    listed: Against = field(default_factory=dict)
    """The groups in an open conflict that are listed one by one."""

    def opposed(self, alikes: Sequence[Alike]) -> Iterator[Opposed]:
        """Yield the conflicting groups among some of those that were looked at, found one by one.

        Two may come twice. To ask only for the first takes no longer than sorting the groups,
        however many conflict.
        """
        among = set(alikes)
        for one in alikes:
            listed = self.listed.get(one, NOBODY)
            if not listed.isdisjoint(among):
                yield from (in_turn(one, other) for other in alikes if other in listed)

    def first_open(self, alikes: Sequence[Alike]) -> Opposed | None:
        """Return two groups in an open conflict, if any two of some are."""
        if not self.degrees:
            return None
        pairs, dismissed = self.opposed(alikes), self.dismissed
        return next((pair for pair in pairs if pair[1] not in dismissed.get(pair[0], NOBODY)), None)

    def against(self, alikes: Sequence[Alike]) -> Against:
        """Return the open conflicts of a few groups, each one's opponents listed."""
        return {one: self.listed.get(one, set()) for one in alikes}

    def position(self) -> Position:
        """Return a position that nobody takes yet."""
        return Position(listed=self.listed)


class DetectedByEnds(Detected):
    """The same among many intervals; only such opponents are listed as their ends do not tell."""

    def opposed(self, alikes: Sequence[Alike]) -> Iterator[Opposed]:
        """Yield the conflicting groups as those do that are listed, also what was dismissed."""
        yield from super().opposed(alikes)
        whole = [one for one in alikes if one.bounds is not None and not one.in_parts]
        if are_parted(whole):
            for one, among in with_ends(whole):
                for other, _ in chain.from_iterable(
                    chain(ends.below(one), ends.above(one)) for ends in among
                ):
                    yield in_turn(one, other)

    def against(self, alikes: Sequence[Alike]) -> Against:
        """Return the same, also those whose ends tell."""
        found = {one: set(others) for one, others in super().against(alikes).items()}
        valued = [(one, one.meaning) for one in alikes if one.meaning]
        for (one, mine), (other, theirs) in combinations(valued, 2):
            if are_apart(mine, theirs) and other not in self.dismissed.get(one, NOBODY):
                found[one].add(other)
                found[other].add(one)
        return found

    def position(self) -> Position:
        """Return a position that nobody takes yet."""
        return PositionOfIntervals(listed=self.listed, dismissed=self.dismissed)


@dataclass(frozen=True, slots=True)
class _Side:
    """Some groups by their lower or their upper ends, from the least to the greatest."""

    ends: list[Bound]
    alikes: list[Alike]
    up_to: list[int]
    """How many claims the first so many groups have."""

    @classmethod
    def of(cls, ends: Iterable[tuple[Bound, str, Alike]]) -> _Side:
        """Return groups sorted by an end and, where that is the same, by the id beside it."""
        ranked = sorted(ends)
        alikes = [alike for _, _, alike in ranked]
        up_to = accumulate((len(alike.claims) for alike in alikes), initial=0)
        return cls([end for end, _, _ in ranked], alikes, list(up_to))


@dataclass(frozen=True, slots=True)
class Ends:
    """The ends of groups that hold for one time."""

    highs: _Side
    lows: _Side

    @classmethod
    def of(cls, alikes: Iterable[Alike]) -> Ends:
        """Return the ends of those groups that have any."""
        bounded = [(*one.bounds, one) for one in alikes if one.bounds]
        return cls(
            _Side.of((high, one.claims[0].id, one) for _, high, one in bounded),
            _Side.of((low, one.claims[-1].id, one) for low, _, one in bounded),
        )

    def count(self, alike: Alike) -> int:
        """Return how many claims lie wholly below or wholly above those of a group."""
        below, above = self._places(alike)
        return self.highs.up_to[below] + self.lows.up_to[-1] - self.lows.up_to[above]

    def below(self, alike: Alike) -> Iterator[tuple[Alike, Claim]]:
        """Yield the groups that lie below one, the furthest first, each with its first claim."""
        below, _ = self._places(alike)
        return ((one, one.claims[0]) for one in islice(self.highs.alikes, below))

    def above(self, alike: Alike) -> Iterator[tuple[Alike, Claim]]:
        """Yield the groups that lie above one, the furthest first, each with its last claim."""
        _, above = self._places(alike)
        number = len(self.lows.alikes) - above
        return ((one, one.claims[-1]) for one in islice(reversed(self.lows.alikes), number))

    def _places(self, alike: Alike) -> tuple[int, int]:
        """Return how many upper ends lie below a group, and how many lower ends do not above."""
        if alike.bounds is None:
            return 0, len(self.lows.ends)
        low, high = alike.bounds
        return bisect_left(self.highs.ends, low), bisect_right(self.lows.ends, high)


def with_ends(alikes: Iterable[Alike]) -> Iterator[tuple[Alike, list[Ends]]]:
    """Yield each group with the ends of those that hold for times that meet its own."""
    by_time: dict[Time | None, list[Alike]] = {}
    for alike in alikes:
        by_time.setdefault(alike.meaning.key[1] if alike.meaning else None, []).append(alike)
    ends = {time: Ends.of(group) for time, group in by_time.items()}
    beside = meeting(by_time)
    for time, group in by_time.items():
        among = [ends[other] for other in beside[time]]
        for alike in group:
            yield alike, among
