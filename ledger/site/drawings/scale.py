"""Scale: where numbers and days lie on an axis, in percent of its width."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log10
from typing import Final

MARGIN: Final = 0.06
"""Which share of the axis stays free at each end, where an open end is drawn."""

FAR_APART: Final = 20
"""From which ratio of the greatest to the least on numbers are drawn by their logarithms."""

TICKS: Final = 5
"""About how many marks an axis has."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of an axis: where it is, in percent, and what stands there.

    A day or month has its year apart, where it is another than that of the mark before.
    """

    at: float
    label: str
    year: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from one number to another; by logarithms if `logarithmic`."""

    low: float
    high: float
    logarithmic: bool = False

    def at(self, value: float | None, *, otherwise: float) -> float:
        """Return where a number lies in percent of the width; `otherwise` where there is none."""
        if value is None:
            return otherwise
        low, high, here = self._bent(self.low), self._bent(self.high), self._bent(value)
        inside = (here - low) / (high - low) if high > low else 0.5
        return round(100 * (MARGIN + (1 - 2 * MARGIN) * min(max(inside, 0), 1)), 2)

    def _bent(self, value: float) -> float:
        return log10(max(value, 1)) if self.logarithmic else value

    def ticks(self) -> list[Tick]:
        """Return the marks of an axis of numbers, at round ones."""
        return [Tick(self.at(one, otherwise=0), f"{one:,.12g}") for one in self._round_numbers()]

    def _round_numbers(self) -> list[float]:
        if (self.high - self.low) / TICKS <= 0:  # the same, or too near for numbers between
            return [self.low]
        if self.logarithmic:
            powers = range(floor(log10(max(self.low, 1))), ceil(log10(self.high)) + 1)
            # Over a few powers of ten, these alone would be too few marks to read by.
            factors = (1, 2, 5) if len(powers) <= TICKS - 1 else (1,)
            found = [factor * 10.0**power for power in powers for factor in factors]
        else:
            step = _round_step((self.high - self.low) / TICKS)
            found = [step * n for n in range(ceil(self.low / step), floor(self.high / step) + 1)]
        return [one for one in found if self.low <= one <= self.high] or [self.low, self.high]


def scale_of(ends: Iterable[float | None]) -> Scale:
    """Return an axis on which some numbers lie, the absent ones being open ends."""
    found = sorted(end for end in ends if end is not None)
    if not found:
        return Scale(0, 1)
    low, high = found[0], found[-1]
    least = next((end for end in found if end > 0), 0)
    return Scale(low, high, logarithmic=least > 0 and high / least >= FAR_APART)


def day_scale(days: Iterable[float | None]) -> Scale:
    """Return an axis on which some days lie, by their numbers; a year is as wide as any other."""
    found = [day for day in days if day is not None]
    return Scale(min(found), max(found)) if found else Scale(1, 1)


def day_number(day: str | None) -> float | None:
    """Return a day, as the database has it, as a number to be laid on an axis."""
    return date.fromisoformat(day).toordinal() if day else None


def day_ticks(scale: Scale) -> list[Tick]:
    """Return the marks of an axis of days: years, months or days, whichever are few enough."""
    first, last = date.fromordinal(int(scale.low)), date.fromordinal(int(scale.high))
    years = last.year - first.year
    if years >= 2:  # noqa: PLR2004 # from two turns of the year on, years tell enough
        step = max(1, round(years / TICKS))
        marks = [date(year, 1, 1) for year in range(first.year, last.year + 1, step)]
        return [Tick(one.at, one.year) for one in _day_ticks(scale, marks, "")]
    months = (last.year - first.year) * 12 + last.month - first.month
    if months >= 2:  # noqa: PLR2004 # likewise for months
        step = max(1, round(months / TICKS))
        numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month, step)
        return _day_ticks(scale, [date(n // 12, n % 12 + 1, 1) for n in numbers], "%b")
    step = max(1, round((last - first).days / TICKS))
    days = range(first.toordinal(), last.toordinal() + 1, step)
    return _day_ticks(scale, [date.fromordinal(day) for day in days], "%-d %b")


def _day_ticks(scale: Scale, marks: Sequence[date], form: str) -> list[Tick]:
    inside = [day for day in marks if scale.low <= day.toordinal() <= scale.high]
    before = [None, *(day.year for day in inside)]
    return [
        Tick(
            scale.at(day.toordinal(), otherwise=0),
            day.strftime(form),
            "" if day.year == year else str(day.year),
        )
        for day, year in zip(inside, before, strict=False)
    ]


def _round_step(step: float) -> float:
    """Return the least of 1, 2 and 5 times a power of ten that is not below a step."""
    power = 10.0 ** floor(log10(step))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= step * 0.999)
