"""A dispute's card, for other sites to show in a frame: `/disputes/<id>/card`."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from datasette.utils.asgi import Response

from ledger.reports.lede import ledes
from ledger.reports.questions import CARD, Question, question
from ledger.site.answering.addresses import linker
from ledger.site.answering.answer import HEADERS, gathered
from ledger.site.answering.rendering import rendered

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

POLICY: Final = "Content-Security-Policy"

FRAMED: Final = HEADERS | {
    POLICY: HEADERS[POLICY].replace("frame-ancestors 'none'", "frame-ancestors *")
}
"""What a card is sent with: as strict as a page, but anybody may frame it."""


def dispute_of(connection: sqlite3.Connection, name: str) -> tuple[Question, str]:
    """Return a dispute as cards show it, and it in a sentence.

    Raises LookupError if there is no such dispute.
    """
    found = question(connection, name, CARD)
    if not found.dispute:
        raise LookupError(name)
    return found, ledes(connection, [found])[name]


async def dispute_card(datasette: Datasette, request: Request) -> Response:
    """Answer with a dispute's card."""
    name = request.url_vars["id"]
    dispute, lede = await gathered(
        datasette, request, lambda connection: dispute_of(connection, name), "dispute"
    )
    canonical = linker(datasette, request)(f"/disputes/{name}")
    facts = {"dispute": dispute, "lede": lede, "canonical": canonical}
    body = rendered(datasette, request, "ledger/card.html", facts)
    return Response.html(body, headers=FRAMED)
