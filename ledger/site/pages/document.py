"""A document's page: `/documents/<id>`: its paragraphs, and the claims read in each.

The text is not in the ledger, so it is not shown. A paragraph has a page of its own for when
its claims are too many for the document's: `/documents/<id>/<number>`.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from ledger.database.profiles import Profile, profile_of
from ledger.reports.claims import Found, Mention, ToldClaim, in_turn, mentions, told_claims
from ledger.reports.rows import Facts, as_ids, row_of, rows_of
from ledger.site.answering.answer import Page, answered
from ledger.site.answering.words import counted
from ledger.words import EXTENTS, part_in_words

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

PARAGRAPHS_SHOWN: Final = 400
"""How many paragraphs the strip has at most."""

CLAIMS_SHOWN: Final = 400
"""How many claims the page names at most, over all paragraphs."""

OF_PARAGRAPH: Final = 50
"""How many claims a paragraph's own page shows at most."""

DEPTHS: Final = (1, 4, 8, 14)
"""From how many claims on a paragraph is drawn in a stronger colour."""

DOCUMENT: Final = """
SELECT d.*, o.name AS outlet_name, a.name AS voice_name
FROM documents d LEFT JOIN outlets o ON o.id = d.outlet LEFT JOIN actors a ON a.id = d.voice
WHERE d.id = :id
"""

PARAGRAPHS: Final = """
SELECT number, outlets, n_claims, left_out FROM paragraphs WHERE document = :id
ORDER BY number LIMIT :shown
"""

NAMES: Final = """
SELECT id, name FROM outlets WHERE id IN (
    SELECT j.value FROM paragraphs p, json_each(p.outlets) j WHERE p.document = :id
)
"""

PARAGRAPH: Final = """
SELECT p.number, p.n_claims, p.outlets, p.left_out, d.id, d.title,
    (SELECT max(number) FROM paragraphs WHERE document = d.id AND number < p.number) AS before,
    (SELECT min(number) FROM paragraphs WHERE document = d.id AND number > p.number) AS after
FROM paragraphs p JOIN documents d ON d.id = p.document
WHERE p.document = :id AND p.number = :number
"""

CITED_THERE: Final = """
SELECT o.id, o.name, count(*) AS times
FROM paragraphs p, json_each(p.outlets) j JOIN outlets o ON o.id = j.value
WHERE p.document = :id AND p.number = :number GROUP BY o.id ORDER BY min(j.key)
"""

READ_THERE: Final = "SELECT claim FROM appearances WHERE document = :id AND paragraph = :number"


LOCATED: Final = """
SELECT claim, locator FROM appearances
WHERE claim IN (SELECT value FROM json_each(:claims)) AND document = :id AND paragraph IS NULL
ORDER BY claim, nth
"""


async def document_page(datasette: Datasette, request: Request) -> Response:
    """Answer with the page of a document."""
    gather = partial(page_of, name=request.url_vars["id"])
    return await answered(datasette, request, gather, "document")


async def paragraph_page(datasette: Datasette, request: Request) -> Response:
    """Answer with the page of a paragraph."""
    names = request.url_vars
    gather = partial(paragraph_page_of, name=names["id"], number=int(names["number"]))
    return await answered(datasette, request, gather, "paragraph")


def page_of(connection: sqlite3.Connection, name: str) -> Page:
    """Return the page of a document. Raises LookupError."""
    document = document_of(connection, name)
    n_paragraphs = document["n_paragraphs"]
    where = f"{counted(n_paragraphs, 'paragraph')} of " if n_paragraphs else ""
    read = counted(document["n_claims"], "claim")
    description = f"{read} read in {where}{document['title']}."
    facts = {"document": document}
    return Page("document.html", document["title"], description, f"/documents/{name}", facts)


def document_of(connection: sqlite3.Connection, name: str) -> Facts:
    """Return a document with what its page shows. Raises LookupError."""
    facts = row_of(connection, DOCUMENT, id=name)
    profile = profile_of(connection, "document", name)
    facts["statuses"] = [{"status": status, "n": n} for status, n in profile["statuses"]]
    facts["extent_said"] = EXTENTS.get(facts["extent"] or "")
    facts["paragraphs"] = _paragraphs(connection, name, profile)
    facts["n_elsewhere"] = profile["n_elsewhere"]
    facts["elsewhere"] = _elsewhere_in(connection, name, profile)
    return facts


def _elsewhere_in(connection: sqlite3.Connection, name: str, profile: Profile) -> list[Facts]:
    """Return the first claims that were read in no paragraph, and where each was, in words."""
    ids = profile["elsewhere"]
    named = mentions(connection, ids)
    parts: dict[str, list[str]] = defaultdict(list)
    for claim, locator in connection.execute(LOCATED, {"id": name, "claims": as_ids(ids)}):
        parts[claim].append(part_in_words(locator))
    return [{"claim": named[one], "parts": ", ".join(filter(None, parts[one]))} for one in ids]


def _paragraphs(connection: sqlite3.Connection, name: str, profile: Profile) -> list[Facts]:
    """Return the first paragraphs, each with its outlets and its most contested claims."""
    names = {row["id"]: row["name"] for row in rows_of(connection, NAMES, id=name)}
    paragraphs = rows_of(connection, PARAGRAPHS, id=name, shown=PARAGRAPHS_SHOWN)
    in_conflict = {number: n for number, n, _ in profile["paragraphs"]}
    numbers = {one["number"] for one in paragraphs}
    first = [
        (number, one)
        for number, _, ids in profile["paragraphs"]
        if number in numbers
        for one in ids
    ]
    told = _told(connection, first[:CLAIMS_SHOWN])
    return [
        paragraph
        | {
            "cited": [
                {"id": o, "name": names.get(o, o)} for o in dict.fromkeys(paragraph["outlets"])
            ],
            "n_contested": in_conflict.get(paragraph["number"], 0),
            "depth": sum(paragraph["n_claims"] >= least for least in DEPTHS),
            "claims": told[paragraph["number"]],
        }
        for paragraph in paragraphs
    ]


def _told(
    connection: sqlite3.Connection, first: Sequence[tuple[int, str]]
) -> dict[int, list[Mention]]:
    """Return the claims that the page names in each paragraph, from pairs of a number and an id."""
    named = mentions(connection, sorted({one for _, one in first}))
    told: dict[int, list[Mention]] = defaultdict(list)
    for number, one in first:
        told[number].append(named[one])
    return told


def paragraph_page_of(connection: sqlite3.Connection, name: str, number: int) -> Page:
    """Return the page of a paragraph. Raises LookupError."""
    facts = row_of(connection, PARAGRAPH, id=name, number=number)
    facts["cited"] = rows_of(connection, CITED_THERE, id=name, number=number)
    read = in_turn(connection, READ_THERE, id=name, number=number)
    claims = told_claims(connection, read[:OF_PARAGRAPH])
    facts["claims"] = [replace(one, found=_elsewhere(one, name, number)) for one in claims]
    title = f"Paragraph {number} of {facts['title']}"
    description = f"{counted(facts['n_claims'], 'claim')} read in paragraph {number}."
    path = f"/documents/{name}/{number}"
    return Page("paragraph.html", title, description, path, {"paragraph": facts})


def _elsewhere(claim: ToldClaim, name: str, number: int) -> list[Found]:
    """Return where else than in a paragraph a claim was read."""
    here = name, number
    return [place for place in claim.found if (place.document, place.paragraph) != here]
