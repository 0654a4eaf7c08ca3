"""Opening pages in Chromium as readers do, and noticing what goes wrong while they are open."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from playwright.async_api import Browser, ConsoleMessage, Page, Playwright, Request

from tests.commands.running import LEDGER, served

CHROMIUM: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The programs that are looked for, the first that is there is taken."""

WITHOUT_CHROMIUM: Final = "Chromium is not installed: `apt-get install chromium` on Debian"

SWITCHES: Final = (
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    # No name but this machine's own is ever looked up.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)

Scheme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class View:
    """How a reader looks at the site."""

    width: int = 1400
    height: int = 900
    scheme: Scheme = "light"
    scripts: bool = True

    def __str__(self) -> str:
        """Return the view's name, for tests and files."""
        return f"{self.width}-{self.scheme}{'' if self.scripts else '-without-scripts'}"


DESKTOP: Final = View()
PHONE: Final = View(390, 844)
ZOOMED: Final = View(700, 450)
"""The desktop at 200 %: half as many pixels of CSS to both sides."""

OK: Final = 200

SCHEMES: Final[tuple[Scheme, ...]] = ("light", "dark")

LOOKS: Final = tuple(View(one.width, one.height, to) for one in (DESKTOP, PHONE) for to in SCHEMES)
"""Both widths in both schemes."""


@dataclass  # neither frozen nor with slots: Playwright notes on a listener that it wrapped it
class Tab:
    """A page of the browser, and what went wrong on it, in words."""

    page: Page
    trouble: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    def listen(self) -> None:
        """Note what goes wrong from now on, and every address that is asked for."""
        self.page.on("console", self._heard)
        self.page.on("request", self._asked)
        self.page.on("pageerror", self._failed)

    def _heard(self, message: ConsoleMessage) -> None:
        # What a page's policy forbids is an error of the console too.
        if message.type in {"error", "warning"}:
            self.trouble.append(f"{message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        self.asked.add(request.url)

    def _failed(self, error: object) -> None:
        self.trouble.append(f"uncaught: {error}")

    def wrong(self, address: str, status: int) -> list[str]:
        """Return what went wrong, and the addresses of others than the site's own."""
        # The console tells of the page itself when there is none at its address.
        expected = f"the server responded with a status of {status}"
        own = (f"{address}/", "data:", "about:")
        return [one for one in self.trouble if status == OK or expected not in one] + [
            f"asked for {one}" for one in sorted(self.asked) if not one.startswith(own)
        ]


@dataclass(frozen=True, slots=True)
class Tabs:
    """A browser's tabs: one that was closed is used again, since to open one takes long."""

    browser: Browser
    free: dict[bool, list[Tab]] = field(default_factory=lambda: {True: [], False: []})

    @asynccontextmanager
    async def one(self, view: View) -> AsyncIterator[Tab]:
        """Lend a tab until the end of the block; one in which a test has failed is given up."""
        free = self.free[view.scripts]
        tab = free.pop() if free else await self._another(scripts=view.scripts)
        tab.trouble.clear()
        tab.asked.clear()
        await tab.page.set_viewport_size({"width": view.width, "height": view.height})
        await tab.page.emulate_media(media="null", color_scheme=view.scheme)
        yield tab
        free.append(tab)

    async def _another(self, *, scripts: bool) -> Tab:
        context = await self.browser.new_context(
            java_script_enabled=scripts, reduced_motion="reduce"
        )
        tab = Tab(await context.new_page())
        tab.listen()
        return tab


@dataclass(frozen=True, slots=True)
class Served:
    """A ledger that `ledger serve` serves, and the browser's tabs to read it in."""

    tabs: Tabs
    address: str
    database: Path

    @asynccontextmanager
    async def opened(
        self, path: str, view: View = DESKTOP, status: int = OK
    ) -> AsyncIterator[Page]:
        """Show a page until the end of the block; nothing may go wrong in the meantime."""
        async with self.tabs.one(view) as tab:
            answer = await tab.page.goto(f"{self.address}{path}")
            assert answer is not None
            assert answer.status == status, f"{path}: {answer.status}"
            yield tab.page
            assert tab.wrong(self.address, status) == []

    def find(self, where: str) -> str:
        """Return an address as it is, or the first that a query finds; there must be one."""
        return self.one(where) if where.startswith("SELECT") else where

    def one(self, sql: str, *parameters: str) -> str:
        """Return the first value that the database answers; there must be one."""
        with closing(sqlite3.connect(self.database)) as connection:
            row = connection.execute(sql, parameters).fetchone()
        assert row is not None, f"the ledger has none of these: {sql}"
        return str(row[0])


@contextmanager
def serving(claims: Path, database: Path) -> Iterator[str]:
    """Run `ledger serve` over a claims folder until the end of the block; yield its address."""
    with served(
        *(LEDGER, "serve", "--port", "0", "--no-open", "--claims", claims, "--db", database)
    ) as server:
        yield server.address


def find_chromium() -> str | None:
    """Return the Chromium of this machine, if it has one."""
    return next((found for name in CHROMIUM if (found := shutil.which(name))), None)


@asynccontextmanager
async def chromium(playwright: Playwright, program: str) -> AsyncIterator[Browser]:
    """Run Chromium without a window until the end of the block."""
    browser = await playwright.chromium.launch(
        executable_path=program,
        args=list(SWITCHES),
        chromium_sandbox=os.geteuid() != 0,  # it refuses to run as root otherwise
    )
    try:
        yield browser
    finally:
        await browser.close()
