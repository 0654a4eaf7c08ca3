"""What a built database knows of the claims read in a document, and of the names they use."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from typing import Any, Final

from ledger.texts.naming import Named
from ledger.texts.verify import ReadClaim, Registered

CLAIMS: Final = """
SELECT json_group_array(a.paragraph), c.id, c.text, c.value, q.answer, c.unit, c.claimant, c.quote
FROM (
    SELECT * FROM appearances WHERE document = ? AND paragraph IS NOT NULL
    ORDER BY claim, paragraph
) a
JOIN claims c ON c.id = a.claim
LEFT JOIN questions q ON q.id = c.question
GROUP BY c.id ORDER BY min(a.paragraph), c.id
"""

PARAGRAPHS: Final = """
SELECT number, outlets, left_out FROM paragraphs WHERE document = ? ORDER BY number
"""

DOCUMENTS: Final = "SELECT id, title, voice, text_sha256 FROM documents"

N_CLAIMS: Final = "SELECT count(DISTINCT claim) FROM appearances WHERE document = ?"


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document as the database has it: its paragraphs' outlets and the claims read in them.

    What was read in it without a paragraph cannot be looked for in one, and is only counted.
    """

    id: str
    title: str
    voice: str | None
    text_sha256: str | None
    outlets: dict[int, list[str]]
    claims: list[ReadClaim]
    left_out: dict[int, str] = field(default_factory=dict)
    n_claims: int = 0
    """How many claims were read in it, with a paragraph or without."""


def read_documents(connection: sqlite3.Connection) -> list[ReadDocument]:
    """Return every document of a database, sorted by id."""
    rows = connection.execute(f"{DOCUMENTS} ORDER BY id").fetchall()
    return [_document(connection, row) for row in rows]


def read_document(connection: sqlite3.Connection, document: str) -> ReadDocument | None:
    """Return one document of a database; None if it is not there."""
    row = connection.execute(f"{DOCUMENTS} WHERE id = ?", [document]).fetchone()
    return None if row is None else _document(connection, row)


def read_names(connection: sqlite3.Connection, document: ReadDocument) -> Registered:
    """Return the actors and places of a database, and what a document adds to them."""
    actors = _named(connection, "SELECT id, name, aliases, kind FROM actors")
    places = _named(connection, "SELECT id, name, aliases, 'place' FROM places")
    return Registered(actors, places, document.voice, document.outlets)


def _document(
    connection: sqlite3.Connection, row: tuple[str, str, str | None, str | None]
) -> ReadDocument:
    paragraphs = connection.execute(PARAGRAPHS, [row[0]]).fetchall()
    outlets = {number: json.loads(listed) for number, listed, _ in paragraphs}
    left_out = {number: why for number, _, why in paragraphs if why}
    claims = [_claim(*claim) for claim in connection.execute(CLAIMS, [row[0]])]
    (n_claims,) = connection.execute(N_CLAIMS, [row[0]]).fetchone()
    return ReadDocument(*row, outlets, claims, left_out, n_claims)


def _claim(paragraphs: str, *fields: Any) -> ReadClaim:  # noqa: ANN401 # columns of CLAIMS
    return ReadClaim(tuple(json.loads(paragraphs)), *fields)


def _named(connection: sqlite3.Connection, sql: str) -> dict[str, Named]:
    return {
        row[0]: Named(row[0], row[1], tuple(json.loads(row[2])), row[3])
        for row in connection.execute(sql)
    }
