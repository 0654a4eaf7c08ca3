"""An actor's page: `/actors/<id>`: what it claims, what is claimed of it, who contradicts it."""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import TYPE_CHECKING, Final

from ledger.showing import Facts, row_of, rows_of
from ledger.site.own.answer import Page, answered
from ledger.site.own.claim_lists import (
    DISPUTES_SHOWN,
    MADE_BY,
    disputes_of,
    first_claims,
    glance,
    statuses_of,
    told_claims,
)
from ledger.site.own.naming import named
from ledger.site.own.outlet import opposition
from ledger.site.own.trees import tree_of
from ledger.site.own.words import counted

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

NAMING_SHOWN: Final = 10
"""How many of the claims that name an actor its page lists at most."""

ACTOR: Final = """
SELECT a.*, (SELECT name FROM countries WHERE id = a.country) AS home,
    (SELECT id FROM outlets WHERE id = a.id) AS same_outlet
FROM actors a WHERE a.id = :id
"""

VOICE_OF: Final = "SELECT id, title FROM documents WHERE voice = :id ORDER BY id LIMIT 200"

# Written so that SQLite only looks up: joined, it would read whole tables to save some looks.
OPPOSED_BY: Final = """
WITH pairs AS (
    SELECT claim_b AS other, question FROM conflicts
    WHERE state = 'open' AND claim_a IN (SELECT value FROM json_each(:ids))
    UNION
    SELECT claim_a, question FROM conflicts
    WHERE state = 'open' AND claim_b IN (SELECT value FROM json_each(:ids))
)
SELECT f.*, a.name, q.asks FROM (
    SELECT id, count(DISTINCT other) AS n_claims, count(DISTINCT question) AS n_questions,
        min(question) AS question
    FROM (SELECT (SELECT claimant FROM claims WHERE id = other) AS id, other, question FROM pairs)
    WHERE id IS NOT NULL GROUP BY id
    ORDER BY id <> :self, n_claims DESC, n_questions DESC, id LIMIT :most
) f JOIN actors a ON a.id = f.id LEFT JOIN questions q ON q.id = f.question
ORDER BY f.n_claims DESC, f.n_questions DESC, f.id
"""


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
    facts = {"actor": actor, "most_disputes": DISPUTES_SHOWN}
    return Page("actor.html", actor["name"], description, f"/actors/{name}", facts)


def actor_of(connection: sqlite3.Connection, name: str) -> Facts:
    """Return an actor with what its page shows. Raises LookupError."""
    facts = row_of(connection, ACTOR, id=name)
    facts["tree"] = tree_of(connection, "actors", "part_of", name)
    facts["voice_of"] = rows_of(connection, VOICE_OF, id=name)
    claims = glance(connection, MADE_BY, name)
    facts["n_claims"] = len(claims)
    facts["statuses"] = statuses_of(claims)
    facts["disputes"] = disputes_of(connection, claims)
    facts |= opposition(connection, OPPOSED_BY, name, claims)
    facts["claims"] = first_claims(connection, claims)
    naming = named(connection).actors.get(name, [])
    facts["n_naming"] = len(naming)
    facts["naming"] = told_claims(connection, naming[:NAMING_SHOWN])
    return facts
