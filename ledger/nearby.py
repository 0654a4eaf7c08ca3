"""Nearby: the part of a ledger that some ids need, read from the files without the rest.

Files that have changed since the database was built are read anew, always. So what is found is
what a whole build would find, at a fraction of its time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from ledger.check import check_draft
from ledger.draft import Draft, as_json, open_draft
from ledger.files import is_register
from ledger.index import Ids, Index
from ledger.problems import Problem
from ledger.read import Part, read_part
from ledger.weigh import weigh_draft

BESIDE: Final = """
WITH RECURSIVE
given(id) AS (SELECT value FROM json_each(?)),
leaning(id) AS (
    SELECT id FROM given
    UNION SELECT b.claim FROM leaning n JOIN draft_basis b ON b.basis = n.id
)
SELECT id FROM leaning
UNION SELECT basis FROM draft_basis WHERE claim IN given
UNION SELECT supersedes FROM draft_claim WHERE id IN given AND supersedes IS NOT NULL
UNION SELECT id FROM draft_claim WHERE supersedes IN given
UNION SELECT other FROM draft_declared WHERE claim IN given
UNION SELECT claim FROM draft_declared WHERE other IN given
"""

ANSWERED: Final = """
SELECT question FROM draft_claim WHERE id IN (SELECT value FROM json_each(?))
AND question IS NOT NULL
"""

RELATED: Final = """
WITH RECURSIVE related(id) AS (
    SELECT value FROM json_each(?)
    UNION SELECT q.part_of FROM related r JOIN draft_question q ON q.id = r.id
        WHERE q.part_of IS NOT NULL
    UNION SELECT q.id FROM related r JOIN draft_question q ON q.part_of = r.id
)
SELECT id FROM related
"""

ANSWERING: Final = """
SELECT id FROM draft_claim WHERE question IN (SELECT value FROM json_each(?))
"""

SUBJECTS: Final = """
SELECT dossier FROM draft_claim WHERE id IN (SELECT value FROM json_each(?))
AND dossier IS NOT NULL
"""

NAMING_PARTIES: Final = """
SELECT id FROM draft_question WHERE answer = 'actor' AND dossier IN (
    SELECT dossier FROM draft_question WHERE id IN (SELECT value FROM json_each(?))
)
"""

NAMING_FOR_UNASKED: Final = """
SELECT q.id FROM draft_claim c JOIN draft_question q ON q.dossier = c.dossier
WHERE c.id IN (SELECT value FROM json_each(?)) AND c.question IS NULL AND q.answer = 'actor'
"""

OPPOSED: Final = """
WITH given AS (SELECT value FROM json_each(?))
SELECT other FROM draft_declared WHERE claim IN given
UNION SELECT claim FROM draft_declared WHERE other IN given
"""

STANDING_IN: Final = {
    kind: f"SELECT id FROM draft_{kind} WHERE path IN (SELECT value FROM json_each(?))"  # noqa: S608 # three names
    for kind in ("claim", "question", "dossier")
}

REPLACED: Final = """
SELECT supersedes FROM draft_claim WHERE id IN (SELECT value FROM json_each(?))
AND supersedes IS NOT NULL
"""

REFERENCES: Final = """
SELECT b.basis AS id, c.path FROM draft_basis b JOIN draft_claim c ON c.id = b.claim
UNION SELECT d.other, c.path FROM draft_declared d JOIN draft_claim c ON c.id = d.claim
UNION SELECT supersedes, path FROM draft_claim WHERE supersedes IS NOT NULL
"""

FALLEN: Final = """
SELECT id FROM claims WHERE id IN (SELECT value FROM json_each(:ids))
AND status IN ('retracted', 'superseded')
"""

STANDING: Final = """
SELECT id FROM draft_claim WHERE id IN (SELECT value FROM json_each(?))
AND retracted_on IS NULL
AND id NOT IN (SELECT supersedes FROM draft_claim WHERE supersedes IS NOT NULL)
"""

ELSEWHERE: Final = {
    "claim": f"SELECT id FROM ({REFERENCES}) WHERE id NOT IN (SELECT id FROM draft_claim)",  # noqa: S608 # our own text
    "question": (
        "SELECT question FROM draft_claim WHERE question NOT IN (SELECT id FROM draft_question) "
        "UNION SELECT part_of FROM draft_question "
        "WHERE part_of NOT IN (SELECT id FROM draft_question)"
    ),
    "dossier": (
        "SELECT dossier FROM draft_claim WHERE dossier NOT IN (SELECT id FROM draft_dossier)"
    ),
}
"""What is named and was not read, by its kind."""

PRUNE: Final = (
    "UPDATE draft_claim SET question = NULL, value = NULL "
    "WHERE question NOT IN (SELECT value FROM json_each(:asked)) "
    "OR question NOT IN (SELECT id FROM draft_question)",
    "DELETE FROM draft_basis WHERE basis NOT IN (SELECT id FROM draft_claim)",
    "UPDATE draft_question SET part_of = NULL WHERE part_of NOT IN (SELECT id FROM draft_question)",
    "DELETE FROM draft_declared WHERE claim NOT IN (SELECT value FROM json_each(:whole)) "
    "AND other NOT IN (SELECT value FROM json_each(:whole))",
)
"""What was read of something that is not whole, or leads out of the part, is not weighed."""


_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(slots=True)
class Nearby:
    """The part of a ledger that some ids need: what was read, and what is wrong with it."""

    draft: Draft
    problems: list[Problem]
    ids: Ids
    is_elsewhere: Callable[[str], bool]
    """Whether a claim or question of an id stands in a file that was not read."""
    remarks: list[Problem] = field(default_factory=list)

    def weigh(self, coding: str = "plural") -> bool:
        """Weigh what was read, unless something is wrong with it; return whether it was weighed.

        What weighing finds is added to the problems and the remarks.
        """
        if self.problems:
            return False
        self._prune()
        found = weigh_draft(self.draft, coding)
        self.problems += [one for one in found if one.level == "problem"]
        self.remarks += [one for one in found if one.level == "remark"]
        return True

    def _prune(self) -> None:
        draft = self.draft
        questions = self.ids.questions
        answering = draft.rows(ANSWERING, [as_json(sorted(questions))])
        whole = {*self.ids.whole(), *(str(name) for (name,) in answering)}
        draft.finish()
        given = {
            "asked": as_json(sorted(questions | self.ids.naming_parties)),
            "whole": as_json(sorted(whole)),
        }
        for statement in PRUNE:
            draft.connection.execute(statement, given)
        for (text,) in list(draft.rows("SELECT DISTINCT text FROM draft_expectation")):
            # An expectation can be judged where everything it speaks of was read.
            if not (whole | questions).issuperset(self._named_in(str(text))):
                draft.connection.execute("DELETE FROM draft_expectation WHERE text = ?", (text,))

    def _named_in(self, text: str) -> set[str]:
        """Return the ids of claims and questions that a text names; {""} if it names none."""
        words = set(_ID.findall(text))
        given = as_json(sorted(words))
        sql = (
            "WITH given AS (SELECT value FROM json_each(?)) "
            "SELECT id FROM draft_claim WHERE id IN given "
            "UNION SELECT id FROM draft_question WHERE id IN given "
            "UNION SELECT id FROM draft_refused WHERE id IN given"
        )
        read = {str(name) for (name,) in self.draft.rows(sql, [given])}
        return read | set(filter(self.is_elsewhere, words - read)) or {""}


@contextmanager
def open_nearby(
    index: Index, ids: Ids, texts: Mapping[str, bytes] | None = None
) -> Iterator[Nearby]:
    """Read the part of a ledger that some ids need; `texts` are what files would hold.

    Problems are those of the part that was read. Raises LedgerError if a file cannot be read.
    """
    texts = texts or {}
    with TemporaryDirectory() as written:
        # Where a problem looks for its exact line: the texts as they would be.
        folder = Path(written) if texts else index.claims
        for path, text in texts.items():
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text)
        part = index.part(ids, texts)
        # What was read may ask for more, never for less: that ends with the whole folder.
        while True:
            with open_draft(folder) as draft:
                problems = _read(index, draft, part)
                ids, wider = _widened(index, draft, ids, texts)
                if wider.paths <= part.paths and wider.lines == part.lines:
                    _know_elsewhere(index, draft, texts)
                    problems = sorted({*problems, *check_draft(draft)})
                    yield Nearby(draft, problems, ids, partial(_is_known, index, texts))
                    return
            part = wider


@contextmanager
def open_changed(index: Index, texts: Mapping[str, bytes] | None = None) -> Iterator[Draft]:
    """Read the registers and the files that the database does not tell of, and nothing else.

    `texts` are what files would hold. What is wrong with them is not told. Raises LedgerError
    if a file cannot be read.
    """
    texts = texts or {}
    with open_draft(index.claims) as draft:
        paths = frozenset(path for path in index.hashes if is_register(path))
        _read(index, draft, Part(paths | index.changed | texts.keys(), texts=texts))
        yield draft


def _read(index: Index, draft: Draft, part: Part) -> list[Problem]:
    """Read a part into a draft, its registers from memory if they are as the files have them."""
    if any(map(is_register, part.texts)):
        return read_part(draft, index.claims, replace(part, parsed=index.parsed))
    known = index.registers
    draft.registers, draft.whole = known.registers, known.whole
    for row in known.refused:
        draft.add("refused", row)
    paths = frozenset(path for path in part.paths if not is_register(path))
    return [*known.problems, *read_part(draft, index.claims, replace(part, paths=paths))]


def _widened(index: Index, draft: Draft, ids: Ids, texts: Mapping[str, bytes]) -> tuple[Ids, Part]:
    """Return the ids that what was read leads to, and the part that they need."""

    def found(sql: str, given: Collection[str]) -> frozenset[str]:
        return frozenset(str(name) for (name,) in draft.rows(sql, [as_json(sorted(given))]))

    anew = index.changed | texts.keys()
    if ids.of_changed:
        changed = {kind: found(sql, anew) for kind, sql in STANDING_IN.items()}
        ids = replace(
            ids,
            questions=ids.questions | changed["question"],
            claims=ids.claims | changed["claim"] | found(REPLACED, changed["claim"]),
            dossiers=ids.dossiers | changed["dossier"],
        )
    beside = found(BESIDE, ids.claims) | ids.beside
    questions = found(RELATED, ids.questions | found(ANSWERED, beside))
    answering = found(ANSWERING, questions) | beside
    loose = {str(name) for name, path in draft.rows(REFERENCES) if path in anew}
    wider = Ids(
        questions,
        ids.claims,
        ids.dossiers | found(SUBJECTS, answering),
        beside,
        ids.answering | answering,
        ids.naming_parties
        | found(NAMING_PARTIES, questions)
        | found(NAMING_FOR_UNASKED, ids.claims),
        ids.loose | loose | found(OPPOSED, answering) | index.perhaps_risen(anew),
        ids.of_changed,
    )
    fallen = index.rows(FALLEN, {"ids": as_json(sorted(answering))})
    risen = found(STANDING, {str(name) for (name,) in fallen})
    return wider, index.with_naming(risen, index.part(wider, texts))


def _is_known(index: Index, texts: Container[str], name: str) -> bool:
    """Return whether an unchanged file holds a claim or a question of an id."""
    return index.has("claim", name, texts) or index.has("question", name, texts)


def _know_elsewhere(index: Index, draft: Draft, texts: Mapping[str, bytes]) -> None:
    """List as known what is named in the part that was read and stands in files that were not."""
    for kind, sql in ELSEWHERE.items():
        for (name,) in list(draft.rows(sql)):
            if name is not None and index.has(kind, str(name), texts):
                draft.add("refused", (kind, name))
