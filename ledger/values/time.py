"""Times: the days for which a value holds, where it changes with time (`as_of`).

Values are compared only if the times that they hold for meet: if some day lies in both. Periods
that follow each other share a year or month of which nobody says where the one ends and the
other begins: `2021/2022` and `2022/2023` do not meet, `2021/2022` and `2022` do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import inf

from ledger.values.date import ends_of, parse_date
from ledger.values.span import DateSpan, spans_meet


@dataclass(frozen=True, slots=True)
class Time:
    """The days for which a value holds; of a period, also those between which it begins, or ends.

    Where a period begins or ends on a day that is told, or is open, there are none.
    """

    days: DateSpan
    begins: DateSpan | None = None
    ends: DateSpan | None = None


@lru_cache(maxsize=65_536)
def parse_time(text: str) -> Time:
    """Return the days that an EDTF text says a value holds for. Raises UnreadableValue."""
    days = parse_date(text)
    if "/" not in text:
        return Time(days)
    begins, ends = (parse_date(end) if end else None for end in ends_of(text))
    return Time(days, _inexact(begins), _inexact(ends))


def times_meet(one: Time | None, other: Time | None) -> bool:
    """Return whether two times meet; what has none holds for any."""
    if one is None or other is None:
        return True
    return spans_meet(one.days, other.days) and not (_follows(one, other) or _follows(other, one))


def meeting(times: Iterable[Time | None]) -> dict[Time | None, list[Time | None]]:
    """Return for each of some times those that it meets, itself among them."""
    always = [one for one in times if one is None]
    dated = sorted((one for one in times if one), key=_first)
    found: dict[Time | None, list[Time | None]] = {None: [*always, *dated]} if always else {}
    found.update((one, [*always, one]) for one in dated)
    under_way: list[Time] = []
    for time in dated:
        under_way = [one for one in under_way if _last(one) >= _first(time)]
        for one in under_way:
            if times_meet(one, time):
                found[one].append(time)
                found[time].append(one)
        under_way.append(time)
    return found


def at_once(times: Iterable[Time]) -> Iterator[list[Time]]:
    """Yield the times that hold at once, for each day on which it can be others than before."""
    times = list(times)
    runs = {time: time.days.runs() for time in times}
    for day in sorted({run.first for found in runs.values() for run in found}):
        holding = (one for one in times if any(run.first <= day <= run.last for run in runs[one]))
        yield from _parted(list(holding))


def _parted(times: list[Time]) -> Iterator[list[Time]]:
    """Yield times without those that follow others, and without those that these follow."""
    pair = next((pair for pair in combinations(times, 2) if not times_meet(*pair)), None)
    if pair is None:
        yield times
        return
    earlier, later = pair if _follows(*pair) else reversed(pair)
    yield from _parted([one for one in times if not _follows(earlier, one)])
    yield from _parted([one for one in times if not _follows(one, later)])


def _follows(one: Time, other: Time) -> bool:
    """Return whether one period ends, who knows when, in the unit in which another begins."""
    shared = one.ends
    if shared is None or shared != other.begins:
        return False
    return _first(one) < shared.runs()[0].first and shared.runs()[-1].last < _last(other)


def _inexact(end: DateSpan | None) -> DateSpan | None:
    return None if end is None or end.earliest == end.latest else end


def _first(time: Time) -> float:
    return time.days.earliest.toordinal() if time.days.earliest else -inf


def _last(time: Time) -> float:
    return time.days.latest.toordinal() if time.days.latest else inf
