"""Dates: EDTF (ISO 8601-2), read as the days that it can mean.

Plain dates, digits left out, choices of dates and times of day are read here, since the `edtf`
package reads some 150 intervals a second; it is asked only for the rarer forms. Years run from 1
to 9999; a season is the northern one, and winter ends in February of the next year.

A time of day with its zone is one moment everywhere, but not one day: when it was 23:30 in New
York on 3 February, the 4th had begun in London. It means every day that it was somewhere, so
that two ways of writing one moment are the same, and neither excludes what a local paper dates
it to. Without a zone, it is the day that is written.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, time, timedelta
from functools import lru_cache
from itertools import islice
from math import isfinite
from typing import Final

from ledger.values.comparison import Comparison
from ledger.values.kind import (
    Asked,
    Bound,
    Bounds,
    Comparing,
    Ends,
    Kind,
    Turn,
    UnreadableValue,
    with_unit,
)
from ledger.values.rare_date import (
    MOST_RUNS,
    MOST_UNITS,
    rare_ends,
    take_apart,
    units_of,
    years_left_out,
)
from ledger.values.span import DateSpan, is_after, nearest, span_of
from ledger.values.tree import Tree

FORMS: Final = (
    "EDTF: 2022, 2022-03, 2022-03-27, 2022-03-23/2022-03-31, 2022-03~ (about), 2022? (uncertain), "
    "2012/.. (open end), 2022-21 (spring), 201X"
)

_PLAIN: Final = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%]?)")
_DECADE: Final = re.compile(r"[0-9]{3}X")
_CHOICE: Final = re.compile(r"\[([^\[\]{}]+)\]|\{([^\[\]{}]+)\}")
_MOMENT: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(Z|[+-][0-9]{2}(?::[0-9]{2})?)?"
)
_SWAPPED: Final = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")
_HOUR: Final = 60
_DAY: Final = 24 * _HOUR
_FIRST_ZONE: Final = -12 * _HOUR
"""By how many minutes the clocks that are the furthest behind differ from Greenwich."""
_LAST_ZONE: Final = 14 * _HOUR
_LAST_DAY: Final = date.max.toordinal()
_STEPS: Final = {"": 0, "~": 1, "?": 1, "%": 2}
_MONTHS: Final = 12
_MOST_TOLD: Final = 3
"""How many stretches of days a sentence names."""

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


@lru_cache(maxsize=65_536)
def parse_date(text: str) -> DateSpan:
    """Return the days that an EDTF text can mean.

    `~` and `?` widen a date by one unit of its precision to both sides, `%` by two. Raises
    UnreadableValue with the forms accepted; of what has two readings, these are its two.
    """
    written = " ".join(text.split())
    if match := _SWAPPED.fullmatch(written):
        raise _swapped(written, int(match[1]), int(match[3]), match[4])
    if "/" in written:
        return _interval(written)
    return _single(written)


def dates_named(text: str) -> list[str]:
    """Return the dates that a choice of dates names; of a time of day its day; else the date."""
    written = " ".join(text.split())
    if match := _CHOICE.fullmatch(written):
        return [_as_interval(part.strip()) for part in (match[1] or match[2]).split(",")]
    moment = _MOMENT.fullmatch(written)
    return [moment[1] if moment else written]


def begins_on(text: str) -> date | None:
    """Return the day on which a date begins (ends, where its beginning is open).

    Of a time of day that is the day as it is written. Raises UnreadableValue.
    """
    first = " ".join(text.split()).partition("/")[0].strip()
    moment = _MOMENT.fullmatch(first)
    span = parse_date(moment[1] if moment else text)
    return span.earliest or span.latest


def date_in_words(written: str) -> str:
    """Return a date as a reader says it: `2022-03~` is "about March 2022"."""
    written = " ".join(written.split())
    if "/" in written:
        first, last = (end and date_in_words(end) for end in ends_of(written))
        return f"{first} to {last}" if first and last else f"{first or last} or {_beside(first)}"
    if match := _CHOICE.fullmatch(written):
        return _choice_in_words(match)
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


def _beside(first: str) -> str:
    return "later" if first else "earlier"


def _choice_in_words(match: re.Match[str]) -> str:
    """Return a choice of dates, or all of several, as a reader says it: "2021 or 2023"."""
    said = [date_in_words(part) for part in dates_named(match[0])]
    joint = " or " if match[1] else " and "
    return joint.join([*([", ".join(said[:-1])] if said[:-1] else []), said[-1]])


def is_before(one: str, other: str) -> bool:
    """Return whether every day that a date can mean comes before every day of another.

    Raises UnreadableValue.
    """
    return is_after(parse_date(other), parse_date(one))


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
    if span.gaps:
        runs = [one for run in span.runs() if (one := span_of([run]))]
        more = len(runs) - _MOST_TOLD
        told = " or ".join(_span(run) for run in runs[:_MOST_TOLD])
        return f"{told} or one of {more:,} more" if more > 0 else told
    if span.earliest == span.latest:
        return _told(span.earliest)
    if span.earliest is None:
        return f"every day up to {_told(span.latest)}"
    if span.latest is None:
        return f"every day from {_told(span.earliest)} on"
    return f"{_told(span.earliest)} to {_told(span.latest)}"


def _told(day: date | None) -> str:
    return f"{day.day} {MONTHS[day.month]} {day.year}" if day else "any day"


def ends_of(written: str) -> tuple[str, str]:
    """Return the two ends of an interval as they are written, the one that is open as nothing."""
    first, _, last = (end.strip() for end in written.partition("/"))
    return first.removeprefix(".."), last.removeprefix("..")


def _interval(written: str) -> DateSpan:
    first, last = ends_of(written)
    try:
        earliest = _single(first).earliest if first else None
        latest = _single(last).latest if last else None
    except UnreadableValue as error:
        raise _unreadable(written) from error
    if (earliest, latest) == (None, None):
        raise _unreadable(written)
    if earliest and latest and earliest > latest:
        what = f"the interval `{written}` ends before it begins"
        raise UnreadableValue(what, FORMS)
    return DateSpan(earliest, latest)


def _single(written: str) -> DateSpan:
    try:
        span = _by_own_rules(written)
    except UnreadableValue:
        raise
    except (ValueError, OverflowError) as error:
        raise _unreadable(written) from error
    if span is None and (ends := rare_ends(written)):
        span = DateSpan(*ends)
    if span is None or (span.earliest, span.latest) == (None, None):
        raise _unreadable(written)
    return span


def _by_own_rules(written: str) -> DateSpan | None:
    """Return the days of a date in a form that is read here; None if it has another."""
    if (match := _PLAIN.fullmatch(written)) and (match[2] or "") <= _LAST_SEASON:
        return _plain(match)
    if masked := take_apart(written):
        return _masked(written, *masked)
    if match := _CHOICE.fullmatch(written):
        return _choice(written, (match[1] or match[2]).split(","))
    if match := _MOMENT.fullmatch(written):
        return _moment(*match.groups())
    return None


def _plain(match: re.Match[str]) -> DateSpan:
    year, month, day = (int(part) if part else None for part in match.groups()[:3])
    return _widened(year or 0, month, day, _STEPS[match[4]])


def _masked(
    written: str, year: str, month: str | None, day: str | None, sign: str
) -> DateSpan | None:
    """Return the days whose digits fit; None if all or none do."""
    if {year, month, day} <= {"XXXX", "XX", None}:
        return None
    units = list(islice(units_of(year, month, day), MOST_UNITS + 1))
    steps = _STEPS[sign] * (years_left_out(year) if month is None else 1)
    spans = (_widened(*unit, steps) for unit in units)
    return _bounded(written, span_of(run for span in spans for run in span.runs()), len(units))


def _bounded(written: str, span: DateSpan | None, n_units: int) -> DateSpan | None:
    if n_units > MOST_UNITS or (span and len(span.gaps) >= MOST_RUNS):
        what = f"`{written}` names more than {MOST_RUNS} separate stretches of days"
        raise UnreadableValue(what, "a date that leaves out less, or an interval")
    return span


def _choice(written: str, parts: list[str]) -> DateSpan | None:
    if len(parts) > MOST_RUNS:
        return _bounded(written[:20] + "…", None, MOST_UNITS + 1)
    runs = [run for part in parts for run in _chosen(written, part.strip()).runs()]
    return _bounded(written, span_of(runs), len(parts))


def _chosen(written: str, part: str) -> DateSpan:
    """Return the days of one of several dates, which may be a range: `2022-03..2022-05`."""
    if ".." not in part:
        span = _by_own_rules(part)
    else:
        try:
            span = _interval(_as_interval(part))
        except UnreadableValue as error:
            raise _unreadable(written) from error
    if span is None:
        raise _unreadable(written)
    return span


def _as_interval(part: str) -> str:
    """Return a range in a choice as an interval: `2022-03..2022-05` is `2022-03/2022-05`."""
    return part.replace("..", "/", 1)


def _moment(day: str, hour: str, minute: str, second: str, zone: str | None) -> DateSpan:
    """Return the days that it was, somewhere, at a time of day with its zone."""
    written = date.fromisoformat(day)
    if (hour, minute, second) != ("24", "00", "00"):
        time(int(hour), int(minute), int(second))  # refuses what no clock shows
    if zone is None:
        return DateSpan(written, written)
    at = written.toordinal() * _DAY + int(hour) * _HOUR + int(minute) - _offset(zone)
    return DateSpan(_day_of(at + _FIRST_ZONE), _day_of(at + _LAST_ZONE))


def _day_of(minute: int) -> date:
    """Return the day of a minute; the first or last that there is, for one beyond."""
    return date.fromordinal(min(max(minute // _DAY, 1), _LAST_DAY))


def _offset(zone: str) -> int:
    """Return by how many minutes a zone is ahead of Greenwich."""
    if zone == "Z":
        return 0
    hours, _, minutes = zone[1:].partition(":")
    ahead = int(hours) * _HOUR + int(minutes or 0)
    if ahead > _LAST_ZONE or int(minutes or 0) >= _HOUR:
        raise ValueError(zone)
    return -ahead if zone[0] == "-" else ahead


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


def _unreadable(written: str) -> UnreadableValue:
    return UnreadableValue(f"`{written}` is not a date", FORMS)


def _swapped(written: str, one: int, other: int, year: str) -> UnreadableValue:
    """Return what is wrong with 03/04/2022: in some countries March, in others April."""
    found: dict[str, date] = {}
    for day, month in ((one, other), (other, one)):
        try:
            read = date(int(year), month, day)
        except ValueError:
            continue
        found[read.isoformat()] = read
    if len(found) != 2:  # noqa: PLR2004 # two readings
        forms = "".join(f"{day}; " for day in found)
        return UnreadableValue(f"`{written}` is not a date", forms + FORMS)
    readings = " or ".join(_told(day) for day in found.values())
    what = f"`{written}` has two readings ({readings})"
    return UnreadableValue(what, " or ".join(f"`{day}`" for day in found))


class DateKind(Kind[DateSpan]):
    """Dates: the days that an EDTF text can mean, compared by their ends and what lies between."""

    name = "date"
    wanted = "a date"
    forms = FORMS
    hint = "2022-03-27, 2022-03, 2022-03-23/2022-03-31, 2022~"
    examples = (("2022-03-27", "2022-04"), ("2022-03-27", "2022-03"))
    printed_as = "dates"
    in_intervals = True

    def parse(self, text: str, asked: Asked) -> DateSpan:
        return parse_date(text)

    def compare(
        self, one: DateSpan, other: DateSpan, written: tuple[str, str], question: Comparing
    ) -> Comparison:
        """Return whether two dates can both be true: they conflict if no day lies in both.

        `written` is how each was written, for the sentence.
        """
        words = [date_in_words(text) for text in written]
        if one == other:
            return Comparison("same", f"both mean {_span(one)}")
        shared = one.shared(other)
        if shared is not None:
            return Comparison("compatible", f"{words[0]} and {words[1]} share {_span(shared)}")
        first, last = nearest(one, other)
        swap = is_after(one, other)
        if not swap and not is_after(other, one):
            near = f"the nearest are {_told(first)} and {_told(last)}"
            because = f"{words[0]} shares no day with {words[1]}: {near}"
            return Comparison("conflict", because, (last - first).days)
        lower, upper = (other, one) if swap else (one, other)
        below, above = reversed(words) if swap else words
        return Comparison("conflict", _apart(lower, upper, below, above), (last - first).days)

    def in_words(self, written: str, tree: Tree) -> str:
        return date_in_words(written)

    def read_back(self, written: str, value: DateSpan, unit: str, tree: Tree) -> str:
        """Return a date in words and from which day to which it reaches."""
        words = date_in_words(written)
        first, last = (day.isoformat() if day else "open" for day in (value.earliest, value.latest))
        if value.gaps:
            return f"{words}: {len(value.gaps) + 1:,} stretches of days from {first} to {last}"
        return words if first == last else f"{words}: {first} to {last}"

    def bounds(self, value: DateSpan) -> Bounds:
        return value.bounds()

    def room(self, value: DateSpan, question: Comparing) -> DateSpan:
        """Return the days that it means."""
        return value

    def in_parts(self, value: DateSpan) -> bool:
        """Return whether it leaves out days between its ends."""
        return bool(value.gaps)

    def ends(self, low: Bound, high: Bound) -> Ends:
        first, last = (
            date.fromordinal(int(end)).isoformat() if isfinite(end) else None
            for end, _ in (low, high)
        )
        return Ends(earliest=first, latest=last)

    def turn(self, value: DateSpan, asked: Asked, tree: Tree) -> Turn:
        """Return the turn of dates with the same ends: by what lies between."""
        return (value.gaps,)

    def distance(self, gap: float, unit: str | None) -> str:
        """Return how many days two dates are apart: `1 day`."""
        return with_unit(f"{gap:,.12g}", "days")

    def about_distance(self, gap: float, unit: str | None) -> str:
        """Return how far two dates are apart, from two months on roughly: `about 3 years`."""
        for length, name in ((365.25, "years"), (30.44, "months")):
            if gap >= 2 * length:
                return f"about {round(gap / length):,} {name}"
        return self.distance(round(gap), unit)
