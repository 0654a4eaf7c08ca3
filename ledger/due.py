"""Due: what changes of files bear on, directly or through others; all else stands as it was.

Followed over what the database has and what was read anew, so that what hung on what is gone is
due as well as what hangs on what is new.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from ledger.changed_registers import Bearing
from ledger.database.takeover import GIVEN
from ledger.draft import Draft
from ledger.kept import Kept

GRAPHS: Final[tuple[Mapping[str, str], ...]] = (
    {
        "claims": "claims",
        "bases": "claim_bases",
        "questions": "questions",
        "declarations": "declarations",
    },
    {
        "claims": "draft_claim",
        "bases": "draft_basis",
        "questions": "draft_question",
        "declarations": "draft_declared",
    },
)
"""The names of the same tables in the database and in the draft."""

# Small statements, asked one after the other: as a single one they take SQLite many times as long
# to plan as to answer. Each is given ids as a JSON array.
BASES: Final = "SELECT basis FROM {bases} WHERE claim IN (SELECT value FROM json_each(:ids))"
ECHOES: Final = "SELECT claim FROM {bases} WHERE basis IN (SELECT value FROM json_each(:ids))"
EARLIER: Final = """
SELECT supersedes FROM {claims} WHERE id IN (SELECT value FROM json_each(:ids))
AND supersedes IS NOT NULL
"""
LATER: Final = "SELECT id FROM {claims} WHERE supersedes IN (SELECT value FROM json_each(:ids))"
OPPONENTS: Final = (
    "SELECT other FROM {declarations} WHERE claim IN (SELECT value FROM json_each(:ids))",
    "SELECT claim FROM {declarations} WHERE other IN (SELECT value FROM json_each(:ids))",
)
ANSWERED: Final = """
SELECT question FROM {claims} WHERE id IN (SELECT value FROM json_each(:ids))
AND question IS NOT NULL
"""
WHOLES: Final = """
SELECT part_of FROM {questions} WHERE id IN (SELECT value FROM json_each(:ids))
AND part_of IS NOT NULL
"""
PARTS: Final = "SELECT id FROM {questions} WHERE part_of IN (SELECT value FROM json_each(:ids))"
SAME: Final = (
    "SELECT same_as FROM {questions} WHERE id IN (SELECT value FROM json_each(:ids)) "
    "AND same_as IS NOT NULL",
    "SELECT id FROM {questions} WHERE same_as IN (SELECT value FROM json_each(:ids))",
)
"""The questions that are the same as some, whichever of them says so."""
ANSWERING: Final = "SELECT id FROM {claims} WHERE question IN (SELECT value FROM json_each(:ids))"
ASKED_BY: Final = "SELECT dossier FROM {questions} WHERE id IN (SELECT value FROM json_each(:ids))"
SUBJECTS: Final = """
SELECT dossier FROM {claims} WHERE id IN (SELECT value FROM json_each(:ids))
AND dossier IS NOT NULL
"""
UNASKED_SUBJECTS: Final = """
SELECT dossier FROM {claims} WHERE id IN (SELECT value FROM json_each(:ids))
AND dossier IS NOT NULL AND question IS NULL
"""
ASKING_FOR_ACTORS: Final = """
SELECT id FROM {questions} WHERE id IN (SELECT value FROM json_each(:ids)) AND answer = 'actor'
"""
NAMING_PARTIES: Final = """
SELECT id FROM {questions} WHERE dossier IN (SELECT value FROM json_each(:ids)) AND answer = 'actor'
"""
ASKED_IN: Final = "SELECT id FROM {questions} WHERE dossier IN (SELECT value FROM json_each(:ids))"
UNASKED_IN: Final = """
SELECT id FROM {claims} WHERE dossier IN (SELECT value FROM json_each(:ids)) AND question IS NULL
"""
READ_IN: Final = """
SELECT DISTINCT document FROM {appearances} WHERE claim IN (SELECT value FROM json_each(:ids))
"""

CLAIM: Final = """
id, dossier, question, claimant, text, made, value, as_of, hedge, origins_unknown, supersedes,
retracted_on, retracted_because, quote, note, outlets, outlets_nearby, topics, countries
"""
CITATION: Final = """
claim, nth, outlet, document, paragraph, scope, title, url, published, archived, stance
"""
QUESTION: Final = """
id, dossier, asks, answer, unit, about, options, part_of, tolerance, occurred, places, topics,
answers, ordered, same_as, summary, labels
"""
DOSSIER: Final = "id, title, occurred, earliest, latest, places, topics, countries, parties"

# What of the records in changed files is otherwise than the database has it, or new, or gone.
OTHERWISE: Final = """
SELECT {key} FROM (
    SELECT {columns} FROM {read} EXCEPT SELECT {columns} FROM {kept} WHERE {key} IN draft_mine
) UNION SELECT {key} FROM (
    SELECT {columns} FROM {kept} WHERE {key} IN draft_mine EXCEPT SELECT {columns} FROM {read}
)
"""
# A claim of a dossier's own file is found by its dossier, which is indexed; only those of bulk
# files have to be looked for everywhere.
STOOD: Final = {
    "claim": (
        "SELECT c.id FROM dossiers d JOIN claims c ON c.dossier = d.id AND c.file = d.file "
        "WHERE d.file IN draft_changed"
    ),
    "question": (
        "SELECT q.id FROM questions q JOIN dossiers d ON d.id = q.dossier "
        "WHERE d.file IN draft_changed"
    ),
    "dossier": "SELECT id FROM dossiers WHERE file IN draft_changed",
}
STOOD_IN_BULK: Final = "SELECT id FROM claims WHERE file IN draft_changed"
IN_BULK: Final = "SELECT 1 FROM draft_changed WHERE path LIKE '%.jsonl'"
STANDS: Final = "SELECT id FROM draft_{}"
COMPARED: Final[dict[str, tuple[tuple[str, str, str, str], ...]]] = {
    "claim": (
        ("id", CLAIM, "draft_claim", "claims"),
        ("claim", "claim, nth, document, paragraph, locator", "draft_appearance", "appearances"),
        ("claim", "claim, basis", "draft_basis", "claim_bases"),
        (
            "claim",
            CITATION,
            "draft_citation",
            "citations",
        ),
        (
            "claim",
            "claim, other, key, because, strength",
            "draft_declared",
            "declarations",
        ),
    ),
    "question": (
        ("id", QUESTION, "draft_question", "questions"),
        (
            "question",
            "question, says, signed_by, signed_on, because",
            "draft_finding",
            "findings",
        ),
    ),
    "dossier": (("id", DOSSIER, "draft_dossier", "dossiers"),),
}
"""The key, the columns and the tables, read and kept, in which records are compared."""

REMARKED: Final = """
SELECT DISTINCT question FROM remarks WHERE question IN (SELECT question FROM draft_claim)
"""
"""Questions whose remarks may stand elsewhere now."""

REMARKED_ALONE: Final = "SELECT claim FROM remarks WHERE claim IN (SELECT id FROM draft_claim)"
"""Claims without a question whose remarks may."""

# Which files hold what takes over something of other files; each is given ids.
FILES_READING: Final = f"""
SELECT DISTINCT c.file FROM appearances a JOIN claims c ON c.id = a.claim
WHERE a.document IN {GIVEN}
"""
FOUND_IN: Final = f"SELECT DISTINCT claim FROM appearances WHERE document IN {GIVEN}"
"""The claims that were read in some documents."""
FILES_OF_DOSSIERS: Final = f"""
SELECT DISTINCT c.file FROM claims c WHERE c.dossier IN {GIVEN}
UNION SELECT file FROM dossiers WHERE id IN {GIVEN}
"""
FILES_ANSWERING: Final = f"SELECT DISTINCT file FROM claims WHERE question IN {GIVEN}"
FILES_ASKING: Final = f"""
SELECT DISTINCT d.file FROM questions q JOIN dossiers d ON d.id = q.dossier WHERE q.id IN {GIVEN}
"""
MOVED_QUESTIONS: Final = """
SELECT q.id FROM draft_question n JOIN questions q ON q.id = n.id
WHERE (q.dossier, q.occurred, q.places, q.topics)
    IS NOT (n.dossier, n.occurred, n.places, n.topics)
