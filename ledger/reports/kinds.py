"""Which kinds of things an id stands for, and how each is shown."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Final

from ledger.reports.claims import claim
from ledger.reports.questions import dossier, position, question
from ledger.reports.registers import actor, document, outlet, paragraph, place, place_of
from ledger.reports.rows import Facts
from ledger.things import KINDS

SHOWN: Final[dict[str, Callable[[sqlite3.Connection, str], Facts]]] = {
    "claim": claim,
    "question": question,
    "position": position,
    "dossier": dossier,
    "outlet": outlet,
    "actor": actor,
    "place": place,
    "document": document,
    "paragraph": paragraph,
}
"""By kind, what gathers all that is shown of one thing."""


def kinds_of(connection: sqlite3.Connection, name: str) -> list[str]:
    """Return the kinds of things that have an id; outlets, actors and places may share one."""
    return [kind for kind in KINDS if _is_there(connection, kind, name)]


def show(connection: sqlite3.Connection, kind: str, name: str) -> Facts:
    """Return all that the database has of one thing, its kind first under the key `record`.

    Raises LookupError if no thing of that kind has the id.
    """
    return {"record": kind, **SHOWN[kind](connection, name)}


def _is_there(connection: sqlite3.Connection, kind: str, name: str) -> bool:
    if kind == "paragraph":
        sql = "SELECT 1 FROM paragraphs WHERE document = :document AND number = :number"
        return connection.execute(sql, place_of(name)).fetchone() is not None
    sql = f"SELECT 1 FROM {KINDS[kind].table} WHERE id = ?"  # noqa: S608 # a table of KINDS
    return connection.execute(sql, [name]).fetchone() is not None
