"""Takeover: from the tables of a database back to the draft, as it was read when that was built.

What stands in files that changed since is never taken over.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Final

from ledger.draft import Draft, only_year_of, year_of

GIVEN: Final = "(SELECT value FROM json_each(:ids))"

CHANGED: Final = "(SELECT path FROM draft_changed)"

CLAIMS: Final = f"""
INSERT INTO draft_claim
SELECT c.id, c.dossier, c.question, c.claimant, iif(c.origins_unknown, '?', '') || coalesce(
        c.claimant, 'document ' || (SELECT min(document) FROM appearances WHERE claim = c.id)
    ), c.text, c.made, coalesce(year_of(c.made), year_of(c.as_of)), c.value, c.as_of, c.hedge,
    c.origins_unknown, c.supersedes, c.retracted_on, c.retracted_because, c.quote, c.note,
    c.outlets, c.outlets_nearby, c.topics, c.countries, c.file, c.line, c.question, (
        SELECT group_concat(document, ' ') FROM (
            SELECT DISTINCT document FROM appearances WHERE claim = c.id ORDER BY document
        )
    )
FROM claims c
WHERE c.id IN {GIVEN} AND c.file NOT IN {CHANGED}
AND c.id NOT IN (SELECT id FROM draft_taken WHERE kind = 'claim')
"""

QUESTIONS: Final = f"""
INSERT INTO draft_question
SELECT q.id, q.dossier, q.asks, q.answer, q.unit, q.about, q.options, q.part_of, q.tolerance,
    q.occurred, q.places, q.topics, q.answers, q.ordered, q.same_as, q.summary, q.labels,
    only_year_of(q.occurred), iif(q.places IS NULL, NULL, (
        SELECT json_group_array(country) FROM (
            SELECT country FROM question_countries WHERE question = q.id ORDER BY country
        )
    )), d.file, q.line
FROM questions q JOIN dossiers d ON d.id = q.dossier
WHERE q.id IN {GIVEN} AND d.file NOT IN {CHANGED}
AND q.id NOT IN (SELECT id FROM draft_taken WHERE kind = 'question')
"""

FINDINGS: Final = f"""
INSERT INTO draft_finding
SELECT f.* FROM findings f JOIN questions q ON q.id = f.question JOIN dossiers d ON d.id = q.dossier
WHERE q.id IN {GIVEN} AND d.file NOT IN {CHANGED}
AND q.id NOT IN (SELECT id FROM draft_taken WHERE kind = 'question')
"""

DOSSIERS: Final = f"""
INSERT INTO draft_dossier
SELECT id, title, occurred, earliest, latest, places, topics, countries, parties, CASE
        WHEN substr(earliest, 1, 4) = substr(latest, 1, 4)
            THEN CAST(substr(earliest, 1, 4) AS INTEGER)
    END, file, line
FROM dossiers
WHERE id IN {GIVEN} AND file NOT IN {CHANGED}
AND id NOT IN (SELECT id FROM draft_taken WHERE kind = 'dossier')
"""

OF_CLAIMS: Final = {
    "appearance": "SELECT t.* FROM appearances t",
    "citation": "SELECT t.* FROM citations t",
    "basis": "SELECT t.claim, t.basis, t.altered FROM claim_bases t",
}

OF_TAKEN: Final = f"""
JOIN claims c ON c.id = t.claim WHERE t.claim IN {GIVEN} AND c.file NOT IN {CHANGED}
AND c.id NOT IN (SELECT id FROM draft_taken WHERE kind = 'claim')
"""

DECLARED: Final = f"""
INSERT INTO draft_declared
SELECT t.claim, t.other, t.key, t.because, t.strength
FROM declarations t JOIN claims c ON c.id = t.claim
WHERE (t.claim IN {GIVEN} OR t.other IN {GIVEN}) AND c.file NOT IN {CHANGED}
"""

ALTERED: Final = """
UPDATE draft_basis SET altered = (
    SELECT b.altered FROM claim_bases b
    WHERE b.claim = draft_basis.claim AND b.basis = draft_basis.basis
) WHERE altered IS NULL AND claim NOT IN (SELECT id FROM draft_due WHERE kind = 'claim')
"""

EXPECTATIONS: Final = f"""
SELECT text, nth, file, line FROM expectations WHERE file NOT IN {CHANGED} ORDER BY file, nth
"""


class Takeover:
    """Takes over what stands in files that did not change, each record once."""

    def __init__(self, draft: Draft, changed: Collection[str]) -> None:
        self._draft = draft
        self._connection = draft.connection
        for of in (year_of, only_year_of):
            self._connection.create_function(of.__name__, 1, of, deterministic=True)
        self._connection.execute("CREATE TEMP TABLE draft_changed (path PRIMARY KEY)")
        self._connection.execute("CREATE TEMP TABLE draft_taken (kind, id, PRIMARY KEY (kind, id))")
        self.also_changed(changed)

    def also_changed(self, paths: Collection[str]) -> None:
        """Leave out what stands in some files from now on."""
        sql = "INSERT OR IGNORE INTO draft_changed VALUES (?)"
        self._connection.executemany(sql, [(path,) for path in paths])

    def claims(self, ids: Collection[str]) -> None:
        """Take over claims, with where they were read, who is cited and what they are based on."""
        given = self._given(ids)
        for table, sql in OF_CLAIMS.items():
            self._connection.execute(f"INSERT INTO draft_{table} {sql} {OF_TAKEN}", given)
        self._connection.execute(CLAIMS, given)
        self._took("claim", given)

    def questions(self, ids: Collection[str]) -> None:
        """Take over questions, with their findings."""
        given = self._given(ids)
        for sql in (FINDINGS, QUESTIONS):
            self._connection.execute(sql, given)
        self._took("question", given)

    def dossiers(self, ids: Collection[str]) -> None:
        """Take over dossiers."""
        given = self._given(ids)
        self._connection.execute(DOSSIERS, given)
        self._took("dossier", given)

    def declarations(self, claims: Collection[str]) -> None:
        """Take over, once, what is declared by and of some claims."""
        self._connection.execute(DECLARED, self._given(claims))

    def altered(self) -> None:
        """Take over which relays alter what they repeat, of those read that are not due."""
        self._draft.finish()
        self._connection.execute(ALTERED)

    def expectations(self) -> list[tuple[str, int, str, int]]:
        """Return the expectations: the text, its number, and the file and line of its dossier."""
        return self._connection.execute(EXPECTATIONS).fetchall()

    def _given(self, ids: Collection[str]) -> dict[str, str]:
        self._draft.finish()
        return {"ids": json.dumps(sorted(ids))}

    def _took(self, kind: str, given: dict[str, str]) -> None:
        sql = "INSERT OR IGNORE INTO draft_taken SELECT :kind, value FROM json_each(:ids)"
        self._connection.execute(sql, {"kind": kind, **given})
