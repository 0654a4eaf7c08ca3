"""Sides: positions as pages name them, by a letter and a colour."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ledger.reports.meaning import range_in_words
from ledger.reports.rows import Facts

LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""What positions are called on a page, in their order; beyond these, by their number."""

COLOURS: Final = 8
"""How many colours there are for positions; the letters still tell those of one colour apart."""


def number_of(position: str) -> int:
    """Return a position's number on its question, from 1: its id ends with it."""
    return int(position.rpartition("_")[2])


def with_letters(positions: Iterable[Facts]) -> list[Facts]:
    """Return positions in their order, each with its letter, its colour and its range in words."""
    ordered = sorted(positions, key=lambda one: number_of(one["id"]))
    return [one | side_of(one["id"]) | {"range": range_in_words(one)} for one in ordered]


def side_of(position: str) -> Facts:
    """Return the letter and the colour's class of a position, by its id."""
    number = number_of(position)
    letter = LETTERS[number - 1] if number <= len(LETTERS) else str(number)
    return {"letter": letter, "colour": f"p{(number - 1) % COLOURS + 1}"}
