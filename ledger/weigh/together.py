"""Together: whether several dates can all be true in one world, and the fewest such sets.

Of intervals, any that meet two by two share a point (Helly's theorem), so that pairs tell all.
Dates that leave out days between their ends do not: `[2021,2022]`, `[2022,2023]` and
`[2021,2023]` meet two by two and name no day in common. For questions with such a date, sets
are tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from ledger.values import DateSpan, shared_span
from ledger.values.time import at_once
from ledger.weigh.alike import Alike
from ledger.weigh.opponents import NOBODY, Detected, Position

MOST_TRIED: Final = 60
"""Up to how many different values fewer sets are looked for than come of laying them in turn."""

MOST_STEPS: Final = 5_000
"""After how many steps that search ends."""


EVERY_DAY: Final = DateSpan(None, None)
"""What claims share of whom there is none."""


class Together:
    """Tells which of a question's groups of claims can all be true in one world."""

    def __init__(self, detected: Detected) -> None:
        self._listed = detected.listed
        self._dismissed = detected.dismissed

    def admits(self, some: Sequence[Alike], shared: DateSpan | None, alike: Alike) -> bool:
        """Return whether a group can be true together with some that can.

        `shared` are the days that all of these share, if they share any.
        """
        listed = self._listed.get(alike)
        if listed and not listed.isdisjoint(some):
            return False
        span = _span(alike)
        if span is None or (shared and shared_span(shared, span)):
            return True
        return self._share_each_day([*some, alike])

    def are(self, alikes: Sequence[Alike]) -> bool:
        """Return whether some groups can all be true in one world."""
        among = set(alikes)
        if any(not self._listed.get(one, NOBODY).isdisjoint(among) for one in alikes):
            return False
        return self._share_each_day(alikes)

    def _share_each_day(self, alikes: Sequence[Alike]) -> bool:
        """Return whether those that hold at once share a day, whenever that is."""
        dated = {alike: alike.meaning.key[1] if alike.meaning else None for alike in alikes}
        times = {time for time in dated.values() if time is not None}
        for holding in list(at_once(times)) or [[]]:
            at = [one for one, time in dated.items() if time is None or time in holding]
            if not self._share(at):
                return False
        return True

    def _share(self, alikes: Sequence[Alike]) -> bool:
        """Return whether some groups share a day, but those whose conflict is dismissed."""
        if shared_by(alikes) is not None:
            return True
        apart = next((pair for pair in combinations(alikes, 2) if self._is_dismissed(*pair)), None)
        return apart is not None and all(
            self._share([one for one in alikes if one is not left_out]) for left_out in apart
        )

    def _is_dismissed(self, one: Alike, other: Alike) -> bool:
        return other in self._dismissed.get(one, NOBODY)


@dataclass(slots=True)
class PositionOfDays(Position):
    """Claims that can all be true in one world, where some dates leave out days between."""

    together: Together = field(kw_only=True)
    days: DateSpan | None = EVERY_DAY
    """The days that all of its dates share, if they share any."""

    def add(self, alike: Alike) -> None:
        """Take a group of claims in."""
        Position.add(self, alike)
        if self.days is not None and (days := _span(alike)):
            self.days = shared_span(self.days, days)

    def admits(self, alike: Alike) -> bool:
        """Return whether a group can be true together with all in the position."""
        return self.together.admits(self.alikes, self.days, alike)


def are_together(alikes: Sequence[Alike], detected: Detected) -> bool:
    """Return whether groups can all be true in one world that are not in conflict two by two."""
    in_parts = any(one.in_parts for one in alikes)
    return not in_parts or Together(detected).are(alikes)


def shared_by(alikes: Iterable[Alike]) -> DateSpan | None:
    """Return the days that all dates of some groups share; None if they share none."""
    shared: DateSpan | None = EVERY_DAY
    for span in (span for alike in alikes if (span := _span(alike))):
        shared = shared_span(shared, span) if shared else None
    return shared


@dataclass(frozen=True, slots=True)
class _Set:
    """Groups that can all be true together, and the days that all of them share, if any."""

    alikes: tuple[Alike, ...] = ()
    shared: DateSpan | None = EVERY_DAY

    def with_one(self, alike: Alike) -> _Set:
        """Return the set with one group more."""
        span = _span(alike)
        shared = shared_span(self.shared, span) if self.shared and span else self.shared
        return _Set((*self.alikes, alike), shared)


def by_what_is_said(alikes: Sequence[Alike], detected: Detected) -> list[Alike]:
    """Return groups in their turns; those that say the same by whom they are held against.

    No id decides: who stands with whom is the same whatever claims are called.
    """
    turns = {one: one.meaning.turn for one in alikes if one.meaning}

    def key(alike: Alike) -> tuple[object, ...]:
        beside = (
            sorted(turns[other] for other in against.get(alike, NOBODY) if other in turns)
            for against in (detected.listed, detected.dismissed)
        )
        return (*turns[alike], *beside)

    last = [one for one in alikes if one not in turns]
    return [*sorted(turns, key=key), *last]


def fewer_sets(
    alikes: Sequence[Alike], together: Together, than: int
) -> list[tuple[Alike, ...]] | None:
    """Return groups, given in turn, in the fewest sets that can be true, if fewer than some do.

    Of all ways with so few sets, it is the one in which each group in turn is in the first set
    that it can be in. None if there is no such way; for more than MOST_TRIED groups, and after
    MOST_STEPS steps, none is looked for.
    """
    if len(alikes) > MOST_TRIED:
        return None
    for most in range(_opposed(alikes, together), than):
        search = _Search(alikes, together, most)
        if found := search.first():
            return [one.alikes for one in found]
        if search.steps > MOST_STEPS:
            return None
    return None


def _opposed(alikes: Sequence[Alike], together: Together) -> int:
    """Return how many groups there are, at least, of which no two can be true together."""
    chosen: list[Alike] = []
    for alike in alikes:
        if all(not together.are([one, alike]) for one in chosen):
            chosen.append(alike)
    return len(chosen)


class _Search:
    """Lays groups into so many sets at most, the first way that there is."""

    def __init__(self, alikes: Sequence[Alike], together: Together, most: int) -> None:
        self._alikes = alikes
        self._together = together
        self._most = most
        self.steps = 0

    def first(self) -> tuple[_Set, ...] | None:
        """Return the first way; None if there is none, or it takes too many steps."""
        waiting = [self._ways((), 0)]
        while waiting and self.steps <= MOST_STEPS:
            found = next(waiting[-1], None)
            if found is None:
                waiting.pop()
            elif len(waiting) == len(self._alikes):
                return found
            else:
                self.steps += 1
                waiting.append(self._ways(found, len(waiting)))
        return None

    def _ways(self, sets: tuple[_Set, ...], nth: int) -> Iterator[tuple[_Set, ...]]:
        """Yield the sets with one group more: in the first that it fits, and so on."""
        alike = self._alikes[nth]
        for at, one in enumerate(sets):
            if self._together.admits(one.alikes, one.shared, alike):
                yield (*sets[:at], one.with_one(alike), *sets[at + 1 :])
        if len(sets) < self._most:
            yield (*sets, _Set().with_one(alike))


def _span(alike: Alike) -> DateSpan | None:
    return alike.meaning.days if alike.meaning else None
