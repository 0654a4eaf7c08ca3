"""Marks: states, letters, strengths, weights and values, as markup or as words."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from ledger.reports.claims import claim
from ledger.reports.questions import CARD, question
from ledger.site.pages.marks import colour, letter, status, strength, value, weight


def test_a_state_has_a_class_of_its_own() -> None:
    assert status("single origin") == (
        '<span class="status status-single-origin">single origin</span>'
    )


def test_a_letter_says_what_it_is_to_who_does_not_see_it() -> None:
    told = '<span class="letter p1"><span class="hidden">Position </span>A</span>'
    assert letter(1) == told


def test_a_position_keeps_its_colour_whichever_are_shown() -> None:
    assert [colour(number) for number in (1, 2, 10, 3)] == ["p1", "p2", "p2", "p3"]


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("open", '<span class="strength tension">tension</span>'),
        ("dismissed", '<span class="strength dismissed">dismissed tension</span>'),
    ],
)
def test_a_dismissed_conflict_says_so(
    state: str, told: str, connection: sqlite3.Connection
) -> None:
    first = claim(connection, "deaths-300").conflicts[0]
    assert strength(replace(first, strength="tension", state=state)) == told


def test_origins_stand_beside_outlets(connection: sqlite3.Connection) -> None:
    asked = question(connection, "deaths", CARD)
    assert weight(replace(asked, n_origins=1, n_outlets=4_400)) == "1 origin, 4,400 outlets"


def test_a_value_has_its_unit_and_no_markup_of_its_own(connection: sqlite3.Connection) -> None:
    one = claim(connection, "deaths-300")
    assert value(replace(one, unit="<b>")) == ('<span class="value">about 300 &lt;b&gt;</span>')
    assert value(replace(one, value_in_words=None)) == ""
