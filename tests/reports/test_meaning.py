"""Ranges as a reader says them."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.reports.meaning import Range


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ({"low": 270.0, "high": 330.0}, "270 to 330"),
        ({"low": 300.0, "high": 300.0}, "300"),
        ({"low": 1500000.0, "high": None, "low_open": False}, "1,500,000 or more"),
        ({"low": 500.0, "high": None, "low_open": True}, "more than 500"),
        ({"low": None, "high": 170.0, "high_open": False}, "170 or less"),
        ({"low": None, "high": 170.0, "high_open": True}, "less than 170"),
        ({"low": 0.0, "high": 0.0}, "0"),
        ({"low": 2.5, "high": 3.0}, "2.5 to 3"),
        ({"earliest": "2022-03-27", "latest": "2022-03-27"}, "27 March 2022"),
        ({"earliest": "2022-03-23", "latest": "2022-03-31"}, "23 March 2022 to 31 March 2022"),
        ({"earliest": "2022-03-23", "latest": None}, "23 March 2022 or later"),
        ({"earliest": None, "latest": "2022-03-23"}, "23 March 2022 or earlier"),
        ({"low": None, "high": None, "earliest": None, "latest": None}, None),
        ({}, None),
    ],
)
def test_a_range_is_told_with_its_open_ends(ends: dict[str, Any], words: str | None) -> None:
    assert Range(**ends).in_words() == words
