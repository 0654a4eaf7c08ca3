"""Build: the whole way of a claim, from the files to the published database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from ledger.check import check_draft
from ledger.database import SCHEMA_VERSION, load, publish, written_aside
from ledger.draft import open_draft
from ledger.problems import Problem
from ledger.read import digest_of, read_folder
from ledger.weigh import weigh_draft


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to: its counts, or the problems that prevented it."""

    problems: list[Problem]
    counts: dict[str, int]
    served: bool = False


def check_folder(claims: Path, on_file: Callable[[Path], None] | None = None) -> list[Problem]:
    """Return every problem of a claims folder, sorted by place."""
    with open_draft(claims) as draft:
        problems = read_folder(draft, on_file)
        problems += check_draft(draft)
    return sorted(set(problems))


def build(claims: Path, database: Path, on_file: Callable[[Path], None] | None = None) -> Built:
    """Build a database from a claims folder and publish it.

    A folder with problems publishes nothing and leaves the database that is there. Raises
    LedgerError where the folder cannot be read or the database not be written.
    """
    with written_aside(database) as aside:
        with open_draft(claims, str(aside)) as draft:
            problems = read_folder(draft, on_file)
            problems += check_draft(draft)
            if problems:
                return Built(sorted(set(problems)), {})
            weigh_draft(draft)
            load(draft, version("claim-ledger"))
        counts = counts_of(aside)
        served = publish(aside, database)
    return Built([], counts, served)


def counts_of(database: Path) -> dict[str, int]:
    """Return the counts of a database's build, by the names of their columns."""
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        row = connection.execute("SELECT * FROM build").fetchone()
        return {name: row[name] for name in row.keys() if name.startswith("n_")}  # noqa: SIM118 # a Row's keys are its columns


def is_current(claims: Path, database: Path) -> bool:
    """Return whether a database was built from the claims folder as it is, by this program."""
    if not database.exists():
        return False
    told = (digest_of(claims), version("claim-ledger"), SCHEMA_VERSION)
    try:
        with closing(
            sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)
        ) as connection:
            sql = "SELECT source_sha256, version, schema FROM build"
            return bool(connection.execute(sql).fetchone() == told)
    except sqlite3.DatabaseError:
        return False
