"""Overlay: what the built database still rightly has, laid beside what was weighed anew.

An outlet or a dossier gathers claims and questions from everywhere. Few of them are affected by
a change of files; the others are taken over from the built database as they are.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

from ledger.database.gathering import (
    CITING,
    MADE_BY,
    NAMING_ACTOR,
    NAMING_PLACE,
    READ_AT,
    UNASKED,
)
from ledger.draft import as_json
from ledger.index import Index

Row = tuple[object, ...]

GATHERED: Final = {
    "outlets": (CITING,),
    "actors": (MADE_BY, NAMING_ACTOR),
    "places": (NAMING_PLACE,),
    "documents": (READ_AT,),
    "dossiers": (UNASKED,),
}
"""Which claims each thing gathers, by its table: a document, those of one paragraph."""

CITED: Final = """
SELECT NULL, claim, outlet, document, paragraph, scope, title, url, published, archived, stance
FROM citations WHERE outlet = :id
"""

READ: Final = "SELECT * FROM appearances WHERE document = :id"

LYING_IN: Final = """
SELECT * FROM dossiers WHERE EXISTS (SELECT 1 FROM json_each(places) WHERE value = :id)
"""

OF_DOSSIER: Final = "SELECT id FROM {table} WHERE dossier = :id"

DOSSIERS_OF: Final = """
SELECT DISTINCT dossier FROM {table} WHERE id IN (SELECT value FROM json_each(:ids))
"""

UNLISTED: Final = """
INSERT OR IGNORE INTO paragraphs
SELECT DISTINCT document, paragraph, '[]', 0, NULL FROM appearances WHERE document = :id
"""

COUNT_READ: Final = (
    """
    UPDATE documents
    SET n_claims = (SELECT count(DISTINCT claim) FROM appearances WHERE document = :id)
    WHERE id = :id
    """,
    "CREATE INDEX IF NOT EXISTS read_at ON appearances(document, paragraph)",
    """
    UPDATE paragraphs SET n_claims = (
        SELECT count(*) FROM appearances a
        WHERE a.document = paragraphs.document AND a.paragraph = number
    ) WHERE document = :id
    """,
)


class Thing(NamedTuple):
    """An outlet, actor, place, dossier or document by its table, or a paragraph of a document."""

    table: str
    id: str
    paragraph: int = 0


class Renewed(NamedTuple):
    """The ids of the claims and the questions that were weighed anew."""

    claims: frozenset[str]
    questions: frozenset[str]


class Overlay:
    """Lays rows of the built database into one that is right for what was weighed anew only."""

    def __init__(self, index: Index, connection: sqlite3.Connection, renewed: Renewed) -> None:
        self._index = index
        self._connection = connection
        self._renewed = {"claims": renewed.claims, "questions": renewed.questions}

    def lay(self, things: Iterable[Thing]) -> None:
        """Make the database right for some things, and for all claims and questions in it."""
        self._connection.execute("BEGIN")
        # Where a claim stands among all others is not known; those laid here bring their turn.
        self._connection.execute("UPDATE claims SET turn = -turn")
        for table in self._renewed:
            rows = self._connection.execute(f"SELECT id FROM {table}")  # noqa: S608 # two names
            ids = as_json([name for (name,) in rows if name not in self._renewed[table]])
            self._take(table, "c.id IN (SELECT value FROM json_each(:ids))", ids=ids)
        things = list(things)
        # A dossier that is asked for was read from its file; its countries may be others.
        read = {thing.id for thing in things if thing.table == "dossiers"}
        for thing in things:
            self._lay(thing, read)
        self._connection.execute("COMMIT")

    def _lay(self, thing: Thing, read: Collection[str]) -> None:
        given = {"id": thing.id, "document": thing.id, "number": thing.paragraph}
        for which in GATHERED[thing.table]:
            self._take("claims", which, **given)
        if thing.table == "outlets":
            cited = self._index.rows(CITED, given)
            self._put("citations", (row for row in cited if self._still(row[1])))
        elif thing.table == "documents":
            found = self._index.rows(READ, given)
            self._put("appearances", (row for row in found if self._still(row[0])))
            for statement in (UNLISTED, *COUNT_READ):
                self._connection.execute(statement, given)
        elif thing.table == "places":
            before = [row for row in self._index.rows(LYING_IN, given) if row[0] not in read]
            still = [row for row in before if self._index.is_unchanged(str(row[-1]))]
            self._put("dossiers", still, "REPLACE")
            lying = {str(row[0]) for row in self._connection.execute(LYING_IN, given)}
            # What the file of a dossier holds is counted in part only: its claims may be in others.
            for name in lying - {row[0] for row in still} | lying & self._dossiers():
                self._count(str(name))
        elif thing.table == "dossiers":
            self._take("questions", "c.dossier = :id", **given)
            self._count(thing.id)

    def _take(self, table: str, which: str, **given: object) -> None:
        """Take over the claims or questions for which a condition holds, if they still stand."""
        rows = self._index.rows(f"SELECT c.* FROM {table} c WHERE {which}", given)  # noqa: S608 # our own text
        kept = (row for row in rows if row[0] not in self._renewed[table])
        self._put(table, kept, "REPLACE")

    def _put(self, table: str, rows: Iterable[Row], otherwise: str = "IGNORE") -> None:
        columns = self._connection.execute(f"PRAGMA table_info({table})").fetchall()
        marks = ", ".join("?" for _ in columns)
        insert = f"INSERT OR {otherwise} INTO {table} VALUES ({marks})"  # noqa: S608 # names of the schema
        self._connection.executemany(insert, rows)

    def _still(self, claim: object) -> bool:
        return claim not in self._renewed["claims"]

    def _dossiers(self) -> set[str]:
        """Return the dossiers that what was weighed anew stands in, or stood in."""
        found: set[str] = set()
        for table, renewed in self._renewed.items():
            sql = DOSSIERS_OF.format(table=table)
            given = {"ids": as_json(sorted(renewed))}
            rows = [*self._index.rows(sql, given), *self._connection.execute(sql, given)]
            found |= {str(dossier) for (dossier,) in rows}
        return found

    def _count(self, dossier: str) -> None:
        """Count a dossier's questions and claims: those that still stand and those renewed."""
        counts = {}
        for table, renewed in self._renewed.items():
            sql = OF_DOSSIER.format(table=table)
            before = {name for (name,) in self._index.rows(sql, {"id": dossier})}
            now = {name for (name,) in self._connection.execute(sql, {"id": dossier})}
            counts[table] = len(before - renewed) + len(now & renewed)
        self._connection.execute(
            "UPDATE dossiers SET n_questions = :questions, n_claims = :claims WHERE id = :id",
            counts | {"id": dossier},
        )