"""
"""Questions whose claims are about something else now."""


@dataclass(slots=True)
class Otherwise:
    """The records in changed files that are not as the database has them, or are gone, by ids."""

    claims: set[str]
    questions: set[str]
    dossiers: set[str]


@dataclass(slots=True)
class Due:
    """What has to be weighed and written anew, by ids."""

    claims: set[str] = field(default_factory=set)
    questions: set[str] = field(default_factory=set)
    dossiers: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)


class Graph:
    """What hangs on what, in the database and in the draft together."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def found(self, ids: Collection[str], *statements: str) -> set[str]:
        """Return what some ids lead to directly by queries that are given them as `ids`."""
        if not ids:
            return set()
        self._draft.finish()
        given = {"ids": json.dumps(sorted(ids))}
        execute = self._draft.connection.execute
        return {
            str(name)
            for sql in statements
            for names in GRAPHS
            for (name,) in execute(sql.format(**names), given)
        }

    def all_from(self, ids: Collection[str], *statements: str) -> set[str]:
        """Return some ids and what they lead to by queries, however far."""
        found = new = set(ids)
        while new:
            new = self.found(new, *statements) - found
            found = found | new
        return found


def due_of(draft: Draft, otherwise: Otherwise, registers: Bearing, asked_for: Due) -> Due:
    """Return what is due, given the records that are otherwise and what registers bear on.

    What is asked for is due with all that it hangs together with.
    """
    graph = Graph(draft)
    changed = otherwise.claims
    due = Due(dossiers=otherwise.dossiers | registers.dossiers)
    asked = otherwise.questions | registers.questions | asked_for.questions
    risen = graph.found(changed, EARLIER)
    claims = changed | risen | graph.all_from(changed | registers.claims, ECHOES)
    claims |= graph.found(claims, *OPPONENTS) | asked_for.claims
    asked |= graph.found(claims, ANSWERED)
    # Whom the answers of a dossier name as actors, its questions and claims are judged by.
    answered = otherwise.questions | graph.found(changed, ANSWERED)
    sided = graph.found(graph.found(answered, ASKING_FOR_ACTORS), ASKED_BY)
    due.dossiers |= sided
    sided |= otherwise.dossiers | registers.dossiers
    asked |= graph.found(sided, ASKED_IN)
    due.questions = graph.all_from(asked, WHOLES, PARTS, *SAME)
    claims |= graph.found(sided, UNASKED_IN)
    due.claims = claims | graph.found(due.questions, ANSWERING)
    due.dossiers |= graph.found(changed, SUBJECTS) | graph.found(otherwise.questions, ASKED_BY)
    due.documents = registers.documents | _documents_of(draft, changed)
    return due


