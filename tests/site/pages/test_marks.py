"""Marks: states, letters, strengths, weights and values, as markup or as words."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from ledger.reports.claims import claim
from ledger.reports.questions import CARD, question
from ledger.site.pages.marks import (
    SHAPES,
    colour,
    distance,
    letter,
    nature,
    status,
    strength,
    value,
    weight,
)
from ledger.words import NATURE_NAMES, NATURES


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
    told = replace(asked, n_origins=1, n_independent=1, n_outlets=4_400, n_outlets_nearby=0)
    assert weight(told) == "1 origin; 4,400 outlets"
    told = replace(asked, n_origins=3, n_independent=1, n_outlets=1, n_outlets_nearby=9)
    assert weight(told) == "3 origins, 1 independent; 1 outlet, 9 more at its paragraphs"
    told = replace(asked, n_origins=None, n_independent=None, n_outlets=0, n_outlets_nearby=0)
    assert weight(told) == "origin not recorded; 0 outlets"


@pytest.mark.parametrize("kind", list(NATURES))
def test_a_kind_of_dispute_has_a_shape_of_its_own_and_words(kind: str) -> None:
    drawn = nature(kind)
    assert f"nature-{kind}" in drawn
    assert NATURE_NAMES[kind] in drawn
    assert 'aria-hidden="true"' in drawn
    assert len({SHAPES[one] for one in NATURES}) == len(NATURES)


def test_a_question_that_is_no_dispute_has_no_kind_of_dispute() -> None:
    assert nature(None) == ""


def test_how_far_apart_claims_are_is_said_of_numbers_only(connection: sqlite3.Connection) -> None:
    asked = question(connection, "deaths", CARD)
    assert distance(replace(asked, spread=None, gap=170)) == "170 people apart"
    assert distance(replace(asked, spread=1.515, gap=170)) == "a factor of 1.5"
    assert distance(replace(asked, spread=2, gap=170, vague=1)) == ""
    assert distance(replace(asked, spread=None, gap=None)) == ""


def test_a_value_has_its_unit_and_no_markup_of_its_own(connection: sqlite3.Connection) -> None:
    one = claim(connection, "deaths-300")
    assert value(replace(one, unit="<b>")) == ('<span class="value">about 300 &lt;b&gt;</span>')
    assert value(replace(one, value_in_words=None)) == ""
