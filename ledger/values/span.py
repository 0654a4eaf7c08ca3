"""Spans: the days that a date can mean, in one stretch or in several.

A plain date means one stretch of days, March 2022 all its 31. A date with digits left out or a
choice of dates means just the days that it names: `[2021,2023]` is not 2022.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import inf, isfinite
from typing import NamedTuple


class Run(NamedTuple):
    """One stretch of days by their numbers, both ends included; infinite where it is open."""

    first: float
    last: float


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Some days from the earliest to the latest, both included; None is an open end.

    `gaps` are the stretches between the two that are not meant, in order and apart.
    """

    earliest: date | None
    latest: date | None
    gaps: tuple[tuple[date, date], ...] = ()

    def bounds(self) -> tuple[tuple[float, int], tuple[float, int]]:
        """Return the numbers of the first day and of the last, of which none is left out."""
        earliest = self.earliest.toordinal() if self.earliest else -inf
        return (earliest, 0), (self.latest.toordinal() if self.latest else inf, 0)

    def runs(self) -> list[Run]:
        """Return the stretches of days that are meant, in order and apart."""
        starts: list[float] = [self.earliest.toordinal() if self.earliest else -inf]
        starts += [last.toordinal() + 1 for _, last in self.gaps]
        ends: list[float] = [first.toordinal() - 1 for first, _ in self.gaps]
        ends.append(self.latest.toordinal() if self.latest else inf)
        return [Run(*ends_of_run) for ends_of_run in zip(starts, ends, strict=True)]

    def shared(self, other: DateSpan) -> DateSpan | None:
        """Return the days that lie in both spans; None if there are none."""
        return span_of(_shared_runs(self, other))


def span_of(runs: Iterable[Run]) -> DateSpan | None:
    """Return the days of some stretches in any order; None if there are none."""
    joined = list(_joined(sorted(runs)))
    if not joined:
        return None
    gaps = tuple((_day(one.last + 1), _day(two.first - 1)) for one, two in pairwise(joined))
    first, last = joined[0].first, joined[-1].last
    return DateSpan(
        _day(first) if isfinite(first) else None, _day(last) if isfinite(last) else None, gaps
    )


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """Yield sorted stretches, those that touch as one."""
    at: Run | None = None
    for run in runs:
        if at is None or run.first > at.last + 1:
            if at is not None:
                yield at
            at = run
        else:
            at = Run(at.first, max(at.last, run.last))
    if at is not None:
        yield at


def spans_meet(one: DateSpan, other: DateSpan) -> bool:
    """Return whether some day lies in both spans."""
    if is_after(one, other) or is_after(other, one):
        return False
    if not one.gaps and not other.gaps:
        return True
    return next(_shared_runs(one, other), None) is not None


def _shared_runs(one: DateSpan, other: DateSpan) -> Iterator[Run]:
    mine, theirs = one.runs(), other.runs()
    at, beside = 0, 0
    while at < len(mine) and beside < len(theirs):
        shared = Run(
            max(mine[at].first, theirs[beside].first), min(mine[at].last, theirs[beside].last)
        )
        if shared.first <= shared.last:
            yield shared
        if mine[at].last < theirs[beside].last:
            at += 1
        else:
            beside += 1


def is_after(one: DateSpan, other: DateSpan) -> bool:
    """Return whether every day of one span comes after every day of the other."""
    return one.earliest is not None and other.latest is not None and one.earliest > other.latest


def nearest(one: DateSpan, other: DateSpan) -> tuple[date, date]:
    """Return the two days nearest to each other of spans that share none, the earlier first."""
    ends = sorted((*run, nth) for nth, span in enumerate((one, other)) for run in span.runs())
    steps = [
        (following[0] - before[1], before[1], following[0])
        for before, following in pairwise(ends)
        if before[2] != following[2]
    ]
    _, first, last = min(steps)
    return _day(first), _day(last)


def _day(number: float) -> date:
    return date.fromordinal(int(number))
