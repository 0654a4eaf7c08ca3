"""Plot: the claims on a question as bars on one axis, coloured by position, open ends open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from ledger.reports.meaning import Range
from ledger.site.drawings.scale import Scale, Tick, day_number, day_scale, day_ticks, scale_of

NARROW: Final = 1.2
"""Bars narrower than this, in percent of the width, are drawn as a dot."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A range on the axis, in percent: open ends run to the edge.

    `hollow` says of an end that the value itself is excluded: more than 300 is not 300.
    """

    start: float
    end: float
    low_open: bool
    high_open: bool
    hollow: bool = False

    @property
    def width(self) -> float:
        """Return how wide the bar is, in percent."""
        return round(self.end - self.start, 2)

    @property
    def is_dot(self) -> bool:
        """Return whether the bar is too narrow to be seen as one."""
        return self.width < NARROW

    @property
    def middle(self) -> float:
        """Return the middle of the bar."""
        return round((self.start + self.end) / 2, 2)


@dataclass(frozen=True, slots=True)
class Plot:
    """An axis, a bar for each claim and the shared range of each position, by their ids."""

    ticks: list[Tick]
    bars: dict[str, Bar]
    shared: dict[str, Bar]
    logarithmic: bool
    days: bool

    @property
    def has_open_ends(self) -> bool:
        """Return whether any bar is open, so that the page must say what that means."""
        return any(bar.low_open or bar.high_open for bar in self.bars.values())


Ranges = Mapping[str, Range]
"""Ranges by the ids of what they are of."""


def plot_of(claims: Ranges, positions: Ranges) -> Plot | None:
    """Return the plot of a question's quantities or dates; None if its answers are others."""
    ranges = [one for one in (*claims.values(), *positions.values()) if not one.is_open]
    if not ranges:
        return None
    days = any(one.earliest or one.latest for one in ranges)
    ends = [end for one in ranges for end in _ends(one)]
    scale = day_scale(ends) if days else scale_of(ends)
    return Plot(
        day_ticks(scale) if days else scale.ticks(),
        {name: _bar(one, scale) for name, one in claims.items() if not one.is_open},
        {name: _bar(one, scale) for name, one in positions.items() if not one.is_open},
        scale.logarithmic,
        days,
    )


def _ends(one: Range) -> tuple[float | None, float | None]:
    """Return the ends of a range on an axis; None where it is open."""
    if one.earliest or one.latest:
        return day_number(one.earliest), day_number(one.latest)
    return one.low, one.high


def _bar(one: Range, scale: Scale) -> Bar:
    low, high = _ends(one)
    start, end = scale.at(low, otherwise=0), scale.at(high, otherwise=100)
    return Bar(start, end, low is None, high is None, bool(one.low_open or one.high_open))
