"""What a site takes while it is asked for something heavy: its memory, and others' patience."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from threading import Event
from typing import Final

import psutil

from tests.commands.running import Server

GROWTH: Final = 300
"""How many megabytes a site may grow by, all of its processes together."""

WAIT: Final = 3.0
"""How many seconds another reader may wait for a page."""


@dataclass(slots=True)
class Taken:
    """How many megabytes a site had before and at most, and how long each kind of page took."""

    before: float
    most: float = 0
    waits: dict[str, float] = field(default_factory=dict)

    @property
    def growth(self) -> float:
        """Return by how many megabytes it grew at most."""
        return self.most - self.before


def megabytes(server: Server) -> float:
    """Return what all processes of a server's group hold in memory."""
    return sum(_bytes_in(process, server.process.pid) for process in psutil.process_iter()) / 1e6


def _bytes_in(process: psutil.Process, group: int) -> int:
    """Return what a process of a group holds in memory; one of another group, or ended, nothing."""
    with suppress(psutil.Error, ProcessLookupError, PermissionError):
        return int(process.memory_info().rss) if os.getpgid(process.pid) == group else 0
    return 0


class Reader:
    """Somebody who reads pages of a site, round after round, and notes how long each took."""

    def __init__(self, server: Server, pages: Callable[[int], list[str]]) -> None:
        """`pages` gives the addresses of each round, so that not every one is remembered."""
        self._server, self._pages = server, pages
        self.waits: dict[str, float] = {}

    def read(self, number: int) -> None:
        """Read the pages of a round."""
        for path in self._pages(number):
            begun = time.monotonic()
            status, text = self._server.get(path)
            kind = path.split("/")[1].partition("?")[0]
            assert status == 200, text
            self.waits[kind] = max(time.monotonic() - begun, self.waits.get(kind, 0))


@contextmanager
def watched(server: Server, pages: Callable[[int], list[str]]) -> Iterator[Taken]:
    """Watch a site until the end of the block, while somebody reads pages of it."""
    Reader(server, pages).read(0)
    reader, taken, over = Reader(server, pages), Taken(megabytes(server)), Event()

    def weigh(_round: int) -> None:
        taken.most = max(taken.most, megabytes(server))

    def again(work: Callable[[int], None]) -> None:
        for number in count(1):
            work(number)
            if over.wait(0.05):
                return

    with ThreadPoolExecutor() as threads:
        works = [threads.submit(again, work) for work in (weigh, reader.read)]
        try:
            yield taken
        finally:
            over.set()
        for work in works:
            work.result()
    taken.waits = reader.waits
