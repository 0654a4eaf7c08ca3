"""An outlet's page: `/outlets/<id>`: what it is known to carry, and against whom that stands.

Apart from that, the claims at whose paragraphs it only stands, and where it alters what it repeats.
"""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import TYPE_CHECKING, Final

from ledger.reports.claims import mentions
from ledger.reports.retellings import altered, alterings_of
from ledger.reports.rows import Facts, as_ids, row_of, rows_of
from ledger.site.answering.answer import Page, answered
from ledger.site.answering.words import counted
from ledger.site.pages.profile import profile_facts
from ledger.words import SCOPES as WORDS_OF_SCOPES

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

ALTERED_SHOWN: Final = 8
"""How many of the claims that alter what they repeat its page shows at most."""

OUTLET: Final = """
SELECT o.*, w.name AS part_of_name, (SELECT name FROM countries WHERE id = o.country) AS home,
    (SELECT id FROM actors WHERE id = o.id) AS same_actor
FROM outlets o LEFT JOIN outlets w ON w.id = o.part_of WHERE o.id = :id
"""

PARTS: Final = "SELECT id, name FROM outlets WHERE part_of = :id ORDER BY name, id LIMIT 200"

PUBLISHED: Final = "SELECT id, title FROM documents WHERE outlet = :id ORDER BY id LIMIT 200"

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
        f"{outlet['name']} is known to carry {counted(outlet['n_claims'], 'claim')} in the ledger, "
        f"in {counted(outlet['n_disputes'], 'dispute')}."
    )
    facts = {"outlet": outlet, "scopes": WORDS_OF_SCOPES}
    return Page("outlet.html", outlet["name"], description, f"/outlets/{name}", facts)


def outlet_of(connection: sqlite3.Connection, name: str) -> Facts:
    """Return an outlet with what its page shows. Raises LookupError."""
    facts = row_of(connection, OUTLET, id=name)
    facts["parts"] = rows_of(connection, PARTS, id=name)
    facts["published"] = rows_of(connection, PUBLISHED, id=name)
    # An outlet that carries both sides' words stands against itself, which says no ill of it.
    facts |= profile_facts(connection, "outlet", name)
    beside = mentions(connection, facts["nearby"])
    facts["nearby"] = [beside[one] for one in facts["nearby"]]
    pairs = altered(connection).get(name, ())
    facts["n_altered"] = len(pairs)
    facts["altered"] = alterings_of(connection, pairs[:ALTERED_SHOWN])
    facts["scopes"] = [{"scope": scope, "n": n} for scope, n in facts["scopes"]]
    cited_in = {document: counts for document, *counts in facts["cited_in"]}
    facts["cited_in"] = [
        row | dict(zip(("n_paragraphs", "n_claims"), cited_in[row["id"]], strict=True))
        for row in rows_of(connection, TITLES, ids=as_ids(list(cited_in)))
    ]
    return facts
