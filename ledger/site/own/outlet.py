"""An outlet's page: `/outlets/<id>`: what it is cited for, and against whom that stands."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from ledger.showing import Facts, row_of, rows_of
from ledger.site.own.answer import Page, answered
from ledger.site.own.claim_lists import (
    Glanced,
    as_ids,
    disputes_of,
    first_claims,
    statuses_of,
)
from ledger.site.own.opposed import OUTLETS, opposed_by
from ledger.site.own.words import counted
from ledger.words import SCOPES as WORDS_OF_SCOPES

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

DOCUMENTS_SHOWN: Final = 20
"""How many of the documents that cite it an outlet's page names at most."""

OUTLET: Final = """
SELECT o.*, w.name AS part_of_name, (SELECT name FROM countries WHERE id = o.country) AS home,
    (SELECT id FROM actors WHERE id = o.id) AS same_actor
FROM outlets o LEFT JOIN outlets w ON w.id = o.part_of WHERE o.id = :id
"""

PARTS: Final = "SELECT id, name FROM outlets WHERE part_of = :id ORDER BY name, id LIMIT 200"

PUBLISHED: Final = "SELECT id, title FROM documents WHERE outlet = :id ORDER BY id LIMIT 200"

CITATIONS: Final = """
SELECT c.id, c.status, c.turn, c.question, c.position, s.document, s.paragraph
FROM citations s JOIN claims c ON c.id = s.claim WHERE s.outlet = :id
"""

OF_ITS_OWN: Final = """
SELECT count(*) FROM documents d JOIN citations s ON s.outlet = d.outlet AND s.document = d.id
WHERE d.outlet = :id AND s.scope = 'document'
"""

TITLES: Final = """
SELECT d.id, d.title FROM json_each(:ids) j JOIN documents d ON d.id = j.value ORDER BY j.key
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
        f"{counted(outlet['n_disputes'], 'dispute')} among them."
    )
    facts = {"outlet": outlet, "scopes": WORDS_OF_SCOPES}
    return Page("outlet.html", outlet["name"], description, f"/outlets/{name}", facts)


def outlet_of(connection: sqlite3.Connection, name: str) -> Facts:
    """Return an outlet with what its page shows. Raises LookupError."""
    facts = row_of(connection, OUTLET, id=name)
    facts["parts"] = rows_of(connection, PARTS, id=name)
    facts["published"] = rows_of(connection, PUBLISHED, id=name)
    cited = connection.execute(CITATIONS, {"id": name}).fetchall()
    facts["scopes"] = _scopes(connection, name, cited)
    facts["cited_in"] = _cited_in(connection, cited)
    claims = sorted({Glanced(*claim) for *claim, _, _ in cited}, key=lambda one: one.turn)
    facts["n_claims"] = len(claims)
    facts["statuses"] = statuses_of(claims)
    facts |= disputes_of(connection, claims)
    # An outlet that carries both sides' words is cited against itself, which says no ill of it.
    facts |= opposed_by(connection, OUTLETS, name, claims)
    facts["claims"] = first_claims(connection, claims)
    return facts


def _scopes(connection: sqlite3.Connection, name: str, cited: Sequence[Any]) -> list[Facts]:
    """Return how often an outlet is cited in each scope, the most frequent first.

    The scope of each citation need not be read: only a document's own outlet is cited for it.
    """
    (own,) = connection.execute(OF_ITS_OWN, {"id": name}).fetchone()
    direct = sum(document is None for *_, document, _ in cited)
    counts = {"claim": direct, "document": own, "paragraph": len(cited) - direct - own}
    found = [{"scope": scope, "n": n} for scope, n in counts.items() if n]
    return sorted(found, key=lambda one: -counts[str(one["scope"])])


def _cited_in(connection: sqlite3.Connection, cited: Sequence[Any]) -> list[Facts]:
    """Return the documents that cite an outlet, those first that do for the most claims."""
    claims: dict[str, set[str]] = defaultdict(set)
    paragraphs: dict[str, set[int]] = defaultdict(set)
    for claim, *_, document, paragraph in cited:
        if document is not None:
            claims[document].add(claim)
            paragraphs[document].add(paragraph)
    first = sorted(claims, key=lambda one: (-len(claims[one]), one))[:DOCUMENTS_SHOWN]
    return [
        row | {"n_paragraphs": len(paragraphs[row["id"]]), "n_claims": len(claims[row["id"]])}
        for row in rows_of(connection, TITLES, ids=as_ids(first))
    ]
