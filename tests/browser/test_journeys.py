"""What readers do: find a dispute, follow it to its sources, narrow lists, search."""

from __future__ import annotations

import json
import re
from typing import Final

import pytest
from playwright.async_api import Page, expect

from tests.browser.opening import DESKTOP, PHONE, Served, View
from tests.site.conftest import ONE_LOOP

READERS: Final = (DESKTOP, PHONE, View(scripts=False), View(390, 844, "dark", scripts=False))

IN_COUNTRY: Final = """
SELECT count(*) FROM disputes d JOIN question_countries c ON c.question = d.id WHERE c.country = ?
"""

THERE: Final = """
SELECT json_group_array('/disputes/' || d.id) FROM disputes d
JOIN question_countries c ON c.question = d.id WHERE c.country = ?
"""

BOTH: Final = """
SELECT count(*) FROM claims c
WHERE EXISTS (SELECT 1 FROM citations WHERE claim = c.id AND outlet = ?)
AND EXISTS (SELECT 1 FROM claim_countries WHERE claim = c.id AND country = ?)
"""

pytestmark = [ONE_LOOP, pytest.mark.parametrize("view", READERS, ids=str)]


async def shown(page: Page, path: str) -> None:
    """Hold that a page is shown whose address begins so, with one heading of the first level."""
    assert page.url.split("/", 3)[3].startswith(path.lstrip("/")), page.url
    await expect(page.locator("h1")).to_have_count(1)


async def click(page: Page, selector: str) -> str:
    """Click the first link that a selector finds in the content; return its words."""
    link = page.locator(f"main {selector}").first
    words = await link.inner_text()
    async with page.expect_navigation():
        await link.click()
    return words.strip()


async def test_from_home_to_the_moura_dispute_to_a_claim_to_its_outlet_and_back(
    shipped: Served, view: View
) -> None:
    async with shipped.opened("/", view) as page:
        question = await click(page, "a[href='/disputes/moura-deaths']")
        await shown(page, "/disputes/moura-deaths")
        assert await page.locator("h1").inner_text() in question
        claim = await click(page, "a[href^='/claims/']")
        await shown(page, "/claims/")
        assert claim
        await click(page, "a[href^='/outlets/']")
        await shown(page, "/outlets/")
        for back in ("/claims/", "/disputes/moura-deaths", ""):
            await page.go_back()
            await shown(page, back)


async def test_a_dispute_tells_its_positions_by_letter_and_why_they_exclude_each_other(
    shipped: Served, view: View
) -> None:
    async with shipped.opened("/disputes/moura-deaths", view) as page:
        positions = shipped.one("SELECT n_positions FROM questions WHERE id = 'moura-deaths'")
        await expect(page.locator("section.side")).to_have_count(int(positions))
        reason = shipped.one("SELECT reason FROM conflicts WHERE question = 'moura-deaths'")
        await expect(page.get_by_text(reason).first).to_be_visible()


async def test_disputes_are_narrowed_by_country_and_the_choice_is_taken_back(
    shipped: Served, view: View
) -> None:
    async with shipped.opened("/disputes", view) as page:
        facet = page.locator("a[href*='_country=BF']").first
        await unfolded(page, facet_of="_country=BF")
        async with page.expect_navigation():
            await facet.click()
        assert "_country=BF" in page.url
        found = int(shipped.one(IN_COUNTRY, "BF"))
        count = await page.locator(".listing-count strong").inner_text()
        assert count == f"{found} disputes"
        links = page.locator("main a[href^='/disputes/']:not([href*='?'])")
        paths = {await one.get_attribute("href") for one in await links.all()}
        assert paths
        assert paths <= set(json.loads(shipped.one(THERE, "BF")))


async def unfolded(page: Page, facet_of: str) -> None:
    """Open the list that a link stands in, if it is folded: on a phone it is."""
    folded = page.locator(f"details:not([open]):has(a[href*='{facet_of}']) > summary").first
    if await folded.is_visible():
        await folded.click()


async def test_claims_are_filtered_by_outlet_and_by_country(shipped: Served, view: View) -> None:
    async with shipped.opened("/ledger/claims", view) as page:
        before = await page.locator(".claim-card").count()
        assert before > 0
        outlet = page.locator(".chips a[href*='_outlet=']").first
        async with page.expect_navigation():
            await outlet.click()
        chosen = re.search(r"_outlet=([\w-]+)", page.url)
        assert chosen is not None
        facet = page.locator("#facet-country li a, #facet-_country li a").first
        await unfolded(page, facet_of="_country=")
        async with page.expect_navigation():
            await facet.click()
        country = re.search(r"_country=(\w+)", page.url)
        assert country is not None
        found = int(shipped.one(BOTH, chosen[1], country[1]))
        heading = page.get_by_text(re.compile(rf"\b{found:,} (rows?|claims?)\b"))
        await expect(heading.first).to_be_visible()


async def test_a_search_for_goita_finds_claims_with_the_name_as_it_is_spelt(
    shipped: Served, view: View
) -> None:
    async with shipped.opened("/", view) as page:
        box = page.get_by_role("searchbox").first
        await box.fill("Goita")
        async with page.expect_navigation():
            await box.press("Enter")
        await shown(page, "/search?q=Goita")
        await expect(page.locator("main mark", has_text="Goïta").first).to_be_visible()
        await click(page, "a[href^='/claims/']")
        await shown(page, "/claims/")
        await expect(page.locator("main", has_text="Goïta")).to_have_count(1)


async def test_a_search_without_results_says_so(shipped: Served, view: View) -> None:
    async with shipped.opened("/search?q=qwertzuiop", view) as page:
        await expect(page.locator("main input[name=q]")).to_have_value("qwertzuiop")
        await expect(page.locator("main")).to_contain_text("Nothing in the ledger")
        await expect(page.locator("main a[href^='/claims/']")).to_have_count(0)


async def test_markup_in_the_ledger_is_shown_as_text(hard: Served, view: View) -> None:
    async with hard.opened("/disputes/hard-grain", view) as page:
        await expect(page.locator("h1")).to_have_text("Was the grain <u>so</u>?")
        await expect(page.get_by_text("<script>alert(1)</script>").first).to_be_visible()
        await expect(page.locator("main script, main u, main b[onclick]")).to_have_count(0)
        await click(page, "a[href^='/outlets/sharp']")
        await expect(page.locator("h1")).to_contain_text('<b onclick="alert(1)">Sharp</b>')
