"""Pictures of every kind of page, to look at before they are called done.

Run as `python -m tests.browser.shoot FOLDER`: both widths, light and dark, the whole page. With
`--readme` the pictures of the README are made anew instead, in .readme/.
"""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from playwright.async_api import FloatRect, async_playwright

from tests.browser.hard import HARD
from tests.browser.kinds import KINDS, Ledger
from tests.browser.opening import (
    LOOKS,
    WITHOUT_CHROMIUM,
    Served,
    Tabs,
    View,
    chromium,
    find_chromium,
    serving,
)
from tests.commands.running import ROOT
from tests.small import write_folder

README: Final = ROOT / ".readme" / "dispute.png"

CROP: Final[FloatRect] = {"x": 0, "y": 0, "width": 1400, "height": 900}
"""What the README shows of a dispute."""

HIGHEST: Final = 6000
"""How much of a page is in a picture at most, in pixels."""


@asynccontextmanager
async def ledgers(folder: Path, tabs: Tabs) -> AsyncIterator[dict[Ledger, Served]]:
    """Serve both ledgers until the end of the block."""
    hard = write_folder(folder / "hard", HARD)
    shipped, other = folder / "shipped.db", folder / "hard.db"
    with serving(ROOT / "claims", shipped) as first, serving(hard, other) as second:
        yield {
            "shipped": Served(tabs, first, shipped),
            "hard": Served(tabs, second, other),
        }


async def shoot(served: Served, path: str, view: View, picture: Path) -> None:
    """Write a picture of a page, as far down as a picture may reach."""
    async with served.tabs.one(view) as tab:
        page = tab.page
        await page.goto(f"{served.address}{path}")
        height = int(await page.evaluate("document.documentElement.scrollHeight"))
        tall = replace(view, height=min(max(height, view.height), HIGHEST))
        await page.set_viewport_size({"width": tall.width, "height": tall.height})
        await page.screenshot(path=picture)


async def shoot_all(found: dict[Ledger, Served], folder: Path, only: str) -> None:
    """Write pictures of every kind of page whose name has a text in it."""
    for name, kind in KINDS.items():
        served = found[kind.ledger]
        if only in name:
            for view in LOOKS:
                path = served.find(kind.where)
                await shoot(served, path, view, folder / f"{name}-{view}.png")


async def shoot_readme(found: dict[Ledger, Served]) -> None:
    """Write the README's picture, as small as the tools of this machine make it."""
    served = found["shipped"]
    async with served.tabs.one(View()) as tab:
        await tab.page.goto(f"{served.address}/disputes/moura-deaths")
        await tab.page.screenshot(path=README, clip=CROP)
    if pngquant := shutil.which("pngquant"):
        command = (pngquant, "--force", "--strip", "--ext", ".png", "64", str(README))
        subprocess.run(command, check=True)


async def main(folder: Path | None, only: str) -> None:
    """Write the pictures that were asked for: without a folder, those of the README."""
    program = find_chromium()
    if program is None:
        sys.exit(WITHOUT_CHROMIUM)
    with TemporaryDirectory() as scratch:
        async with (
            async_playwright() as playwright,
            chromium(playwright, program) as browser,
            ledgers(Path(scratch), Tabs(browser)) as found,
        ):
            if folder is None:
                await shoot_readme(found)
            else:
                folder.mkdir(parents=True, exist_ok=True)
                await shoot_all(found, folder, only)


if __name__ == "__main__":
    parser = ArgumentParser(
        prog="python -m tests.browser.shoot",
        description=__doc__,
        formatter_class=RawDescriptionHelpFormatter,
    )
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("folder", nargs="?", type=Path, help="where the pictures are written")
    where.add_argument("--readme", action="store_true", help="make the README's picture anew")
    parser.add_argument("--only", default="", help="only the kinds with this text in their names")
    asked = parser.parse_args()
    asyncio.run(main(asked.folder, asked.only))
