"""How pages are laid out: at both widths, at 200 %, on paper."""

from __future__ import annotations

from typing import Final

import pytest
from playwright.async_api import Page

from tests.browser.kinds import KINDS, PAGES, Kind, Ledger
from tests.browser.opening import DESKTOP, PHONE, ZOOMED, Served, View
from tests.site.conftest import ONE_LOOP

pytestmark = ONE_LOOP

NARROWEST: Final = View(320, 640)
"""What a page has left at 400 % on a screen 1280 wide."""

WIDE: Final = """
() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll("body *")]
        .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
        .map(one => one.outerHTML.slice(0, 80))
        .slice(0, 5)
"""
"""Returns the first things that stick out to the right, if the page scrolls that way."""


async def sticking_out(page: Page, view: View) -> dict[int, list[str]]:
    """Return what makes a page scroll sideways in a view, by the view's width."""
    await page.set_viewport_size({"width": view.width, "height": view.height})
    found: list[str] = await page.evaluate(WIDE)
    return {view.width: found} if found else {}


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
async def test_no_page_scrolls_sideways_on_a_phone_or_at_200_percent(
    ledgers: dict[Ledger, Served], kind: Kind
) -> None:
    served = ledgers[kind.ledger]
    async with served.opened(served.find(kind.where), DESKTOP, kind.status) as page:
        found: dict[int, list[str]] = {}
        for view in (ZOOMED, PHONE, NARROWEST):
            found |= await sticking_out(page, view)
    assert found == {}


@pytest.mark.parametrize("view", [DESKTOP, PHONE], ids=str)
@pytest.mark.parametrize("query", ["", "?status=contested&_country=ML"])
async def test_the_first_claim_is_on_the_first_screen(
    shipped: Served, query: str, view: View
) -> None:
    async with shipped.opened(f"/ledger/claims{query}", view) as page:
        box = await page.locator(".claim-card").first.bounding_box()
    assert box is not None
    assert box["y"] + 40 < view.height


@pytest.mark.parametrize("view", [DESKTOP, PHONE], ids=str)
async def test_the_first_dispute_is_on_the_first_screen(shipped: Served, view: View) -> None:
    async with shipped.opened("/disputes", view) as page:
        box = await page.locator("main a[href*='/disputes/']").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < view.height


INK: Final = """
() => [...document.querySelectorAll("main p, main h1, main h2, main a")].filter(one => {
    const ink = getComputedStyle(one).color.match(/[\\d.]+/g).slice(0, 3).map(Number);
    return one.checkVisibility() && Math.max(...ink) > 170;
}).map(one => one.outerHTML.slice(0, 80)).slice(0, 5)
"""
"""Returns what is printed too pale to read on white paper."""


@pytest.mark.parametrize("kind", PAGES.values(), ids=PAGES)
async def test_on_paper_there_is_no_navigation_and_the_text_is_dark_on_white(
    ledgers: dict[Ledger, Served], kind: Kind
) -> None:
    served = ledgers[kind.ledger]
    async with served.opened(served.find(kind.where), View(scheme="dark")) as page:
        await page.emulate_media(media="print")
        assert not await page.get_by_role("navigation", name="Main").is_visible()
        assert not await page.get_by_role("search").first.is_visible()
        assert await page.locator("h1").is_visible()
        assert await page.evaluate(INK) == []


async def test_a_printed_claim_tells_the_addresses_of_what_it_cites(hard: Served) -> None:
    async with hard.opened("/claims/deaths-relayed") as page:
        await page.emulate_media(media="print")
        link = page.locator("main a[href^='https://']").first
        href = await link.get_attribute("href")
        after = await link.evaluate("one => getComputedStyle(one, '::after').content")
    assert href is not None
    assert href in after
