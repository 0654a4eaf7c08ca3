"""Renew: the files that changed since a build, read anew with all that they bear on, and weighed.

All else stands as the database has it. Where there is no database, every file has changed and
everything is due: that is a whole build.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from ledger.changed_registers import Bearing, bearing_of
from ledger.check import check_draft
from ledger.database.takeover import Takeover
from ledger.draft import Draft, make_ready, open_draft
from ledger.due import (
    ANSWERED,
    ANSWERING,
    ASKED_BY,
    BASES,
    EARLIER,
    FOUND_IN,
    LATER,
    NAMING_PARTIES,
    OPPONENTS,
    REMARKED,
    REMARKED_ALONE,
    SAME,
    SUBJECTS,
    UNASKED_SUBJECTS,
    Due,
    Graph,
    Otherwise,
    also_to_read,
    due_of,
    otherwise_in,
)
from ledger.files import Source, digest_of, is_register
from ledger.kept import DamagedError, Kept, take_registers
from ledger.problems import Place, Problem
from ledger.read import read_files, read_folder
from ledger.weigh import weigh_draft

ELSEWHERE: Final = {
    "claim": """
        SELECT basis FROM draft_basis WHERE basis NOT IN (SELECT id FROM draft_claim)
        UNION SELECT l.key FROM draft_question q, json_each(q.labels) l
        WHERE l.key NOT IN (SELECT id FROM draft_claim)
        UNION SELECT other FROM draft_declared WHERE other NOT IN (SELECT id FROM draft_claim)
        UNION SELECT supersedes FROM draft_claim
        WHERE supersedes NOT IN (SELECT id FROM draft_claim)
    """,
    "question": """
        SELECT question FROM draft_claim WHERE question NOT IN (SELECT id FROM draft_question)
        UNION SELECT part_of FROM draft_question
        WHERE part_of NOT IN (SELECT id FROM draft_question)
        UNION SELECT same_as FROM draft_question
        WHERE same_as NOT IN (SELECT id FROM draft_question)
    """,
    "dossier": (
        "SELECT dossier FROM draft_claim WHERE dossier NOT IN (SELECT id FROM draft_dossier)"
    ),
}
"""What is named and was not read, by its kind."""

IDS: Final = {
    "claim": "SELECT id FROM claims WHERE file NOT IN draft_changed",
    "question": (
        "SELECT q.id FROM questions q JOIN dossiers d ON d.id = q.dossier "
        "WHERE d.file NOT IN draft_changed"
    ),
    "dossier": "SELECT id FROM dossiers WHERE file NOT IN draft_changed",
}

READ: Final = "SELECT id FROM draft_{}"

ASKED: Final = "SELECT DISTINCT question FROM draft_claim WHERE question IS NOT NULL"

NEW_EXPECTATIONS: Final = """
SELECT text FROM draft_expectation EXCEPT SELECT text FROM expectations
WHERE file IN draft_changed
"""

NAMED: Final = (
    "SELECT id FROM claims WHERE id IN (SELECT value FROM json_each(:ids))",
    "SELECT id FROM questions WHERE id IN (SELECT value FROM json_each(:ids))",
)

REMARKS: Final = "SELECT file, line, code, what, remedy, question, claim FROM remarks"

DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
"""What SQLite says of a file whose content cannot be right."""

SHARE: Final = 0.2
"""From which share of all claims, or files, on it is quicker to do everything anew."""

FEW_FILES: Final = 100
"""How many files are few, whatever their share."""

FEW: Final = 1_000
"""How many claims are few, whatever their share."""

_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(slots=True)
class Renewed:
    """What changed since a build, with all that it bears on, read and checked.

    `due` is None where everything is.
    """

    draft: Draft
    problems: list[Problem]
    due: Due | None
    remarks: list[Problem] = field(default_factory=list)

    def weigh(self, coding: str = "plural") -> bool:
        """Weigh what is due, unless something is wrong; return whether it was weighed.

        What weighing finds is added to the problems and the remarks.
        """
        if self.problems:
            self.remarks = []  # as of everything: what is wrong is told alone
            return False
        found = weigh_draft(self.draft, coding)
        self.problems += sorted({one for one in found if one.level == "problem"})
        self.remarks += sorted({one for one in found if one.level == "remark"})
        return True


@contextmanager
def open_renewed(
    kept: Kept, texts: Mapping[str, bytes] | None = None, beside: Due | None = None
) -> Iterator[Renewed]:
    """Read what changed since a build, and take over what else is due; or read everything.

    As open_due, where that yields something.
    """
    with open_due(kept, texts, beside) as renewed:
        if renewed is not None:
            yield renewed
            return
    with open_whole(kept, texts) as whole:
        yield whole


@contextmanager
def open_due(
    kept: Kept, texts: Mapping[str, bytes] | None = None, beside: Due | None = None
) -> Iterator[Renewed | None]:
    """Read what changed since a build, and take over what else is due.

    `texts` are what files would hold; `beside` is weighed too, whether it changed or not. Yields
    None where there is no database, or so much is due that everything had better be read. Raises
    LedgerError if a file cannot be read, DamagedError if the database cannot be.
    """
    if kept.database is None or _are_many(kept):
        yield None
        return
    with _renewal(kept, kept.database, texts or {}) as renewal:
        yield renewal.renewed(beside)


def _are_many(kept: Kept) -> bool:
    """Return whether so many files changed that everything had better be read."""
    return len(kept.changed) > max(FEW_FILES, SHARE * len(kept.hashes))


@contextmanager
def open_whole(kept: Kept, texts: Mapping[str, bytes] | None = None) -> Iterator[Renewed]:
    """Read everything; `texts` are what files would hold."""
    with open_draft(kept.claims, texts=texts) as draft:
        problems = read_folder(draft)
        yield Renewed(draft, sorted({*problems, *check_draft(draft)}), None)


@contextmanager
def _renewal(
    kept: Kept, database: sqlite3.Connection, texts: Mapping[str, bytes]
) -> Iterator[_Renewal]:
    """Yield the way to what is due; nobody changes the database until the end of the block."""
    alone = not database.in_transaction
    if alone:
        make_ready(database, "MEMORY")
        database.execute("BEGIN")
    try:
        yield _Renewal(kept, database, Draft(database, Source(kept.claims, texts)))
        if alone:
            database.execute("COMMIT")
            _forget(database)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF in DAMAGED:
            raise DamagedError(kept.database_path, error) from error
        raise
    finally:
        if alone and database.in_transaction:
            database.execute("ROLLBACK")


class _Renewal:
    """The way from what changed to what is due, in a draft beside a database's tables."""

    def __init__(self, kept: Kept, database: sqlite3.Connection, draft: Draft) -> None:
        self.kept = kept
        self.database = database
        self.draft = draft
        self.changed = {*kept.changed, *draft.source.texts}
        self.draft.partial = True
        self.takeover = Takeover(self.draft, self.changed | kept.deleted)
        self.draft.elsewhere = self._ids
        self.problems: list[Problem] = list(kept.faults)
        self.expected_anew: set[str] = set()
        """What dossiers expect now and did not before."""

    def renewed(self, beside: Due | None) -> Renewed | None:
        """Return what is due, read and checked; None if everything had better be read."""
        registers = self._registers()
        if registers is None:
            return None
        otherwise = self._read(registers)
        due = due_of(self.draft, otherwise, registers, self._asked(beside))
        if self._is_much(due):
            return None
        self._take_over(due)
        self._note(due)
        problems = sorted({*self.problems, *check_draft(self.draft)})
        return Renewed(self.draft, problems, due, self._remarks(due))

    def _registers(self) -> Bearing | None:
        """Read the registers; return what their changes bear on, None if that is everything."""
        self.problems += take_registers(self.kept, self.draft)
        if not any(map(is_register, self.changed | self.kept.deleted)):
            return Bearing()
        return bearing_of(self.kept, self.draft.registers)

    def _read(self, registers: Bearing) -> Otherwise:
        """Read what changed, and what takes over something of it; return what is otherwise."""
        paths = {path for path in self.changed if not is_register(path)}
        bulk = {path for path in paths if path.endswith(".jsonl")}
        self.problems += read_files(self.draft, paths - bulk)
        more = also_to_read(self.kept, self.draft, registers, otherwise_in(self.draft))
        more -= paths  # one that an edit changes is unchanged in the folder
        self.takeover.also_changed(more)
        self.changed |= more
        bulk |= {path for path in more if path.endswith(".jsonl")}
        self.problems += read_files(self.draft, more - bulk)
        if bulk:
            # Claims in bulk files belong to dossiers and questions of other files.
            self.takeover.questions(self._ids("question"))
            self.takeover.dossiers(self._ids("dossier"))
            self.problems += read_files(self.draft, bulk)
        self.takeover.questions({str(name) for (name,) in self.draft.rows(ASKED)})
        self.draft.settle_subjects()
        self._cite_anew(registers.citing)
        return otherwise_in(self.draft)

    def _cite_anew(self, documents: Collection[str]) -> None:
        """Take over the claims that were read in documents which cite others now, and cite those.

        What whoever reads a file would have found, without reading it.
        """
        given = {"ids": json.dumps(sorted(documents))}
        read = self._read_ids("claim")
        found = {str(claim) for (claim,) in self.kept.rows(FOUND_IN, given)} - read
        self.takeover.claims(found)
        self.draft.cite_anew(sorted(found & self._read_ids("claim")))

    def _asked(self, beside: Due | None) -> Due:
        """Return what is to be weighed beside what changed."""
        asked = Due(set(beside.claims), set(beside.questions)) if beside else Due()
        draft = self.draft
        draft.finish()
        asked.questions |= {str(name) for (name,) in self.database.execute(REMARKED)}
        asked.claims |= {str(name) for (name,) in self.database.execute(REMARKED_ALONE)}
        self.expected_anew = {str(text) for (text,) in self.database.execute(NEW_EXPECTATIONS)}
        named = {name for text in self.expected_anew for name in _ID.findall(text)}
        known = self._known(named)
        return Due(asked.claims | known, asked.questions | known)

    def _known(self, words: Collection[str]) -> set[str]:
        """Return which of some words are the ids of claims or questions, kept or read."""
        given = {"ids": json.dumps(sorted(words))}
        kept = {str(name) for sql in NAMED for (name,) in self.kept.rows(sql, given)}
        read = self._read_ids("claim") | self._read_ids("question")
        return kept | read.intersection(words)

    def _is_much(self, due: Due) -> bool:
        row = self.database.execute("SELECT n_claims FROM build").fetchone()
        return len(due.claims) > max(FEW, SHARE * int(row[0]))

    def _take_over(self, due: Due) -> None:
        """Take over from the database what is due, and what it is weighed by."""
        draft, takeover, graph = self.draft, self.takeover, Graph(self.draft)
        read = {kind: self._read_ids(kind) for kind in IDS}
        subjects = graph.found(due.questions, ASKED_BY) | graph.found(due.claims, UNASKED_SUBJECTS)
        naming = graph.found(subjects, NAMING_PARTIES)
        questions = due.questions | naming
        claims = due.claims | graph.found(naming, ANSWERING)
        claims |= graph.found(due.claims, *OPPONENTS)
        claims |= self._expect(due)
        claims = graph.all_from(claims | read["claim"], BASES, EARLIER, LATER)
        takeover.declarations(due.claims)
        takeover.claims(claims)
        # What is the same as a question can be told only from all that are.
        takeover.questions(graph.all_from(questions | read["question"], *SAME))
        asked = questions | graph.found(claims, ANSWERED)
        subjects = graph.found(claims, SUBJECTS) | graph.found(asked, ASKED_BY)
        takeover.dossiers(subjects | due.dossiers | read["dossier"])
        for kind, sql in ELSEWHERE.items():
            for (name,) in list(draft.rows(sql)):
                if name is not None and self.kept.has(kind, str(name), self.changed):
                    draft.add("refused", (kind, name))

    def _expect(self, due: Due) -> set[str]:
        """List what is expected of what is due, in whatever file; return the claims it names."""
        ids = due.claims | due.questions
        named: set[str] = set()
        read = [str(text) for (text,) in self.draft.rows("SELECT text FROM draft_expectation")]
        kept = self.takeover.expectations()
        for text in {*read, *(row[0] for row in kept)}:
            words = set(_ID.findall(text))
            if text in self.expected_anew or not words.isdisjoint(ids):
                self.draft.add("due", ("expectation", text))
                named |= words
        about = (row for row in kept if not ids.isdisjoint(_ID.findall(row[0])))
        self.draft.extend("expectation", about)
        return named

    def _note(self, due: Due) -> None:
        """Write down in the draft what is due, and what it is then built from."""
        draft = self.draft
        for kind, ids in (
            ("claim", due.claims),
            ("question", due.questions),
            ("dossier", due.dossiers),
            ("document", due.documents & draft.registers.documents.keys()),
            ("file", self.changed | self.kept.deleted),
        ):
            draft.extend("due", ((kind, name) for name in ids))
        if any(map(is_register, self.changed | self.kept.deleted)):
            draft.add("due", ("register", "registers"))
        draft.index()
        self.takeover.altered()
        hashes = dict(self.kept.hashes)
        hashes.update((str(path), str(of)) for path, of in draft.rows("SELECT * FROM draft_file"))
        draft.n_files = len(hashes)
        draft.digest = digest_of({path: hashes[path] for path in self.kept.hashes})

    def _remarks(self, due: Due) -> list[Problem]:
        """Return the remarks that the database has of what is not due."""
        return [
            Problem(Place(file, line), code, what, remedy, "remark")
            for file, line, code, what, remedy, question, claim in self.database.execute(REMARKS)
            if question not in due.questions and claim not in due.claims
        ]

    def _ids(self, kind: str) -> list[str]:
        return [name for (name,) in self.database.execute(IDS[kind])] if kind in IDS else []

    def _read_ids(self, kind: str) -> set[str]:
        return {str(name) for (name,) in self.draft.rows(READ.format(kind))}


def _forget(database: sqlite3.Connection) -> None:
    """Drop the draft that lies beside a database's tables."""
    sql = "SELECT name FROM temp.sqlite_schema WHERE type = 'table' AND name LIKE 'draft_%'"
    for (name,) in database.execute(sql).fetchall():
        database.execute(f"DROP TABLE temp.{name}")