def _documents_of(draft: Draft, claims: Collection[str]) -> set[str]:
    draft.finish()
    given = {"ids": json.dumps(sorted(claims))}
    tables = ("appearances", "draft_appearance")
    rows = (draft.connection.execute(READ_IN.format(appearances=one), given) for one in tables)
    return {str(name) for those in rows for (name,) in those}


def otherwise_in(draft: Draft) -> Otherwise:
    """Return what of the records in changed files, all of which were read, is otherwise."""
    draft.finish()
    return Otherwise(*(_otherwise(draft, kind) for kind in ("claim", "question", "dossier")))


def _otherwise(draft: Draft, kind: str) -> set[str]:
    execute = draft.connection.execute
    execute("CREATE TEMP TABLE draft_mine (id PRIMARY KEY)")
    sources = [STANDS.format(kind), STOOD[kind]]
    if kind == "claim" and execute(IN_BULK).fetchone():
        sources.append(STOOD_IN_BULK)
    for sql in sources:
        execute(f"INSERT OR IGNORE INTO draft_mine {sql}")
    found = {
        str(name)
        for key, columns, read, kept in COMPARED[kind]
        for (name,) in execute(OTHERWISE.format(key=key, columns=columns, read=read, kept=kept))
    }
    execute("DROP TABLE draft_mine")
    return found


def also_to_read(kept: Kept, draft: Draft, registers: Bearing, otherwise: Otherwise) -> set[str]:
    """Return the files that hold claims to which something of other files has been added.

    That is who speaks in their documents, and what their dossiers are about.
    """
    moved = {str(name) for (name,) in draft.rows(MOVED_QUESTIONS)}
    asked = (
        (FILES_READING, registers.speaking),
        (FILES_OF_DOSSIERS, registers.dossiers | otherwise.dossiers),
        (FILES_ANSWERING, moved | registers.placed),
        (FILES_ASKING, registers.placed),
    )
    return {
        str(path)
        for sql, ids in asked
        if ids
        for (path,) in kept.rows(sql, {"ids": json.dumps(sorted(ids))})
        if kept.is_unchanged(str(path))
    }
