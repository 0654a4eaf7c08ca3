"""Meanings: what a value says as an answer to a question, worked out once for all who say it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from ledger.values import (
    Asked,
    Comparing,
    Comparison,
    DateSpan,
    Kind,
    Said,
    Time,
    Tree,
    Value,
    compare,
    kind_of,
    parse_time,
)
from ledger.values.kind import NO_ENDS, Bounds, Ends, Turn

Key = tuple[Value | None, Time | None]
"""What two claims share that say the same of the same time."""

REMEMBERED: Final = 8_192
"""How many meanings, and how many comparisons of two, each kind of answer keeps at hand."""


@dataclass(slots=True, eq=False)
class Meaning:
    """What a value means, ready to be weighed. Claims that say the same share one."""

    kind: Kind[Any]
    said: Said
    key: Key
    bounds: Bounds | None
    """The ends of a quantity, or of a date in days; None for other kinds.

    Of a date that leaves out days between, they are its first and its last.
    """
    words: str
    """The value as a reader says it."""
    turn: Turn
    """What puts values into the order in which they are laid into positions."""
    in_parts: bool = False
    """Whether it is a date that leaves out days between its ends."""
    row: int | None = None
    """Which row of the draft holds its ends, once one does."""

    @property
    def ends(self) -> Ends:
        """Return the ends of the value as the database has them."""
        return self.kind.ends(*self.bounds) if self.bounds else NO_ENDS

    @property
    def days(self) -> DateSpan | None:
        """Return the days that it means, if it means days."""
        return self.kind.days(self.said.value)


class AnswerKind:
    """What some questions ask for and how their answers compare; all of them share it."""

    def __init__(self, asked: Asked, tree: Tree) -> None:
        self.asked = asked
        self.tree = tree
        self.rules = kind_of(asked.answer)
        self.meaning: Callable[[str, str | None], Meaning] = lru_cache(maxsize=REMEMBERED)(
            self._meaning_of
        )
        self.compare: Callable[[Meaning, Meaning], Comparison] = lru_cache(maxsize=REMEMBERED)(
            self._compared
        )
        self._comparing = Comparing(asked.answer, tree)

    def _meaning_of(self, written: str, as_of: str | None) -> Meaning:
        kind, time = self.rules, parse_time(as_of) if as_of else None
        value = kind.parse(written, self.asked)
        said = Said(written, value, time, as_of or "")
        bounds, days = kind.bounds(value), kind.days(value)
        gaps = days.gaps if days else ()
        if bounds is None:
            turn = kind.turn(value, self.asked, self.tree)
        else:  # by their upper ends, so that the fewest positions are made
            turn = (*bounds[1], *bounds[0], gaps, _turn_of_time(time))
        words = kind.in_words(written, self.tree)
        return Meaning(kind, said, (value, time), bounds, words, turn, bool(gaps))

    def _compared(self, one: Meaning, other: Meaning) -> Comparison:
        return compare(one.said, other.said, self._comparing)

    def conflict(self, one: Meaning, other: Meaning) -> bool:
        """Return whether two answers cannot both be true."""
        return self.compare(one, other).verdict == "conflict"


def _turn_of_time(time: Time | None) -> Turn:
    """Return what puts times in an order: those without one first."""
    return () if time is None else (*time.days.runs(),)
