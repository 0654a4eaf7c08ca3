"""Rare dates: those with digits left out, and the forms that the `edtf` package reads for us.

`2022-XX-15` is the fifteenth of each month of 2022, `201X` the ten years from 2010 on: each is
the set of the days whose digits fit.

The package is asked here and nowhere else: it prints what it fails at into whatever the program
prints, and raises whatever comes up. Here it is silent, and what it cannot read is just not a date.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import product
from time import struct_time
from typing import Final, Protocol, cast

MOST_RUNS: Final = 400
"""Of how many stretches of days a date may be: `202X-XX-15` has 120, `XXXX-XX-15` 120,000."""

MOST_UNITS: Final = 12 * MOST_RUNS
"""How many years, months or days are looked at before it is told that they are too many."""

_MASKED: Final = re.compile(r"([0-9X]{4})(?:-([01X][0-9X])(?:-([0-3X][0-9X]))?)?([~?%]?)", re.ASCII)
_ANY: Final = "XX"
_MONTHS: Final = range(1, 13)

Unit = tuple[int, int | None, int | None]
"""A year, month or day; what it is not precise to is None."""

# Without years of more than four digits: it counts the days of one like Y1E9999999 for minutes.
# Without a digit left out, a choice or a time of day: those are read by our own rules.
_ASKED: Final = re.compile(r"[0-9S~?%-]{4,40}")


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


class _Parsed(Protocol):
    def lower_fuzzy(self) -> object: ...

    def upper_fuzzy(self) -> object: ...


class _Parse(Protocol):
    def __call__(self, text: str, /) -> _Parsed: ...


def rare_ends(written: str) -> tuple[date, date] | None:
    """Return the first and last day of a date with qualified parts, a season or a rounded year.

    None if it is none of these.
    """
    if _ASKED.fullmatch(written) is None:
        return None
    try:
        parsed = _parser()(written)
        first, last = _day(parsed.lower_fuzzy()), _day(parsed.upper_fuzzy())
    except Exception:  # noqa: BLE001 # whatever a foreign parser stumbles over is not a date
        return None
    return (first, last) if first <= last else None


def _day(end: object) -> date:
    if not isinstance(end, struct_time):
        raise TypeError
    return date(end.tm_year, end.tm_mon, end.tm_mday)


@cache
def _parser() -> _Parse:
    """Return the package's parser, which is slow to load, with nothing to print with."""
    from edtf import parse_edtf  # noqa: PLC0415
    from edtf.parser import parser_classes  # noqa: PLC0415

    # Its own name for print comes before the built-in one, in every thread alike.
    vars(parser_classes)["print"] = _say_nothing
    return cast("_Parse", parse_edtf)


def _say_nothing(*_: object) -> None:
    pass
