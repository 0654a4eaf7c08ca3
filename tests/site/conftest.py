"""The real site over the small ledger, and over the claims that are shipped."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
import pytest_asyncio

from ledger.build import build
from ledger.site.serving.start import make_datasette
from tests.commands.running import METADATA
from tests.retold import RETOLD
from tests.site.rich import RICH
from tests.small import write_folder

if TYPE_CHECKING:
    from datasette.app import Datasette

Row = tuple[Any, ...]

ONE_LOOP: Final = pytest.mark.asyncio(loop_scope="session")
"""The mark of tests that share a site, which lives in one event loop."""


@dataclass(frozen=True, slots=True)
class Site:
    """A Datasette in this process, and the database that it serves."""

    datasette: Datasette
    database: Path

    async def get(self, path: str, status: int = 200) -> str:
        """Return the text of a page, which must have the status."""
        answer = await self.datasette.client.get(path, follow_redirects=True)
        text: str = answer.text
        assert answer.status_code == status, f"{path}: {answer.status_code}\n{text}"
        return text

    async def json(self, path: str) -> dict[str, Any]:
        """Return what a table's address answers to programs, with its facets and its count."""
        mark = "&" if "?" in path else "?"
        extra = "_extra=facet_results,count,human_description_en"
        answer: dict[str, Any] = json.loads(
            await self.get(f"{path}{mark}_shape=objects&_facet_size=max&{extra}")
        )
        return answer

    async def facets(self, path: str) -> dict[str, list[dict[str, Any]]]:
        """Return the values of each facet of a table, by the facet's name."""
        found = (await self.json(path))["facet_results"]
        # Datasette 1.0 tells beside the results which of them took too long.
        found = found["results"] if "timed_out" in found else found
        return {name: facet["results"] for name, facet in found.items()}

    async def count(self, path: str) -> int:
        """Return how many rows a table's address finds."""
        answer = await self.json(path)
        return int(answer["count" if "count" in answer else "filtered_table_rows_count"])

    def sql(self, sql: str, *parameters: object) -> list[Row]:
        """Return what the database itself answers."""
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(sql, parameters).fetchall()


@asynccontextmanager
async def opened(
    database: Path, *, sql: bool = True, public: bool = False, url: str | None = None
) -> AsyncIterator[Site]:
    """Run the site over a database until the end of the block."""
    datasette = make_datasette(database, METADATA, sql=sql, public=public, url=url)
    await datasette.invoke_startup()
    try:
        yield Site(datasette, database)
    finally:
        for served in datasette.databases.values():
            served.close()
        datasette.executor.shutdown()


@pytest_asyncio.fixture(loop_scope="session")
async def small(database: Path) -> AsyncIterator[Site]:
    """Yield the site over the small ledger."""
    async with opened(database) as site:
        yield site


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shipped(shipped_database: Path) -> AsyncIterator[Site]:
    """Yield the site over the claims that are shipped."""
    async with opened(shipped_database) as site:
        yield site


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


@pytest_asyncio.fixture(loop_scope="session")
async def retold(tmp_path: Path) -> AsyncIterator[Site]:
    """Yield the site over the small ledger with words that are told differently."""
    path = tmp_path / "ledger.db"
    assert build(write_folder(tmp_path / "claims", RETOLD), path).problems == []
    async with opened(path) as site:
        yield site


@pytest.fixture
def connection(rich_database: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection to the rich ledger."""
    with closing(sqlite3.connect(rich_database)) as opened_connection:
        yield opened_connection
