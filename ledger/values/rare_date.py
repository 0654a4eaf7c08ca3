"""Rare dates: the forms of EDTF that the `edtf` package reads for us.

It is asked here and nowhere else: it prints what it fails at into whatever the program prints,
and raises whatever comes up. Here it is silent, and what it cannot read is just not a date.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from time import struct_time
from typing import Final, Protocol, cast

# Without years of more than four digits: it counts the days of one like Y1E9999999 for minutes.
# Without a digit left out, a choice or a time of day: those are read by our own rules.
_ASKED: Final = re.compile(r"[0-9S~?%-]{4,40}")


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
