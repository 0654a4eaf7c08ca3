"""oEmbed: how other sites show a claim or a dispute of the ledger."""

from __future__ import annotations

import json
from urllib.parse import quote

import lxml.etree
import lxml.html
import pytest

from ledger.site.formats.oembed import page_in
from tests.site.conftest import ONE_LOOP, Site


def asked(path: str, more: str = "") -> str:
    return f"/oembed?url={quote('http://localhost' + path, safe='')}{more}"


@ONE_LOOP
async def test_a_dispute_is_embedded_as_its_card(rich: Site) -> None:
    told = json.loads(await rich.get(asked("/disputes/deaths")))
    assert told["type"] == "rich"
    assert told["version"] == "1.0"
    frame = lxml.html.fragment_fromstring(told["html"])
    assert frame.tag == "iframe"
    assert frame.get("src") == "http://localhost/disputes/deaths/card"
    assert (int(frame.get("width")), int(frame.get("height"))) == (told["width"], told["height"])
    await rich.get("/disputes/deaths/card")


@ONE_LOOP
async def test_a_claim_is_embedded_as_a_quotation(rich: Site) -> None:
    told = json.loads(await rich.get(asked("/claims/deaths-300")))
    quotation = lxml.html.fragment_fromstring(told["html"])
    assert quotation.tag == "blockquote"
    assert "About 300 people were killed." in quotation.text_content()
    assert "Witnesses; contested: claim-ledger" in quotation.text_content()
    assert told["author_name"] == "Witnesses"
    assert told["title"] == "Witnesses: “About 300 people were killed.” (contested)"


@ONE_LOOP
async def test_nothing_is_larger_than_asked_for(rich: Site) -> None:
    told = json.loads(await rich.get(asked("/disputes/deaths", "&maxwidth=300&maxheight=9999")))
    assert told["width"] == 300
    assert told["height"] < 9999
    told = json.loads(await rich.get(asked("/disputes/deaths", "&maxwidth=wide")))
    assert told["width"] > 300


@ONE_LOOP
async def test_it_is_told_as_xml_as_well(rich: Site) -> None:
    text = await rich.get(asked("/disputes/deaths", "&format=xml"))
    root = lxml.etree.fromstring(text.encode())
    assert root.findtext("title") == "How many people were killed?"
    assert (root.findtext("html") or "").startswith("<iframe ")
    await rich.get(asked("/disputes/deaths", "&format=yaml"), status=501)


@ONE_LOOP
@pytest.mark.parametrize(
    "path", ["/claims/nobody", "/disputes/nobody", "/outlets/wire", "/disputes/deaths/card", ""]
)
async def test_other_pages_are_not_found(rich: Site, path: str) -> None:
    await rich.get(asked(path), status=404)


@ONE_LOOP
async def test_pages_name_where_to_ask(rich: Site) -> None:
    for path in ("/claims/deaths-300", "/disputes/deaths"):
        page = lxml.html.fromstring(await rich.get(path))
        (found,) = page.xpath('//link[@type="application/json+oembed"]/@href')
        told = json.loads(await rich.get(found.removeprefix("http://localhost")))
        heading = page.xpath("string(//h1)")
        assert heading in told["title"]
        assert heading in page.findtext(".//title")


@pytest.mark.parametrize(
    ("url", "site", "found"),
    [
        ("https://a.example/claims/b", "http://a.example/", ("claims", "b")),
        ("https://a.example/x/claims/b?c#d", "https://a.example/x/", ("claims", "b")),
        ("https://a.example/claims/b", "https://a.example/x/", None),
        ("https://b.example/claims/b", "https://a.example/", None),
        ("javascript://a.example/claims/b", "https://a.example/", None),
        ("https://a.example/claims/b/../c", "https://a.example/", None),
        ("https://[", "https://a.example/", None),
    ],
)
def test_only_pages_of_this_site_are_known(
    url: str, site: str, found: tuple[str, str] | None
) -> None:
    assert page_in(url, site) == found
