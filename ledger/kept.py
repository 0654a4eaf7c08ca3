"""Kept: what a built database keeps of a claims folder, and which files changed since.

A database is never believed about a file that has changed since it was built.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Container, Iterator, Mapping
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

from ledger import __version__
from ledger.database.opening import read_only
from ledger.database.schema import SCHEMA_VERSION
from ledger.draft import Draft, Registers, Row, open_draft
from ledger.files import hashes_in, is_register, list_files
from ledger.problems import LedgerError, Problem
from ledger.read import read_files
from ledger.read.yaml_file import Parsed

STANDS_IN: Final = {
    "claim": "SELECT file FROM claims WHERE id = :id",
    "question": (
        "SELECT d.file FROM questions q JOIN dossiers d ON d.id = q.dossier WHERE q.id = :id"
    ),
    "dossier": "SELECT file FROM dossiers WHERE id = :id",
}


class DamagedError(LedgerError):
    """What a database keeps cannot be read."""

    def __init__(self, database: Path, why: object) -> None:
        super().__init__(f"cannot read {database}: {why}; delete it and build it anew")


class RegistersRead(NamedTuple):
    """The registers as they were read, what is wrong in them, and what else a draft had of them."""

    registers: Registers
    problems: list[Problem]
    rows: dict[str, list[Row]]
    whole: bool


class Kept:
    """What a database keeps of a claims folder.

    `database` is None where none was built yet or another version of the program built it;
    then every file counts as changed.
    """

    def __init__(
        self,
        claims: Path,
        database_path: Path,
        database: sqlite3.Connection | None,
    ) -> None:
        self.claims = claims
        self.database_path = database_path
        self.database = database
        self.files, self.faults = list_files(claims)
        """Where each file lies, and what is wrong with those left out."""
        self.hashes = hashes_in(self.files)

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

    @cached_property
    def registers(self) -> RegistersRead:
        """Return the four registers as the files have them, read once."""
        paths = [path for path in self.hashes if is_register(path)]
        with open_draft(self.claims) as draft:
            problems = read_files(draft, paths, self.parsed)
            tables = ("refused", "file", "parsed")
            rows = {table: list(draft.rows(f"SELECT * FROM draft_{table}")) for table in tables}  # noqa: S608 # three names
            return RegistersRead(draft.registers, problems, rows, draft.whole)

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

        Raises DamagedError if the database is damaged.
        """
        if self.database is None:
            return []
        try:
            return list(self.database.execute(sql, parameters))
        except sqlite3.DatabaseError as error:
            raise DamagedError(self.database_path, error) from error

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


@contextmanager
def open_changed(kept: Kept, texts: Mapping[str, bytes] | None = None) -> Iterator[Draft]:
    """Read the registers and the files that a database does not tell of, and nothing else.

    `texts` are what files would hold. Raises LedgerError if a file cannot be read.
    """
    texts = texts or {}
    with open_draft(kept.claims, texts=texts) as draft:
        take_registers(kept, draft)
        paths = {*kept.changed, *texts}
        read_files(draft, (path for path in paths if not is_register(path)))
        yield draft


def take_registers(kept: Kept, draft: Draft) -> list[Problem]:
    """Read the registers into a draft, as its texts have them; return what is wrong with them."""
    texts = draft.source.texts
    if any(map(is_register, texts)):
        paths = {path for path in (*kept.hashes, *texts) if is_register(path)}
        parsed = {path: one for path, one in kept.parsed.items() if path not in texts}
        return read_files(draft, paths, parsed)
    read = kept.registers
    draft.registers, draft.whole = read.registers, read.whole
    for table in ("refused", "file", "parsed"):
        draft.extend(table, read.rows[table])
    return list(read.problems)


@contextmanager
def open_kept(claims: Path, database: Path, coding: str | None = None) -> Iterator[Kept]:
    """Open what a database keeps of a claims folder; it need not be there, nor be current.

    With a `coding`, only if it was built with that table of vague words. Raises LedgerError if
    the folder cannot be read.
    """
    connection = _connect(database, coding)
    if connection is None:
        yield Kept(claims, database, None)
        return
    with closing(connection):
        yield Kept(claims, database, connection)


def _connect(database: Path, coding: str | None) -> sqlite3.Connection | None:
    """Open a database for reading if this version of the program built it."""
    if not database.exists():
        return None
    try:
        connection = read_only(database)
    except sqlite3.DatabaseError:  # a folder, or a file that may not be read
        return None
    connection.isolation_level = None
    if is_ours(connection, coding):
        return connection
    connection.close()
    return None


def is_ours(connection: sqlite3.Connection, coding: str | None = None) -> bool:
    """Return whether this version of the program built a database, with a table of vague words."""
    try:
        built = connection.execute("SELECT version, schema, coding FROM build").fetchone()
    except sqlite3.DatabaseError:
        return False
    if built is None or tuple(built[:2]) != (__version__, SCHEMA_VERSION):
        return False
    return coding in {None, built[2]}
