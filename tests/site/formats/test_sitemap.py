"""Sitemap: every page of the ledger for search engines, and what they had better leave alone."""

from __future__ import annotations

import sqlite3

import lxml.etree
import pytest

from ledger.site.formats import sitemap
from ledger.site.formats.sitemap import KINDS, counts_of, parts_of, paths_of
from tests.site.conftest import ONE_LOOP, Site

LOC = f"{{{sitemap.SITEMAPS}}}loc"


def addresses(text: str) -> list[str]:
    return [loc.text or "" for loc in lxml.etree.fromstring(text.encode()).iter(LOC)]


@ONE_LOOP
async def test_the_sitemap_has_every_page_and_each_is_there(rich: Site) -> None:
    found = addresses(await rich.get("/sitemap.xml"))
    assert len(set(found)) == len(found)
    assert "http://localhost/claims/deaths-300" in found
    assert "http://localhost/disputes/killers" in found
    for address in found:
        answer = await rich.datasette.client.get(address.removeprefix("http://localhost"))
        assert answer.status_code == 200, address


@ONE_LOOP
async def test_many_pages_are_split_in_files(rich: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = addresses(await rich.get("/sitemap.xml"))
    monkeypatch.setattr(sitemap, "MOST", 2)
    text = await rich.get("/sitemap.xml")
    assert lxml.etree.fromstring(text.encode()).tag == f"{{{sitemap.SITEMAPS}}}sitemapindex"
    monkeypatch.setattr(sitemap, "ALONE", sitemap.ALONE[:2])
    parts = [address.removeprefix("http://localhost") for address in addresses(text)]
    found: list[str] = []
    for part in dict.fromkeys(parts) - {"/sitemaps/pages-2.xml": None}.keys():
        some = addresses(await rich.get(part))
        assert 1 <= len(some) <= 2
        found += some
    assert set(found) == set(whole) - {"http://localhost/about"}


@ONE_LOOP
@pytest.mark.parametrize("part", ["claims-9", "claims-0", "nothing-1", "pages-2"])
async def test_a_part_that_is_not_there_is_not_found(rich: Site, part: str) -> None:
    await rich.get(f"/sitemaps/{part}.xml", status=404)


def test_parts_cover_each_kind(connection: sqlite3.Connection) -> None:
    counts = counts_of(connection)
    paths = [
        path
        for kind in KINDS
        for part in range(1, len([p for p in parts_of(counts, 3) if f"/{kind}-" in p]) + 1)
        for path in paths_of(connection, kind, part, 3)
    ]
    assert len(paths) == len(set(paths)) == sum(counts.values())


@ONE_LOOP
async def test_robots_are_told_of_the_sitemap_and_kept_from_endless_tables(rich: Site) -> None:
    lines = (await rich.get("/robots.txt")).splitlines()
    assert "Disallow: /ledger/*?" in lines
    assert lines[-1] == "Sitemap: http://localhost/sitemap.xml"
