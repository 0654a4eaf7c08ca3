"""Likeness: which of some candidates a text was probably meant to be."""

from __future__ import annotations

import pytest

from ledger.likeness import likeliest, near_match


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("malian-amry", "malian-army"),
        ("moura-death", "moura-deaths"),
        ("zzz", None),
        ("m", None),
        ("", None),
    ],
)
def test_a_near_match_is_one_that_a_slip_of_the_pen_explains(text: str, meant: str | None) -> None:
    assert near_match(text, ["malian-army", "moura-deaths", "mali"]) == meant


def test_nothing_is_near_where_there_is_nothing() -> None:
    assert near_match("mali", []) is None


def test_the_likeliest_come_first_and_of_equals_the_first() -> None:
    called = {"a": "times", "b": "time", "c": "times", "d": "newsweek"}
    assert likeliest("times", called, "ratio", 70, None) == ["a", "c", "b"]
    assert likeliest("times", called, "ratio", 70, 1) == ["a"]
    assert likeliest("week", called, "partial_ratio", 90, 5) == ["d"]
