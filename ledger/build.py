"""Build: the whole way of a claim, from the files to the published database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ledger import __version__
from ledger.check import check_draft
from ledger.currency import note_making
from ledger.database.load import load
from ledger.database.opening import read_only
from ledger.database.profiles import write_profiles
from ledger.database.publish import publish, written_aside
from ledger.draft import Draft, open_draft
from ledger.problems import Problem
from ledger.read import read_folder
from ledger.weigh import weigh_draft


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to: its counts, or the problems that prevented it; and remarks."""

    problems: list[Problem]
    counts: dict[str, int]
    served: bool = False
    remarks: list[Problem] = field(default_factory=list)


def check_folder(claims: Path, on_file: Callable[[Path], None] | None = None) -> list[Problem]:
    """Return every problem and remark of a claims folder, sorted by place."""
    with open_draft(claims) as draft:
        return _weighed(draft, "plural", on_file)


def build(
    claims: Path,
    database: Path,
    on_file: Callable[[Path], None] | None = None,
    coding: str = "plural",
) -> Built:
    """Build a database from a claims folder and publish it.

    `coding` names the table of vague words. A folder with problems publishes nothing and
    leaves the database that is there. Raises LedgerError where the folder cannot be read or
    the database not be written.
    """
    with written_aside(database) as aside:
        with open_draft(claims, str(aside)) as draft:
            found = _weighed(draft, coding, on_file)
            problems = [one for one in found if one.level == "problem"]
            if problems:
                return Built(problems, {})
            load(draft, __version__, coding)
            write_profiles(draft.connection)
        counts = counts_of(aside)
        note_making(claims, database, draft.digest)
        served = publish(aside, database)
    return Built([], counts, served, [one for one in found if one.level == "remark"])


def _weighed(draft: Draft, coding: str, on_file: Callable[[Path], None] | None) -> list[Problem]:
    """Read, check and, if nothing is wrong so far, weigh; return what was found, sorted."""
    problems = read_folder(draft, on_file)
    problems += check_draft(draft)
    if not problems:
        problems += weigh_draft(draft, coding)
    return sorted(set(problems))


def counts_of(database: Path) -> dict[str, int]:
    """Return the counts of a database's build, by the names of their columns."""
    with closing(read_only(database)) as connection:
        connection.row_factory = sqlite3.Row
        row = connection.execute("SELECT * FROM build").fetchone()
        return {name: row[name] for name in row.keys() if name.startswith("n_")}  # noqa: SIM118 # a Row's keys are its columns


BREAKDOWNS: Final = {
    "document": "SELECT id, n_claims FROM documents ORDER BY n_claims DESC, id",
    "status": "SELECT status, count(*) AS n FROM claims GROUP BY 1 ORDER BY n DESC, 1",
    "kind of value": (
        "SELECT coalesce(kind, 'none'), count(*) AS n FROM claims GROUP BY 1 ORDER BY n DESC, 1"
    ),
}
"""By what claims are counted when a build is told of."""


def breakdowns_of(database: Path) -> dict[str, list[tuple[str, int]]]:
    """Return how many claims a database has by document, status and kind, the most first."""
    with closing(read_only(database)) as connection:
        return {
            name: [(str(what), int(number)) for what, number in connection.execute(sql)]
            for name, sql in BREAKDOWNS.items()
        }
