"""Scales: where numbers and days lie, and which marks an axis has."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger.site.drawings.scale import Scale, day_number, day_scale, day_ticks, scale_of

NUMBERS = st.floats(min_value=0, max_value=1e12, allow_nan=False)


@given(st.lists(NUMBERS, min_size=1))
def test_every_number_lies_on_the_axis_in_its_order(numbers: list[float]) -> None:
    scale = scale_of(numbers)
    places = [scale.at(number, otherwise=-1) for number in sorted(numbers)]
    assert all(0 <= place <= 100 for place in places)
    assert all(one <= next_one for one, next_one in pairwise(places))


@given(st.lists(NUMBERS, min_size=1))
def test_every_mark_lies_within_the_axis(numbers: list[float]) -> None:
    places = [tick.at for tick in scale_of(numbers).ticks()]
    assert places
    assert all(0 <= place <= 100 for place in places)
    assert places == sorted(places)


def test_an_open_end_is_where_it_is_told_to_be() -> None:
    assert Scale(0, 10).at(None, otherwise=100) == 100


def test_numbers_far_apart_are_laid_out_by_their_logarithms() -> None:
    assert scale_of([10, 1_000]).logarithmic
    assert not scale_of([300, 500]).logarithmic


def test_a_logarithmic_axis_over_few_powers_has_marks_between_them() -> None:
    labels = [tick.label for tick in scale_of([24, 199, 300, 500]).ticks()]
    assert labels == ["50", "100", "200", "500"]


def test_a_logarithmic_axis_over_many_powers_has_marks_at_them_only() -> None:
    labels = [tick.label for tick in scale_of([1, 10_000_000]).ticks()]
    assert labels[:3] == ["1", "10", "100"]


def test_the_marks_of_a_plain_axis_are_round() -> None:
    assert [tick.label for tick in scale_of([1_000, 1_900]).ticks()] == [
        *("1,000", "1,200", "1,400", "1,600", "1,800"),
    ]


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("2012-01-01", "2015-11-30", ["2012", "2013", "2014", "2015"]),
        ("2022-02-01", "2022-06-30", ["Feb 2022", "Mar", "Apr", "May", "Jun"]),
        ("2020-05-07", "2020-05-08", ["7 May 2020", "8 May"]),
        ("9998-02-01", "9999-12-31", ["Feb 9998", "Jun", "Oct", "Feb 9999", "Jun", "Oct"]),
        ("9999-08-05", "9999-12-31", ["Sep 9999", "Oct", "Nov", "Dec"]),
        ("9999-12-30", "9999-12-31", ["30 Dec 9999", "31 Dec"]),
        ("0001-01-01", "9999-12-31", ["1", "2001", "4001", "6001", "8001"]),
        ("0001-01-01", "0003-01-01", ["1", "2", "3"]),
        ("2022-12-30", "2023-01-02", ["30 Dec 2022", "31 Dec", "1 Jan 2023", "2 Jan"]),
    ],
)
def test_days_are_marked_by_what_is_few_enough(first: str, last: str, labels: list[str]) -> None:
    scale = day_scale([day_number(first), day_number(last)])
    assert [f"{tick.label} {tick.year}".strip() for tick in day_ticks(scale)] == labels


@given(st.dates(), st.dates())
@example(date(2020, 1, 1), date.max)
@example(date.min, date(2, 1, 1))
@example(date.min, date.max)
@example(date(9998, 12, 1), date.max)
@example(date(9999, 6, 1), date.max)
@example(date.max, date.max)
def test_any_two_days_have_an_axis(one: date, other: date) -> None:
    scale = day_scale([one.toordinal(), None, other.toordinal()])
    assert not scale.logarithmic
    assert all(0 <= tick.at <= 100 for tick in day_ticks(scale))
