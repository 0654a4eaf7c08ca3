"""Questions, the positions that claims take on them, and the dossiers that ask them."""

from __future__ import annotations

import sqlite3
from typing import Final

from ledger.database.gathering import UNASKED
from ledger.reports.claims import claims_where
from ledger.reports.meaning import range_in_words
from ledger.reports.rows import Facts, row_of, rows_of

QUESTION: Final = """
SELECT q.*, d.title AS dossier_title, w.asks AS part_of_asks
FROM questions q
JOIN dossiers d ON d.id = q.dossier
LEFT JOIN questions w ON w.id = q.part_of
WHERE q.id = :id
"""

# An origin is an actor or, where a document has no voice, the document itself.
HINGES: Final = """
SELECT coalesce(a.id, d.id) AS id, coalesce(a.name, d.title) AS name,
    iif(a.id IS NULL, 'document', 'actor') AS kind
FROM questions q, json_each(q.hinges) h
LEFT JOIN actors a ON a.id = h.value
LEFT JOIN documents d ON 'document ' || d.id = h.value
WHERE q.id = :id ORDER BY h.key
"""

POSITIONS: Final = "SELECT * FROM positions WHERE question = :id ORDER BY id"

PARTS: Final = "SELECT id, asks, state FROM questions WHERE part_of = :id ORDER BY id"

POSITION: Final = """
SELECT p.*, q.asks, q.answer, q.unit FROM positions p JOIN questions q ON q.id = p.question
WHERE p.id = :id
"""

OTHERS: Final = """
SELECT id, label FROM positions
WHERE question = :question AND id <> :id ORDER BY id
"""

QUESTIONS: Final = """
SELECT id, asks, answer, unit, state, n_positions, n_claims, n_conflicts, n_origins, n_outlets
FROM questions WHERE dossier = :id ORDER BY id
"""

IN_POSITION: Final = "c.position = :id"

FITTING_ALL: Final = """
SELECT f.position, c.id, c.text FROM positions p JOIN claim_positions f ON f.position = p.id
JOIN claims c ON c.id = f.claim
WHERE p.question = :id AND f.home = 0 AND c.position IS NOT NULL ORDER BY f.position, c.id
LIMIT :most
"""
"""The claims that fit a position of a question beside their own."""

FITTING: Final = """
c.id IN (SELECT claim FROM claim_positions WHERE position = :id AND home = 0)
"""

WITHOUT_POSITION: Final = "c.question = :id AND c.position IS NULL"


def question(connection: sqlite3.Connection, name: str) -> Facts:
    """Return a question with its positions and their claims. Raises LookupError."""
    facts = row_of(connection, QUESTION, id=name)
    facts["range"] = range_in_words(facts)
    facts["hinges"] = hinges_of(connection, name)
    facts["findings"] = rows_of(connection, "SELECT * FROM findings WHERE question = :id", id=name)
    facts["parts"] = rows_of(connection, PARTS, id=name)
    facts["positions"] = [
        one
        | {
            "range": range_in_words(one),
            "claims": claims_where(connection, IN_POSITION, id=one["id"]),
        }
        for one in rows_of(connection, POSITIONS, id=name)
    ]
    facts["fitting"] = fitting_in(connection, name)
    facts["without_position"] = claims_where(connection, WITHOUT_POSITION, id=name)
    return facts


def hinges_of(connection: sqlite3.Connection, question: str) -> list[Facts]:
    """Return the origins without any one of which a question would stand otherwise.

    Each by its id and name, and its kind: an actor, or a document that has no voice.
    """
    return rows_of(connection, HINGES, id=question)


def fitting_in(connection: sqlite3.Connection, question: str, most: int = -1) -> list[Facts]:
    """Return the claims that fit a position beside their own, for each position of a question."""
    return rows_of(connection, FITTING_ALL, id=question, most=most)


def position(connection: sqlite3.Connection, name: str) -> Facts:
    """Return a position with its claims and those that fit it too. Raises LookupError."""
    facts = row_of(connection, POSITION, id=name)
    facts["range"] = range_in_words(facts)
    facts["claims"] = claims_where(connection, IN_POSITION, id=name)
    facts["fitting"] = claims_where(connection, FITTING, id=name)
    facts["others"] = rows_of(connection, OTHERS, id=name, question=facts["question"])
    return facts


def dossier(connection: sqlite3.Connection, name: str) -> Facts:
    """Return a dossier with its questions and how they stand. Raises LookupError."""
    facts = row_of(connection, "SELECT * FROM dossiers WHERE id = :id", id=name)
    facts["questions"] = rows_of(connection, QUESTIONS, id=name)
    facts["unasked"] = claims_where(connection, UNASKED, id=name)
    return facts
