"""What a value means, as a reader says it: in words, and as a range."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Final

from ledger.reports.rows import as_ids
from ledger.things import KINDS
from ledger.values import Tree, kind_of, parse_parties
from ledger.values.date import date_in_words

NAMES: Final = {
    kind: f"SELECT id, name FROM {KINDS[kind].table} WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608 # names of the schema
    for kind in ("actor", "place")
}

ENDS: Final = ("low", "high", "earliest", "latest")
"""The columns that have the ends of a range. Of a claim's, low_open and high_open are beside."""

NOWHERE: Final = (None,) * len(ENDS)

_ENDS: Final = attrgetter(*ENDS)

Valued = tuple[str | None, str | None]
"""A value as written, and of what kind it is."""


@dataclass(frozen=True, slots=True)
class Range:
    """What a value can mean, between two ends: of numbers or, for dates, the first and last day.

    An end that is None is open; `low_open` and `high_open` say that the end itself is excluded.
    """

    low: float | None = None
    high: float | None = None
    earliest: str | None = None
    latest: str | None = None
    low_open: int | None = None
    high_open: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether it has no end at all."""
        return _ENDS(self) == NOWHERE

    def in_words(self) -> str | None:
        """Return the range in words; None if both ends are open."""
        if (self.low, self.high) != (None, None):
            return self._numbers_in_words()
        days = (self.earliest, self.latest)
        first, last = (date_in_words(day) if day else None for day in days)
        if first and last:
            return first if first == last else f"{first} to {last}"
        if first or last:
            return f"{first} or later" if first else f"{last} or earlier"
        return None

    def _numbers_in_words(self) -> str:
        ends = (self.low, self.high)
        low, high = (f"{end:,.12g}" if end is not None else None for end in ends)
        if low is None:
            return f"less than {high}" if self.high_open else f"{high} or less"
        if high is None:
            return f"more than {low}" if self.low_open else f"{low} or more"
        return low if low == high else f"{low} to {high}"


class Ranged:
    """What has the columns of a range: a claim, a position, a question."""

    __slots__ = ()

    @property
    def reach(self) -> Range:
        """The range of its value, or that its claims share or span."""
        opened = (getattr(self, "low_open", None), getattr(self, "high_open", None))
        return Range(*_ENDS(self), *opened)

    @property
    def range(self) -> str | None:
        """The same in words; None if both ends are open."""
        return self.reach.in_words()


def values_in_words(connection: sqlite3.Connection, values: Iterable[Valued]) -> list[str | None]:
    """Return values in words, actors and places by their names; None for those that are none."""
    values = list(values)
    trees: dict[str | None, Tree] = {
        kind: _names_in(connection, sql, [value for value, of in values if value and of == kind])
        for kind, sql in NAMES.items()
        if any(of == kind for _, of in values)
    }
    return [value and _in_words(value, kind, trees) for value, kind in values]


def _names_in(connection: sqlite3.Connection, sql: str, values: Iterable[str]) -> Tree:
    ids = {one for value in values for one in parse_parties(value).ids}
    return Tree(names=dict(connection.execute(sql, [as_ids(sorted(ids))]).fetchall()))


def _in_words(value: str, kind: str | None, trees: Mapping[str | None, Tree]) -> str:
    if kind in trees:
        return kind_of(kind).in_words(value, trees[kind])
    return _plain_in_words(value, kind)


@lru_cache(maxsize=4_096)
def _plain_in_words(value: str, kind: str | None) -> str:
    return kind_of(kind).in_words(value, Tree())
