"""oEmbed: how other sites show a claim or a dispute of the ledger: `/oembed?url=`."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from datasette.utils.asgi import Response
from markupsafe import Markup

from ledger.reports.rows import Facts, row_of
from ledger.site.answering.addresses import Link, linker
from ledger.site.answering.answer import HEADERS, gathered
from ledger.site.answering.safety import xml_text
from ledger.site.formats.entries import headline
from ledger.site.formats.form import Form, Own, as_json
from ledger.site.formats.jsonld import NAME

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

WIDTH: Final = 560
HEIGHT: Final = 420
"""How large a dispute's card is at most, in CSS pixels, and where nobody asks for less."""

FRAME_HEIGHT: Final = 180
SIDE_HEIGHT: Final = 52
"""How high a card is without its positions, and what each of these adds."""

PAGE: Final = re.compile(r"/(?P<kind>claims|disputes)/(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)")

CLAIM: Final = """
SELECT c.text, c.status, a.name AS claimant_name FROM claims c
LEFT JOIN actors a ON a.id = c.claimant WHERE c.id = :id
"""

DISPUTE: Final = """
SELECT asks AS title, n_positions FROM disputes WHERE id = :id
"""

SOUGHT: Final = {"claims": CLAIM, "disputes": DISPUTE}

# The title is escaped by Markup; nothing of it is markup.
QUOTE: Final = Markup(
    '<blockquote cite="{page}"><p>{text}</p><footer>{said}<a href="{page}">{name}</a></footer>'
    "</blockquote>"
)
FRAME: Final = Markup(
    '<iframe src="{page}/card" title="{title}" width="{width}" height="{height}" loading="lazy" '
    'sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation">'
    "</iframe>"
)


def page_in(url: str, site: str) -> tuple[str, str] | None:
    """Return the kind and the id of the claim or dispute whose page an address is of a site.

    The scheme may be another: not everybody writes it. None for any other address.
    """
    try:
        asked, own = urlsplit(url), urlsplit(site)
    except ValueError:
        return None
    if asked.scheme not in {"http", "https"} or asked.netloc != own.netloc:
        return None
    base = own.path.removesuffix("/")
    match = PAGE.fullmatch(asked.path.removeprefix(base)) if asked.path.startswith(base) else None
    return (match["kind"], match["id"]) if match else None


def embedding(facts: Mapping[str, Any], page: str, size: tuple[int, int], link: Link) -> Facts:
    """Return what oEmbed tells of a page: a quotation of a claim, the card of a dispute."""
    width, height = size
    told = {
        "version": "1.0",
        "type": "rich",
        "title": headline(facts) if "text" in facts else facts["title"],
        "provider_name": NAME,
        "provider_url": link("/"),
        "width": width,
        "height": height,
    }
    if "text" in facts:
        claimant = facts["claimant_name"]
        said = f"{claimant + '; ' if claimant else ''}{facts['status']}: "
        html = QUOTE.format(page=page, text=facts["text"], said=said, name=NAME)
        author = {"author_name": claimant} if claimant else {}
        return told | author | {"height": None, "html": str(html)}
    height = min(height, FRAME_HEIGHT + SIDE_HEIGHT * facts["n_positions"])
    html = FRAME.format(page=page, title=facts["title"], width=width, height=height)
    return told | {"height": height, "html": str(html)}


def as_xml(told: Mapping[str, Any]) -> str:
    """Return what oEmbed tells as XML."""
    root = Element("oembed")
    for key, value in told.items():
        SubElement(root, key).text = xml_text("" if value is None else value)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written.decode()


async def oembed(datasette: Datasette, request: Request) -> Response:
    """Answer with how to embed the claim or dispute whose address is asked for."""
    link = linker(datasette, request)
    form = request.args.get("format") or "json"
    if form not in {"json", "xml"}:
        return _refused(501, f"format is {form!r}; it can be json or xml")
    found = page_in(request.args.get("url") or "", link("/"))
    if found is None:
        return _refused(404, "url is not the address of a claim or a dispute of this site")
    kind, name = found

    def gather(connection: sqlite3.Connection) -> Facts:
        return row_of(connection, SOUGHT[kind], id=name)

    facts = await gathered(datasette, request, gather, kind.removesuffix("s"))
    size = _most(request, "maxwidth", WIDTH), _most(request, "maxheight", HEIGHT)
    told = embedding(facts, link(f"/{kind}/{name}"), size, link)
    if form == "xml":
        return Response(as_xml(told), headers=HEADERS, content_type="text/xml; charset=utf-8")
    return Response(as_json(told), headers=HEADERS, content_type="application/json; charset=utf-8")


def _most(request: Request, name: str, otherwise: int) -> int:
    asked = request.args.get(name) or ""
    plain = asked.isascii() and asked.isdigit() and len(asked) < 6  # noqa: PLR2004 # wide enough
    return min(int(asked), otherwise) if plain and int(asked) else otherwise


def _refused(status: int, why: str) -> Response:
    return Response(why + "\n", status=status, headers=HEADERS, content_type="text/plain")


OEMBED: Final = Form(
    "oEmbed",
    "json",
    "application/json+oembed",
    "how another page shows a claim or a dispute",
    own=(Own(r"^/oembed$", oembed, {"/oembed?url=<address>": ""}),),
    asked=dict.fromkeys(("claim", "dispute"), "/oembed?url="),
)
