"""Origins: who says something of its own knowledge, and how many of them are independent."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, Final, Protocol

from ledger.reports.naming import listed
from ledger.reports.rows import as_ids, grouped


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who says something of its own knowledge: an actor, or without an id a document.

    Of people whom nobody names it is the actor that stands for them. `whole` is what it counts
    under, by name: origins of one whole count once.
    """

    UNTOLD: ClassVar = frozenset({"document"})

    name: str
    id: str | None
    document: str | None
    whole: str
    whole_name: str


class Backed(Protocol):
    """What origins and outlets stand behind."""

    @property
    def n_origins(self) -> int | None:
        """How many origins stand behind it; None if nobody recorded any."""

    @property
    def n_independent(self) -> int | None:
        """How many of them are independent: those of one whole count once."""

    @property
    def n_outlets(self) -> int:
        """How many outlets are known to carry it."""

    @property
    def n_outlets_nearby(self) -> int:
        """How many others stand at its paragraphs."""


ORIGINS: Final = """
SELECT DISTINCT o.{of} AS asked, coalesce(a.name, d.title, u.name) AS name,
    coalesce(o.actor, u.id) AS id, o.document, o.whole,
    coalesce(w.name, a.name, d.title, u.name) AS whole_name
FROM {of}_origins o
LEFT JOIN actors a ON a.id = o.actor
LEFT JOIN documents d ON d.id = o.document
LEFT JOIN claims c ON o.origin LIKE 'claim %' AND c.id = substr(o.origin, 7)
LEFT JOIN actors u ON u.id = c.claimant
LEFT JOIN actors w ON w.id = o.whole
WHERE o.{of} IN (SELECT value FROM json_each(:ids))
ORDER BY 1, 2, 3, 4, 5
"""


def origins_of(
    connection: sqlite3.Connection, of: str, ids: Iterable[str]
) -> dict[str, list[Origin]]:
    """Return for each of some claims or positions the origins that it goes back to, by name.

    `of` is `claim` or `position`. Where nobody recorded any, there are none.
    """
    return grouped(connection, Origin, ORIGINS.format(of=of), "asked", ids=as_ids(ids))


def origins_in_words(thing: Backed) -> str:
    """Return on how many origins something rests: `3 origins, 1 independent`."""
    if thing.n_origins is None:
        return "origin not recorded"
    told = _counted(thing.n_origins, "origin")
    if thing.n_independent == thing.n_origins:
        return told
    return f"{told}, {thing.n_independent:,} independent"


def backing_in_words(thing: Backed, origins: Iterable[Origin]) -> str:
    """Return on how many origins something rests, and what those count as that are not one each.

    `3 origins, 1 independent (Government of Burkina Faso)`; of several wholes those of more than
    one origin are told: `6 origins, 4 independent (A, B and C count as one: D)`.
    """
    told = origins_in_words(thing)
    listed_ones = list(origins)
    wholes = {one.whole_name for one in listed_ones}
    as_one = wholes_in_words(listed_ones)
    if not as_one:
        return told
    return f"{told} ({wholes.pop() if len(wholes) == 1 else as_one})"


def origins_in_figures(n_origins: int | None, n_independent: int | None) -> str:
    """Return how many origins there are, in a cell: `3, 1 independent`; `unknown`."""
    if n_origins is None:
        return "unknown"
    return f"{n_origins:,}" + (
        f", {n_independent:,} independent" if n_independent not in {None, n_origins} else ""
    )


def outlets_in_figures(n_outlets: int, n_outlets_nearby: int) -> str:
    """Return how many outlets carry something, in a cell, and how many stand beside it."""
    return f"{n_outlets:,}" + (f", {n_outlets_nearby:,} nearby" if n_outlets_nearby else "")


def wholes_in_words(origins: Iterable[Origin]) -> str:
    """Return which of some origins count as one, and as which: nothing if none do.

    `all 3 count as one: Government of Burkina Faso`.
    """
    by_whole: dict[str, list[Origin]] = {}
    for one in origins:
        by_whole.setdefault(one.whole, []).append(one)
    several = [of for of in by_whole.values() if len(of) > 1]
    # Only where all are of one whole is it needless to say of which the whole consists.
    if len(by_whole) == 1 and several:
        return f"all {len(several[0])} count as one: {several[0][0].whole_name}"
    return "; ".join(
        f"{listed([one.name for one in of])} count as one: {of[0].whole_name}" for of in several
    )


def outlets_in_words(thing: Backed) -> str:
    """Return how many outlets carry something, apart from those that only stand beside it."""
    told = _counted(thing.n_outlets, "outlet")
    if not thing.n_outlets_nearby:
        return told
    return f"{told}, {thing.n_outlets_nearby:,} more at its paragraphs"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' if number != 1 else ''}"
