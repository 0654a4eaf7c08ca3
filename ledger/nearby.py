"""Nearby: the part of a ledger that some ids need, read from the files without the rest.

A built database is the index: it tells in which file everything stands and what belongs
together. It is never believed about a file that has changed since it was built: such files are
read anew, always. So what is found is what a whole build would find, at a fraction of its time.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Collection, Container, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, fields, replace
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from ledger.check import check_draft
from ledger.database.schema import SCHEMA_VERSION
from ledger.draft import Draft, Registers, as_json, open_draft
from ledger.files import hashes_of, is_register
from ledger.problems import LedgerError, Problem
from ledger.read import Part, read_part
from ledger.read.yaml_file import Parsed
from ledger.weigh import weigh_draft

GATHER: Final = """
WITH RECURSIVE
given(id) AS (SELECT value FROM json_each(:claims)),
leaning(id) AS (
    SELECT id FROM given
    UNION SELECT b.claim FROM leaning n JOIN claim_bases b ON b.basis = n.id
),
beside(id) AS (
    SELECT id FROM leaning UNION SELECT value FROM json_each(:beside)
    UNION SELECT basis FROM claim_bases WHERE claim IN given
    UNION SELECT supersedes FROM claims WHERE id IN given AND supersedes IS NOT NULL
    UNION SELECT id FROM claims WHERE supersedes IN given
    UNION SELECT claim_b FROM conflicts WHERE claim_a IN given
    UNION SELECT claim_a FROM conflicts WHERE claim_b IN given
),
asked(id) AS (
    SELECT value FROM json_each(:questions)
    UNION SELECT question FROM claims WHERE id IN beside AND question IS NOT NULL
),
related(id) AS (
    SELECT id FROM asked
    UNION SELECT (SELECT part_of FROM questions WHERE id = r.id) FROM related r
    UNION SELECT q.id FROM related r JOIN questions q ON q.part_of = r.id
),
answering(id) AS (
    SELECT id FROM claims WHERE question IN related
    UNION SELECT id FROM beside UNION SELECT value FROM json_each(:answering)
),
naming_parties(id) AS (
    SELECT id FROM questions WHERE answer = 'actor'
    AND dossier IN (SELECT dossier FROM questions WHERE id IN related)
    UNION SELECT value FROM json_each(:naming_parties)
),
opposed(id) AS (
    SELECT claim_b FROM conflicts WHERE claim_a IN answering
    UNION SELECT claim_a FROM conflicts WHERE claim_b IN answering
),
about(id) AS (
    SELECT id FROM answering UNION SELECT id FROM opposed
    UNION SELECT id FROM claims WHERE question IN naming_parties
    UNION SELECT value FROM json_each(:loose)
),
chained(id) AS (
    SELECT id FROM about
    UNION SELECT b.basis FROM chained n JOIN claim_bases b ON b.claim = n.id
    UNION SELECT c.id FROM chained n JOIN claims c ON c.supersedes = n.id
    UNION SELECT (SELECT supersedes FROM claims WHERE id = n.id) FROM chained n
),
standing(dossier, file, line, question) AS (
    SELECT dossier, file, line, question FROM claims WHERE id IN chained
)
SELECT file, line FROM standing
UNION SELECT d.file, NULL FROM dossiers d WHERE d.id IN (
    SELECT dossier FROM standing
    UNION SELECT dossier FROM questions
        WHERE id IN related OR id IN (SELECT question FROM standing)
    UNION SELECT value FROM json_each(:dossiers)
)
"""
"""Where everything stands that bears on some ids, as the database has it.

What a row leads to is looked up, not joined: for a join SQLite reads the whole table first.
"""

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

OPPOSED: Final = """
SELECT other FROM draft_declared WHERE claim IN (SELECT value FROM json_each(?1))
UNION SELECT claim FROM draft_declared WHERE other IN (SELECT value FROM json_each(?1))
"""

REFERENCES: Final = """
SELECT b.basis AS id, c.path FROM draft_basis b JOIN draft_claim c ON c.id = b.claim
UNION SELECT d.other, c.path FROM draft_declared d JOIN draft_claim c ON c.id = d.claim
UNION SELECT supersedes, path FROM draft_claim WHERE supersedes IS NOT NULL
"""

REPLACED: Final = """
SELECT c.id, s.file FROM claims c CROSS JOIN claims s ON s.supersedes = c.id
WHERE c.status = 'superseded'
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

