"""The ledgers that the browser reads: the claims that are shipped, and one of every relation."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright

from tests.browser.hard import HARD
from tests.browser.kinds import Ledger
from tests.browser.opening import WITHOUT_CHROMIUM, Served, Tabs, chromium, find_chromium, serving
from tests.commands.running import ROOT
from tests.small import write_folder

if find_chromium() is None:
    # One test is skipped for them all, and says why.
    collect_ignore_glob = ["test_[!c]*.py"]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def tabs() -> AsyncIterator[Tabs]:
    """Yield the tabs of a running Chromium."""
    program = find_chromium()
    assert program is not None, WITHOUT_CHROMIUM
    async with async_playwright() as playwright, chromium(playwright, program) as browser:
        yield Tabs(browser)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shipped(tabs: Tabs, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Served]:
    """Yield the claims that are shipped, as `ledger serve` serves them."""
    database = tmp_path_factory.mktemp("shipped") / "ledger.db"
    with serving(ROOT / "claims", database) as address:
        yield Served(tabs, address, database)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def hard(tabs: Tabs, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Served]:
    """Yield a small ledger with what the shipped one has not, and with texts that try pages."""
    folder = tmp_path_factory.mktemp("hard")
    with serving(write_folder(folder / "claims", HARD), folder / "ledger.db") as address:
        yield Served(tabs, address, folder / "ledger.db")


@pytest.fixture
def ledgers(shipped: Served, hard: Served) -> dict[Ledger, Served]:
    """Return both ledgers by name, for tests of every kind of page."""
    return {"shipped": shipped, "hard": hard}
