"""Addresses: what others may have linked or built upon is there, in the form that it always had."""

from __future__ import annotations

from typing import Final

import pytest

from ledger.site import register_output_renderer
from ledger.site.formats.downloads import ID
from ledger.site.pages.routes import NUMBER, routes
from tests.site.conftest import ONE_LOOP, Site

ROUTES: Final = {
    r"^/$",
    r"^/about$",
    rf"^/actors/{ID}$",
    rf"^/documents/{ID}$",
    rf"^/documents/{ID}/{NUMBER}$",
    rf"^/dossiers/{ID}$",
    rf"^/outlets/{ID}$",
    rf"^/places/{ID}$",
    r"^/search$",
    rf"^/claims/{ID}$",
    rf"^/claims/{ID}\.(?P<form>json|jsonld|bib|csl\.json|txt)$",
    r"^/disputes$",
    rf"^/disputes/{ID}$",
    rf"^/disputes/{ID}/card$",
    rf"^/questions/{ID}$",
    r"^/data(\.(?P<format>json))?$",
    r"^/feeds/(?P<feed>claims|conflicts)\.atom$",
    r"^/oembed$",
    r"^/robots\.txt$",
    r"^/sitemap\.xml$",
    r"^/sitemaps/(?P<kind>[a-z]+)-(?P<part>[0-9]{1,6})\.xml$",
}

RENDERERS: Final = {"bib", "csl", "jsonld", "geojson", "whole"}

HTML: Final = "text/html; charset=utf-8"
JSON: Final = "application/json; charset=utf-8"
TEXT: Final = "text/plain; charset=utf-8"
XML: Final = "application/xml; charset=utf-8"
ATOM: Final = "application/atom+xml; charset=utf-8"
BIBTEX: Final = "application/x-bibtex; charset=utf-8"
CSL: Final = "application/vnd.citationstyles.csl+json; charset=utf-8"
JSON_LD: Final = "application/ld+json; charset=utf-8"
GEOJSON: Final = "application/geo+json; charset=utf-8"

OF_CLAIMS: Final = (
    "claims",
    "contested_claims",
    "claim_sources",
    "claim_conflicts",
    "citations",
    "appearances",
)

ADDRESSES: Final = {
    **dict.fromkeys(
        (
            *("/", "/about", "/search", "/search?q=killed", "/disputes", "/data"),
            *("/actors/army", "/documents/page", "/documents/page/2", "/dossiers/village-2022"),
            *("/outlets/radio", "/places/village", "/claims/deaths-300", "/disputes/killers"),
            *("/disputes/killers/card", "/questions/killers", "/ledger", "/ledger/claims"),
        ),
        HTML,
    ),
    "/claims/deaths-300.json": JSON,
    "/claims/deaths-300.jsonld": JSON_LD,
    "/claims/deaths-300.bib": BIBTEX,
    "/claims/deaths-300.csl.json": CSL,
    "/claims/deaths-300.txt": TEXT,
    "/data.json": JSON,
    "/feeds/claims.atom": ATOM,
    "/feeds/conflicts.atom": ATOM,
    "/oembed?url=http%3A%2F%2Flocalhost%2Fclaims%2Fdeaths-300": JSON,
    "/oembed?url=http%3A%2F%2Flocalhost%2Fdisputes%2Fkillers": JSON,
    "/oembed?format=xml&url=http%3A%2F%2Flocalhost%2Fclaims%2Fdeaths-300": (
        "text/xml; charset=utf-8"
    ),
    "/robots.txt": "text/plain",
    "/sitemap.xml": XML,
    "/sitemaps/pages-1.xml": XML,
    "/sitemaps/claims-1.xml": XML,
    "/ledger/claims/deaths-300.bib": BIBTEX,
    "/ledger/claims/deaths-300.csl": CSL,
    "/ledger/claims/deaths-300.csl.json": CSL,
    "/ledger/claims/deaths-300.jsonld": JSON_LD,
    "/ledger/claims/deaths-300.geojson": GEOJSON,
    "/ledger/claims/deaths-300.json?_shape=objects": JSON,
    "/ledger/claims.csv": TEXT,
    "/ledger/claims.csv?_stream=on": TEXT,
    "/ledger/claims.csv?_dl=on": "text/csv; charset=utf-8",
    "/ledger/claims.csv?_size=2": TEXT,
    "/ledger/claims.json": JSON,
    "/ledger/claims.json?_stream=on&_shape=array": JSON,
    "/ledger/claims.json?_stream=on&_shape=object": JSON,
    "/ledger/claims.json?_stream=on&_shape=array&_nl=on": TEXT,
    **{
        f"/ledger/{table}.{ending}{query}": told
        for table in OF_CLAIMS
        for ending, told in (
            ("bib", BIBTEX),
            ("csl", CSL),
            ("csl.json", CSL),
            ("jsonld", JSON_LD),
            ("geojson", GEOJSON),
        )
        for query in ("", "?_size=2", "?_labels=on", "?_size=max&_nofacet=1")
    },
    **{
        f"/ledger/{table}.{ending}": told
        for table in ("questions", "disputes")
        for ending, told in (("jsonld", JSON_LD), ("geojson", GEOJSON))
    },
    "/ledger/places.geojson": GEOJSON,
    "/ledger/dossiers.geojson": GEOJSON,
}
"""Addresses of every route and of every form, and the type of what comes from there."""


def in_order(pattern: str) -> str:
    """Return a pattern with the endings that it takes in the order of the alphabet."""
    head, mark, rest = pattern.partition("(?P<form>")
    endings, end, tail = rest.partition(")")
    return head + mark + "|".join(sorted(endings.split("|"))) + end + tail


def test_every_address_of_a_page_or_file_is_answered_as_ever() -> None:
    found = {in_order(pattern) for pattern, _ in routes()}
    assert {in_order(pattern) for pattern in ROUTES} <= found
    assert {one["extension"] for one in register_output_renderer()} >= RENDERERS


@ONE_LOOP
@pytest.mark.parametrize("address", ADDRESSES)
async def test_every_address_gives_what_it_always_gave(rich: Site, address: str) -> None:
    answer = await rich.datasette.client.get(address, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == ADDRESSES[address]
    assert answer.text.strip()
