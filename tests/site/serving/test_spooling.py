"""Spooling: an answer as long as it may be, written by one thread while it is being sent."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
import sys
from collections.abc import Generator
from contextlib import closing, suppress
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from ledger.site.formats.form import Told
from ledger.site.formats.rows import Reading, csv_pieces
from ledger.site.serving.spooling import AT_ONCE, IN_MEMORY, PIECE, Spool, TooManyError, spooled
from tests.site.conftest import opened


class Reader:
    """Whoever takes an answer, and goes away after some messages, if any are told."""

    def __init__(self, most: int | None = None) -> None:
        self.bodies: list[bytes] = []
        self._most = most
        self._left = asyncio.Event()

    async def send(self, message: dict[str, Any]) -> None:
        """Take a message."""
        self.bodies.append(message.get("body", b""))
        if self._most is not None and len(self.bodies) > self._most:
            self._left.set()
        await asyncio.sleep(0.01)

    async def receive(self) -> dict[str, Any]:
        """Say that the reader has gone away, once that is so."""
        await self._left.wait()
        return {"type": "http.disconnect"}


def _raise(error: Exception) -> bytes:
    raise error


def counted(pieces: int, taken: list[int], ended: Event) -> Generator[bytes, None, None]:
    try:
        for turn in range(pieces):
            taken.append(turn)
            yield bytes([turn % 256]) * PIECE
    finally:
        ended.set()


@pytest.mark.parametrize("pieces", [0, 1, 3, 2 * IN_MEMORY // PIECE])
async def test_an_answer_is_what_was_written(pieces: int) -> None:
    reader, ended = Reader(), Event()
    answer = await spooled(counted(pieces, [], ended), reader.receive, {"x-a": "b"}, "text/csv")
    await answer.asgi_send(reader.send)
    expected = b"".join(bytes([turn % 256]) * PIECE for turn in range(pieces))
    assert b"".join(reader.bodies) == expected
    assert max(map(len, reader.bodies)) <= PIECE
    assert ended.wait(5)


async def test_an_answer_ends_when_its_reader_goes_away() -> None:
    reader, ended = Reader(most=3), Event()
    taken: list[int] = []

    def endless() -> Generator[bytes, None, None]:
        yield from counted(1_000_000, taken, ended)

    answer = await spooled(endless(), reader.receive, {}, "text/csv")
    await answer.asgi_send(reader.send)
    assert await asyncio.to_thread(ended.wait, 5)
    assert len(reader.bodies) <= 6
    assert len(taken) < 1_000_000


async def test_what_goes_wrong_at_first_is_raised_before_anything_is_sent() -> None:
    error = sqlite3.OperationalError("no such column")

    def wrong() -> Generator[bytes, None, None]:
        yield from (_raise(error) for _ in range(1))

    for _ in range(2 * AT_ONCE):
        with pytest.raises(sqlite3.OperationalError, match="no such column"):
            await spooled(wrong(), Reader().receive, {}, "text/csv")


async def test_what_goes_wrong_on_the_way_breaks_the_answer_off() -> None:
    error = sqlite3.OperationalError("disk I/O error")

    def wrong() -> Generator[bytes, None, None]:
        yield b"a" * PIECE
        raise error

    reader = Reader()
    answer = await spooled(wrong(), reader.receive, {}, "text/csv")
    with pytest.raises(sqlite3.OperationalError, match="disk I/O error"):
        await answer.asgi_send(reader.send)
    assert reader.bodies == [b"", b"a" * PIECE]


async def test_only_so_many_answers_are_under_way_at_once() -> None:
    spools = [Spool(counted(3, [], Event())) for _ in range(AT_ONCE)]
    with pytest.raises(TooManyError, match="Try again soon"):
        Spool(counted(3, [], Event()))
    for spool in spools:
        spool.close()
        spool.close()
    Spool(counted(3, [], Event())).close()


async def test_a_slow_reader_keeps_no_build_waiting(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE claims SET text = ?", ["x" * IN_MEMORY])
    async with opened(database) as site:
        reading = Reading(site.datasette, "ledger", "SELECT * FROM claims", {})
        reader = Reader()
        answer = await spooled(csv_pieces(reading, Told()), reader.receive, {}, "text/csv")
        # Nothing of it has been sent, and yet the database is free to be written soon.
        with closing(sqlite3.connect(database, timeout=10)) as writer, writer:
            writer.execute("UPDATE claims SET text = 'new'")
        await answer.asgi_send(reader.send)
    assert sum(map(len, reader.bodies)) > 5 * IN_MEMORY


async def test_a_long_answer_takes_little_memory(database: Path) -> None:
    """A hundred megabytes of rows are sent in less than a third of that."""
    numbers = "SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000"
    sql = f"WITH RECURSIVE n(i) AS ({numbers}) SELECT i, printf('%01000d', i) FROM n"  # noqa: S608 # all of it stands here
    unit = 1 if sys.platform == "darwin" else 1024
    async with opened(database) as site:
        reading = Reading(site.datasette, "ledger", sql, {})
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
        sent = 0

        async def send(message: dict[str, Any]) -> None:
            nonlocal sent
            sent += len(message.get("body", b""))

        answer = await spooled(
            csv_pieces(reading, Told(_header="off")), Reader().receive, {}, "text/csv"
        )
        with suppress(asyncio.CancelledError):
            await answer.asgi_send(send)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit - before
    assert sent > 100_000_000
    assert grown < 33_000_000
