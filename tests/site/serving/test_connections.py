"""Connections: nobody holds one open by saying nothing, or too slowly, with a real server."""

from __future__ import annotations

import socket
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Timer
from typing import Final

import pytest

from ledger.site.serving.connections import PATIENCE
from tests.commands.running import LEDGER, Server, served
from tests.small import SMALL, write_folder

ENOUGH: Final = PATIENCE + 20
"""How many seconds a test waits, on a slow machine too."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a ledger."""
    return write_folder(tmp_path_factory.mktemp("slow") / "claims", SMALL).parent


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Server]:
    """Yield a real server."""
    with served(LEDGER, "serve", "--port", "0", cwd=folder) as server:
        yield server


def opened(server: Server) -> socket.socket:
    """Return a connection to a server."""
    return socket.create_connection(("127.0.0.1", int(server.address.rpartition(":")[2])))


def held(server: Server, begun: bytes, then: bytes = b"") -> float:
    """Return for how long a server keeps a connection, some bytes of which come at its start.

    `then` goes on coming, one byte after another.
    """
    start = time.monotonic()
    with opened(server) as connection:
        connection.settimeout(0.5)
        try:
            connection.sendall(begun)
            while time.monotonic() - start < ENOUGH:
                if then:
                    connection.sendall(then[:1])
                    then = then[1:]
                if not told(connection):
                    break
        except ConnectionError:
            pass
    return time.monotonic() - start


def told(connection: socket.socket) -> bool:
    """Return whether a connection is still open, after half a second at most."""
    try:
        return connection.recv(65_536) != b""
    except TimeoutError:
        return True


SLOW: Final = {
    "nothing": (b"", b""),
    "a line": (b"GET / HTTP/1.1\r\n", b""),
    "half of the headers": (b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ", b""),
    "a header without an end": (b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ", b"a" * 1000),
    "no body": (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n", b""),
    "a body without an end": (
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999\r\n\r\n",
        b"a" * 900,
    ),
    "a second request": (
        b"GET /about HTTP/1.1\r\nHost: localhost\r\n\r\nGET / HTTP/1.1\r\nX-A: ",
        b"a" * 1000,
    ),
}
"""What somebody sends at once, and what they send bit by bit."""


def test_who_sends_no_whole_request_is_left_in_time(server: Server) -> None:
    with ThreadPoolExecutor(len(SLOW)) as callers:
        times = dict(
            zip(SLOW, callers.map(lambda one: held(server, *one), SLOW.values()), strict=True)
        )
    assert all(PATIENCE / 3 < seconds < ENOUGH for seconds in times.values()), times


def test_an_answer_may_take_longer_than_a_request(server: Server, folder: Path) -> None:
    # Another program holds the database, as a build does while it is copied.
    with closing(
        sqlite3.connect(folder / "ledger.db", isolation_level=None, check_same_thread=False)
    ) as copying:
        copying.execute("BEGIN EXCLUSIVE")
        end = Timer(PATIENCE + 1, copying.execute, ["ROLLBACK"])
        end.start()
        assert server.get("/ledger/claims")[0] == 200
        end.join()


def test_a_connection_serves_one_request_after_another(server: Server) -> None:
    with opened(server) as connection:
        connection.settimeout(30)
        for _ in range(3):
            connection.sendall(b"GET /robots.txt HTTP/1.1\r\nHost: localhost\r\n\r\n")
            answer = b""
            while not answer.endswith(b"\r\n0\r\n\r\n"):
                answer += connection.recv(65_536)
            assert answer.startswith(b"HTTP/1.1 200")
