"""Served: pages, tables and readers' SQL each read in a place of their own, and a whole build."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from datasette.database import QueryInterrupted

from ledger.site.serving.served import THREADS
from ledger.site.serving.start import BROWSED
from tests.site.conftest import ONE_LOOP, Site, opened


@ONE_LOOP
async def test_own_pages_are_read_while_tables_take_all_their_time(small: Site) -> None:
    ledger = small.datasette.get_database("ledger")
    endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT max(x) FROM c"
    slow = [
        asyncio.create_task(ledger.execute(endless, custom_time_limit=3000))
        for _ in range(2 * THREADS)
    ]
    await asyncio.sleep(0.2)
    begun = time.monotonic()
    assert "Witnesses" in await small.get("/claims/deaths-300")
    assert "Witnesses" in await small.get("/claims/deaths-300?once=more")
    assert time.monotonic() - begun < 2
    ended = await asyncio.gather(*slow, return_exceptions=True)
    assert {type(one) for one in ended} == {QueryInterrupted}


@ONE_LOOP
async def test_what_a_page_reads_in_one_visit_is_all_of_one_build(small: Site) -> None:
    ledger = small.datasette.get_database("ledger")
    reading, changed = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()

    def visit(connection: sqlite3.Connection) -> tuple[int, int]:
        count = "SELECT count(*) FROM claims"
        (before,) = connection.execute(count).fetchone()
        loop.call_soon_threadsafe(reading.set)
        asyncio.run_coroutine_threadsafe(changed.wait(), loop).result(timeout=30)
        (after,) = connection.execute(count).fetchone()
        return before, after

    visiting = asyncio.create_task(ledger.execute_fn(visit))
    await reading.wait()
    with closing(sqlite3.connect(small.database, timeout=0.2, isolation_level=None)) as copying:
        copying.execute("BEGIN IMMEDIATE")
        copying.execute("DELETE FROM claims")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            copying.execute("COMMIT")
        changed.set()
        assert await visiting == (5, 5)
        copying.execute("ROLLBACK")


async def test_nothing_is_written_through_a_site(database: Path) -> None:
    async with opened(database) as site:
        ledger = site.datasette.get_database("ledger")
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            await ledger.execute_write("DELETE FROM claims")
        assert len(site.sql("SELECT id FROM claims")) == 5


async def test_a_query_of_the_metadata_is_bounded_in_what_it_makes_and_looks_for(
    database: Path,
) -> None:
    async with opened(database, sql=False, public=True) as site:
        ledger = site.datasette.get_database("ledger")
        for sql in ("SELECT zeroblob(:n)", "SELECT hex(zeroblob(:n / 2))"):
            with pytest.raises(sqlite3.DataError, match="too big"):
                await ledger.execute(sql, {"n": 900_000_000}, log_sql_errors=False)
        pattern = "%e" * 600
        assert "too complex" in await site.get(
            f"/ledger/claims.json?text__like={pattern}", status=400
        )
        few = pattern[:400].replace("%", "%25")
        await site.get(f"/ledger/claims.json?text__like={few}")
        assert await ledger.execute("SELECT :text", {"text": "x" * 1_000_000})


def test_a_table_may_take_longer_than_any_honest_one_does() -> None:
    assert BROWSED >= 2000
