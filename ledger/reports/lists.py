"""Lists: the things of one kind in rows, narrowed by facets, sorted, a page at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from ledger.database.gathering import MOST_CONTESTED
from ledger.reports.facets import FACETS, condition
from ledger.reports.rows import Facts, rows_of

LISTS: Final[dict[str, tuple[str, str]]] = {
    "claims": (
        "SELECT c.*, a.name AS claimant_name FROM claims c LEFT JOIN actors a ON a.id = c.claimant",
        "turn",
    ),
    "questions": ("SELECT * FROM questions", "id"),
    "disputes": (
        "SELECT * FROM disputes",
        MOST_CONTESTED,
    ),
    "outlets": (
        "SELECT o.*, (SELECT count(*) FROM claim_outlets WHERE outlet = o.id) AS n_claims "
        "FROM outlets o",
        "id",
    ),
    "actors": (
        "SELECT a.*, (SELECT count(*) FROM claims WHERE claimant = a.id) AS n_claims FROM actors a",
        "id",
    ),
    "places": (
        "SELECT p.*, (SELECT count(*) FROM dossiers d, json_each(d.places) j "
        "WHERE j.value = p.id) AS n_dossiers FROM places p",
        "id",
    ),
    "documents": ("SELECT * FROM documents", "id"),
    "dossiers": ("SELECT * FROM dossiers", "id"),
}
"""What each list selects, and the order in which it comes unless another is asked for."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which rows of a list are wanted: the values of facets, the column to sort by, the page.

    No limit gives all rows from the offset on.
    """

    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sort: str | None = None
    reverse: bool = False
    limit: int | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list, and how many rows the list has in all."""

    rows: list[Facts]
    total: int


def columns_of(connection: sqlite3.Connection, kind: str) -> list[str]:
    """Return the columns of a list, any of which it can be sorted by."""
    cursor = connection.execute(f"SELECT * FROM ({LISTS[kind][0]}) LIMIT 0")  # noqa: S608 # a query of LISTS
    return [column[0] for column in cursor.description]


def list_things(connection: sqlite3.Connection, kind: str, chosen: Chosen) -> Listed:
    """Return the rows of a list that are wanted, with all columns.

    A column to sort by must be one of `columns_of`; rows without a value in it come last.
    """
    where, parameters = _where(kind, chosen)
    total = f"SELECT count(*) FROM ({_things(kind)}) WHERE {where}"  # noqa: S608 # queries of this package
    page = (
        f"SELECT * FROM ({LISTS[kind][0]}) WHERE {where} "  # noqa: S608 # as above
        f"ORDER BY {_order(kind, chosen)} LIMIT :limit OFFSET :offset"
    )
    rows = rows_of(connection, page, **parameters, **_page(chosen))
    return Listed(rows, connection.execute(total, parameters).fetchone()[0])


def count_by(connection: sqlite3.Connection, kind: str, name: str, chosen: Chosen) -> Listed:
    """Return the values of a facet among the rows wanted, the most frequent first.

    Each row has the `value`, what it is called (`name`), and in how many rows it stands (`n`).
    """
    facet = FACETS[kind][name]
    where, parameters = _where(kind, chosen)
    counted = (
        f"SELECT value, count(DISTINCT id) AS n FROM ({facet.pairs}) "  # noqa: S608 # queries of this package
        f"WHERE value IS NOT NULL AND id IN (SELECT id FROM ({_things(kind)}) WHERE {where}) "
        "GROUP BY value"
    )
    sql = (
        f"SELECT value, {facet.called} AS name, n FROM ({counted}) "  # noqa: S608 # as above
        "ORDER BY n DESC, value LIMIT :limit OFFSET :offset"
    )
    total = connection.execute(f"SELECT count(*) FROM ({counted})", parameters).fetchone()[0]  # noqa: S608 # as above
    return Listed(rows_of(connection, sql, **parameters, **_page(chosen)), total)


def _things(kind: str) -> str:
    return f"SELECT id FROM {kind}"  # noqa: S608 # a list is called as its table is


def _where(kind: str, chosen: Chosen) -> tuple[str, dict[str, str]]:
    clauses: list[str] = ["TRUE"]
    parameters: dict[str, str] = {}
    for name, values in chosen.facets.items():
        if values:
            clause, more = condition(FACETS[kind][name], values, name)
            clauses.append(clause)
            parameters |= more
    return " AND ".join(clauses), parameters


def _order(kind: str, chosen: Chosen) -> str:
    if chosen.sort is None:
        order = LISTS[kind][1]
        # The order of disputes has directions of its own, and NULLs that stay where they are.
        return f"{order} DESC" if chosen.reverse and order in {"id", "turn"} else order
    column = f'"{chosen.sort}"'
    return f"{column} IS NULL, {column}{' DESC' if chosen.reverse else ''}, id"


def _page(chosen: Chosen) -> dict[str, int]:
    return {"limit": -1 if chosen.limit is None else chosen.limit, "offset": chosen.offset}
