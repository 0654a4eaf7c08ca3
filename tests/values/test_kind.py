"""Kind: a value in words with what it counts, and what every kind of answer tells."""

from __future__ import annotations

import pytest

from ledger.values import kind_of
from ledger.values.kind import with_unit


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
        ("500 or more", "people", "500 or more people"),
        ("32 to 81 (best 40)", "people", "32 to 81 people (best 40)"),
        ("203 (the army)", "people", "203 (the army)"),
        ("dozens, by posts of that week", "people", "dozens, by posts of that week"),
        ("in words only", "people", "in words only"),
        ("yes", None, "yes"),
        (None, "people", ""),
    ],
)
def test_a_value_is_said_with_its_unit(value: str | None, unit: str | None, said: str) -> None:
    assert with_unit(value, unit) == said


@pytest.mark.parametrize(
    ("gap", "answer", "unit", "said"),
    [
        (170, "quantity", "people", "170 people"),
        (1, "quantity", "people", "1 person"),
        (2500.5, "quantity", None, "2,500.5"),
        (1, "date", None, "1 day"),
        (30, "date", None, "30 days"),
    ],
)
def test_a_distance_is_said_in_what_it_is_counted_in(
    gap: float, answer: str, unit: str | None, said: str
) -> None:
    assert kind_of(answer).distance(gap, unit) == said
