"""Masked: dates with digits left out, each the set of the days whose digits fit.

`2022-XX-15` is the fifteenth of each month of 2022, `201X` the ten years from 2010 on.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from itertools import product
from typing import Final

MOST_RUNS: Final = 400
"""Of how many stretches of days a date may be: `202X-XX-15` has 120, `XXXX-XX-15` 120,000."""

MOST_UNITS: Final = 12 * MOST_RUNS
"""How many years, months or days are looked at before it is told that they are too many."""

_MASKED: Final = re.compile(r"([0-9X]{4})(?:-([01X][0-9X])(?:-([0-3X][0-9X]))?)?([~?%]?)", re.ASCII)
_ANY: Final = "XX"
_MONTHS: Final = range(1, 13)

Unit = tuple[int, int | None, int | None]
"""A year, month or day; what it is not precise to is None."""


def take_apart(written: str) -> tuple[str, str | None, str | None, str] | None:
    """Return the year, month, day and sign of a date with digits left out; None for another."""
    match = _MASKED.fullmatch(written) if "X" in written else None
    if match is None:
        return None
    year, month, day, sign = match.groups()
    if not sign:  # every day of a month is the month, every month of a year the year
        day = None if day == _ANY else day
        month = None if month == _ANY and day is None else month
    return year, month, day, sign


def units_of(year: str, month: str | None, day: str | None) -> Iterator[Unit]:
    """Yield the years, months or days that digits left out leave possible, in order."""
    years = (one for one in _fitting(year) if one)
    for at in years:
        if month is None:
            yield at, None, None
            continue
        for nth in (one for one in _fitting(month) if one in _MONTHS):
            if day is None:
                yield at, nth, None
            else:
                longest = monthrange(at, nth)[1]
                yield from ((at, nth, one) for one in _fitting(day) if 0 < one <= longest)


def years_left_out(year: str) -> int:
    """Return to how many years a year is precise: 10 for `201X`, 1 for `20X2`."""
    precision: int = 10 ** (len(year) - len(year.rstrip("X")))
    return precision


def _fitting(mask: str) -> Iterator[int]:
    digits = ("0123456789" if sign == "X" else sign for sign in mask)
    return (int("".join(chosen)) for chosen in product(*digits))
