"""Numbers, counts, units and distances as the pages say them."""

from __future__ import annotations

import pytest

from ledger.site.answering.words import apart, counted, date_said, number


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
