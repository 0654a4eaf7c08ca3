"""A claim for programs: `/claims/<id>.json`, `.jsonld`, `.bib`, `.csl.json` and `.txt`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from datasette.utils.asgi import Response

from ledger.reports.kinds import show
from ledger.reports.rows import Facts
from ledger.site.answering.addresses import Link, linker
from ledger.site.answering.answer import HEADERS, gathered
from ledger.site.formats.citations import cite_bibtex, cite_csl, cite_text
from ledger.site.formats.entries import entry_of
from ledger.site.formats.jsonld import claim_node, document_of

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request


class Form(NamedTuple):
    """A form of a claim: how its facts are gathered, how they are written, and what comes out."""

    gather: Callable[[sqlite3.Connection, str], Facts]
    write: Callable[[Facts, Link], str]
    media_type: str


def as_json(data: Any) -> str:  # noqa: ANN401 # anything that JSON can hold
    """Return JSON for people to look at as well."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


FORMS: Final[Mapping[str, Form]] = {
    "json": Form(
        lambda connection, name: show(connection, "claim", name),
        lambda facts, _: as_json(facts),
        "application/json; charset=utf-8",
    ),
    "jsonld": Form(
        entry_of,
        lambda entry, link: as_json(document_of([claim_node(entry, link)])),
        "application/ld+json; charset=utf-8",
    ),
    "bib": Form(entry_of, cite_bibtex, "application/x-bibtex; charset=utf-8"),
    "csl.json": Form(
        entry_of,
        lambda entry, link: as_json([cite_csl(entry, link)]),
        "application/vnd.citationstyles.csl+json; charset=utf-8",
    ),
    "txt": Form(
        entry_of,
        lambda entry, link: cite_text(entry, link) + "\n",
        "text/plain; charset=utf-8",
    ),
}
"""Every form that a claim has for programs, by what its address ends with."""


async def claim_file(datasette: Datasette, request: Request) -> Response:
    """Answer with a claim in one of its forms for programs."""
    name, form = request.url_vars["id"], FORMS[request.url_vars["form"]]
    facts = await gathered(
        datasette, request, lambda connection: form.gather(connection, name), "claim"
    )
    body = form.write(facts, linker(datasette, request))
    return Response(body, headers=HEADERS, content_type=form.media_type)
