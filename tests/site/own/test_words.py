"""Numbers, counts, units and distances as the pages say them."""

from __future__ import annotations

import pytest

from ledger.site.own.words import apart, counted, date_said, number, with_unit


@pytest.mark.parametrize(
    ("figure", "said"), [(0, "0"), (4400, "4,400"), (2.5, "2.5"), (1_000_000.0, "1,000,000")]
)
def test_a_number_has_commas_between_its_thousands(figure: float, said: str) -> None:
    assert number(figure) == said


def test_one_thing_is_not_counted_as_several() -> None:
    assert [counted(n, "outlet") for n in (0, 1, 2_000)] == [
        *("0 outlets", "1 outlet", "2,000 outlets"),
    ]
    assert counted(3, "country", "countries") == "3 countries"


def test_a_date_is_said_in_words_and_none_is_not_said() -> None:
    assert date_said("2022-04-05") == "5 April 2022"
    assert date_said(2022) == "2022"
    assert date_said(None) == ""


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("about 300", "people", "about 300 people"),
        ("dozens", "people", "dozens of people"),
        ("millions", "of a currency that is not named", "millions of a currency that is not named"),
        ("5 million", "US dollars", "5 million US dollars"),
        ("96%", "percent", "96%"),
        ("more than 57%", "percent of those asked", "more than 57% of those asked"),
        ("1", "people", "1 person"),
        ("1", "years", "1 year"),
        ("yes", None, "yes"),
        (None, "people", ""),
    ],
)
def test_a_value_is_said_with_its_unit(value: str | None, unit: str | None, said: str) -> None:
    assert with_unit(value, unit) == said


@pytest.mark.parametrize(
    ("gap", "answer", "unit", "said"),
    [
        (170, "quantity", "people", "170 people apart"),
        (1, "date", None, "1 day apart"),
        (120, "date", None, "about 4 months apart"),
        (1128, "date", None, "about 3 years apart"),
        (None, "actor", None, ""),
        (0, "quantity", "people", ""),
    ],
)
def test_a_distance_is_said_in_what_it_is_counted_in(
    gap: float | None, answer: str, unit: str | None, said: str
) -> None:
    assert apart(gap, answer, unit) == said
