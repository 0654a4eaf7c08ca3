"""A claim: what it says, who makes it, who is cited for it, and what it conflicts with."""

from __future__ import annotations

import sqlite3
from typing import Final

from ledger.reports.meaning import range_in_words, value_in_words
from ledger.reports.rows import Facts, row_of, rows_of

CLAIM: Final = """
SELECT c.*, a.name AS claimant_name, q.asks, d.title AS dossier_title, p.label AS position_label,
    s.text AS supersedes_text
FROM claims c
LEFT JOIN actors a ON a.id = c.claimant
LEFT JOIN questions q ON q.id = c.question
LEFT JOIN dossiers d ON d.id = c.dossier
LEFT JOIN positions p ON p.id = c.position
LEFT JOIN claims s ON s.id = c.supersedes
WHERE c.id = :id
"""

BRIEF: Final = """
SELECT c.id, c.text, c.status, c.value, c.kind, c.unit, c.claimant, a.name AS claimant_name,
    c.made, c.hedge, c.n_outlets, c.n_origins, c.n_conflicts
FROM claims c LEFT JOIN actors a ON a.id = c.claimant
"""
"""What is told of a claim where another thing is shown; to be followed by WHERE."""

FITS: Final = """
SELECT p.id, p.label FROM claim_positions f JOIN positions p ON p.id = f.position
WHERE f.claim = :id AND f.home = 0 ORDER BY p.id
"""

FOUND: Final = """
SELECT r.document, r.paragraph, d.title FROM appearances r JOIN documents d ON d.id = r.document
WHERE r.claim = :id ORDER BY r.document, r.paragraph
"""

CITED: Final = """
SELECT outlet, outlet_name, count(*) AS times, scope, stance, document, paragraph, title, url,
    published, archived
FROM claim_sources WHERE claim = :id
GROUP BY outlet, scope, stance, document, paragraph, title, url, published, archived
ORDER BY scope, document, paragraph, outlet_name, title
"""

CONFLICTS: Final = """
SELECT k.other AS id, k.other_text AS text, c.status, c.value, c.kind, c.unit, c.claimant,
    a.name AS claimant_name, k.question, k.strength, k.origin, k.state, k.reason, k.explanation,
    k.gap, q.answer, q.unit AS gap_unit
FROM claim_conflicts k
JOIN claims c ON c.id = k.other
LEFT JOIN actors a ON a.id = c.claimant
LEFT JOIN questions q ON q.id = k.question
WHERE k.claim = :id
ORDER BY k.state DESC, k.strength, k.other
"""

ORIGINS: Final = """
WITH RECURSIVE back (claim) AS (
    SELECT :id UNION SELECT b.basis FROM claim_bases b JOIN back ON b.claim = back.claim
)
SELECT DISTINCT coalesce(a.name, (
    SELECT d.title FROM appearances r JOIN documents d ON d.id = r.document
    WHERE r.claim = c.id ORDER BY r.document LIMIT 1
)) AS name, a.id
FROM back JOIN claims c ON c.id = back.claim LEFT JOIN actors a ON a.id = c.claimant
WHERE NOT EXISTS (SELECT 1 FROM claim_bases b WHERE b.claim = back.claim)
ORDER BY name
"""


def claim(connection: sqlite3.Connection, name: str) -> Facts:
    """Return all that the database has of a claim. Raises LookupError if it is not there."""
    facts = row_of(connection, CLAIM, id=name)
    del facts["turn"]  # tells nothing of the claim, but how many others come before it
    facts["value_in_words"] = value_in_words(connection, facts)
    facts["range"] = range_in_words(facts)
    facts["fits"] = rows_of(connection, FITS, id=name)
    facts["found"] = rows_of(connection, FOUND, id=name)
    facts["origins"] = rows_of(connection, ORIGINS, id=name)
    facts["cited"] = rows_of(connection, CITED, id=name)
    facts["conflicts"] = with_words(connection, rows_of(connection, CONFLICTS, id=name))
    facts["based_on"] = _brief(
        connection, "c.id IN (SELECT basis FROM claim_bases WHERE claim = :id)", name
    )
    facts["repeated_by"] = _brief(
        connection, "c.id IN (SELECT claim FROM claim_bases WHERE basis = :id)", name
    )
    facts["superseded_by"] = _brief(connection, "c.supersedes = :id", name)
    return facts


def claims_where(connection: sqlite3.Connection, where: str, **parameters: object) -> list[Facts]:
    """Return the claims for which an SQL condition holds, in brief, the most contested first."""
    sql = f"{BRIEF} WHERE {where} ORDER BY c.n_conflicts DESC, c.n_origins DESC, c.id"
    return with_words(connection, rows_of(connection, sql, **parameters))


def with_words(connection: sqlite3.Connection, claims: list[Facts]) -> list[Facts]:
    """Return claims with their values in words beside the values as written."""
    return [one | {"value_in_words": value_in_words(connection, one)} for one in claims]


def _brief(connection: sqlite3.Connection, where: str, name: str) -> list[Facts]:
    return claims_where(connection, where, id=name)
