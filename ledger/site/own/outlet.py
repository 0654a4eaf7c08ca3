"""An outlet's page: `/outlets/<id>`: what it is cited for, and against whom that stands."""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import TYPE_CHECKING, Final

from ledger.showing import Facts, row_of, rows_of
from ledger.site.own.answer import Page, answered
from ledger.site.own.claim_lists import (
    CITING,
    DISPUTES_SHOWN,
    disputes_of,
    first_claims,
    statuses_of,
)
from ledger.site.own.words import counted
from ledger.words import SCOPES as WORDS_OF_SCOPES

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

OPPOSED: Final = 12
"""How many of those that contradict something a page names at most."""

OUTLET: Final = """
SELECT o.*, w.name AS part_of_name, (SELECT name FROM countries WHERE id = o.country) AS home,
    (SELECT count(*) FROM citations WHERE outlet = o.id) AS n_citations,
    (SELECT count(DISTINCT claim) FROM citations WHERE outlet = o.id) AS n_claims,
    (SELECT id FROM actors WHERE id = o.id) AS same_actor
FROM outlets o LEFT JOIN outlets w ON w.id = o.part_of WHERE o.id = :id
"""

PARTS: Final = "SELECT id, name FROM outlets WHERE part_of = :id ORDER BY name, id LIMIT 200"

PUBLISHED: Final = "SELECT id, title FROM documents WHERE outlet = :id ORDER BY id LIMIT 200"

SCOPES: Final = """
SELECT scope, count(*) AS n FROM citations WHERE outlet = :id GROUP BY scope ORDER BY n DESC, scope
"""

CITED_IN: Final = """
SELECT d.id, d.title, count(DISTINCT s.paragraph) AS n_paragraphs,
    count(DISTINCT s.claim) AS n_claims
FROM citations s JOIN documents d ON d.id = s.document
WHERE s.outlet = :id GROUP BY d.id ORDER BY n_claims DESC, d.id LIMIT 50
"""

# Written so that SQLite only looks up: joined, it would read whole tables to save some looks.
OPPOSED_BY: Final = """
WITH pairs AS (
    SELECT claim_b AS other, question FROM conflicts
    WHERE state = 'open' AND claim_a IN (SELECT claim FROM citations WHERE outlet = :id)
    UNION
    SELECT claim_a, question FROM conflicts
    WHERE state = 'open' AND claim_b IN (SELECT claim FROM citations WHERE outlet = :id)
)
SELECT f.*, o.name, q.asks FROM (
    SELECT s.outlet AS id, count(DISTINCT pairs.other) AS n_claims,
        count(DISTINCT pairs.question) AS n_questions, min(pairs.question) AS question
    FROM pairs CROSS JOIN citations s ON s.claim = pairs.other GROUP BY s.outlet
    ORDER BY n_questions DESC, n_claims DESC, id LIMIT :most
) f JOIN outlets o ON o.id = f.id LEFT JOIN questions q ON q.id = f.question
ORDER BY f.n_questions DESC, f.n_claims DESC, f.id
"""


async def outlet_page(datasette: Datasette, request: Request) -> Response:
    """Answer with the page of an outlet."""
    gather = partial(page_of, name=request.url_vars["id"])
    return await answered(datasette, request, gather, "outlet")


def page_of(connection: sqlite3.Connection, name: str) -> Page:
    """Return the page of an outlet. Raises LookupError."""
    outlet = outlet_of(connection, name)
    description = (
        f"{outlet['name']} is cited for {counted(outlet['n_claims'], 'claim')} in the ledger, "
        f"{counted(len(outlet['disputes']), 'dispute')} among them."
    )
    facts = {"outlet": outlet, "most_disputes": DISPUTES_SHOWN, "scopes": WORDS_OF_SCOPES}
    return Page("outlet.html", outlet["name"], description, f"/outlets/{name}", facts)


def outlet_of(connection: sqlite3.Connection, name: str) -> Facts:
    """Return an outlet with what its page shows. Raises LookupError."""
    facts = row_of(connection, OUTLET, id=name)
    facts["parts"] = rows_of(connection, PARTS, id=name)
    facts["published"] = rows_of(connection, PUBLISHED, id=name)
    facts["scopes"] = rows_of(connection, SCOPES, id=name)
    facts["cited_in"] = rows_of(connection, CITED_IN, id=name)
    facts["statuses"] = statuses_of(connection, CITING, name)
    facts["disputes"] = disputes_of(connection, CITING, name)
    opposed = rows_of(connection, OPPOSED_BY, id=name, most=OPPOSED + 1)
    # An outlet that carries both sides' words is cited against itself, which says no ill of it.
    facts["against_itself"] = next((one for one in opposed if one["id"] == name), None)
    facts["opposed_by"] = [one for one in opposed if one["id"] != name][:OPPOSED]
    facts["claims"] = first_claims(connection, CITING, name)
    return facts
