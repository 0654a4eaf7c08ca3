"""A place's page: its map and the same in words, its tree, its dossiers, what names it."""

from __future__ import annotations

from pathlib import Path

from ledger.build import build
from tests.full import FULL
from tests.site.conftest import ONE_LOOP, Site, opened
from tests.site.reading import Read
from tests.small import write_folder


@ONE_LOOP
async def test_a_places_page_has_a_map_and_says_the_same_in_words(small: Site) -> None:
    page = Read(await small.get("/places/village"))
    assert page.headings == ["A Village"]
    (picture,) = page.element.xpath("//svg[@role='img']")
    assert picture.xpath("string(title)").startswith("A Village: a map.")
    assert page.said("//ul[@class='map-places']/li") == ["A Village: settlement, 14.5° N, 4.1° W"]
    assert page.element.xpath("//path[@class='land here']")
    assert "Coastlines and borders: Natural Earth." in page.words
    assert "/about#map" in page.links


@ONE_LOOP
async def test_it_shows_where_the_place_lies_and_what_lies_in_it(small: Site) -> None:
    page = Read(await small.get("/places/mopti"))
    assert page.said("//nav[@class='crumbs']//li") == ["Mali"]
    assert "Places within A Village" in page.words
    # Without coordinates of its own or above it, only what lies in it can be drawn.
    assert "Mopti Region: its coordinates are not in the ledger" in page.words
    assert page.element.xpath("//circle[@class='dot around']")


@ONE_LOOP
async def test_it_leads_to_dossiers_about_it_and_what_lies_in_it(small: Site) -> None:
    for name in ("village", "mopti", "mali"):
        page = Read(await small.get(f"/places/{name}"), "dossiers")
        assert page.links == ["/dossiers/village-2022"]
        assert "27 March 2022 2 disputes 2 questions 5 claims" in page.words


@ONE_LOOP
async def test_it_shows_the_claims_that_name_it(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    assert build(write_folder(tmp_path / "claims", FULL), path).problems == []
    async with opened(path) as site:
        page = await site.get("/places/village")
    assert Read(page, "naming").links[0] == "/claims/where-village"
    assert "1 claim names it as an answer" in Read(page).words


@ONE_LOOP
async def test_a_place_that_nobody_can_draw_has_no_map(small: Site) -> None:
    with_map = await small.get("/places/mali")
    assert "/ledger/claims?_country=ML" in Read(with_map).links
    await small.get("/places/nowhere", status=404)


@ONE_LOOP
async def test_maps_of_everything_shipped_stay_small(shipped: Site) -> None:
    for (name,) in shipped.sql("SELECT id FROM places ORDER BY id"):
        page = await shipped.get(f"/places/{name}")
        assert len(page) < 100_000, name
        assert page.count("<h1") == 1
