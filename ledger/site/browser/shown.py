"""What the ledger's templates show beside what Datasette gives them."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Container, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from ledger.reports import hinges_of
from ledger.values.date import date_in_words
from ledger.values.quantity import quantity_in_words

if TYPE_CHECKING:
    from datasette.database import Database

HEADINGS: Final[dict[str, str]] = {
    "state": "State",
    "status": "Status",
    "topic": "Topic",
    "country": "Country",
    "outlet": "Cited outlet",
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


def in_page_order(facets: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return facets in the order of HEADINGS; those that it does not have come last, as given."""
    turns = {name: turn for turn, name in enumerate(HEADINGS)}
    return sorted(facets, key=lambda facet: turns.get(facet["name"], len(turns)))


CLAIM: Final = """
SELECT c.id, c.text, c.status, c.value, c.kind, c.unit, c.outlets, c.hedge, c.made, c.as_of,
    c.question, q.asks, c.claimant, a.name AS claimant_name, c.n_origins, c.n_outlets,
    c.n_documents, c.file, c.line, c.note, c.supersedes, c.retracted_on, c.retracted_because,
    p.label AS position
FROM claims c
LEFT JOIN questions q ON q.id = c.question
LEFT JOIN actors a ON a.id = c.claimant
LEFT JOIN positions p ON p.id = c.position
WHERE c.id = :id
"""

CONFLICTS: Final = """
SELECT k.other, k.other_text, k.strength, k.origin, k.state, k.reason,
    o.value, o.kind, o.unit, o.outlets, a.name AS claimant_name
FROM claim_conflicts k
JOIN claims o ON o.id = k.other
LEFT JOIN actors a ON a.id = o.claimant
WHERE k.claim = :id
ORDER BY k.state DESC, k.strength, k.other
"""

SOURCES: Final = """
SELECT outlet, outlet_name, scope, document, paragraph, title, url, published, archived, stance,
    count(*) AS times
FROM claim_sources WHERE claim = :id
GROUP BY outlet, scope, document, paragraph, title, url, published, archived, stance
ORDER BY scope, document, paragraph, outlet_name
"""

APPEARANCES: Final = """
SELECT p.document, p.paragraph, d.title FROM appearances p JOIN documents d ON d.id = p.document
WHERE p.claim = :id ORDER BY p.document, p.paragraph
"""

RELAYS: Final = """
SELECT 'based on' AS how, b.basis AS other, c.text FROM claim_bases b
JOIN claims c ON c.id = b.basis WHERE b.claim = :id
UNION ALL
SELECT 'repeated by', b.claim, c.text FROM claim_bases b
JOIN claims c ON c.id = b.claim WHERE b.basis = :id
"""


FITS: Final = """
SELECT p.id, p.label FROM claim_positions f JOIN positions p ON p.id = f.position
JOIN claims c ON c.id = f.claim
WHERE f.claim = :id AND f.home = 0 AND c.position IS NOT NULL ORDER BY length(p.id), p.id
"""
"""The positions that a claim fits beside its own."""


def claim_page(database: Database) -> Callable[[str], Awaitable[dict[str, Any]]]:
    """Return a function that gathers what a claim's page shows."""

    async def gather(claim_id: str) -> dict[str, Any]:
        async def rows(sql: str) -> list[dict[str, Any]]:
            return [dict(row) for row in await database.execute(sql, {"id": claim_id})]

        found = await rows(CLAIM)
        return {
            "claim": found[0] if found else {},
            "conflicts": await rows(CONFLICTS),
            "sources": await rows(SOURCES),
            "appearances": await rows(APPEARANCES),
            "relays": await rows(RELAYS),
            "fits": await rows(FITS),
        }

    return gather


QUESTION: Final = """
SELECT q.*, d.title FROM questions q JOIN dossiers d ON d.id = q.dossier WHERE q.id = :id
"""

POSITIONS: Final = "SELECT * FROM positions WHERE question = :id ORDER BY id"

ANSWERS: Final = """
SELECT c.id, c.text, c.status, c.value, c.kind, c.unit, c.outlets, c.hedge, c.made, c.position,
    c.n_outlets, c.n_origins, a.name AS claimant_name
FROM claims c LEFT JOIN actors a ON a.id = c.claimant
WHERE c.question = :id ORDER BY c.id
"""

FITTING: Final = """
SELECT f.position, c.id, c.text FROM positions p JOIN claim_positions f ON f.position = p.id
JOIN claims c ON c.id = f.claim
WHERE p.question = :id AND f.home = 0 AND c.position IS NOT NULL ORDER BY f.position, c.id
"""
"""The claims that fit a position beside their own."""


def question_page(database: Database) -> Callable[[str], Awaitable[dict[str, Any]]]:
    """Return a function that gathers what a question's page shows."""

    async def gather(question_id: str) -> dict[str, Any]:
        async def rows(sql: str) -> list[dict[str, Any]]:
            return [dict(row) for row in await database.execute(sql, {"id": question_id})]

        found = await rows(QUESTION)
        disputed = bool(found) and found[0]["state"] == "disputed"
        hinges = await database.execute_fn(partial(hinges_of, question=question_id))
        return {
            "question": found[0] if found else {},
            "positions": await rows(POSITIONS),
            "claims": await rows(ANSWERS),
            "fitting": await rows(FITTING),
            "hinges": [one["name"] for one in hinges] if disputed else [],
            "findings": await rows("SELECT * FROM findings WHERE question = :id"),
        }

    return gather


PAGES_OF: Final[dict[tuple[str, str], str]] = {
    ("disputes", "id"): "disputes",
    ("disputes", "dossier"): "dossiers",
    ("contested_claims", "id"): "claims",
    ("claim_conflicts", "claim"): "claims",
    ("claim_conflicts", "other"): "claims",
    ("claim_sources", "claim"): "claims",
    ("claim_sources", "outlet"): "outlets",
    ("claim_sources", "document"): "documents",
}
"""Columns of views that hold ids, and the own pages of what these stand for."""

PAGES_OF_RESULTS: Final[dict[str, str]] = {
    "claim": "claims",
    "contradicted_by": "claims",
    "question": "questions",
    "document": "documents",
    "outlet": "outlets",
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
            ids["outlets"].update(json.loads(row["outlets"] or "[]"))
            if row["kind"] in {"actor", "place"}:
                ids[f"{row['kind']}s"].update(ID.findall(row["value"] or ""))
        asked = {kind: json.dumps(sorted(found)) for kind, found in ids.items()}
        return {row["id"]: row["name"] for row in await database.execute(NAMES, asked)}

    return names


def value_in_words(value: str, kind: str | None, names: Mapping[str, str]) -> str:
    """Return a value as a page shows it: in words, actors and places by their names."""
    if kind == "quantity":
        return quantity_in_words(value)
    if kind == "date":
        return date_in_words(value)
    if kind not in {"actor", "place"}:
        return value
    words = {"+": "and", "|": "or"}
    return " ".join(words.get(word, names.get(word, word)) for word in value.split())
