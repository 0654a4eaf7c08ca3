"""An outlet's page: `/outlets/<id>`: what it is cited for, and against whom that stands."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Final

from ledger.showing import Facts, row_of, rows_of
from ledger.site.own.answer import Page, answered
from ledger.site.own.claim_lists import (
    CITING,
    DISPUTES_SHOWN,
    Glanced,
    as_ids,
    counted_words,
    disputes_of,
    first_claims,
    glance,
    statuses_of,
)
from ledger.site.own.words import counted
from ledger.words import SCOPES as WORDS_OF_SCOPES

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

OPPOSED: Final = 12
"""How many of those that contradict something a page names at most."""

DOCUMENTS_SHOWN: Final = 50
"""How many of the documents that cite it an outlet's page names at most."""

OUTLET: Final = """
SELECT o.*, w.name AS part_of_name, (SELECT name FROM countries WHERE id = o.country) AS home,
    (SELECT id FROM actors WHERE id = o.id) AS same_actor
FROM outlets o LEFT JOIN outlets w ON w.id = o.part_of WHERE o.id = :id
"""

PARTS: Final = "SELECT id, name FROM outlets WHERE part_of = :id ORDER BY name, id LIMIT 200"

PUBLISHED: Final = "SELECT id, title FROM documents WHERE outlet = :id ORDER BY id LIMIT 200"

CITATIONS: Final = "SELECT claim, scope, document, paragraph FROM citations WHERE outlet = :id"

TITLES: Final = """
SELECT d.id, d.title FROM json_each(:ids) j JOIN documents d ON d.id = j.value ORDER BY j.key
"""

# Written so that SQLite only looks up: joined, it would read whole tables to save some looks.
OPPOSED_BY: Final = """
WITH pairs AS (
    SELECT claim_b AS other, question FROM conflicts
    WHERE state = 'open' AND claim_a IN (SELECT value FROM json_each(:ids))
    UNION
    SELECT claim_a, question FROM conflicts
    WHERE state = 'open' AND claim_b IN (SELECT value FROM json_each(:ids))
)
SELECT f.*, o.name, q.asks FROM (
    SELECT s.outlet AS id, count(DISTINCT pairs.other) AS n_claims,
        count(DISTINCT pairs.question) AS n_questions, min(pairs.question) AS question
    FROM pairs CROSS JOIN citations s ON s.claim = pairs.other GROUP BY s.outlet
    ORDER BY s.outlet <> :self, n_claims DESC, n_questions DESC, id LIMIT :most
) f JOIN outlets o ON o.id = f.id LEFT JOIN questions q ON q.id = f.question
ORDER BY f.n_claims DESC, f.n_questions DESC, f.id
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
    facts |= _citations(connection, name)
    claims = glance(connection, CITING, name)
    facts["n_claims"] = len(claims)
    facts["statuses"] = statuses_of(claims)
    facts["disputes"] = disputes_of(connection, claims)
    # An outlet that carries both sides' words is cited against itself, which says no ill of it.
    facts |= opposition(connection, OPPOSED_BY, name, claims)
    facts["claims"] = first_claims(connection, claims)
    return facts


def opposition(
    connection: sqlite3.Connection, sql: str, name: str, claims: Iterable[Glanced]
) -> Facts:
    """Return who contradicts some claims, the most opposed first, and whether they do themselves.

    `name` is the id of whoever the claims are of.
    """
    contested = as_ids([one.id for one in claims if one.status == "contested"])
    opposed = rows_of(connection, sql, ids=contested, self=name, most=OPPOSED + 1)
    return {
        "against_itself": next((one for one in opposed if one["id"] == name), None),
        "opposed_by": [one for one in opposed if one["id"] != name][:OPPOSED],
    }


def _citations(connection: sqlite3.Connection, name: str) -> Facts:
    """Return how an outlet is cited, and in which documents."""
    rows = connection.execute(CITATIONS, {"id": name}).fetchall()
    claims: dict[str, set[str]] = defaultdict(set)
    paragraphs: dict[str, set[int]] = defaultdict(set)
    for claim, _, document, paragraph in rows:
        if document is not None:
            claims[document].add(claim)
            paragraphs[document].add(paragraph)
    first = sorted(claims, key=lambda one: (-len(claims[one]), one))[:DOCUMENTS_SHOWN]
    return {
        "n_citations": len(rows),
        "scopes": counted_words("scope", (scope for _, scope, _, _ in rows)),
        "cited_in": [
            row | {"n_paragraphs": len(paragraphs[row["id"]]), "n_claims": len(claims[row["id"]])}
            for row in rows_of(connection, TITLES, ids=as_ids(first))
        ],
    }
