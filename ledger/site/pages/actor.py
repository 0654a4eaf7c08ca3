"""An actor's page: `/actors/<id>`: what it claims, what is claimed of it, who contradicts it.

And under which whole it counts as an origin, and where its word is told differently.
"""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import TYPE_CHECKING, Final

from ledger.records import Actor
from ledger.reports.claims import told_claims
from ledger.reports.registers import BELOW_SHOWN, named, tree_of
from ledger.reports.retellings import Retold, retellings_of, retold
from ledger.reports.rows import Facts, Named, row_of, rows_of
from ledger.site.answering.answer import Page, answered
from ledger.site.answering.words import counted
from ledger.site.pages.profile import profile_facts
from ledger.weigh.independence import UNNAMED, whole_of

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

NAMING_SHOWN: Final = 10
"""How many of the claims that name an actor its page lists at most."""

RETOLD_SHOWN: Final = 8
"""How many of the pairs of claims that tell its word differently its page shows at most."""

ACTOR: Final = """
SELECT a.*, (SELECT name FROM countries WHERE id = a.country) AS home,
    (SELECT id FROM outlets WHERE id = a.id) AS same_outlet
FROM actors a WHERE a.id = :id
"""

ABOVE: Final = """
SELECT a.id, a.name, a.kind, a.part_of, a.independent
FROM actor_tree t JOIN actors a ON a.id = t.whole WHERE t.actor = :id
"""

VOICE_OF: Final = "SELECT id, title FROM documents WHERE voice = :id ORDER BY id LIMIT 200"


async def actor_page(datasette: Datasette, request: Request) -> Response:
    """Answer with the page of an actor."""
    gather = partial(page_of, name=request.url_vars["id"])
    return await answered(datasette, request, gather, "actor")


def page_of(connection: sqlite3.Connection, name: str) -> Page:
    """Return the page of an actor. Raises LookupError."""
    actor = actor_of(connection, name)
    description = (
        f"{actor['name']} makes {counted(actor['n_claims'], 'claim')} in the ledger; "
        f"{counted(actor['n_naming'], 'claim names', 'claims name')} it."
    )
    facts = {"actor": actor}
    return Page("actor.html", actor["name"], description, f"/actors/{name}", facts)


def actor_of(connection: sqlite3.Connection, name: str) -> Facts:
    """Return an actor with what its page shows. Raises LookupError."""
    facts = row_of(connection, ACTOR, id=name)
    facts["tree"] = tree_of(connection, "actors", "part_of", name, BELOW_SHOWN)
    facts["independent"] = bool(facts["independent"])
    facts["unnamed"] = facts["kind"] == UNNAMED
    facts["whole"] = _whole(connection, name)
    told = retold(connection).get(name, Retold())
    facts["n_retold"], facts["n_retold_in"] = len(told.pairs), len(told.documents)
    facts["retold"] = retellings_of(connection, name, told.pairs[:RETOLD_SHOWN])
    facts["voice_of"] = rows_of(connection, VOICE_OF, id=name)
    facts |= profile_facts(connection, "actor", name)
    naming = named(connection).actors.get(name, [])
    facts["n_naming"] = len(naming)
    facts["naming"] = told_claims(connection, naming[:NAMING_SHOWN])
    return facts


def _whole(connection: sqlite3.Connection, name: str) -> Named:
    """Return what an actor counts under where origins are counted: itself, or what is above it."""
    rows = rows_of(connection, ABOVE, id=name)
    above = {
        row.pop("id"): Actor(**row | {"independent": bool(row["independent"])}) for row in rows
    }
    whole = whole_of(name, above)
    return Named(whole, above[whole].name)
