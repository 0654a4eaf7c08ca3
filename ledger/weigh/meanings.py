"""Meanings: what a value says as an answer to a question, worked out once for all who say it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import inf, isfinite
from typing import Final

from ledger.values import (
    Asked,
    Comparing,
    Comparison,
    DateSpan,
    Parties,
    Quantity,
    Said,
    Time,
    Tree,
    Value,
    compare,
    parse_time,
    parse_value,
)
from ledger.values.date import date_in_words
from ledger.values.party import parties_in_words
from ledger.values.quantity import quantity_in_words

Bound = tuple[float, int]
"""An end of an interval and which side of it is left out: 1 just above, -1 just below, 0 none."""

Key = tuple[Value | None, Time | None]
"""What two claims share that say the same of the same time."""

Turn = tuple[object, ...]
"""By what values are laid into positions: see `AnswerKind.turn_of`."""

Ends = tuple[object, ...]
"""Low and high, whether each is left out, earliest and latest: the draft's columns for a claim."""

NO_ENDS: Final[Ends] = (None,) * 6

REMEMBERED: Final = 8_192
"""How many meanings, and how many comparisons of two, each kind of answer keeps at hand."""


@dataclass(slots=True, eq=False)
class Meaning:
    """What a value means, ready to be weighed. Claims that say the same share one."""

    said: Said
    key: Key
    bounds: tuple[Bound, Bound] | None
    """The ends of a quantity, or of a date in days; None for other kinds.

    Of a date that leaves out days between, they are its first and its last.
    """
    words: str
    """The value as a reader says it."""
    turn: Turn
    ends: Ends
    in_parts: bool = False
    """Whether it is a date that leaves out days between its ends."""
    row: int | None = None
    """Which row of the draft holds its ends, once one does."""


class AnswerKind:
    """What some questions ask for and how their answers compare; all of them share it."""

    def __init__(self, asked: Asked, tree: Tree) -> None:
        self.asked = asked
        self.tree = tree
        self.meaning: Callable[[str, str | None], Meaning] = lru_cache(maxsize=REMEMBERED)(
            self._meaning_of
        )
        self.compare: Callable[[Meaning, Meaning], Comparison] = lru_cache(maxsize=REMEMBERED)(
            self._compared
        )
        self.in_intervals = asked.answer in {"quantity", "date"}
        self._comparing = Comparing(tree, exclusive=asked.answer in {"choice", "yes-no"})

    def _meaning_of(self, written: str, as_of: str | None) -> Meaning:
        time = parse_time(as_of) if as_of else None
        said = Said(written, parse_value(written, self.asked), time, as_of or "")
        bounds = bounds_of(said.value)
        words, turn = in_words(said, self.tree), self.turn_of(said, bounds)
        in_parts = isinstance(said.value, DateSpan) and bool(said.value.gaps)
        key = (said.value, time)
        return Meaning(said, key, bounds, words, turn, ends_of(said.value), in_parts)

    def _compared(self, one: Meaning, other: Meaning) -> Comparison:
        return compare(one.said, other.said, self._comparing)

    def conflict(self, one: Meaning, other: Meaning) -> bool:
        """Return whether two answers cannot both be true."""
        return self.compare(one, other).verdict == "conflict"

    def turn_of(self, said: Said, bounds: tuple[Bound, Bound] | None) -> Turn:
        """Return what puts values into the order in which they are laid into positions.

        By their upper ends, so that the fewest positions are made; actors and places from the
        parts to the wholes; options as the question lists them; texts all alike.
        """
        if bounds is not None:
            gaps = said.value.gaps if isinstance(said.value, DateSpan) else ()
            return (*bounds[1], *bounds[0], gaps, _turn_of_time(said.as_of))
        if isinstance(said.value, Parties):
            deepest = max(self.tree.depth(one) for one in said.value.ids)
            return said.value.manner == "not", -deepest, sorted(said.value.ids)
        options = self.asked.options
        place = options.index(said.written) if said.written in options else len(options)
        return place, self.asked.answer == "yes-no" and said.written == "no"

    @property
    def last_turn(self) -> Turn:
        """Return the turn of a claim without a value: after all others, but among texts alike."""
        return (0, False) if self.asked.answer == "text" else (inf, inf)


def _turn_of_time(time: Time | None) -> Turn:
    """Return what puts times in an order: those without one first."""
    return () if time is None else (*time.days.runs(),)


def bounds_of(value: Value) -> tuple[Bound, Bound] | None:
    """Return the ends of an interval; two are apart if the low of one is above the other's high."""
    if isinstance(value, Quantity):
        return (value.low, int(value.low_open)), (value.high, -int(value.high_open))
    if isinstance(value, DateSpan):
        earliest = value.earliest.toordinal() if value.earliest else -inf
        return (earliest, 0), (value.latest.toordinal() if value.latest else inf, 0)
    return None


def ends_of(value: Value) -> Ends:
    """Return the ends of an interval as the database has them; an end that is open is None."""
    if isinstance(value, Quantity):
        ends = (number if isfinite(number) else None for number in (value.low, value.high))
        return (*ends, int(value.low_open), int(value.high_open), None, None)
    if isinstance(value, DateSpan):
        days = (day.isoformat() if day else None for day in (value.earliest, value.latest))
        return (None, None, None, None, *days)
    return NO_ENDS


def in_words(said: Said, tree: Tree) -> str:
    """Return a value as a reader says it."""
    match said.value:
        case Quantity():
            return quantity_in_words(said.written)
        case DateSpan():
            return date_in_words(said.written)
        case Parties() as parties:
            return parties_in_words(parties, tree)
        case _:
            return said.written
