"""What a site takes while it is asked for something heavy: its memory, and others' patience."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from threading import Event
from typing import Final

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
    listed = subprocess.run(  # a program of the system
        ["/bin/ps", "-axo", "pgid=,rss="], capture_output=True, text=True, check=True
    )
    rows = (line.split() for line in listed.stdout.splitlines())
    return sum(int(size) for group, size in rows if int(group) == server.process.pid) / 1000


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
