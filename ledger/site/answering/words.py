"""Words: numbers, counts and dates as the pages say them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from ledger.values import kind_of
from ledger.values.date import date_in_words
from ledger.values.kind import with_unit


def number(figure: float) -> str:
    """Return a number with commas between its thousands: `4,400`."""
    return f"{figure:,.12g}"


def counted(figure: int, one: str, several: str = "") -> str:
    """Return a number with its noun: `1 outlet`, `4,400 citations`, `2 countries`."""
    return f"{number(figure)} {one if figure == 1 else several or f'{one}s'}"


@lru_cache(maxsize=4_096)
def date_said(written: str | int | None) -> str:
    """Return a date as a reader says it, and nothing for none."""
    return date_in_words(str(written)) if written is not None else ""


def apart(gap: float | None, answer: str, unit: str | None) -> str:
    """Return how far two answers are apart: `170 people apart`, `about 3 years apart`."""
    return f"{kind_of(answer).about_distance(gap, unit)} apart" if gap else ""


FILTERS: Final[dict[str, Callable[..., str]]] = {
    "ledger_number": number,
    "ledger_counted": counted,
    "ledger_date": date_said,
    "ledger_with_unit": with_unit,
    "ledger_apart": apart,
}
"""The filters of templates, by name."""
