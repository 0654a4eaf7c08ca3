"""Due: what changes of files bear on, directly or through others; all else stands as it was.

Followed over what the database has and what was read anew, so that what hung on what is gone is
due as well as what hangs on what is new.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from ledger.draft import Draft, Registers, as_json
from ledger.kept import Kept
from ledger.values import UnreadableValue, parse_parties

GIVEN: Final = "(SELECT value FROM json_each(:ids))"

GRAPHS: Final[tuple[Mapping[str, str], ...]] = (
    {
        "claims": "claims",
        "bases": "claim_bases",
        "questions": "questions",
        "dossiers": "dossiers",
        "declarations": "declarations",
    },
    {
        "claims": "draft_claim",
        "bases": "draft_basis",
        "questions": "draft_question",
        "dossiers": "draft_dossier",
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
id, dossier, question, claimant, text, made, value, as_of, hedge, supersedes, retracted_on,
retracted_because, quote, note, outlets, topics, countries
"""
CITATION: Final = """
claim, nth, outlet, document, paragraph, scope, title, url, published, archived, stance
"""
QUESTION: Final = "id, dossier, asks, answer, unit, about, options, part_of, tolerance"
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
IN_BULK: Final = "SELECT id FROM claims WHERE file IN draft_changed"
STANDS: Final = "SELECT id FROM draft_{}"
COMPARED: Final[dict[str, tuple[tuple[str, str, str, str], ...]]] = {
    "claim": (
        ("id", CLAIM, "draft_claim", "claims"),
        ("claim", "claim, document, paragraph", "draft_appearance", "appearances"),
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

# Which files hold what takes over something of other files; each is given ids.
FILES_READING: Final = f"""
SELECT DISTINCT c.file FROM appearances a JOIN claims c ON c.id = a.claim
WHERE a.document IN {GIVEN}
"""
FILES_OF_DOSSIERS: Final = f"""
SELECT DISTINCT c.file FROM claims c WHERE c.dossier IN {GIVEN}
UNION SELECT file FROM dossiers WHERE id IN {GIVEN}
"""
FILES_ANSWERING: Final = f"SELECT DISTINCT file FROM claims WHERE question IN {GIVEN}"
LYING_IN: Final = f"""
SELECT d.id FROM dossiers d, json_each(d.places) p WHERE p.value IN {GIVEN}
"""
MOVED_QUESTIONS: Final = """
SELECT q.id FROM draft_question n JOIN questions q ON q.id = n.id WHERE q.dossier <> n.dossier
"""

DOCUMENTS: Final = """
SELECT id, title, published, url, text_sha256, outlet, voice FROM documents
"""
PARAGRAPHS: Final = "SELECT document, number, outlets, left_out FROM paragraphs"
NAMED: Final = "SELECT id, value FROM claims WHERE kind = ? AND value IS NOT NULL"
MADE_BY: Final = f"SELECT id FROM claims WHERE claimant IN {GIVEN}"
PARTIES: Final = "SELECT id, parties FROM dossiers WHERE parties IS NOT NULL"
SUBJECTS_OF: Final = f"""
SELECT DISTINCT q.dossier FROM claims c JOIN questions q ON q.id = c.question WHERE c.id IN {GIVEN}
"""


@dataclass(slots=True)
class Due:
    """What has to be weighed and written anew."""

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


def due_of(
    draft: Draft,
    otherwise: Mapping[str, set[str]],
    registers: Mapping[str, set[str]],
    asked_for: Due,
) -> Due:
    """Return what is due, given the records that are otherwise, by their kinds.

    `registers` has the claims, questions, dossiers and documents that changes of registers bear
    on; what is asked for is due with all that it hangs together with.
    """
    graph = Graph(draft)
    changed = otherwise["claim"]
    due = Due(dossiers=otherwise["dossier"] | registers["dossier"])
    asked = otherwise["question"] | registers["question"] | asked_for.questions
    risen = graph.found(changed, EARLIER)
    claims = changed | risen | graph.all_from(changed | registers["claim"], ECHOES)
    claims |= graph.found(changed | risen, *OPPONENTS) | asked_for.claims
    asked |= graph.found(claims, ANSWERED)
    # Whom the answers of a dossier name as actors, its questions and claims are judged by.
    answered = otherwise["question"] | graph.found(changed, ANSWERED)
    sided = graph.found(graph.found(answered, ASKING_FOR_ACTORS), ASKED_BY)
    sided |= otherwise["dossier"] | registers["dossier"]
    asked |= graph.found(sided, ASKED_IN)
    due.questions = graph.all_from(asked, WHOLES, PARTS)
    claims |= graph.found(sided, UNASKED_IN)
    due.claims = claims | graph.found(due.questions, ANSWERING)
    due.dossiers |= graph.found(changed, SUBJECTS) | graph.found(otherwise["question"], ASKED_BY)
    due.documents = registers["document"] | _documents_of(draft, changed)
    return due


def _documents_of(draft: Draft, claims: Collection[str]) -> set[str]:
    draft.finish()
    given = {"ids": json.dumps(sorted(claims))}
    tables = ("appearances", "draft_appearance")
    rows = (draft.connection.execute(READ_IN.format(appearances=one), given) for one in tables)
    return {str(name) for those in rows for (name,) in those}


def otherwise_in(draft: Draft) -> dict[str, set[str]]:
    """Return the ids of the claims, questions and dossiers that are not as the database has them.

    Only those that stand, or stood, in changed files, all of which were read into the draft.
    """
    draft.finish()
    execute = draft.connection.execute
    in_bulk = execute("SELECT 1 FROM draft_changed WHERE path LIKE '%.jsonl'").fetchone()
    found: dict[str, set[str]] = {}
    for kind, compared in COMPARED.items():
        execute("CREATE TEMP TABLE draft_mine (id PRIMARY KEY)")
        for sql in (
            STANDS.format(kind),
            STOOD[kind],
            *([IN_BULK] if in_bulk and kind == "claim" else []),
        ):
            execute(f"INSERT OR IGNORE INTO draft_mine {sql}")  # our own text
        found[kind] = set()
        for key, columns, read, kept in compared:
            sql = OTHERWISE.format(key=key, columns=columns, read=read, kept=kept)
            found[kind] |= {str(name) for (name,) in execute(sql)}
        execute("DROP TABLE draft_mine")
    return found


def also_to_read(
    kept: Kept, draft: Draft, registers: Mapping[str, set[str]], otherwise: Mapping[str, set[str]]
) -> set[str]:
    """Return the files that hold claims to which something of other files has been added.

    That is whom their paragraphs cite, who speaks in their documents, and what their dossiers
    are about.
    """
    moved = {str(name) for (name,) in draft.rows(MOVED_QUESTIONS)}
    asked = (
        (FILES_READING, registers["reread"]),
        (FILES_OF_DOSSIERS, registers["dossier"] | otherwise["dossier"]),
        (FILES_ANSWERING, moved),
    )
    return {
        str(path)
        for sql, ids in asked
        if ids
        for (path,) in kept.rows(sql, {"ids": json.dumps(sorted(ids))})
        if kept.is_unchanged(str(path))
    }


def changed_registers(kept: Kept, now: Registers) -> dict[str, set[str]] | None:
    """Return what changes of the registers bear on: claims, questions, dossiers, documents.

    `reread` are the documents whose claims have to be read anew. None if a record is gone, so
    that everything may bear on it.
    """
    found: dict[str, set[str]] = {
        name: set() for name in ("claim", "question", "dossier", "document", "reread")
    }
    for table, register in now.by_table().items():
        ids = {str(name) for (name,) in kept.rows(f"SELECT id FROM {table}", {})}  # four names
        if not ids <= register.keys():
            return None
    _actors(kept, now, found)
    _places(kept, now, found)
    _documents(kept, now, found)
    return found


def _actors(kept: Kept, now: Registers, found: dict[str, set[str]]) -> None:
    """Add what hangs on actors that have another name or another whole."""
    before = kept.rows("SELECT id, part_of, name FROM actors", {})
    parents = {name: one.record.part_of for name, one in now.actors.items()}
    moved = _moved({str(name): parent for name, parent, _ in before}, parents)
    renamed = {str(name) for name, _, said in before if now.actors[str(name)].record.name != said}
    answers = _naming(kept, "actor", moved | renamed)
    found["question"] |= _questions_of(kept, answers)
    if moved:
        given = {"ids": json.dumps(sorted(moved))}
        found["claim"] |= {str(claim) for (claim,) in kept.rows(MADE_BY, given)}
        found["dossier"] |= {
            str(name)
            for name, parties in kept.rows(PARTIES, {})
            if not moved.isdisjoint(json.loads(str(parties)))
        }
        subjects = kept.rows(SUBJECTS_OF, {"ids": json.dumps(sorted(answers))})
        found["dossier"] |= {str(name) for (name,) in subjects}


def _places(kept: Kept, now: Registers, found: dict[str, set[str]]) -> None:
    """Add what hangs on places that have another name, lie elsewhere, or in another country."""
    before = kept.rows("SELECT id, within, name, country FROM places", {})
    parents = {name: one.record.within for name, one in now.places.items()}
    moved = _moved({str(name): parent for name, parent, *_ in before}, parents)
    otherwise = {
        str(name)
        for name, _, said, country in before
        if now.places[str(name)].record.name != said
        or next(iter(now.countries_of([str(name)])), None) != country
    }
    found["question"] |= _questions_of(kept, _naming(kept, "place", moved | otherwise))
    lying = kept.rows(LYING_IN, {"ids": json.dumps(sorted(moved | otherwise))})
    found["dossier"] |= {str(name) for (name,) in lying}


def _documents(kept: Kept, now: Registers, found: dict[str, set[str]]) -> None:
    """Add the documents that are otherwise, and those whose claims are to be read anew."""
    before = {str(name): told for name, *told in kept.rows(DOCUMENTS, {})}
    listed: dict[str, dict[object, object]] = {}
    cited: dict[str, dict[object, object]] = {}
    for document, number, outlets, left_out in kept.rows(PARAGRAPHS, {}):
        cited.setdefault(str(document), {})[number] = outlets
        listed.setdefault(str(document), {})[number] = outlets, left_out
    for name, placed in now.documents.items():
        one = placed.record
        told = [one.title, one.published, one.url, one.text_sha256, one.outlet, one.voice]
        outlets = {number: as_json(those) for number, those in (one.paragraphs or {}).items()}
        paragraphs = {
            number: (those, one.left_out.get(number)) for number, those in outlets.items()
        }
        unlisted = one.paragraphs is None and not any(
            those != "[]" for those in cited.get(name, {}).values()
        )
        same = unlisted or outlets == cited.get(name, {})
        if before.get(name) != told or not (unlisted or paragraphs == listed.get(name, {})):
            found["document"].add(name)
        if name in before and (before[name][-2:] != told[-2:] or not same):
            found["reread"].add(name)


def _naming(kept: Kept, kind: str, ids: Collection[str]) -> set[str]:
    """Return the claims whose value names one of some actors or places."""
    if not ids or kept.database is None:
        return set()
    rows = kept.database.execute(NAMED, [kind])
    return {str(claim) for claim, value in rows if not _named_by(str(value)).isdisjoint(ids)}


def _named_by(value: str) -> frozenset[str]:
    try:
        return parse_parties(value).ids
    except UnreadableValue:
        return frozenset()


def _questions_of(kept: Kept, claims: Collection[str]) -> set[str]:
    sql = ANSWERED.format(**GRAPHS[0])
    return {str(name) for (name,) in kept.rows(sql, {"ids": json.dumps(sorted(claims))})}


def _moved(before: Mapping[str, object], now: Mapping[str, object]) -> set[str]:
    """Return the records that have another parent now, with all below them, then and now."""
    moved = {name for name, parent in before.items() if now.get(name) != parent}
    new = moved
    while new:
        children = {
            name for tree in (before, now) for name, parent in tree.items() if parent in new
        }
        new = children - moved
        moved = moved | children
    return moved
