"""Times: the days for which values hold, and which of these times meet."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.values import parse_date, parse_time, times_meet
from ledger.values.time import Time, at_once, meeting
from tests.values.strategies import spans, unhurried

times: st.SearchStrategy[Time] = spans.map(Time) | st.sampled_from(
    [
        "2020/2021",
        "2021/2022",
        "2020-01/2020-02",
        "2020-02/2020-03",
        "2021",
        "2020-01/..",
        "../2020",
    ]
).map(parse_time)


@pytest.mark.parametrize(
    ("one", "other", "meets"),
    [
        ("2022", "2022-05", True),
        ("2022", "2023", False),
        ("2021/2022", "2022/2023", False),
        ("2021-07/2022-06", "2022-06/2023-06", False),
        ("../2022", "2022/..", False),
        ("2021~/2022~", "2022~/2024", False),
        ("2021/2022", "2022", True),
        ("2021/2022", "2022-01/2023", True),
        ("2021/2022-06-30", "2022-06-30/2023", True),
        ("2022/2022", "2022/2023", True),
        ("2021/2022", "2022/2022", True),
        ("2021/2022", "2021/2022", True),
        ("2021/2023", "2022/2024", True),
        ("[2021,2023]", "2022", False),
        ("2022-XX-15", "2022-03", True),
    ],
)
def test_times_meet_if_some_day_lies_in_both_and_neither_follows_the_other(
    one: str, other: str, *, meets: bool
) -> None:
    assert times_meet(parse_time(one), parse_time(other)) is meets
    assert times_meet(parse_time(other), parse_time(one)) is meets
    assert times_meet(parse_time(one), None)
    assert times_meet(None, parse_time(other))


def test_a_period_says_where_it_begins_and_ends_only_roughly() -> None:
    assert parse_time(" 2021 / 2022-06 ") == Time(
        parse_date("2021/2022-06"), parse_date("2021"), parse_date("2022-06")
    )
    assert parse_time("2021-05-01/..") == Time(parse_date("2021-05-01/.."))
    assert parse_time("2021") == Time(parse_date("2021"))


@unhurried
@given(st.lists(st.none() | times, max_size=8, unique=True))
def test_the_times_that_meet_are_found_as_by_trying_every_two(some: list[Time | None]) -> None:
    found = meeting(some)
    assert found.keys() == set(some)
    for one, others in found.items():
        assert len(others) == len(set(others))
        assert set(others) == {other for other in some if times_meet(one, other)}


@unhurried
@given(st.lists(times, max_size=6, unique=True))
def test_times_hold_at_once_on_some_day_and_every_two_that_meet_do(some: list[Time]) -> None:
    found = list(at_once(some))
    for together in found:
        assert all(times_meet(one, other) for one, other in product(together, together))
    for one, other in product(some, some):
        assert any({one, other} <= set(together) for together in found) is times_meet(one, other)
