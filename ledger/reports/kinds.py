"""Which kinds of things an id stands for, and how each is shown."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Final, NamedTuple

from ledger.reports.claims import claim
from ledger.reports.questions import dossier, position, question
from ledger.reports.registers import actor, document, outlet, paragraph, place, place_of
from ledger.reports.rows import Facts


class Kind(NamedTuple):
    """A kind of thing: the table that has its ids, what names it there, and how it is shown."""

    table: str
    label: str
    show: Callable[[sqlite3.Connection, str], Facts]


KINDS: Final[dict[str, Kind]] = {
    "claim": Kind("claims", "text", claim),
    "question": Kind("questions", "asks", question),
    "position": Kind("positions", "label", position),
    "dossier": Kind("dossiers", "title", dossier),
    "outlet": Kind("outlets", "name", outlet),
    "actor": Kind("actors", "name", actor),
    "place": Kind("places", "name", place),
    "document": Kind("documents", "title", document),
    "paragraph": Kind("paragraphs", "", paragraph),
}
"""Every kind of thing that has an id; a paragraph's is `document#number`."""


def kinds_of(connection: sqlite3.Connection, name: str) -> list[str]:
    """Return the kinds of things that have an id; outlets, actors and places may share one."""
    return [kind for kind in KINDS if _is_there(connection, kind, name)]


def show(connection: sqlite3.Connection, kind: str, name: str) -> Facts:
    """Return all that the database has of one thing, its kind first under the key `record`.

    Raises LookupError if no thing of that kind has the id.
    """
    return {"record": kind, **KINDS[kind].show(connection, name)}


def _is_there(connection: sqlite3.Connection, kind: str, name: str) -> bool:
    if kind == "paragraph":
        sql = "SELECT 1 FROM paragraphs WHERE document = :document AND number = :number"
        return connection.execute(sql, place_of(name)).fetchone() is not None
    sql = f"SELECT 1 FROM {KINDS[kind].table} WHERE id = ?"  # noqa: S608 # a table of KINDS
    return connection.execute(sql, [name]).fetchone() is not None
