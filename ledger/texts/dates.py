"""Dates in a text, in any usual printing: with a day, a month, a year, or as much as is said."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from ledger.texts.resolve import without_accents
from ledger.values import DateSpan
from ledger.values.date import MONTHS

_FRENCH: Final = {
    "janvier": 1,
    "fevrier": 2,
    "mars": 3,
    "avril": 4,
    "mai": 5,
    "juin": 6,
    "juillet": 7,
    "aout": 8,
    "septembre": 9,
    "octobre": 10,
    "novembre": 11,
    "decembre": 12,
}
_NUMBERS: Final = {
    **{name.lower(): number for number, name in enumerate(MONTHS) if number},
    **{name[:3].lower(): number for number, name in enumerate(MONTHS) if number},
    "sept": 9,
    **_FRENCH,
}
_ENGLISH: Final = "|".join(
    [*MONTHS[1:], *(rf"{name[:3]}\b\.?" for name in MONTHS[1:] if name != "May"), r"Sept\b\.?"]
)
_MONTH: Final = rf"(?P<month>{_ENGLISH}|{'|'.join(_FRENCH)})\b\.?"
_DAY: Final = r"(?:[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th|er)?(?![\d%])"
_AND: Final = r"(?:,|and|to|or|through|until|-|–|—|et|au|&)"
_DAYS: Final = rf"(?P<days>{_DAY}(?:\s*{_AND}\s*(?:the\s+)?{_DAY}){{0,9}})"
_YEAR: Final = r"(?:[,.]?\s*(?:of\s+|in\s+)?(?P<year>1[0-9]{3}|20[0-9]{2}|21[0-9]{2})\b)"

_PATTERNS: Final = (
    # 27 March 2022, 23 to 31 March; March 27, 2022, March 23-31; March 2022.
    re.compile(rf"\b{_DAYS}\s*(?:of\s+|de\s+)?{_MONTH}{_YEAR}?", re.I),
    re.compile(rf"\b{_MONTH}\s*(?:the\s+)?{_DAYS}(?!\s*(?:percent|per cent|people)){_YEAR}?", re.I),
    re.compile(rf"\b{_MONTH}{_YEAR}", re.I),
    # 2022-03-27, 27/03/2022, 10-2022.
    re.compile(r"\b(?P<year>[12]\d{3})-(?P<number>0[1-9]|1[0-2])(?:-(?P<day>[0-3]\d))?\b"),
    re.compile(r"\b(?P<one>[0-3]?\d)[/.](?P<other>[0-3]?\d)[/.](?P<year>[12]\d{3})\b"),
    re.compile(r"(?<![\d/.-])(?P<number>0?[1-9]|1[0-2])[-/](?P<year>[12]\d{3})\b"),
)
# A month alone: with a capital, and May only behind a small letter, or it may be a verb or a name.
_ALONE: Final = re.compile(
    rf"\b(?:{'|'.join(name for name in MONTHS[1:] if name != 'May')})\b|(?<![\w])[a-z]+\sMay\b"
)
_BARE_YEAR: Final = re.compile(
    r"(?<![\d.,])(?P<year>1[0-9]{3}|20[0-9]{2}|21[0-9]{2})(?P<decade>s)?\b(?![.,]\d)"
)
_SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_SEASON: Final = re.compile(
    rf"\b(?P<season>{'|'.join(_SEASONS)})(?:\s+of)?,?\s+(?P<year>[12]\d{{3}})\b", re.I
)
_QUARTERS: Final = {"first": 1, "second": 4, "third": 7, "fourth": 10, "last": 10}
_QUARTER: Final = re.compile(
    rf"\b(?:(?P<nth>{'|'.join(_QUARTERS)})\s+(?P<part>quarter|half)|Q(?P<number>[1-4]))"
    r"(?:\s+of)?,?\s+(?P<year>[12]\d{3})\b",
    re.I,
)
_THIRDS: Final = {
    "early": (1, 10),
    "beginning of": (1, 10),
    "start of": (1, 10),
    "first days of": (1, 10),
    "mid": (11, 20),
    "middle of": (11, 20),
    "late": (21, 31),
    "end of": (21, 31),
    "last days of": (21, 31),
}
_PARTS_OF_A_YEAR: Final = {
    "early": 1,
    "beginning of": 1,
    "start of": 1,
    "mid": 5,
    "middle of": 5,
    "late": 9,
    "end of": 9,
}
"""The months with which a third of a year begins."""
_PART_OF_A_YEAR: Final = re.compile(
    rf"\b(?P<which>{'|'.join(_PARTS_OF_A_YEAR)})[\s-]+(?P<year>1[0-9]{{3}}|20[0-9]{{2}})\b", re.I
)
_THIRD: Final = re.compile(
    rf"\b(?P<which>{'|'.join(_THIRDS)})[\s-]+(?:the\s+)?{_MONTH}{_YEAR}?", re.I
)


_YEAR_LONG: Final = 12
"""How many months a year has."""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as far as a text gives it.

    `span` has the first and last day of a part of the month, as in "late March"; `months` is
    how many months a season, a quarter or a decade has. `reach` is by how many days its ends
    may be meant otherwise.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    span: tuple[int, int] | None = None
    months: int = 1
    reach: int = 0


@lru_cache(maxsize=4_096)
def dates_in(text: str) -> frozenset[DateMention]:
    """Return every date of a text; a figure such as 03/04/2022 has two readings."""
    return frozenset(mention for mention, _, _ in _mentions(_plain(text)))


@lru_cache(maxsize=4_096)
def without_dates(text: str) -> str:
    """Return a text whose days and months are blanked, so that no figure of theirs is counted.

    A year that stands alone stays: it may be a number.
    """
    plain = list(_plain(text))
    for mention, start, end in _mentions("".join(plain)):
        if mention.month is not None:
            plain[start:end] = " " * (end - start)
    return "".join(plain)


def span_of(mention: DateMention, year: int) -> DateSpan | None:
    """Return the days that a mention means if it is of some year; None if there is no such day."""
    month = mention.month or 1
    months = mention.months if mention.month or mention.months > 1 else _YEAR_LONG
    nth = month - 1 + months - 1
    end_year, end_month = year + nth // _YEAR_LONG, nth % _YEAR_LONG + 1
    longest = monthrange(end_year, end_month)[1]
    begins, ends = mention.span or (mention.day or 1, mention.day or longest)
    try:
        return DateSpan(date(year, month, begins), date(end_year, end_month, min(ends, longest)))
    except ValueError:  # 31 June, as printed, or a winter that no calendar ends
        return None


def _plain(text: str) -> str:
    return without_accents(text.replace("\xa0", " "))


def _mentions(text: str) -> Iterator[tuple[DateMention, int, int]]:
    for match in _THIRD.finditer(text):
        third = _THIRDS[re.sub(r"\s+", " ", match["which"].lower())]
        month = _number_of(match["month"])
        yield DateMention(_int(match["year"]), month, span=third, reach=5), *match.span()
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            for mention in _of_pattern(match.groupdict()):
                yield mention, match.start(), match.end()
    for match in _ALONE.finditer(text):
        name = match[0].split()[-1]
        yield DateMention(month=_number_of(name)), match.end() - len(name), match.end()
    for match in _BARE_YEAR.finditer(text):
        months = 10 * _YEAR_LONG if match["decade"] else 1
        yield DateMention(int(match["year"]), months=months), match.start(), match.end()
    yield from _parts_of_years(text)


def _of_pattern(found: dict[str, str | None]) -> Iterator[DateMention]:
    year = _int(found.get("year"))
    if one := found.get("one"):
        pair = int(one), int(found.get("other") or 0)
        for day, nth in {pair, pair[::-1]}:
            if 1 <= nth < len(MONTHS):
                yield DateMention(year, nth, day)
        return
    month = _int(found.get("number")) or _number_of(found.get("month") or "")
    days = re.findall(r"\d+", found.get("days") or found.get("day") or "")
    for digits in days:
        yield DateMention(year, month, int(digits))
    if not days:
        yield DateMention(year, month)


def _parts_of_years(text: str) -> Iterator[tuple[DateMention, int, int]]:
    for match in _PART_OF_A_YEAR.finditer(text):
        first = _PARTS_OF_A_YEAR[re.sub(r"\s+", " ", match["which"].lower())]
        yield DateMention(int(match["year"]), first, months=4, reach=61), *match.span()
    for match in _SEASON.finditer(text):
        mention = DateMention(
            int(match["year"]), _SEASONS[match["season"].lower()], months=3, reach=31
        )
        yield mention, match.start(), match.end()
    for match in _QUARTER.finditer(text):
        nth = (match["nth"] or "").lower()
        half = (match["part"] or "").lower() == "half"
        first = _QUARTERS[nth] if nth else (int(match["number"]) - 1) * 3 + 1
        first = (1 if nth == "first" else 7) if half else first
        yield DateMention(int(match["year"]), first, months=6 if half else 3), *match.span()


def _number_of(month: str) -> int | None:
    return _NUMBERS.get(month.lower().rstrip("."))


def _int(digits: str | None) -> int | None:
    return int(digits) if digits else None
