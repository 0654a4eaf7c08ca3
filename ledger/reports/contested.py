"""Contested: every dispute of a build, sorted and counted by what readers narrow them by.

Disputes are few beside claims. They are read once for each build; narrowing and counting then
is a matter of sets, however many facets a page shows.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from operator import itemgetter
from typing import Any, Final

from ledger.database.gathering import MOST_CONTESTED
from ledger.reports.memory import remembered
from ledger.reports.rows import Facts, rows_of
from ledger.reports.together import hanging_together
from ledger.values import parse_date
from ledger.words import NATURE_NAMES

DISPUTES: Final = f"""
SELECT id, answer, state, nature, n_conflicts, support, spread, gap,
    (SELECT latest FROM dossiers WHERE dossiers.id = dossier) AS happened
FROM disputes ORDER BY {MOST_CONTESTED}
"""  # noqa: S608 # the one order of disputes

MADE: Final = """
SELECT DISTINCT c.question AS id, c.made FROM claims c JOIN questions q ON q.id = c.question
WHERE q.state IN ('disputed', 'contested elsewhere') AND c.made IS NOT NULL
"""

LINKED: Final[dict[str, str]] = {
    "_country": """
        SELECT l.question AS id, l.country AS value, n.name AS label
        FROM question_countries l JOIN countries n ON n.id = l.country
        JOIN questions q ON q.id = l.question WHERE q.state IN ('disputed', 'contested elsewhere')
    """,
    "_topic": """
        SELECT l.question AS id, l.topic AS value, l.topic AS label FROM question_topics l
        JOIN questions q ON q.id = l.question WHERE q.state IN ('disputed', 'contested elsewhere')
    """,
    "_document": """
        SELECT DISTINCT c.question AS id, r.document AS value, n.title AS label
        FROM questions q JOIN claims c ON c.question = q.id JOIN appearances r ON r.claim = c.id
        JOIN documents n ON n.id = r.document WHERE q.state IN ('disputed', 'contested elsewhere')
    """,
}

FACETS: Final[dict[str, str]] = {
    "_country": "Country",
    "_topic": "Topic",
    "nature": "Kind of dispute",
    "answer": "Kind of answer",
    "state": "State",
    "_document": "Document",
}
"""What disputes are narrowed by: as addresses of the table have it, and as the page says it."""

SORTS: Final[dict[str, tuple[str, Callable[[Mapping[str, Any]], tuple[Any, ...]]]]] = {
    "contested": ("most contested", lambda one: (one["turn"],)),
    "spread": (
        "furthest apart",
        lambda one: (-(one["spread"] or 0), one["gap"] is None, -(one["gap"] or 0)),
    ),
    "support": ("best supported on both sides", lambda one: (-one["support"], one["turn"])),
    "recent": ("most recent", lambda one: (-one["recent"],)),
}
"""The orders that disputes come in: what they are called, and what they are sorted by."""

Chosen = Mapping[str, Sequence[str]]
"""What disputes are narrowed to: the values of each facet, all of which must hold."""


Folded = tuple[str, list[str]]
"""A dispute, and others that hang together with it."""


@dataclass(frozen=True, slots=True)
class Contested:
    """The disputes of a build: their ids in each order, and those that each value stands for.

    `together` has of each those that it hangs together with, itself included.
    """

    orders: Mapping[str, list[str]]
    facets: Mapping[str, Mapping[str, frozenset[str]]]
    labels: Mapping[str, Mapping[str, str]]
    everything: frozenset[str]
    values: Mapping[str, Mapping[str, list[str]]]
    """What each dispute has of each facet."""
    together: Mapping[str, list[str]]
    folds: Mapping[str, list[Folded]]
    """All disputes in each order, folded by what hangs together."""

    def narrowed(self, chosen: Chosen) -> frozenset[str]:
        """Return the disputes for which all that is chosen holds."""
        found = self.everything
        for name, values in chosen.items():
            for value in values:
                found &= self.facets[name].get(value, frozenset())
        return found

    def counts(self, name: str, found: frozenset[str]) -> list[tuple[str, int]]:
        """Return how many of some disputes each value of a facet stands for, the most first."""
        if found is self.everything:
            counted = {value: len(those) for value, those in self.facets[name].items()}
        else:
            held = self.values[name]
            counted = Counter(chain.from_iterable(map(held.__getitem__, found)))
        return sorted(sorted(counted.items()), key=itemgetter(1), reverse=True)

    def folded(self, order: str, found: frozenset[str]) -> list[Folded]:
        """Return some disputes in one of the orders, those that hang together as one.

        Its first comes before the others of it, and stands for them all.
        """
        if found is self.everything:
            return self.folds[order]
        return _folded(self.in_order(order, found), self.together)

    def in_order(self, order: str, found: frozenset[str]) -> list[str]:
        """Return some disputes in one of the orders."""
        if found is self.everything:
            return self.orders[order]
        return [one for one in self.orders[order] if one in found]


@remembered
def contested(connection: sqlite3.Connection) -> Contested:
    """Return the disputes of the build that the database holds."""
    disputes = rows_of(connection, DISPUTES)
    latest = _latest_made(connection)
    for turn, one in enumerate(disputes):
        one["turn"] = turn
        one["recent"] = latest.get(one["id"]) or _ordinal(one["happened"])
    facets: dict[str, dict[str, set[str]]] = {name: defaultdict(set) for name in FACETS}
    labels: dict[str, dict[str, str]] = {name: {} for name in FACETS}
    for one in disputes:
        for name in ("answer", "state", "nature"):
            facets[name][one[name]].add(one["id"])
            labels[name][one[name]] = NATURE_NAMES[one[name]] if name == "nature" else one[name]
    for name, sql in LINKED.items():
        for row in rows_of(connection, sql):
            facets[name][row["value"]].add(row["id"])
            labels[name][row["value"]] = row["label"]
    orders = {name: _ids_by(disputes, key) for name, (_, key) in SORTS.items()}
    together = hanging_together(connection, orders["contested"])
    return Contested(
        orders,
        {name: {v: frozenset(ids) for v, ids in of.items()} for name, of in facets.items()},
        labels,
        frozenset(one["id"] for one in disputes),
        {name: _inverted(of, orders["contested"]) for name, of in facets.items()},
        together,
        {name: _folded(ids, together) for name, ids in orders.items()},
    )


def _folded(ordered: Iterable[str], together: Mapping[str, list[str]]) -> list[Folded]:
    groups: dict[str, list[str]] = {}
    for one in ordered:
        groups.setdefault(together[one][0], []).append(one)
    return [(head, others) for head, *others in groups.values()]


def _inverted(facet: Mapping[str, Iterable[str]], disputes: Iterable[str]) -> dict[str, list[str]]:
    """Return the values of each of some disputes, from the disputes of each value."""
    found: dict[str, list[str]] = {one: [] for one in disputes}
    for value, ids in facet.items():
        for one in ids:
            found[one].append(value)
    return found


def _ids_by(disputes: list[Facts], key: Callable[[Facts], tuple[Any, ...]]) -> list[str]:
    return [one["id"] for one in sorted(disputes, key=lambda one: (*key(one), one["id"]))]


def _latest_made(connection: sqlite3.Connection) -> dict[str, int]:
    """Return for each dispute the latest day on which a claim was made, as a number."""
    latest: dict[str, int] = {}
    for row in rows_of(connection, MADE):
        span = parse_date(row["made"])
        day = span.latest or span.earliest
        if day:
            latest[row["id"]] = max(latest.get(row["id"], 0), day.toordinal())
    return latest


def _ordinal(day: str | None) -> int:
    return date.fromisoformat(day).toordinal() if day else 0
