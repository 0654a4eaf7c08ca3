"""Build: the whole way of a claim, from the files to the published database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ledger import __version__
from ledger.check import check_draft
from ledger.currency import note_making
from ledger.database.counts import counts_in, counts_of
from ledger.database.load import load
from ledger.database.profiles import write_profiles
from ledger.database.publish import publish, unserved, written_aside
from ledger.database.update import NoRoomError, commit, open_to_update, update
from ledger.draft import Draft, open_draft
from ledger.kept import DamagedError, Kept, is_ours, open_kept
from ledger.problems import Place, Problem
from ledger.read import read_folder
from ledger.renew import open_due, open_renewed
from ledger.weigh import weigh_draft

REMARKS: Final = "SELECT file, line, code, what, remedy FROM remarks"


@dataclass(frozen=True, slots=True)
class Built:
    """What a build came to: its counts, or the problems that prevented it; and remarks."""

    problems: list[Problem]
    counts: dict[str, int]
    served: bool = False
    remarks: list[Problem] = field(default_factory=list)
    anew: bool = False
    """Whether everything was built, not only what was due."""


def check_folder(
    claims: Path, database: Path | None = None, on_file: Callable[[Path], None] | None = None
) -> list[Problem]:
    """Return every problem and remark of a claims folder, sorted by place.

    The database, if it was built before, saves reading what did not change; it is not written.
    """
    if database is not None:
        with open_kept(claims, database, "plural") as kept:
            if kept.database is not None:
                with open_renewed(kept) as renewed:
                    renewed.weigh()
                    return sorted({*renewed.problems, *renewed.remarks})
    with open_draft(claims) as draft:
        return _weighed(draft, "plural", on_file)


def build(
    claims: Path,
    database: Path,
    on_file: Callable[[Path], None] | None = None,
    coding: str = "plural",
) -> Built:
    """Build a database from a claims folder and publish it, or bring the one there up to date.

    `coding` names the table of vague words. A folder with problems publishes nothing and
    leaves the database that is there. Raises LedgerError where the folder cannot be read or
    the database not be written.
    """
    with written_aside(database) as aside:
        renewed = _bring_up_to_date(claims, database, coding)
        return renewed or _build_anew(claims, database, aside, on_file, coding)


def _build_anew(
    claims: Path,
    database: Path,
    aside: Path,
    on_file: Callable[[Path], None] | None,
    coding: str,
) -> Built:
    with open_draft(claims, str(aside)) as draft:
        found = _weighed(draft, coding, on_file)
        problems = [one for one in found if one.level == "problem"]
        remarks = [one for one in found if one.level == "remark"]
        if problems:
            return Built(problems, {}, remarks=remarks)
        load(draft, __version__, coding)
        write_profiles(draft.connection)
    counts = counts_of(aside)
    note_making(claims, database, draft.digest)
    served = publish(aside, database)
    return Built([], counts, served, remarks, anew=True)


def _bring_up_to_date(claims: Path, database: Path, coding: str) -> Built | None:
    """Write into a database what changed since it was built, in one step.

    None where that cannot be, or would take longer than to build it anew.
    """
    try:
        with open_to_update(database) as connection:
            if connection is None or not is_ours(connection, coding):
                return None
            return _renew(Kept(claims, database, connection), coding)
    except (DamagedError, NoRoomError, sqlite3.IntegrityError):
        return None
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        return None  # it is none


def _renew(kept: Kept, coding: str) -> Built | None:
    """Write into the database of a connection, in its open transaction, what changed."""
    with open_due(kept) as renewed:
        if renewed is None:
            return None
        if not renewed.weigh(coding) or renewed.problems:
            return Built(renewed.problems, {}, remarks=sorted(set(renewed.remarks)))
        update(renewed.draft, __version__, coding)
        note_making(kept.claims, kept.database_path, renewed.draft.digest)
        connection = renewed.draft.connection
        with unserved(kept.database_path) as free:
            commit(connection, kept.database_path)
        return Built([], counts_in(connection), not free, remarks_in(connection))


def _weighed(draft: Draft, coding: str, on_file: Callable[[Path], None] | None) -> list[Problem]:
    """Read, check and, if nothing is wrong so far, weigh; return what was found, sorted."""
    problems = read_folder(draft, on_file)
    problems += check_draft(draft)
    if not problems:
        problems += weigh_draft(draft, coding)
    return sorted(set(problems))


def remarks_in(connection: sqlite3.Connection) -> list[Problem]:
    """Return the remarks that a database keeps, sorted by place."""
    return sorted(
        Problem(Place(file, line), code, what, remedy, "remark")
        for file, line, code, what, remedy in connection.execute(REMARKS)
    )
