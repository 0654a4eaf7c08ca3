"""Readers' own SQL, answered by a few processes apart, so that nobody else waits for it.

A query of a stranger's may want gigabytes, or hours within one function of SQLite, which no
other thread can end. What the program `readers_process` runs is bounded in both; here it is
started, asked, and ended.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
from base64 import b64decode
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic
from typing import IO, Any, Final, NamedTuple
from urllib.parse import parse_qsl

PROGRAM: Final = Path(__file__).with_name("readers_process.py")

PROCESSES: Final = 2
"""How many queries run at the same time."""

WAITING: Final = 20.0
"""How many seconds a query waits for its turn."""

BUSY: Final = "Other readers' queries are running; ask again in a moment."

ASKS: Final = frozenset({"sql", "_where"})
"""The parts of an address in which readers write SQL."""

CSV: Final = ".csv"
"""Stands among them where the answer is CSV, which has no place for an error."""

TOO_LONG: Final = "The query took longer than the {seconds:g} s that a query may take."

FAILED: Final = "The query could not be run; it needs more than a query may have."


def asks_in(path: str, query: bytes) -> frozenset[str]:
    """Return the parts of an address in which a reader wrote SQL; CSV besides if it ends so."""
    if not any(sign in query for sign in (b"sql", b"where", b"%")):
        return frozenset()
    names = {name for name, _ in parse_qsl(query.decode("latin-1"), keep_blank_values=True)}
    asks = ASKS & names
    return asks | {CSV} if asks and path.endswith(CSV) else asks


@dataclass(frozen=True, slots=True)
class ReadersQuery:
    """A query: its SQL and parameters, for how long it may run, how many rows it may bring."""

    sql: str
    parameters: Mapping[str, object] | Sequence[object]
    seconds: float
    rows: int | None
    """None: as many as an answer holds."""


class Answer(NamedTuple):
    """What a query brought: its columns, its rows, and whether there are more of these."""

    columns: list[str]
    rows: list[sqlite3.Row]
    more: bool


class TookTooLongError(Exception):
    """A query took longer than it may."""


class ReadersSql:
    """The processes that run readers' SQL over a database, each one query at a time."""

    def __init__(self, address: str, patience: int) -> None:
        """Make none yet: the first query does. `patience` is how long a build is waited for."""
        self._command = [sys.executable, "-I", "-S", str(PROGRAM), address, str(patience)]
        self._threads = ThreadPoolExecutor(PROCESSES, thread_name_prefix="asking")
        self._own = threading.local()
        self._running: set[subprocess.Popen[str]] = set()
        self._closed = False

    async def ask(self, asked: ReadersQuery) -> Answer:
        """Return what a query brings.

        Raises TookTooLongError, or the error of SQLite's that its own answer names.
        """
        latest = monotonic() + WAITING
        return await asyncio.get_running_loop().run_in_executor(
            self._threads, self._answer, asked, latest
        )

    def close(self) -> None:
        """End all of the processes, and whatever they are at."""
        self._closed = True
        for process in tuple(self._running):
            process.kill()
        self._threads.shutdown(cancel_futures=True)
        for process in self._running:
            _end(process)
        self._running.clear()

    def _answer(self, asked: ReadersQuery, latest: float) -> Answer:
        if monotonic() > latest or self._closed:
            raise sqlite3.OperationalError(BUSY)
        process = self._process()
        line = _spoken(process, json.dumps(asdict(asked), default=str))
        if not line:
            self._forget(process)
            # The alarm is the only signal that it gets for taking too long.
            if process.returncode and process.returncode != -signal.SIGALRM:
                raise sqlite3.OperationalError(FAILED)
            raise TookTooLongError
        return _read(json.loads(line, object_hook=_bytes))

    def _process(self) -> subprocess.Popen[str]:
        """Return this thread's process, a new one if the last has ended."""
        process: subprocess.Popen[str] | None = getattr(self._own, "process", None)
        if process is None or process.poll() is not None:
            if process is not None:
                self._forget(process)
            process = subprocess.Popen(  # noqa: S603 # our own program
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
                env=os.environ | {"MALLOC_ARENA_MAX": "1"},  # else glibc holds more than it uses
            )
            self._own.process = process
            self._running.add(process)
        return process

    def _forget(self, process: subprocess.Popen[str]) -> None:
        _end(process)
        self._running.discard(process)
        self._own.process = None


def _spoken(process: subprocess.Popen[str], line: str) -> str:
    """Return what a process answers to a line; nothing if it has ended."""
    try:
        _pipe(process.stdin).write(line + "\n")
        _pipe(process.stdin).flush()
        return _pipe(process.stdout).readline()
    except (OSError, ValueError):
        return ""


def _end(process: subprocess.Popen[str]) -> None:
    """End a process that may have ended already, and let go of its pipes."""
    try:
        process.wait(timeout=1)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        try:
            _pipe(pipe).close()
        except OSError:
            # What could not be written to a process that has ended is lost with it.
            continue


def _pipe(pipe: IO[str] | None) -> IO[str]:
    if pipe is None:  # pragma: no cover # both are asked for
        raise OSError
    return pipe


def _read(answer: dict[str, Any]) -> Answer:
    """Return an answer with the rows that Datasette knows; raises the error that it tells of."""
    if "error" in answer:
        if answer["error"] == "interrupted":
            raise TookTooLongError
        kind = getattr(sqlite3, answer["kind"], sqlite3.OperationalError)
        raise kind(answer["error"])
    return Answer(answer["columns"], _rows(answer["columns"], answer["rows"]), answer["more"])


def _rows(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> list[sqlite3.Row]:
    """Return rows as SQLite gives them: only a cursor can say what their columns are called."""
    connection = sqlite3.connect(":memory:")
    try:
        names = ", ".join('NULL AS "{}"'.format(name.replace('"', '""')) for name in columns)
        cursor = connection.execute(f"SELECT {names}")  # quoted, and nothing to read
        return [sqlite3.Row(cursor, tuple(row)) for row in rows]
    finally:
        connection.close()


def _bytes(found: dict[str, Any]) -> Any:  # noqa: ANN401 # what JSON can hold, or bytes
    return b64decode(found["bytes"]) if found.keys() == {"bytes"} else found
