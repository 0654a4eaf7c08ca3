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
    Kind,
    Said,
    Time,
    Tree,
    Value,
    compare,
    kind_of,
    parse_time,
)
from ledger.values.kind import NO_ENDS, Bounds, Ends, Room, Turn

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
    place: Turn
    """The same, and how it is written."""
    question: Comparing
    """What it is an answer to."""
    in_parts: bool = False
    """Whether what it leaves room for is in parts: pairs do not tell what several share.

    It is a date that leaves out days between its ends, or names several.
    """
    row: int | None = None
    """Which row of the draft holds its ends, once one does."""

    @property
    def ends(self) -> Ends:
        """Return the ends of the value as the database has them."""
        return self.kind.ends(*self.bounds) if self.bounds else NO_ENDS

    @property
    def room(self) -> Room | None:
        """Return what it leaves room for; None where pairs always tell all of it."""
        return self.kind.room(self.said.value, self.question)


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
        self.pairs_exclude = self.rules.denies or not asked.many
        """Whether some two values exclude each other."""
        self._comparing = Comparing(asked, tree)

    def _meaning_of(self, written: str, as_of: str | None) -> Meaning:
        kind, time = self.rules, parse_time(as_of) if as_of else None
        value = kind.parse(written, self.asked)
        said = Said(written, value, time, as_of or "")
        bounds = kind.bounds(value)
        turn = kind.turn(value, self.asked, self.tree)
        if bounds is not None:  # by their upper ends, so that the fewest positions are made
            turn = (*bounds[1], *bounds[0], *turn)
        turn = (*turn, _turn_of_time(time))
        words = kind.in_words(written, self.tree)
        in_parts = self.pairs_exclude and kind.in_parts(value)
        place = (False, turn, written)
        return Meaning(
            kind, said, (value, time), bounds, words, turn, place, self._comparing, in_parts
        )

    def _compared(self, one: Meaning, other: Meaning) -> Comparison:
        return compare(one.said, other.said, self._comparing)

    def conflict(self, one: Meaning, other: Meaning) -> bool:
        """Return whether two answers cannot both be true."""
        return self.compare(one, other).verdict == "conflict"


def _turn_of_time(time: Time | None) -> Turn:
    """Return what puts times in an order: those without one first."""
    return () if time is None else (*time.days.runs(),)
