"""Dates: EDTF (ISO 8601-2), read as a span of days.

Plain dates are read here, since the `edtf` package reads some 150 intervals a second; it is
asked only for the rarer forms (unspecified decades, sets, qualified parts). Years run from 1 to
9999; a season is the northern one, and winter ends in February of the next year.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from time import struct_time
from typing import Final

from ledger.values.comparison import Comparison
from ledger.values.unreadable import UnreadableValue

FORMS: Final = (
    "EDTF: 2022, 2022-03, 2022-03-27, 2022-03-23/2022-03-31, 2022-03~ (about), 2022? (uncertain), "
    "2012/.. (open end), 2022-21 (spring), 201X"
)

_PLAIN: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%]?)")
_DIGIT_LEFT_OUT: Final = re.compile(r"([0-9]{4})-(?:([01])|([0-9]{2})-([0-3]))X")
_DECADE: Final = re.compile(r"[0-9]{3}X")
# What `edtf` may be asked: it writes to the terminal on some digits left out, and counts the
# days of a year like Y1E9999999 for minutes.
_RARE: Final = re.compile(r"(?!.*-[0-9X]?[0-9]X)[0-9XS~?%.,:TZ+ \[\]{}-]{1,80}")
_MONTHS: Final = 12

MONTHS: Final = (
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""The names of the months by their numbers; the calendar's own depend on the locale."""
_SEASONS: Final = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_NAMES: Final = dict(enumerate(MONTHS)) | _SEASONS
_LAST_SEASON: Final = "24"  # EDTF's quarters and halves of a year follow
_SEASON: Final = 3
"""How many months a season has."""
_ABOUT: Final = ("about ", "perhaps ")


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A span of days, both ends included; None is an open end."""

    earliest: date | None
    latest: date | None


@lru_cache(maxsize=65_536)
def parse_date(text: str) -> DateSpan:
    """Return the span of days that an EDTF text means.

    `~` and `?` widen a date by one unit of its precision to both sides, `%` by two.
    Raises UnreadableValue with the forms accepted.
    """
    written = " ".join(text.split())
    if "/" in written:
        return _interval(written)
    return _single(written)


def print_date(span: DateSpan) -> str:
    """Return an EDTF text that parses to just this span."""
    first, last = span.earliest, span.latest
    if first is None or last is None:
        return f"{first or '..'}/{last or '..'}"
    if first == last:
        return first.isoformat()
    if (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
        return f"{first.year:04}"
    if (first, last) == _month(first.year, first.month):
        return f"{first.year:04}-{first.month:02}"
    return f"{first.isoformat()}/{last.isoformat()}"


def date_in_words(written: str) -> str:
    """Return a date as a reader says it: `2022-03~` is "about March 2022"."""
    written = " ".join(written.split())
    if "/" in written:
        first, last = _ends(written)
        if first in {"", ".."}:
            return f"{date_in_words(last)} or earlier"
        if last in {"", ".."}:
            return f"{date_in_words(first)} or later"
        return f"{date_in_words(first)} to {date_in_words(last)}"
    match = _PLAIN.fullmatch(written)
    if match is None:
        return f"the decade from {written[:-1]}0" if _DECADE.fullmatch(written) else written
    year, month, day, sign = match.groups()
    said = {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}[sign]
    if month and int(month) not in _NAMES:
        return written
    words = [str(int(day))] if day else []
    words += [_NAMES[int(month)]] if month else []
    return said + " ".join([*words, year])


def compare_dates(one: DateSpan, other: DateSpan, written: tuple[str, str]) -> Comparison:
    """Return whether two dates can both be true: they conflict if no day lies in both spans.

    `written` is how each was written, for the sentence.
    """
    words = [date_in_words(text) for text in written]
    if one == other:
        return Comparison("same", f"both mean {_span(one)}")
    if not spans_meet(one, other):
        swap = _after(one, other)
        lower, upper = (other, one) if swap else (one, other)
        first, second = reversed(words) if swap else words
        gap = (upper.earliest - lower.latest).days if upper.earliest and lower.latest else None
        return Comparison("conflict", _apart(lower, upper, first, second), gap)
    shared = DateSpan(
        max((day for day in (one.earliest, other.earliest) if day), default=None),
        min((day for day in (one.latest, other.latest) if day), default=None),
    )
    return Comparison("compatible", f"{words[0]} and {words[1]} share {_span(shared)}")


def spans_meet(one: DateSpan, other: DateSpan) -> bool:
    """Return whether some day lies in both spans."""
    return not _after(one, other) and not _after(other, one)


def is_before(one: str, other: str) -> bool:
    """Return whether every day that a date can mean comes before every day of another.

    Raises UnreadableValue.
    """
    return _after(parse_date(other), parse_date(one))


def _after(one: DateSpan, other: DateSpan) -> bool:
    return one.earliest is not None and other.latest is not None and one.earliest > other.latest


def _apart(lower: DateSpan, upper: DateSpan, first: str, second: str) -> str:
    if lower.earliest == lower.latest and upper.earliest == upper.latest:
        return f"{first} and {second} are different days"
    to = "reaches to" if first.startswith(_ABOUT) else "ends on"
    back = "reaches back to" if second.startswith(_ABOUT) else "begins on"
    ends = "" if lower.earliest == lower.latest else f" {to} {_told(lower.latest)}"
    starts = "" if upper.earliest == upper.latest else f" {back} {_told(upper.earliest)}"
    if ends and starts:
        return f"{first}{ends}; {second}{starts}"
    return f"{second}{starts}, after {first}" if starts else f"{first}{ends}, before {second}"


def _span(span: DateSpan) -> str:
    if span.earliest == span.latest:
        return _told(span.earliest)
    if span.earliest is None:
        return f"every day up to {_told(span.latest)}"
    if span.latest is None:
        return f"every day from {_told(span.earliest)} on"
    return f"{_told(span.earliest)} to {_told(span.latest)}"


def _told(day: date | None) -> str:
    return f"{day.day} {MONTHS[day.month]} {day.year}" if day else "any day"


def _ends(written: str) -> tuple[str, str]:
    first, _, last = written.partition("/")
    return first.strip(), last.strip()


def _interval(written: str) -> DateSpan:
    first, last = _ends(written)
    if first in {"", ".."} and last in {"", ".."}:
        raise _unreadable(written)
    try:
        earliest = None if first in {"", ".."} else _single(first).earliest
        latest = None if last in {"", ".."} else _single(last).latest
    except UnreadableValue as error:
        raise _unreadable(written) from error
    if earliest and latest and earliest > latest:
        what = f"the interval `{written}` ends before it begins"
        raise UnreadableValue(what, FORMS)
    return DateSpan(earliest, latest)


def _single(written: str) -> DateSpan:
    try:
        if (match := _PLAIN.fullmatch(written)) and (match[2] or "") <= _LAST_SEASON:
            year, month, day = (int(part) if part else None for part in match.groups()[:3])
            steps = {"": 0, "~": 1, "?": 1, "%": 2}[match[4]]
            return _widened(year or 0, month, day, steps)
        if match := _DIGIT_LEFT_OUT.fullmatch(written):
            return _any_digit(*match.groups())
    except (ValueError, OverflowError) as error:
        raise _unreadable(written) from error
    return _by_edtf(written)


def _any_digit(year: str, tens: str | None, month: str | None, days: str | None) -> DateSpan:
    """Return the span of `2022-1X`, any month from October on, or of `2022-03-2X`."""
    if tens is not None:
        first, last = (1, 9) if tens == "0" else (10, _MONTHS)
        return DateSpan(_month(int(year), first)[0], _month(int(year), last)[1])
    earliest = date(int(year), int(month or 0), max(int(days or 0) * 10, 1))
    longest = monthrange(earliest.year, earliest.month)[1]
    return DateSpan(earliest, earliest.replace(day=min(int(days or 0) * 10 + 9, longest)))


def _widened(year: int, month: int | None, day: int | None, steps: int) -> DateSpan:
    if day is not None:
        exact = date(year, month or 0, day)
        return DateSpan(exact - timedelta(days=steps), exact + timedelta(days=steps))
    if month in _SEASONS:
        first = (month - 20) * _SEASON
        last = first + _SEASON - 1
        reach = steps * _SEASON
        return DateSpan(_month(year, first - reach)[0], _month(year, last + reach)[1])
    if month is not None:
        date(year, month, 1)  # refuses a month that no year has
        return DateSpan(_month(year, month - steps)[0], _month(year, month + steps)[1])
    return DateSpan(date(year - steps, 1, 1), date(year + steps, 12, 31))


def _month(year: int, month: int) -> tuple[date, date]:
    """Return the first and last day of a month; months before 1 and after 12 carry over."""
    year, month = year + (month - 1) // _MONTHS, (month - 1) % _MONTHS + 1
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _by_edtf(written: str) -> DateSpan:
    # Imported here: it brings a parser library that plain dates do not need.
    from edtf import parse_edtf  # noqa: PLC0415
    from edtf.parser.edtf_exceptions import EDTFParseException  # noqa: PLC0415

    if _RARE.fullmatch(written) is None:
        raise _unreadable(written)
    try:
        parsed = parse_edtf(written)
        ends = (_day(parsed.lower_fuzzy()), _day(parsed.upper_fuzzy()))
    except (EDTFParseException, ValueError, OverflowError, AttributeError, TypeError) as error:
        raise _unreadable(written) from error
    if ends == (None, None) or (ends[0] and ends[1] and ends[0] > ends[1]):
        raise _unreadable(written)
    return DateSpan(*ends)


def _day(end: struct_time | float) -> date | None:
    if isinstance(end, struct_time):
        return date(end.tm_year, end.tm_mon, end.tm_mday)
    return None


def _unreadable(written: str) -> UnreadableValue:
    return UnreadableValue(f"`{written}` is not a date", FORMS)
