"""Marks: states, letters, strengths, weights and values, as markup or as words."""

from __future__ import annotations

import pytest

from ledger.site.pages.marks import letter, status, strength, value, weight


def test_a_state_has_a_class_of_its_own() -> None:
    assert status("single origin") == (
        '<span class="status status-single-origin">single origin</span>'
    )


def test_a_letter_says_what_it_is_to_who_does_not_see_it() -> None:
    side = {"letter": "A", "colour": "p1"}
    assert letter(side) == ('<span class="letter p1"><span class="hidden">Position </span>A</span>')


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("open", '<span class="strength tension">tension</span>'),
        ("dismissed", '<span class="strength dismissed">dismissed tension</span>'),
    ],
)
def test_a_dismissed_conflict_says_so(state: str, told: str) -> None:
    assert strength({"strength": "tension", "state": state}) == told


def test_origins_stand_beside_outlets() -> None:
    assert weight({"n_origins": 1, "n_outlets": 4_400}) == "1 origin, 4,400 outlets"


def test_a_value_has_its_unit_and_no_markup_of_its_own() -> None:
    assert value({"value_in_words": "about 300", "unit": "<b>"}) == (
        '<span class="value">about 300 &lt;b&gt;</span>'
    )
    assert value({"value_in_words": None, "unit": "people"}) == ""
