"""Dates in a text, in any usual printing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.texts.dates import DateMention, dates_in, span_of, without_dates
from ledger.values import DateSpan
from ledger.values.date import MONTHS


@pytest.mark.parametrize(
    "text",
    [
        "March 27, 2022",
        "27 March 2022",
        "on the 27th of March, 2022",
        "Mar. 27 2022",
        "2022-03-27",
        "27/03/2022",
        "03/27/2022",
        "27.3.2022",
        "le 27 mars 2022",
        "March 23–27, 2022",
        "23 to 27 March 2022",
        "March 26 and 27, 2022",
        "March\xa027, 2022",
    ],
)
def test_a_day_is_found_however_it_is_printed(text: str) -> None:
    assert DateMention(2022, 3, 27) in dates_in(text)


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("in March 2022", DateMention(2022, 3)),
        ("in March of 2022", DateMention(2022, 3)),
        ("03-2022", DateMention(2022, 3)),
        ("3/2022", DateMention(2022, 3)),
        ("on September 27 only", DateMention(None, 9, 27)),
        ("that January", DateMention(None, 1)),
        ("between May and July", DateMention(None, 5)),
        ("1er août 2020", DateMention(2020, 8, 1)),
        ("in 2019", DateMention(2019)),
    ],
)
def test_less_than_a_day_is_found_as_far_as_it_is_printed(text: str, mention: DateMention) -> None:
    assert mention in dates_in(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("late March 2022", date(2022, 3, 21), date(2022, 3, 31)),
        ("the end of February 2022", date(2022, 2, 21), date(2022, 2, 28)),
        ("in mid-March 2022", date(2022, 3, 11), date(2022, 3, 20)),
        ("the first quarter of 2022", date(2022, 1, 1), date(2022, 3, 31)),
        ("Q4 2022", date(2022, 10, 1), date(2022, 12, 31)),
        ("the second half of 2022", date(2022, 7, 1), date(2022, 12, 31)),
        ("in the summer of 2022", date(2022, 6, 1), date(2022, 8, 31)),
        ("winter 2022", date(2022, 12, 1), date(2023, 2, 28)),
        ("by early 2022", date(2022, 1, 1), date(2022, 4, 30)),
        ("the 2020s", date(2020, 1, 1), date(2029, 12, 31)),
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
    ],
)
def test_a_part_of_a_month_or_year_is_a_span(text: str, first: date, last: date) -> None:
    spans = [span_of(mention, mention.year) for mention in dates_in(text) if mention.year]
    assert DateSpan(first, last) in spans


@pytest.mark.parametrize("text", ["it may rain", "May he come", "they march on", "Theresa May"])
def test_a_verb_or_a_name_is_no_month(text: str) -> None:
    assert dates_in(text) == frozenset()


def test_a_day_that_no_month_has_is_no_day() -> None:
    assert span_of(DateMention(2022, 6, 31), 2022) is None


def test_days_and_months_are_blanked_and_years_alone_stay() -> None:
    text = "On 4 May 2023, 5 of 2000 men left by May 7."
    assert without_dates(text).split() == ["On", ",", "5", "of", "2000", "men", "left", "by", "."]
    assert len(without_dates(text)) == len(text)


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2199, 12, 31)))
def test_every_date_is_found_in_words_and_in_figures(day: date) -> None:
    mention = DateMention(day.year, day.month, day.day)
    assert mention in dates_in(f"On {MONTHS[day.month]} {day.day}, {day.year}, it rained.")
    assert mention in dates_in(f"It rained on {day.isoformat()}.")
