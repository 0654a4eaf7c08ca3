"""Update: what is due of a weighed draft takes the place of what a database has of it.

All in one transaction: a reader sees what was or what is, and whoever is killed leaves what was.
Rows come out as a build of everything would make them.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import groupby
from pathlib import Path
from typing import Final

from ledger.database.load import (
    APART,
    Row,
    describe,
    fill,
    insert,
    insert_documents,
    newest_of,
    register_rows,
)
from ledger.database.opening import heal
from ledger.database.profiles import bearing_of_due, renew_profiles
from ledger.database.publish import PATIENCE
from ledger.database.schema import SEARCHED
from ledger.draft import Draft, make_ready
from ledger.problems import LedgerError

OWNERS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "claim_positions": ("claim", ("claim",)),
    "claim_bases": ("claim", ("claim",)),
    "claim_origins": ("claim", ("claim",)),
    "claim_answers": ("claim", ("claim",)),
    "claim_topics": ("claim", ("claim",)),
    "claim_countries": ("claim", ("claim",)),
    "claim_outlets": ("claim", ("claim",)),
    "claim_outlets_nearby": ("claim", ("claim",)),
    "appearances": ("claim", ("claim",)),
    "citations": ("claim", ("claim",)),
    "conflicts": ("claim", ("claim_a", "claim_b")),
    "declarations": ("claim", ("claim", "other")),
    "claims": ("claim", ("id",)),
    "question_hinges": ("question", ("question",)),
    "positions": ("question", ("question",)),
    "findings": ("question", ("question",)),
    "question_topics": ("question", ("question",)),
    "question_countries": ("question", ("question",)),
    "remarks": ("question", ("question",)),
    "questions": ("question", ("id",)),
    "dossier_places": ("dossier", ("dossier",)),
    "dossier_parties": ("dossier", ("dossier",)),
    "dossiers": ("dossier", ("id",)),
    "expectations": ("file", ("file",)),
    "parsed_registers": ("file", ("path",)),
    "files": ("file", ("path",)),
    "paragraphs": ("document", ("document",)),
    "documents": ("document", ("id",)),
}
"""By the ids of what kind, in which columns, it is told that a row of a table is due."""

FORGET_ORIGINS: Final = """
DELETE FROM position_origins WHERE position IN (
    SELECT id FROM positions WHERE question IN (SELECT id FROM draft_due WHERE kind = 'question')
)
"""

FORGET_REMARKS: Final = """
DELETE FROM remarks WHERE claim IN (SELECT id FROM draft_due WHERE kind = 'claim')
"""

KEYS: Final = {"actor_tree": ("actor", "whole"), "place_tree": ("place", "whole")}
"""By which columns rows of the registers' tables are told apart that have no id."""

COLUMNS: Final = ", ".join(SEARCHED)

FORGET_TEXTS: Final = f"""
INSERT INTO claims_fts (claims_fts, rowid, {COLUMNS})
SELECT 'delete', rowid, {COLUMNS} FROM claims WHERE id IN (SELECT id FROM draft_seat)
"""

LEARN_TEXTS: Final = f"""
INSERT INTO claims_fts (rowid, {COLUMNS})
SELECT rowid, {COLUMNS} FROM claims WHERE id IN (SELECT id FROM draft_due WHERE kind = 'claim')
"""

SEATS: Final = (
    "SELECT id FROM draft_claim WHERE id IN (SELECT id FROM draft_due WHERE kind = 'claim')"
)

SEATED: Final = """
INSERT INTO draft_seat
SELECT id, rowid FROM claims WHERE id IN (SELECT id FROM draft_due WHERE kind = 'claim')
"""

BEFORE: Final = "SELECT rowid FROM claims WHERE id < ? ORDER BY id DESC LIMIT 1"
AFTER: Final = "SELECT rowid FROM claims WHERE id > ? ORDER BY id LIMIT 1"

MOVED: Final = (
    """
UPDATE claims SET file = d.path, line = d.line FROM draft_claim d
WHERE d.id = claims.id AND (claims.file, claims.line) <> (d.path, d.line)
""",
    """
UPDATE questions SET line = d.line FROM draft_question d
WHERE d.id = questions.id AND questions.line <> d.line
""",
    """
UPDATE dossiers SET file = d.path, line = d.line FROM draft_dossier d
WHERE d.id = dossiers.id AND (dossiers.file, dossiers.line) <> (d.path, d.line)
""",
)
"""Where claims, questions and dossiers stand that are as they were, but on another line."""

COUNTED: Final = """
UPDATE dossiers SET
    n_questions = (SELECT count(*) FROM questions WHERE dossier = dossiers.id),
    n_claims = (SELECT count(*) FROM claims WHERE dossier = dossiers.id)
WHERE id IN (SELECT id FROM draft_due WHERE kind = 'dossier')
"""


