"""Routes: which address is answered by which page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

from ledger.site.formats.claim_files import claim_file
from ledger.site.formats.feeds import feed_page
from ledger.site.formats.oembed import oembed
from ledger.site.formats.sitemap import robots, sitemap, sitemap_part
from ledger.site.pages.about import about_page
from ledger.site.pages.actor import actor_page
from ledger.site.pages.card import dispute_card
from ledger.site.pages.claim import claim_page
from ledger.site.pages.disputes import disputes_page
from ledger.site.pages.document import document_page, paragraph_page
from ledger.site.pages.dossier import dossier_page
from ledger.site.pages.home import home_page
from ledger.site.pages.outlet import outlet_page
from ledger.site.pages.place import place_page
from ledger.site.pages.question import dispute_page, question_page
from ledger.site.pages.search import search_page
from ledger.site.pages.stock import data_page

View = Callable[..., Awaitable[Any]]

ID: Final = r"(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)"
"""An id in an address, as ids are in files."""

NUMBER: Final = r"(?P<number>[1-9][0-9]{0,8})"
"""A paragraph's number in an address."""

ROUTES: Final[tuple[tuple[str, View], ...]] = (
    (r"^/$", home_page),
    (r"^/about$", about_page),
    (rf"^/actors/{ID}$", actor_page),
    (rf"^/documents/{ID}$", document_page),
    (rf"^/documents/{ID}/{NUMBER}$", paragraph_page),
    (rf"^/dossiers/{ID}$", dossier_page),
    (rf"^/outlets/{ID}$", outlet_page),
    (rf"^/places/{ID}$", place_page),
    (r"^/search$", search_page),
    (rf"^/claims/{ID}$", claim_page),
    (rf"^/claims/{ID}\.(?P<form>json|jsonld|bib|csl\.json|txt)$", claim_file),
    (r"^/disputes$", disputes_page),
    (rf"^/disputes/{ID}$", dispute_page),
    (rf"^/disputes/{ID}/card$", dispute_card),
    (rf"^/questions/{ID}$", question_page),
    (r"^/data(\.(?P<format>json))?$", data_page),
    (r"^/feeds/(?P<feed>claims|conflicts)\.atom$", feed_page),
    (r"^/oembed$", oembed),
    (r"^/robots\.txt$", robots),
    (r"^/sitemap\.xml$", sitemap),
    (r"^/sitemaps/(?P<kind>[a-z]+)-(?P<part>[0-9]{1,6})\.xml$", sitemap_part),
)


def routes() -> list[tuple[str, View]]:
    """Return every own page's address, as a regular expression, and what answers it."""
    return list(ROUTES)
