"""What stands in the registers: outlets, actors, places, documents and their paragraphs."""

from __future__ import annotations

import sqlite3
from typing import Final

from ledger.database.gathering import CITING, MADE_BY, NAMING_ACTOR, NAMING_PLACE, READ_AT
from ledger.reports.claims import claims_where
from ledger.reports.rows import Facts, row_of, rows_of

OUTLET: Final = """
SELECT o.*, w.name AS part_of_name FROM outlets o LEFT JOIN outlets w ON w.id = o.part_of
WHERE o.id = :id
"""

# The trees are free of loops: `ledger check` holds them to that, and UNION ends one all the same.
ABOVE: Final = """
WITH RECURSIVE above (id, depth) AS (
    SELECT {parent}, 1 FROM {table} WHERE id = :id AND {parent} IS NOT NULL
    UNION
    SELECT t.{parent}, above.depth + 1 FROM {table} t JOIN above ON t.id = above.id
    WHERE t.{parent} IS NOT NULL AND above.depth < 100
)
SELECT t.id, t.name, above.depth FROM above JOIN {table} t ON t.id = above.id ORDER BY above.depth
"""

BELOW: Final = """
WITH RECURSIVE below (id, depth, path) AS (
    SELECT id, 1, name || ' ' || id FROM {table} WHERE {parent} = :id
    UNION
    SELECT t.id, below.depth + 1, below.path || char(10) || t.name || ' ' || t.id
    FROM {table} t JOIN below ON t.{parent} = below.id WHERE below.depth < 100
)
SELECT t.id, t.name, below.depth FROM below JOIN {table} t ON t.id = below.id ORDER BY below.path
"""

DOSSIERS: Final = """
SELECT id, title, n_questions, n_claims FROM dossiers
WHERE EXISTS (SELECT 1 FROM json_each(dossiers.places) WHERE value = :id) ORDER BY id
"""

DOCUMENT: Final = """
SELECT d.*, o.name AS outlet_name, a.name AS voice_name
FROM documents d LEFT JOIN outlets o ON o.id = d.outlet LEFT JOIN actors a ON a.id = d.voice
WHERE d.id = :id
"""

PARAGRAPHS: Final = """
SELECT number, outlets, n_claims FROM paragraphs WHERE document = :id ORDER BY number
"""

CITED_IN: Final = """
SELECT o.id, o.name FROM outlets o
WHERE o.id IN (SELECT j.value FROM paragraphs p, json_each(p.outlets) j WHERE p.document = :id)
ORDER BY o.id
"""

PARAGRAPH: Final = """
SELECT p.document || '#' || p.number AS id, p.document, d.title, p.number, p.outlets, p.n_claims
FROM paragraphs p JOIN documents d ON d.id = p.document
WHERE p.document = :document AND p.number = :number
"""

CITED_THERE: Final = """
SELECT j.value AS id, coalesce(o.name, j.value) AS name, count(*) AS times
FROM paragraphs p, json_each(p.outlets) j LEFT JOIN outlets o ON o.id = j.value
WHERE p.document = :document AND p.number = :number
GROUP BY j.value ORDER BY min(j.key)
"""


def outlet(connection: sqlite3.Connection, name: str) -> Facts:
    """Return an outlet with the claims it is cited for. Raises LookupError."""
    facts = row_of(connection, OUTLET, id=name)
    parts = "SELECT id, name FROM outlets WHERE part_of = :id ORDER BY name"
    facts["parts"] = rows_of(connection, parts, id=name)
    documents = "SELECT id, title FROM documents WHERE outlet = :id ORDER BY id"
    facts["documents"] = rows_of(connection, documents, id=name)
    facts["claims"] = claims_where(connection, CITING, id=name)
    return facts


def actor(connection: sqlite3.Connection, name: str) -> Facts:
    """Return an actor with its tree, the claims it makes and those that name it. LookupError."""
    facts = row_of(connection, "SELECT * FROM actors WHERE id = :id", id=name)
    facts |= _tree(connection, "actors", "part_of", name)
    facts["claims"] = claims_where(connection, MADE_BY, id=name)
    facts["named_by"] = claims_where(connection, NAMING_ACTOR, id=name)
    return facts


def place(connection: sqlite3.Connection, name: str) -> Facts:
    """Return a place with its tree, its dossiers and the claims that name it. LookupError."""
    facts = row_of(connection, "SELECT * FROM places WHERE id = :id", id=name)
    facts |= _tree(connection, "places", "within", name)
    facts["dossiers"] = rows_of(connection, DOSSIERS, id=name)
    facts["named_by"] = claims_where(connection, NAMING_PLACE, id=name)
    return facts


def document(connection: sqlite3.Connection, name: str) -> Facts:
    """Return a document with its paragraphs and their counts. Raises LookupError."""
    facts = row_of(connection, DOCUMENT, id=name)
    facts["paragraphs"] = rows_of(connection, PARAGRAPHS, id=name)
    facts["cited"] = rows_of(connection, CITED_IN, id=name)
    return facts


def paragraph(connection: sqlite3.Connection, name: str) -> Facts:
    """Return a paragraph, `document#number`, with the claims read in it. Raises LookupError."""
    place = place_of(name)
    facts = row_of(connection, PARAGRAPH, **place)
    facts["cited"] = rows_of(connection, CITED_THERE, **place)
    facts["claims"] = claims_where(connection, READ_AT, **place)
    return facts


def place_of(name: str) -> dict[str, object]:
    """Return the document and the number that the id of a paragraph names; number 0 is none."""
    document, _, number = name.partition("#")
    digits = number.isascii() and number.isdigit() and len(number) < 10  # noqa: PLR2004 # SQLite's integers end
    return {"document": document, "number": int(number) if digits else 0}


def _tree(connection: sqlite3.Connection, table: str, parent: str, name: str) -> Facts:
    names = {"table": table, "parent": parent}
    return {
        "above": rows_of(connection, ABOVE.format(**names), id=name),
        "below": rows_of(connection, BELOW.format(**names), id=name),
    }
