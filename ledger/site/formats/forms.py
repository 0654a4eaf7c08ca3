"""Forms: every form in which the site gives out data, and what follows from that.

A form is declared in a module of its own and named here once. Its addresses, the links on pages
and what the pages and the README tell of it come from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from ledger.reports.rows import Facts
from ledger.site.answering.addresses import Link
from ledger.site.answering.safety import web_address
from ledger.site.formats.citations import BIBTEX, CSL, TEXT, cite_text
from ledger.site.formats.feeds import ATOM
from ledger.site.formats.form import Form
from ledger.site.formats.geojson import GEOJSON
from ledger.site.formats.jsonld import JSON_LD, claim_jsonld, question_jsonld
from ledger.site.formats.oembed import OEMBED
from ledger.site.formats.rows import CSV, JSON
from ledger.site.formats.sitemap import SITEMAP

FORMS: Final[tuple[Form, ...]] = (
    CSV,
    JSON,
    BIBTEX,
    CSL,
    JSON_LD,
    GEOJSON,
    TEXT,
    ATOM,
    OEMBED,
    SITEMAP,
)
"""Every form, in the order in which pages link them."""

BY_ENDING: Final = {
    ending: form
    for form in FORMS
    if form.rows or form.lists
    for ending in (form.ending, form.extension)
}
"""The forms of tables by what addresses end with; Datasette's own endings of them work too."""


class Linked(NamedTuple):
    """A link to a form: what it is called, what comes from there, and its address."""

    name: str
    media_type: str
    address: str


def form_of(path: str) -> tuple[Form, str] | None:
    """Return the form of tables that an address is of, and its ending there; None for none."""
    name = path.rpartition("/")[2]
    endings = [one for one in BY_ENDING if name.endswith(f".{one}")]
    longest = max(endings, key=len, default=None)
    return (BY_ENDING[longest], longest) if longest else None


def thing_links(kind: str, page: str, home: str = "") -> Iterator[Linked]:
    """Yield the links from the page of a thing to its forms.

    With `home`, where the site begins, `page` is a whole address, which some forms ask for.
    """
    for form in FORMS:
        if kind in form.things:
            yield Linked(form.name, form.media_type, f"{page}.{form.ending}")
        if home and kind in form.asked:
            address = f"{home}{form.asked[kind]}{quote(page, safe='')}"
            yield Linked(form.name, form.media_type, address)


def list_links(table: str, path: str, query: str = "") -> Iterator[Linked]:
    """Yield the links to all rows of a table, narrowed by a query, or to all that is in them."""
    for form in FORMS:
        if form.says(table):
            asked = "&".join(part for part in (query, form.whole) if part)
            address = f"{path}.{form.ending}" + (f"?{asked}" if asked else "")
            yield Linked(form.called(table), form.media_type, address)


def in_form(entry: Facts, form: Form, link: Link) -> str:
    """Return a claim, of which `entry_of` gathered what the form tells, as the form writes it."""
    return form.things["claim"].write(entry, link)


ANNOUNCED: Final = [
    Linked(title, form.media_type, address)
    for form in FORMS
    for own in form.own
    for address, title in own.read.items()
    if title
]
"""The links that every page has."""

TOLD: Final[dict[str, Any]] = {
    "ledger_forms": FORMS,
    "ledger_announced": ANNOUNCED,
    "ledger_thing_links": thing_links,
    "ledger_list_links": list_links,
}
"""What templates know of forms, by name."""

FILTERS: Final[dict[str, Callable[..., str | None]]] = {
    "ledger_in_form": in_form,
    "ledger_cite_text": cite_text,
    "ledger_claim_jsonld": claim_jsonld,
    "ledger_question_jsonld": question_jsonld,
    "ledger_web": web_address,
}
"""The filters by name; those of a claim or question take `absolute`, which makes addresses."""
