"""Sides: positions keep their letter whichever of them are shown."""

from __future__ import annotations

from ledger.reports.rows import Facts
from ledger.site.answering.sides import side_of, with_letters


def position(name: str) -> Facts:
    """Return a position."""
    return {"id": name, "low": 300.0, "high": None, "earliest": None, "latest": None}


def test_positions_come_in_their_order_with_their_letters_and_ranges() -> None:
    sides = with_letters([position("deaths_10"), position("deaths_2"), position("deaths_1")])
    assert [(one["letter"], one["colour"]) for one in sides] == [
        *(("A", "p1"), ("B", "p2"), ("J", "p2")),
    ]
    assert {one["range"] for one in sides} == {"300 or more"}


def test_beyond_the_alphabet_positions_go_by_their_number() -> None:
    assert [side_of(f"q_{number}")["letter"] for number in (26, 27, 1_000)] == ["Z", "27", "1000"]


def test_a_position_whose_question_has_hyphens_and_figures_is_numbered_by_its_end() -> None:
    assert side_of("is-sahel-2018-2020_3")["letter"] == "C"
