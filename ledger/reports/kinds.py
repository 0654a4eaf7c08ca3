"""Which kinds of things an id stands for, and how each is shown."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any, Final

from ledger.reports.around import question_around
from ledger.reports.claims import Claim, ClaimRow, claim
from ledger.reports.questions import (
    Dossier,
    DossierRow,
    PositionAlone,
    Question,
    QuestionRow,
    dossier,
    position,
)
from ledger.reports.registers import (
    Actor,
    ActorRow,
    Document,
    DocumentRow,
    Outlet,
    OutletRow,
    Paragraph,
    Place,
    PlaceRow,
    actor,
    document,
    outlet,
    paragraph,
    place,
    place_of,
)
from ledger.reports.rows import Facts, as_json
from ledger.things import KINDS

Thing = Claim | Question | PositionAlone | Dossier | Outlet | Actor | Place | Document | Paragraph
"""All that is shown of one thing, of any kind."""

SHOWN: Final[dict[str, Callable[[sqlite3.Connection, str], Thing]]] = {
    "claim": claim,
    "question": question_around,
    "position": position,
    "dossier": dossier,
    "outlet": outlet,
    "actor": actor,
    "place": place,
    "document": document,
    "paragraph": paragraph,
}
"""By kind, what gathers all that is shown of one thing. Raises LookupError if it is not there."""


ROWS: Final[dict[str, type[Any]]] = {
    "claims": ClaimRow,
    "questions": QuestionRow,
    "dossiers": DossierRow,
    "outlets": OutletRow,
    "actors": ActorRow,
    "places": PlaceRow,
    "documents": DocumentRow,
}
"""By table, what its rows are as they stand there."""


def kinds_of(connection: sqlite3.Connection, name: str) -> list[str]:
    """Return the kinds of things that have an id; outlets, actors and places may share one."""
    return [kind for kind in KINDS if _is_there(connection, kind, name)]


def show(connection: sqlite3.Connection, kind: str, name: str) -> Facts:
    """Return all that programs are told of one thing, its kind first under the key `record`.

    Raises LookupError if no thing of that kind has the id.
    """
    return told(kind, SHOWN[kind](connection, name))


def told(kind: str, thing: Thing) -> Facts:
    """Return what programs are told of a thing, its kind first under the key `record`."""
    return {"record": kind, **as_json(thing)}


def _is_there(connection: sqlite3.Connection, kind: str, name: str) -> bool:
    if kind == "paragraph":
        sql = "SELECT 1 FROM paragraphs WHERE document = :document AND number = :number"
        return connection.execute(sql, place_of(name)).fetchone() is not None
    sql = f"SELECT 1 FROM {KINDS[kind].table} WHERE id = ?"  # noqa: S608 # a table of KINDS
    return connection.execute(sql, [name]).fetchone() is not None
