"""Every kind of page is accessible, as far as axe-core can tell."""

from __future__ import annotations

import asyncio
from typing import Final

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

from tests.browser.kinds import KINDS, Kind, Ledger
from tests.browser.opening import DESKTOP, PHONE, Served, View
from tests.site.conftest import ONE_LOOP

pytestmark = ONE_LOOP

DARK_PHONE: Final = View(PHONE.width, PHONE.height, "dark")

EXAMINED: Final = {name: kind for name, kind in KINDS.items() if not name.startswith("hard-")}
"""Markup is the same, whatever the words are."""

AXE: Final = Axe().axe_script

COLOURS: Final = {"runOnly": ["color-contrast", "link-in-text-block"]}
"""The rules that see colours; no other can find more in the dark."""

RUN: Final = """
async (options) => {
    const {violations} = await axe.run({exclude: [".CodeMirror", ".cm-editor"]},
        {resultTypes: ["violations"], preload: false, selectors: false, ...options});
    return violations.flatMap(({id, nodes}) => nodes.map(({html, failureSummary}) =>
        `${id} ${html.slice(0, 120)}: ${failureSummary.split("\\n").slice(1).join(" ").trim()}`));
}
"""
"""Runs axe-core; returns each violation with its place and what is wrong there.

The editor of SQL is left out, which a script of Datasette's puts over a field that has a label.
There are no selectors, since an element of Datasette 1.0 has a `matches` of another kind.
"""


async def violations(page: Page, options: dict[str, list[str]]) -> list[str]:
    """Return what axe-core finds wrong with a page."""
    await page.evaluate(AXE)
    found: list[str] = await page.evaluate(RUN, options)
    return found


async def at_the_desk(served: Served, kind: Kind) -> list[str]:
    """Return what is wrong with a page at the desktop's width, and with its colours in the dark."""
    async with served.opened(served.find(kind.where), DESKTOP, kind.status) as page:
        light = await violations(page, {})
        await page.emulate_media(color_scheme="dark")
        dark = await violations(page, COLOURS)
    return [f"light: {one}" for one in light] + [f"dark: {one}" for one in dark]


async def on_the_phone(served: Served, kind: Kind) -> list[str]:
    """Return what is wrong with a page at a phone's width, in the dark."""
    async with served.opened(served.find(kind.where), DARK_PHONE, kind.status) as page:
        return [f"phone: {one}" for one in await violations(page, {})]


@pytest.mark.parametrize("kind", EXAMINED.values(), ids=EXAMINED)
async def test_axe_finds_no_violation_at_either_width_in_either_scheme(
    ledgers: dict[Ledger, Served], kind: Kind
) -> None:
    served = ledgers[kind.ledger]
    desktop, phone = await asyncio.gather(at_the_desk(served, kind), on_the_phone(served, kind))
    assert desktop + phone == []
