"""Index: where everything in a claims folder stands, as a built database has it.

A built database is the index: it tells in which file everything stands and what belongs
together. It is never believed about a file that has changed since it was built.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

from ledger.database.opening import read_only
from ledger.database.schema import SCHEMA_VERSION
from ledger.draft import Registers, as_json, open_draft
from ledger.files import hashes_of, is_register, lines_of
from ledger.problems import LedgerError, Problem
from ledger.read import Part, read_part
from ledger.read.yaml_file import Parsed

# Small statements, asked one after the other: as a single one they take SQLite many times as long
# to plan as to answer. Each is given ids as a JSON array.
BASES: Final = "SELECT basis FROM claim_bases WHERE claim IN (SELECT value FROM json_each(:ids))"
ECHOES: Final = "SELECT claim FROM claim_bases WHERE basis IN (SELECT value FROM json_each(:ids))"
EARLIER: Final = """
SELECT supersedes FROM claims WHERE id IN (SELECT value FROM json_each(:ids))
AND supersedes IS NOT NULL
"""
LATER: Final = "SELECT id FROM claims WHERE supersedes IN (SELECT value FROM json_each(:ids))"
OPPONENTS: Final = (
    "SELECT claim_b FROM conflicts WHERE claim_a IN (SELECT value FROM json_each(:ids))",
    "SELECT claim_a FROM conflicts WHERE claim_b IN (SELECT value FROM json_each(:ids))",
)
ANSWERED: Final = """
SELECT question FROM claims WHERE id IN (SELECT value FROM json_each(:ids))
AND question IS NOT NULL
"""
WHOLES: Final = """
SELECT part_of FROM questions WHERE id IN (SELECT value FROM json_each(:ids))
AND part_of IS NOT NULL
"""
PARTS: Final = "SELECT id FROM questions WHERE part_of IN (SELECT value FROM json_each(:ids))"
ANSWERING: Final = "SELECT id FROM claims WHERE question IN (SELECT value FROM json_each(:ids))"
NAMING_PARTIES: Final = """
SELECT id FROM questions WHERE answer = 'actor' AND dossier IN (
    SELECT dossier FROM questions WHERE id IN (SELECT value FROM json_each(:ids))
)
"""
NAMING_FOR_UNASKED: Final = """
SELECT q.id FROM claims c JOIN questions q ON q.dossier = c.dossier
WHERE c.id IN (SELECT value FROM json_each(:ids)) AND c.question IS NULL AND q.answer = 'actor'
"""
STANDING: Final = """
SELECT file, line, dossier, question FROM claims WHERE id IN (SELECT value FROM json_each(:ids))
"""
ASKING: Final = "SELECT dossier FROM questions WHERE id IN (SELECT value FROM json_each(:ids))"
DOSSIERS: Final = "SELECT file FROM dossiers WHERE id IN (SELECT value FROM json_each(:ids))"

REPLACED: Final = """
SELECT c.id, s.file FROM claims c CROSS JOIN claims s ON s.supersedes = c.id
WHERE c.status = 'superseded'
"""

STANDS_IN: Final = {
    "claim": "SELECT file FROM claims WHERE id = :id",
    "question": (
        "SELECT d.file FROM questions q JOIN dossiers d ON d.id = q.dossier WHERE q.id = :id"
    ),
    "dossier": "SELECT file FROM dossiers WHERE id = :id",
}

REFUSED: Final = "SELECT kind, id FROM draft_refused"


@dataclass(frozen=True, slots=True)
class Ids:
    """What is asked for: questions and claims with all that bears on them, dossiers' files.

    The rest is found on the way. `beside` are the claims next to those asked for, which are
    weighed as they are: what these are based on, what is based on them, what they contradict
    and replace. `answering` are the claims on the questions. `naming_parties` are questions
    whose answers tell who has an interest. `loose` claims come with what they are based on and
    what replaces them, and nothing else. With `of_changed`, all that stands in changed files is
    asked for too, once it was read.
    """

    questions: frozenset[str] = frozenset()
    claims: frozenset[str] = frozenset()
    dossiers: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    answering: frozenset[str] = frozenset()
    naming_parties: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()
    of_changed: bool = False

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
        self._known: dict[Ids, set[tuple[str, int | None]]] = {}

    @cached_property
    def changed(self) -> frozenset[str]:
        """Return the paths of the files that are new or have changed since the build."""
        if self.database is None:
            return frozenset(self.hashes)
        built = set(self.rows("SELECT path, sha256 FROM files", {}))
        return frozenset(path for path, _ in self.hashes.items() - built)

    @cached_property
    def deleted(self) -> frozenset[str]:
        """Return the paths of the files that were there at the build and are no more."""
        built = {str(path) for (path,) in self.rows("SELECT path FROM files", {})}
        return frozenset(built - self.hashes.keys())

    @property
    def is_current(self) -> bool:
        """Return whether the database tells of the files as they are."""
        return self.database is not None and not self.changed and not self.deleted

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
        registers = {path for path in self.hashes if is_register(path)}
        paths = registers | self.changed | set(texts)
        lines: dict[str, set[int]] = {}
        for path, line in self._gathered(ids):
            if path in self.hashes:
                paths.add(path)
            if line is not None and path not in self.changed and path not in texts:
                lines.setdefault(path, set()).add(line)
        bulk = {path: frozenset(of) for path, of in lines.items() if path.endswith(".jsonl")}
        return Part(frozenset(paths), bulk, texts)

    def _gathered(self, ids: Ids) -> set[tuple[str, int | None]]:
        """Return the file, and the line of a claim, of all that bears on some ids."""
        if ids not in self._known:
            self._known[ids] = self._gather(ids)
        return self._known[ids]

    def _gather(self, ids: Ids) -> set[tuple[str, int | None]]:
        given = set(ids.claims)
        beside = self.all_from(given, ECHOES) | ids.beside
        beside |= self.found(given, BASES, EARLIER, LATER, *OPPONENTS)
        related = self.all_from(ids.questions | self.found(beside, ANSWERED), WHOLES, PARTS)
        answering = self.found(related, ANSWERING) | beside | ids.answering
        naming = self.found(related, NAMING_PARTIES) | ids.naming_parties
        naming |= self.found(given, NAMING_FOR_UNASKED)
        about = answering | self.found(answering, *OPPONENTS)
        about |= self.found(naming, ANSWERING) | ids.loose
        chained = self.all_from(about, BASES, EARLIER, LATER)
        standing = self.rows(STANDING, {"ids": as_json(sorted(chained))}) if chained else []
        asked = related | {str(question) for *_, question in standing if question is not None}
        dossiers = {str(dossier) for _, _, dossier, _ in standing}
        dossiers |= self.found(asked, ASKING) | ids.dossiers
        found: set[tuple[str, int | None]] = {
            (str(path), int(str(line))) for path, line, _, _ in standing
        }
        return found | {(path, None) for path in self.found(dossiers, DOSSIERS)}

    def found(self, ids: Collection[str], *statements: str) -> set[str]:
        """Return what some ids lead to directly by queries that are given them as `ids`."""
        if not ids:
            return set()
        given = {"ids": as_json(sorted(ids))}
        return {str(name) for sql in statements for (name,) in self.rows(sql, given)}

    def all_from(self, ids: Collection[str], *statements: str) -> set[str]:
        """Return some ids and what they lead to by queries, however far."""
        found = new = set(ids)
        while new:
            new = self.found(new, *statements) - found
            found = found | new
        return found

    def perhaps_risen(self, anew: Container[str]) -> frozenset[str]:
        """Return the claims that were superseded by one in a file that was changed or deleted."""
        return frozenset(
            name for name, path in self._replaced if path in anew or path not in self.hashes
        )

    @cached_property
    def _replaced(self) -> list[tuple[str, str]]:
        """Return the superseded claims, each with the file of one that supersedes it."""
        return [(str(name), str(path)) for name, path in self.rows(REPLACED, {})]

    def is_named(self, ids: Collection[str]) -> bool:
        """Return whether an unchanged file has one of some ids in its text, as a word.

        Raises LedgerError if one cannot be read any more.
        """
        named = _naming(ids)
        unchanged = self.hashes.keys() - self.changed
        return any(named.search(b"".join(lines_of(self.claims / path))) for path in unchanged)

    def with_naming(self, claims: Collection[str], part: Part) -> Part:
        """Return a part with every place that names one of some claims.

        For claims that had fallen and stand again: the database has no conflicts with them, so
        that the files alone tell who declared one. Raises LedgerError if one cannot be read.
        """
        if not claims:
            return part
        named = _naming(claims)
        paths, lines = set(part.paths), dict(part.lines)
        for path in self.hashes.keys() - self.changed - part.texts.keys():
            file = lines_of(self.claims / path)
            if not path.endswith(".jsonl"):
                numbers = {1} if named.search(b"".join(file)) else set()
            else:
                numbers = {nth for nth, line in enumerate(file, start=1) if named.search(line)}
                lines[path] = lines.get(path, frozenset()) | numbers
            paths |= {path} if numbers else set()
        return replace(part, paths=frozenset(paths), lines=lines)


def _naming(ids: Iterable[str]) -> re.Pattern[bytes]:
    return re.compile(rb"(?<![\w-])(?:%s)(?![\w-])" % "|".join(sorted(ids)).encode())


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


def _connect(database: Path) -> sqlite3.Connection | None:
    """Open a database for reading if this version of the program built it."""
    if not database.exists():
        return None
    try:
        connection = read_only(database)
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