REFUSED: Final = "SELECT kind, id FROM draft_refused"

_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Ids:
    """What is asked for: questions and claims with all that bears on them, dossiers' files.

    The rest is found on the way. `beside` are the claims next to those asked for, which are
    weighed as they are: what these are based on, what is based on them, what they contradict
    and replace. `answering` are the claims on the questions. `naming_parties` are questions
    whose answers tell who has an interest. `loose` claims come with what they are based on and
    what replaces them, and nothing else.
    """

    questions: frozenset[str] = frozenset()
    claims: frozenset[str] = frozenset()
    dossiers: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    answering: frozenset[str] = frozenset()
    naming_parties: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()

    def whole(self) -> frozenset[str]:
        """Return the claims of which everything is known, beside those on the questions."""
        return self.claims | self.beside


class RegistersRead(NamedTuple):
    """The registers as they were read, what is wrong in them, and which records were refused."""

    registers: Registers
    problems: list[Problem]
    refused: list[tuple[str, str]]
    whole: bool


class Index:
    """Where everything in a claims folder stands.

    `database` is None where none was built yet or another version of the program built it;
    then every file counts as changed.
    """

    def __init__(
        self,
        claims: Path,
        database_path: Path,
        database: sqlite3.Connection | None,
        hashes: Mapping[str, str] | None = None,
    ) -> None:
        self.claims = claims
        self.database_path = database_path
        self.database = database
        self.hashes = hashes_of(claims) if hashes is None else hashes

    @cached_property
    def changed(self) -> frozenset[str]:
        """Return the paths of the files that are new or have changed since the build."""
        if self.database is None:
            return frozenset(self.hashes)
        built = set(self.rows("SELECT path, sha256 FROM files", {}))
        return frozenset(path for path, _ in self.hashes.items() - built)

    @property
    def is_current(self) -> bool:
        """Return whether the database tells of the files as they are."""
        if self.database is None or self.changed:
            return False
        (n_files,) = self.database.execute("SELECT count(*) FROM files").fetchone()
        return bool(n_files == len(self.hashes))

    @cached_property
    def registers(self) -> RegistersRead:
        """Return the four registers as the files have them, read once."""
        paths = frozenset(path for path in self.hashes if is_register(path))
        with open_draft(self.claims) as draft:
            problems = read_part(draft, self.claims, Part(paths, parsed=self.parsed))
            refused = [(str(kind), str(name)) for kind, name in draft.rows(REFUSED)]
            return RegistersRead(draft.registers, problems, refused, draft.whole)

    @cached_property
    def parsed(self) -> dict[str, Parsed]:
        """Return what the unchanged registers were parsed to, so that they need not be again."""
        built = self.rows("SELECT path, parsed FROM parsed_registers", {})
        return {
            str(path): Parsed(*json.loads(str(parsed)))
            for path, parsed in built
            if self.is_unchanged(str(path))
        }

    def rows(self, sql: str, parameters: Mapping[str, object]) -> list[tuple[object, ...]]:
        """Return the rows of a query; none where there is no database.

        Raises LedgerError if the database is damaged.
        """
        if self.database is None:
            return []
        try:
            return list(self.database.execute(sql, parameters))
        except sqlite3.DatabaseError as error:
            message = f"cannot read {self.database_path}: {error}; delete it and build it anew"
            raise LedgerError(message) from error

    def has(self, kind: str, name: str, texts: Container[str] = ()) -> bool:
        """Return whether an unchanged file holds a claim, question or dossier.

        `texts` are the paths of files that are looked at instead.
        """
        found = self.rows(STANDS_IN[kind], {"id": name})
        return any(self.is_unchanged(str(path)) and path not in texts for (path,) in found)

    def is_unchanged(self, path: str) -> bool:
        """Return whether a file is there as it was at the build."""
        return path in self.hashes and path not in self.changed

    def path_of(self, kind: str, name: str) -> str | None:
        """Return the path of the file that held a claim, question or dossier at the build."""
        found = self.rows(STANDS_IN[kind], {"id": name})
        return next((str(path) for (path,) in found if path in self.hashes), None)

    def part(self, ids: Ids, texts: Mapping[str, bytes]) -> Part:
        """Return the part of the folder that some ids need, with texts in place of files."""
        wanted = {one.name: as_json(sorted(getattr(ids, one.name))) for one in fields(Ids)}
        registers = {path for path in self.hashes if is_register(path)}
        paths = registers | self.changed | set(texts)
        lines: dict[str, set[int]] = {}
        for path, line in self.rows(GATHER, wanted):
            if path in self.hashes:
                paths.add(str(path))
            if isinstance(line, int) and path not in self.changed and path not in texts:
                lines.setdefault(str(path), set()).add(line)
        bulk = {path: frozenset(of) for path, of in lines.items() if path.endswith(".jsonl")}
        return Part(frozenset(paths), bulk, texts)

    def perhaps_risen(self, anew: Container[str]) -> frozenset[str]:
        """Return the claims that were superseded by one in a file that was changed or deleted."""
        return frozenset(
            name for name, path in self._replaced if path in anew or path not in self.hashes
        )

    @cached_property
    def _replaced(self) -> list[tuple[str, str]]:
        """Return the superseded claims, each with the file of one that supersedes it."""
        return [(str(name), str(path)) for name, path in self.rows(REPLACED, {})]

    def with_naming(self, claims: Collection[str], part: Part) -> Part:
        """Return a part with every place that names one of some claims.

        For claims that had fallen and stand again: the database has no conflicts with them, so
        that the files alone tell who declared one.
        """
        if not claims:
            return part
        named = re.compile(rb"(?<![\w-])(?:%s)(?![\w-])" % "|".join(sorted(claims)).encode())
        paths, lines = set(part.paths), dict(part.lines)
        for path in self.hashes.keys() - self.changed - part.texts.keys():
            with (self.claims / path).open("rb") as file:
                if not path.endswith(".jsonl"):
                    numbers = {1} if named.search(file.read()) else set()
                else:
                    numbers = {nth for nth, line in enumerate(file, start=1) if named.search(line)}
                    lines[path] = lines.get(path, frozenset()) | numbers
            paths |= {path} if numbers else set()
        return replace(part, paths=frozenset(paths), lines=lines)


