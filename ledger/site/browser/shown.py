"""What the ledger's templates show beside what Datasette gives them."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Awaitable, Callable, Container, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from ledger.reports.kinds import SHOWN, Thing
from ledger.things import KINDS
from ledger.values import Tree, kind_of
from ledger.words import NATURE_NAMES

if TYPE_CHECKING:
    from datasette.database import Database

HEADINGS: Final[dict[str, str]] = {
    "state": "State",
    "nature": "Kind of conflict",
    "question_state": "State of the question",
    "status": "Status",
    "topic": "Topic",
    "country": "Country",
    "outlet": "Outlet that carries it",
    "nearby": "Outlet at the paragraph",
    "scope": "Cited for",
    "claimant": "Claimant",
    "document": "Document",
    "dossier": "Dossier",
    "answer": "Kind of answer",
    "kind": "Kind of value",
    "strength": "Strength",
    "origin": "Origin",
    "stance": "Stance",
    "year": "Year",
}
"""What a facet is called on the page, by its column or link, in the order of the page."""


SAID: Final[dict[str, Mapping[str, str]]] = {"nature": NATURE_NAMES}
"""By the column of a facet, what its values are called on the page where they are called so."""


def as_said(value: object, column: str) -> object:
    """Return the value of a facet as the page calls it."""
    return SAID[column].get(str(value), value) if column in SAID else value


def in_page_order(facets: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return facets in the order of HEADINGS; those that it does not have come last, as given."""
    turns = {name: turn for turn, name in enumerate(HEADINGS)}
    return sorted(facets, key=lambda facet: turns.get(facet["name"], len(turns)))


def shown(database: Database, kind: str) -> Callable[[str], Awaitable[Thing | None]]:
    """Return a function that gathers what the page of a row shows; None if there is no such."""

    async def gather(name: str) -> Thing | None:
        def show_one(connection: sqlite3.Connection) -> Thing | None:
            try:
                return SHOWN[kind](connection, name)
            except LookupError:
                return None

        thing: Thing | None = await database.execute_fn(show_one)
        return thing

    return gather


PAGES_OF: Final[dict[tuple[str, str], str]] = {
    ("disputes", "id"): "disputes",
    ("disputes", "dossier"): "dossiers",
    ("contested_claims", "id"): "claims",
    ("contested_claims", "claimant"): "actors",
    ("contested_claims", "question"): "questions",
    ("contested_claims", "dossier"): "dossiers",
    ("claim_conflicts", "claim"): "claims",
    ("claim_conflicts", "other"): "claims",
    ("claim_conflicts", "question"): "questions",
    ("claim_conflicts", "own_question"): "questions",
    ("claim_conflicts", "other_question"): "questions",
    ("claim_sources", "claim"): "claims",
    ("claim_sources", "claimant"): "actors",
    ("claim_sources", "outlet"): "outlets",
    ("claim_sources", "document"): "documents",
}
"""Columns of views that hold ids, and the own pages of what these stand for."""

PAGES_OF_RESULTS: Final[dict[str, str]] = {
    **{kind.one: kind.table for kind in KINDS.values() if kind.searched},
    "claimant": KINDS["actor"].table,
    "contradicted_by": KINDS["claim"].table,
    "other_outlet": KINDS["outlet"].table,
}
"""Columns of a query's results that hold ids, and the own pages of what these stand for."""


def pages_of(table: str | None, column: str, columns: Container[str]) -> str | None:
    """Return the own pages of what the ids in a column of a view or of a query's results stand for.

    `columns` are all that the rows have: an id beside a text is a claim's, beside what is asked
    a question's. None if the column holds no ids.
    """
    if table:
        return PAGES_OF.get((table, column))
    if column == "id":
        return "claims" if "text" in columns else "questions" if "asks" in columns else None
    return PAGES_OF_RESULTS.get(column)


SORTED_BY: Final[dict[str, str]] = {
    "sorted by turn": "with the most contested first",
    "sorted by n_conflicts descending": "with the most contested first",
}
"""Orders that Datasette names after a column, as a reader says them."""


def described(told: str | None) -> str:
    """Return what Datasette says of a table's rows, its usual orders as a reader says them."""
    told = told or ""
    for column, said in SORTED_BY.items():
        told = told.replace(column, said)
    return told


NAMES: Final = """
SELECT id, name FROM outlets WHERE id IN (SELECT value FROM json_each(:outlets))
UNION ALL SELECT id, name FROM actors WHERE id IN (SELECT value FROM json_each(:actors))
UNION ALL SELECT id, name FROM places WHERE id IN (SELECT value FROM json_each(:places))
"""

ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def names_on(
    database: Database,
) -> Callable[[Iterable[Mapping[str, Any]]], Awaitable[dict[str, str]]]:
    """Return a function that names the outlets and the values of the claims on a page, by id."""

    async def names(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
        ids: dict[str, set[str]] = {"outlets": set(), "actors": set(), "places": set()}
        for row in rows:
            ids["outlets"].update(_ids_in(row, "outlets"), _ids_in(row, "outlets_nearby"))
            if register := kind_of(row["kind"]).register:
                ids[KINDS[register].table].update(ID.findall(row["value"] or ""))
        asked = {kind: json.dumps(sorted(found)) for kind, found in ids.items()}
        return {row["id"]: row["name"] for row in await database.execute(NAMES, asked)}

    return names


def _ids_in(row: Mapping[str, Any], column: str) -> list[str]:
    """Return the ids in a row's JSON array; none if that column is not selected."""
    try:
        found: list[str] = json.loads(row[column] or "[]")
    except KeyError:
        return []
    return found


def value_in_words(value: str, kind: str | None, names: Mapping[str, str]) -> str:
    """Return a value as a page shows it: in words, actors and places by their names."""
    if not kind_of(kind).register:
        return kind_of(kind).in_words(value, Tree())
    words = {"+": "and", "|": "or"}
    return " ".join(words.get(word, names.get(word, word)) for word in value.split())
