"""The site by keyboard only."""

from __future__ import annotations

from typing import Final

import pytest
from playwright.async_api import Page, expect

from tests.browser.kinds import PAGES, Kind, Ledger
from tests.browser.opening import DESKTOP, PHONE, Served, View
from tests.site.conftest import ONE_LOOP

pytestmark = ONE_LOOP

FOCUS: Final = """
() => {
    const one = document.activeElement, box = one.getBoundingClientRect();
    const style = getComputedStyle(one);
    const seen = style.outlineStyle !== "none";
    const [x, y] = [box.x + scrollX, box.y + scrollY];
    return {name: one.outerHTML.slice(0, 90), seen, x, y, area: box.width * box.height,
        last: one === document.body};
}
"""
"""Returns what has the focus, whether that is seen, and where it is on the page."""

MOST: Final = 60
"""How many times Tab is pressed on a page at most."""


async def focused(page: Page) -> list[dict[str, object]]:
    """Press Tab through a page; return what had the focus, in order."""
    found: list[dict[str, object]] = []
    for _ in range(MOST):
        await page.keyboard.press("Tab")
        now: dict[str, object] = await page.evaluate(FOCUS)
        if now["last"]:
            break
        found.append(now)
    return found


@pytest.mark.parametrize("kind", PAGES.values(), ids=PAGES)
async def test_whatever_has_the_focus_is_seen_to_have_it(
    ledgers: dict[Ledger, Served], kind: Kind
) -> None:
    served = ledgers[kind.ledger]
    async with served.opened(served.find(kind.where)) as page:
        found = await focused(page)
    assert len(found) > 5
    assert [one["name"] for one in found if not one["seen"] or not one["area"]] == []


@pytest.mark.parametrize("view", [DESKTOP, PHONE], ids=str)
async def test_the_first_tab_offers_to_skip_to_the_content(shipped: Served, view: View) -> None:
    async with shipped.opened("/disputes/moura-deaths", view) as page:
        await page.keyboard.press("Tab")
        skip = page.get_by_role("link", name="Skip to the content")
        await expect(skip).to_be_focused()
        await expect(skip).to_be_in_viewport()
        await page.keyboard.press("Enter")
        await expect(page.locator("main")).to_be_focused()
        await page.keyboard.press("Tab")
        assert await page.evaluate("document.activeElement.closest('main') !== null")


async def test_the_order_of_the_focus_is_that_of_the_frame(shipped: Served) -> None:
    async with shipped.opened("/about") as page:
        names = [str(one["name"]) for one in await focused(page)]
    order = ["Skip to", "claim-ledger</a>", "Disputes</a>", "Claims</a>", "Search</a>", "About</a>"]
    places = [next(n for n, name in enumerate(names) if part in name) for part in order]
    assert places == sorted(places)
    assert places[0] == 0


@pytest.mark.parametrize("view", [DESKTOP, PHONE], ids=str)
async def test_a_reader_gets_from_home_to_a_claim_by_keyboard_alone(
    shipped: Served, view: View
) -> None:
    async with shipped.opened("/", view) as page:
        await follow(page, "/disputes")
        await expect(page).to_have_url(f"{shipped.address}/disputes")
        await page.get_by_role("link", name="Skip to the content").press("Enter")
        await follow(page, "/disputes/")
        await page.get_by_role("link", name="Skip to the content").press("Enter")
        await follow(page, "/claims/")
        assert "/claims/" in page.url
        await expect(page.locator("h1")).to_have_count(1)


async def follow(page: Page, path: str) -> None:
    """Press Tab until a link to an address that begins so has the focus, then Enter."""
    for _ in range(MOST):
        await page.keyboard.press("Tab")
        href = await page.evaluate("document.activeElement.getAttribute('href') || ''")
        if href == path or (path.endswith("/") and href.startswith(path)):
            async with page.expect_navigation():
                await page.keyboard.press("Enter")
            return
    pytest.fail(f"no link to {path} within {MOST} presses of Tab on {page.url}")


async def test_a_search_is_made_by_keyboard_alone(shipped: Served) -> None:
    async with shipped.opened("/about") as page:
        await page.get_by_role("searchbox").first.focus()
        await page.keyboard.type("Goita")
        async with page.expect_navigation():
            await page.keyboard.press("Enter")
        assert page.url == f"{shipped.address}/search?q=Goita"