STANDS_IN: Final = {
    "claim": "SELECT file FROM claims WHERE id = :id",
    "question": (
        "SELECT d.file FROM questions q JOIN dossiers d ON d.id = q.dossier WHERE q.id = :id"
    ),
    "dossier": "SELECT file FROM dossiers WHERE id = :id",
}


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
            "SELECT id FROM draft_claim WHERE id IN (SELECT value FROM json_each(?1)) "
            "UNION SELECT id FROM draft_question WHERE id IN (SELECT value FROM json_each(?1)) "
            "UNION SELECT id FROM draft_refused WHERE id IN (SELECT value FROM json_each(?1))"
        )
        read = {str(name) for (name,) in self.draft.rows(sql, [given])}
        return read | set(filter(self.is_elsewhere, words - read)) or {""}


@contextmanager
def open_index(
    claims: Path, database: Path, hashes: Mapping[str, str] | None = None
) -> Iterator[Index]:
    """Open the index of a claims folder; the database need not be there, nor be current.

    `hashes` are those of the folder's files, if they are known. Raises LedgerError if the
    folder cannot be read.
    """
    connection = _connect(database)
    if connection is None:
        yield Index(claims, database, None, hashes)
        return
    with closing(connection):
        yield Index(claims, database, connection, hashes)


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
        ids.naming_parties | found(NAMING_PARTIES, questions),
        ids.loose | loose | found(OPPOSED, answering) | index.perhaps_risen(anew),
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


def _connect(database: Path) -> sqlite3.Connection | None:
    """Open a database for reading if this version of the program built it."""
    if not database.exists():
        return None
    try:
        connection = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)
    except sqlite3.DatabaseError:  # a folder, or a file that may not be read
        return None
    try:
        (schema,) = connection.execute("SELECT schema FROM build").fetchone()
    except (sqlite3.DatabaseError, TypeError):
        schema = None
    if schema == SCHEMA_VERSION:
        return connection
    connection.close()
    return None
