"""Sitemap: every page of the ledger for search engines, and what they had better leave alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from datasette.utils.asgi import NotFound, Response

from ledger.site.answering.addresses import Link, linker
from ledger.site.answering.answer import HEADERS, gathered
from ledger.site.formats.form import Form, Own

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

MOST: Final = 50_000
"""How many addresses the protocol lets a file have."""

ALONE: Final = ("/", "/disputes", "/about")
"""The pages that are no thing's own."""

KINDS: Final = {
    "disputes": "disputes",
    "questions": "questions WHERE id NOT IN (SELECT id FROM disputes)",
    **{name: name for name in ("claims", "dossiers", "documents", "outlets", "actors", "places")},
}
"""The kinds of pages, by the beginning of their addresses, and the rows whose pages they are."""

COUNT: Final = " UNION ALL ".join(
    f"SELECT '{kind}' AS kind, count(*) AS n FROM {rows}"  # noqa: S608 # names of KINDS
    for kind, rows in KINDS.items()
)

SITEMAPS: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"

XML: Final = "application/xml; charset=utf-8"


def counts_of(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many pages of each kind there are."""
    return dict(connection.execute(COUNT))


def paths_of(connection: sqlite3.Connection, kind: str, part: int, most: int) -> list[str]:
    """Return the paths of one part of a kind's pages; parts count from 1.

    Raises LookupError if there is no such part.
    """
    sql = f"SELECT id FROM {KINDS[kind]} ORDER BY id LIMIT ? OFFSET ?"  # noqa: S608 # names of KINDS
    found = [f"/{kind}/{name}" for (name,) in connection.execute(sql, [most, most * (part - 1)])]
    if not found or part < 1:
        raise LookupError(kind, part)
    return found


def parts_of(counts: dict[str, int], most: int) -> list[str]:
    """Return the paths of the files that an index names."""
    kinds = {"pages": len(ALONE)} | counts
    return [
        f"/sitemaps/{kind}-{part}.xml"
        for kind, count in kinds.items()
        for part in range(1, -(-count // most) + 1)
    ]


def sitemap_of(connection: sqlite3.Connection, link: Link) -> str:
    """Return the addresses of all pages, or of the files that have them if they are many."""
    counts = counts_of(connection)
    if sum(counts.values()) + len(ALONE) > MOST:
        return _file("sitemapindex", "sitemap", map(link, parts_of(counts, MOST)))
    rest = (paths_of(connection, kind, 1, MOST) for kind in KINDS if counts[kind])
    return _file("urlset", "url", map(link, chain(ALONE, *rest)))


async def sitemap(datasette: Datasette, request: Request) -> Response:
    """Answer with the addresses of all pages, or of the files that have them if they are many."""
    link = linker(datasette, request)
    text = await gathered(datasette, request, lambda connection: sitemap_of(connection, link))
    return Response(text, headers=HEADERS, content_type=XML)


async def sitemap_part(datasette: Datasette, request: Request) -> Response:
    """Answer with the addresses of some pages of one kind."""
    kind, part = request.url_vars["kind"], int(request.url_vars["part"])
    if kind == "pages" and part == 1:
        paths: list[str] = list(ALONE)
    elif kind in KINDS:
        paths = await gathered(
            datasette, request, lambda connection: paths_of(connection, kind, part, MOST)
        )
    else:
        message = "There is no such part of the sitemap."
        raise NotFound(message)
    text = _file("urlset", "url", map(linker(datasette, request), paths))
    return Response(text, headers=HEADERS, content_type=XML)


async def robots(datasette: Datasette, request: Request) -> Response:
    """Answer with what programs that follow every link had better leave alone.

    Filtered tables and searches are endless, and have nothing that the pages do not have.
    """
    link = linker(datasette, request)
    path = datasette.urls.path
    lines = [
        "User-agent: *",
        *(f"Disallow: {path(left)}" for left in ("/ledger/*?", "/search", "/-/")),
        f"Sitemap: {link('/sitemap.xml')}",
    ]
    return Response("\n".join(lines) + "\n", headers=HEADERS, content_type="text/plain")


def _file(whole: str, one: str, addresses: Iterable[str]) -> str:
    told = "".join(f"<{one}><loc>{escape(address)}</loc></{one}>\n" for address in addresses)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f'{head}<{whole} xmlns="{SITEMAPS}">\n{told}</{whole}>\n'


SITEMAP: Final = Form(
    "Sitemap",
    "xml",
    "application/xml",
    "the address of every page, for search engines; programs are told what to leave alone",
    own=(
        Own(r"^/sitemap\.xml$", sitemap, {"/sitemap.xml": ""}),
        Own(r"^/sitemaps/(?P<kind>[a-z]+)-(?P<part>[0-9]{1,6})\.xml$", sitemap_part, {}),
        Own(r"^/robots\.txt$", robots, {"/robots.txt": ""}),
    ),
)
