"""Forms: every form in which the site gives out data, and what follows from that.

A form is declared in a module of its own and named here once. Its addresses, the links on pages
and what the pages and the README tell of it come from there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

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


def form_of(path: str) -> tuple[Form, str] | None:
    """Return the form of tables that an address is of, and its ending there; None for none."""
    name = path.rpartition("/")[2]
    endings = [one for one in BY_ENDING if name.endswith(f".{one}")]
    longest = max(endings, key=len, default=None)
    return (BY_ENDING[longest], longest) if longest else None


ANNOUNCED: Final = [
    (title, form.media_type, address)
    for form in FORMS
    for own in form.own
    for address, title in own.read.items()
    if title
]
"""The links that every page has: their titles, what comes from there, and their addresses."""

FILTERS: Final[dict[str, Callable[..., str | None]]] = {
    "ledger_cite_text": cite_text,
    "ledger_claim_jsonld": claim_jsonld,
    "ledger_question_jsonld": question_jsonld,
    "ledger_web": web_address,
}
"""The filters by name; those of a claim or question take `absolute`, which makes addresses."""
