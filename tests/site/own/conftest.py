"""The site over a ledger with everything that is told to programs."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio

from ledger.build import build
from tests.site.conftest import Site, opened
from tests.site.own.rich import RICH
from tests.small import write_folder


@pytest.fixture(scope="session")
def rich_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database of the rich ledger."""
    folder = tmp_path_factory.mktemp("rich")
    path = folder / "ledger.db"
    assert build(write_folder(folder / "claims", RICH), path).problems == []
    return path


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def rich(rich_database: Path) -> AsyncIterator[Site]:
    """Yield the site over the rich ledger."""
    async with opened(rich_database) as site:
        yield site


@pytest.fixture
def connection(rich_database: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection to the rich ledger."""
    with closing(sqlite3.connect(rich_database)) as opened_connection:
        yield opened_connection