@contextmanager
def open_to_update(database: Path) -> Iterator[sqlite3.Connection | None]:
    """Yield a connection to a database in a transaction that nobody else can write in.

    What is not committed at the end is taken back. None if there is none to update in place.
    """
    real = Path(os.path.realpath(database))
    if not real.is_file() or not real.stat().st_size:
        yield None
        return
    heal(real)
    address = f"{real.as_uri()}?mode=rw"
    with closing(sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)) as one:
        make_ready(one, "MEMORY")
        for pragma in ("foreign_keys = ON", "cache_spill = OFF"):
            one.execute(f"PRAGMA {pragma}")
        one.execute("BEGIN IMMEDIATE")
        # One that somebody made write ahead of itself is replaced by one that does not.
        in_place = one.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        try:
            yield one if in_place else None
        finally:
            if one.in_transaction:
                one.execute("ROLLBACK")


def commit(connection: sqlite3.Connection, database: Path) -> None:
    """Let everybody see what was written, once nobody reads any more what was there.

    Raises LedgerError if somebody does not end reading, sqlite3.IntegrityError if a link would
    lead nowhere.
    """
    try:
        connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        message = f"cannot write {database}: somebody has been reading it for too long"
        raise LedgerError(message) from error


class NoRoomError(Exception):
    """No row number is left between two claims: everything has to be written anew."""


def update(draft: Draft, version: str, coding: str) -> None:
    """Write what is due of a draft into the database of its connection, in the open transaction.

    Raises NoRoomError, sqlite3.IntegrityError at the end of the transaction if a link would lead
    nowhere; the transaction is to be rolled back then.
    """
    draft.finish()
    connection = draft.connection
    connection.execute("PRAGMA defer_foreign_keys = ON")
    before, gone = bearing_of_due(connection), newest_of(draft)
    (newest,) = connection.execute("SELECT newest FROM build").fetchone()
    _seat(connection)
    for statement in (FORGET_TEXTS, FORGET_ORIGINS, FORGET_REMARKS):
        connection.execute(statement)
    for table, (kind, columns) in OWNERS.items():
        due = " OR ".join(draft.due(kind, column) for column in columns)
        connection.execute(f"DELETE FROM {table} WHERE {due}")  # names of the schema
    _replace_registers(draft)
    fill(draft, "(SELECT seat FROM draft_seat WHERE id = c.id)")
    for statement in (LEARN_TEXTS, *MOVED, COUNTED):
        connection.execute(statement)
    insert_documents(draft, _due(connection, "document"))
    connection.execute("DELETE FROM build")
    came = newest_of(draft, whole=gone is not None and gone == newest)
    stayed = newest if newest != gone else None
    describe(draft, version, coding, max(filter(None, (stayed, came)), default=None))
    renew_profiles(connection, before)


def _due(connection: sqlite3.Connection, kind: str) -> list[str]:
    sql = "SELECT id FROM draft_due WHERE kind = ? ORDER BY id"
    return [name for (name,) in connection.execute(sql, [kind])]


def _replace_registers(draft: Draft) -> None:
    """Write the rows of registers that are otherwise; nothing if no register changed."""
    connection = draft.connection
    if not connection.execute("SELECT 1 FROM draft_due WHERE kind = 'register'").fetchone():
        return
    for table, rows in register_rows(draft).items():
        before: set[Row] = set(connection.execute(f"SELECT * FROM {table}"))  # four names
        keys = KEYS.get(table, ("id",))
        gone = [row[: len(keys)] for row in before.difference(rows)]
        which = " AND ".join(f"{key} = ?" for key in keys)
        connection.executemany(f"DELETE FROM {table} WHERE {which}", gone)  # as above
        insert(draft, table, [row for row in rows if row not in before])


def _seat(connection: sqlite3.Connection) -> None:
    """Give each claim that is due a row number: its own, or one between its neighbours'."""
    connection.execute("CREATE TEMP TABLE draft_seat (id PRIMARY KEY, seat)")
    connection.execute(SEATED)
    seated = {name for (name,) in connection.execute("SELECT id FROM draft_seat")}
    new = [name for (name,) in connection.execute(f"{SEATS} ORDER BY id") if name not in seated]
    seats = list(_between_neighbours(connection, new))
    connection.executemany("INSERT INTO draft_seat VALUES (?, ?)", seats)


def _between_neighbours(
    connection: sqlite3.Connection, new: Iterable[str]
) -> Iterator[tuple[str, int]]:
    """Yield new claims, which come in their order, with a row number for each."""

    def neighbours(name: str) -> tuple[int, int | None]:
        before = connection.execute(BEFORE, [name]).fetchone()
        after = connection.execute(AFTER, [name]).fetchone()
        return (before[0] if before else 0), (after[0] if after else None)

    for (low, high), those in groupby(new, key=neighbours):
        names = list(those)
        step = APART if high is None else min(APART, (high - low) // (len(names) + 1))
        if step < 1:
            raise NoRoomError
        yield from ((name, low + step * nth) for nth, name in enumerate(names, start=1))
