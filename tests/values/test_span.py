"""Spans: some days in stretches, held against plain sets of days."""

from __future__ import annotations

from datetime import date
from itertools import pairwise, product
from math import inf
from typing import Final

from hypothesis import assume, given
from hypothesis import strategies as st

from ledger.values import DateSpan, span_of, spans_meet
from ledger.values.span import Run, is_after, nearest
from tests.values.strategies import parted_spans, spans, unhurried

WINDOW: Final = range(date(2019, 12, 1).toordinal(), date(2020, 6, 1).toordinal())
"""All days near which the spans of these tests have their ends."""


def _days(span: DateSpan | None) -> set[int]:
    runs = span.runs() if span else []
    return {day for day in WINDOW for run in runs if run.first <= day <= run.last}


@unhurried
@given(parted_spans, parted_spans)
def test_what_two_share_is_each_day_that_lies_in_both(one: DateSpan, other: DateSpan) -> None:
    shared = one.shared(other)
    assert _days(shared) == _days(one) & _days(other)
    assert shared == other.shared(one)
    assert spans_meet(one, other) is spans_meet(other, one) is (shared is not None)


@unhurried
@given(parted_spans, parted_spans)
def test_the_stretches_of_two_are_joined_where_they_touch(one: DateSpan, other: DateSpan) -> None:
    both = span_of([*one.runs(), *other.runs()])
    assert both
    assert _days(both) == _days(one) | _days(other)
    runs = both.runs()
    assert all(before.last + 1 < after.first for before, after in pairwise(runs))


@unhurried
@given(spans)
def test_the_stretches_of_a_span_make_it_again(span: DateSpan) -> None:
    assert span_of(span.runs()) == span
    assert span_of(reversed(span.runs())) == span
    assert span.shared(DateSpan(None, None)) == span


@unhurried
@given(spans, spans)
def test_the_nearest_days_are_the_nearest_of_all(one: DateSpan, other: DateSpan) -> None:
    assume(not spans_meet(one, other))
    first, last = nearest(one, other)
    assert (first, last) == nearest(other, one)
    apart = (
        max(mine.first - theirs.last, theirs.first - mine.last)
        for mine, theirs in product(one.runs(), other.runs())
    )
    assert (last - first).days == min(apart)
    assert is_after(one, other) or is_after(other, one) or one.gaps or other.gaps


def test_stretches_that_touch_are_one_and_nothing_is_no_span() -> None:
    day = date(2022, 3, 27).toordinal()
    assert span_of([Run(day + 1, day + 1), Run(day, day)]) == DateSpan(
        date(2022, 3, 27), date(2022, 3, 28)
    )
    assert span_of([Run(-inf, day), Run(day - 5, inf)]) == DateSpan(None, None)
    assert span_of([]) is None


@unhurried
@given(st.lists(st.integers(1, 3_652_059), min_size=1, max_size=6))
def test_days_at_the_ends_of_the_calendar_are_days_like_others(days: list[int]) -> None:
    ends = [1, 3_652_059]
    span = span_of(Run(day, day) for day in [*days, *ends])
    assert span
    assert (span.earliest, span.latest) == (date.min, date.max)
    assert sum(run.last - run.first + 1 for run in span.runs()) == len({*days, *ends})
