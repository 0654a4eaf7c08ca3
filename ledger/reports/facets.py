"""Facets: what the things of a list are narrowed and counted by, as on the site."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ledger.reports.meant import alike, known_ids
from ledger.things import BY_TABLE, Kind
from ledger.words import ANSWERS, NATURES, STATES, STATUSES


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing that a row of a list has, or has several of.

    `pairs` selects the id of each thing with a value that it has, as `id` and `value`. A row that
    can have several (`many`) must have each value that is asked for; of a facet that a row has
    one of, any value asked for will do. The values are the ids of the table `names`; or the closed
    list `words`; or else whatever the pairs hold.
    """

    pairs: str
    many: bool = False
    names: str = ""
    words: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        """The kind of thing that its values are, if they are ids; countries have no pages."""
        return BY_TABLE.get(self.names) or Kind(self.names, self.names, "name")

    @property
    def called(self) -> str:
        """The SQL for what a `value` is called; for NULL where it is called as it is."""
        if not self.names:
            return "NULL"
        return f"(SELECT {self.kind.label} FROM {self.names} WHERE id = value)"  # noqa: S608 # names of FACETS


def _column(table: str, column: str, names: str = "") -> Facet:
    sql = f"SELECT id, {column} AS value FROM {table}"  # noqa: S608 # names of this module
    return Facet(sql, names=names)


def _linked(pairs: tuple[str, str, str], names: str = "") -> Facet:
    table, key, column = pairs
    sql = f"SELECT {key} AS id, {column} AS value FROM {table}"  # noqa: S608 # names of this module
    return Facet(sql, many=True, names=names)


DOSSIER_LISTS: Final = "SELECT d.id, j.value FROM dossiers d, json_each(d.{column}) j"

QUESTION_FACETS: Final = {
    "kind": Facet("SELECT id, answer AS value FROM questions", words=tuple(ANSWERS)),
    "topic": _linked(("question_topics", "question", "topic")),
    "country": _linked(("question_countries", "question", "country"), names="countries"),
    "dossier": _column("questions", "dossier", names="dossiers"),
}

FACETS: Final[dict[str, dict[str, Facet]]] = {
    "claims": {
        "status": Facet("SELECT id, status AS value FROM claims", words=tuple(STATUSES)),
        "topic": _linked(("claim_topics", "claim", "topic")),
        "country": _linked(("claim_countries", "claim", "country"), names="countries"),
        "outlet": _linked(("claim_outlets", "claim", "outlet"), names="outlets"),
        "nearby": _linked(("claim_outlets_nearby", "claim", "outlet"), names="outlets"),
        "claimant": _column("claims", "claimant", names="actors"),
        "document": _linked(("appearances", "claim", "document"), names="documents"),
        "dossier": _column("claims", "dossier", names="dossiers"),
        "question": _column("claims", "question", names="questions"),
        "kind": Facet("SELECT id, kind AS value FROM claims", words=tuple(ANSWERS)),
        "year": Facet("SELECT id, CAST(year AS TEXT) AS value FROM claims"),
    },
    "questions": {
        "state": Facet("SELECT id, state AS value FROM questions", words=tuple(STATES)),
        "nature": Facet("SELECT id, nature AS value FROM questions", words=tuple(NATURES)),
        **QUESTION_FACETS,
    },
    "disputes": {
        "state": Facet(
            "SELECT id, state AS value FROM disputes",
            words=("conflict", "tension only", "finding given"),
        ),
        "nature": Facet("SELECT id, nature AS value FROM disputes", words=tuple(NATURES)),
        **QUESTION_FACETS,
    },
    "outlets": {"kind": _column("outlets", "kind"), "country": _column("outlets", "country")},
    "actors": {"kind": _column("actors", "kind"), "country": _column("actors", "country")},
    "places": {"country": _column("places", "country", names="countries")},
    "documents": {"outlet": _column("documents", "outlet", names="outlets")},
    "dossiers": {
        "topic": Facet(DOSSIER_LISTS.format(column="topics"), many=True),
        "country": Facet(DOSSIER_LISTS.format(column="countries"), many=True, names="countries"),
    },
}
"""The facets of each list, by the names of their options."""


def is_known(connection: sqlite3.Connection, facet: Facet, value: str) -> bool:
    """Return whether a facet can have a value: of ids and words, also one that nothing has."""
    if facet.words:
        return value in facet.words
    source = f"SELECT id AS value FROM {facet.names}" if facet.names else facet.pairs  # noqa: S608 # names of FACETS
    sql = f"SELECT 1 FROM ({source}) WHERE value = ? LIMIT 1"  # noqa: S608 # as above
    return connection.execute(sql, [value]).fetchone() is not None


def allowed_values(
    connection: sqlite3.Connection, facet: Facet, prefix: str = "", limit: int = -1
) -> list[tuple[str, str]]:
    """Return the values of a facet that begin with some letters, each with what it is called.

    They are those that something has: for disputes, any question. A limit of -1 is none.
    """
    sql = (
        f"SELECT value, coalesce({facet.called}, '') FROM "  # noqa: S608 # as above
        f"(SELECT DISTINCT value FROM ({facet.pairs}) "
        "WHERE value >= :prefix AND substr(value, 1, length(:prefix)) = :prefix) "
        "ORDER BY value LIMIT :limit"
    )
    return [(row[0], row[1]) for row in connection.execute(sql, {"prefix": prefix, "limit": limit})]


def likely_values(connection: sqlite3.Connection, facet: Facet, asked: str) -> list[str]:
    """Return the values that may have been meant, the likeliest first."""
    known: Iterable[tuple[str, Iterable[str]]]
    if facet.names:
        known = known_ids(connection, facet.kind)
    elif facet.words:
        known = [(word, ()) for word in facet.words]
    else:
        known = [(value, ()) for value, _ in allowed_values(connection, facet)]
    return alike(asked, known)


def condition(facet: Facet, values: Sequence[str], name: str) -> tuple[str, dict[str, str]]:
    """Return the SQL condition on `id` that narrows by some values, and its parameters."""
    parameters = {f"{name}_{turn}": value for turn, value in enumerate(values)}
    tests = [
        f"id IN (SELECT id FROM ({facet.pairs}) WHERE value = :{parameter})"  # noqa: S608 # as above
        for parameter in parameters
    ]
    return f"({(' AND ' if facet.many else ' OR ').join(tests)})", parameters
