"""A place's page: `/places/<id>`: where it lies, what lies in it, and what is claimed of it."""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import TYPE_CHECKING, Final

from ledger.reports.claims import SHOWN, told_claims
from ledger.reports.registers import BELOW_SHOWN, named, tree_of
from ledger.reports.rows import Facts, as_ids, row_of, rows_of
from ledger.site.answering.answer import Page, answered
from ledger.site.answering.words import counted
from ledger.site.drawings.spots import mapped

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

PLACE: Final = """
SELECT p.*, c.name AS country_name FROM places p LEFT JOIN countries c ON c.id = p.country
WHERE p.id = :id
"""

DOSSIERS: Final = """
SELECT d.id, d.title, d.occurred, d.n_questions, d.n_claims,
    (SELECT count(*) FROM disputes WHERE dossier = d.id) AS n_disputes
FROM dossiers d WHERE d.id IN (SELECT value FROM json_each(:ids))
ORDER BY n_disputes DESC, d.n_claims DESC, d.id LIMIT :shown
"""


async def place_page(datasette: Datasette, request: Request) -> Response:
    """Answer with the page of a place."""
    gather = partial(page_of, name=request.url_vars["id"])
    return await answered(datasette, request, gather, "place")


def page_of(connection: sqlite3.Connection, name: str) -> Page:
    """Return the page of a place. Raises LookupError."""
    place = place_of(connection, name)
    description = (
        f"{place['name']} in the ledger: {counted(place['n_dossiers'], 'dossier')} about it or "
        f"what lies in it, {counted(place['n_naming'], 'claim names', 'claims name')} it."
    )
    facts = {"place": place, "shown": SHOWN}
    return Page("place.html", place["name"], description, f"/places/{name}", facts)


def place_of(connection: sqlite3.Connection, name: str) -> Facts:
    """Return a place with what its page shows. Raises LookupError."""
    facts = row_of(connection, PLACE, id=name)
    facts["tree"] = tree_of(connection, "places", "within", name, BELOW_SHOWN)
    below = [one.id for one in facts["tree"].below]
    facts["mapped"] = mapped(connection, [name], below)
    by_place = named(connection)
    about = list(
        dict.fromkeys(one for at in [name, *below] for one in by_place.dossiers.get(at, []))
    )
    facts["n_dossiers"] = len(about)
    facts["dossiers"] = rows_of(connection, DOSSIERS, ids=as_ids(about), shown=SHOWN)
    naming = by_place.places.get(name, [])
    facts["n_naming"] = len(naming)
    facts["naming"] = told_claims(connection, naming[:SHOWN])
    return facts
