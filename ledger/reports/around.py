"""Around a question: what contradicts its claims elsewhere, and who stands behind its positions."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass, fields
from typing import Final

from ledger.reports.origins import Origin, origins_of
from ledger.reports.questions import Question, question
from ledger.reports.rows import rows_of
from ledger.reports.together import Across, Tied, elsewhere_of, together_of

MOST: Final = 100
"""How many conflicts elsewhere are told of; the table has the rest."""

RETOLD: Final = """
SELECT k.claim_a, k.claim_b, o.origin, coalesce(a.name, d.title, u.name) AS name, r.document
FROM conflicts k
JOIN claim_origins o ON o.claim = k.claim_a
JOIN claim_origins p ON p.claim = k.claim_b AND p.origin = o.origin
LEFT JOIN actors a ON a.id = o.actor
LEFT JOIN documents d ON d.id = o.document
LEFT JOIN claims c ON o.origin LIKE 'claim %' AND c.id = substr(o.origin, 7)
LEFT JOIN actors u ON u.id = c.claimant
JOIN appearances r ON r.claim IN (k.claim_a, k.claim_b)
WHERE k.state = 'open' AND k.nature = 'retelling' AND :id IN (k.question_a, k.question_b)
ORDER BY name, r.document
"""


@dataclass(frozen=True, slots=True)
class Retold:
    """Whose word is told differently, by name, and the documents that do so."""

    name: str
    documents: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAround(Question):
    """A question with all around it.

    `origins` are who stands behind each position, by the position's id; `elsewhere` the open
    conflicts with claims that do not answer it; `together` the questions that hang together with
    it; `retold` whose word different documents tell differently.
    """

    origins: dict[str, list[Origin]]
    elsewhere: list[Across]
    together: list[Tied]
    retold: list[Retold]


def question_around(connection: sqlite3.Connection, name: str) -> QuestionAround:
    """Return a question with all that is told of it and around it. Raises LookupError."""
    asked = question(connection, name)
    elsewhere = elsewhere_of(connection, [name], MOST)
    backers = origins_of(connection, "position", [one.id for one in asked.positions])
    return QuestionAround(
        **{field.name: getattr(asked, field.name) for field in fields(Question)},
        origins=dict(backers),
        elsewhere=elsewhere[name],
        together=together_of(connection, [name], elsewhere)[name],
        retold=retold_on(connection, name),
    )


def retold_on(connection: sqlite3.Connection, name: str) -> list[Retold]:
    """Return whose word on a question is told differently by different documents."""
    told: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows_of(connection, RETOLD, id=name):
        told[row["name"]][row["document"]] = None
    return [Retold(who, list(documents)) for who, documents in told.items() if len(documents) > 1]
