"""What is offered for an id that is not there."""

from __future__ import annotations

import sqlite3

import pytest

from ledger.reports.meant import alike, folded, known_ids
from ledger.things import KINDS

KNOWN = [
    ("human-rights-watch", ["Human Rights Watch", "HRW"]),
    ("moura-deaths", ["How many died?"]),
    ("moura-deaths-hrw", ["About 300 died."]),
    ("radio-goita", ["Radio Goïta"]),
]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("HRW", "human-rights-watch"),
        ("hrw", "human-rights-watch"),
        ("Human  Rights Watch", "human-rights-watch"),
        ("human-right-watch", "human-rights-watch"),
        ("moura-deths", "moura-deaths"),
        ("Radio Goita", "radio-goita"),
    ],
)
def test_a_name_an_alias_or_a_slip_leads_to_the_id(asked: str, first: str) -> None:
    assert alike(asked, KNOWN)[0] == first


def test_a_part_of_ids_leads_to_all_that_have_it() -> None:
    assert alike("moura", KNOWN) == ["moura-deaths", "moura-deaths-hrw"]


def test_what_is_like_nothing_leads_nowhere() -> None:
    assert alike("zzzzzz", KNOWN) == []


def test_ids_are_known_with_their_aliases(connection: sqlite3.Connection) -> None:
    known = dict(known_ids(connection, KINDS["outlet"]))
    assert list(known["daily"]) == ["The Daily", "Daily"]
    assert list(dict(known_ids(connection, KINDS["question"]))["killers"]) == ["Who killed them?"]


def test_folding_leaves_out_accents_capitals_and_spaces() -> None:
    assert folded("  Radio   GOÏTA ") == "radio goita"
