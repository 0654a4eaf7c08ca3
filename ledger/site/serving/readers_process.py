"""Readers' process: the program that runs readers' SQL, and may end at any moment.

The module `readers_sql` starts it with a database's address and the milliseconds that it waits
for a build, and speaks with it over its input and output: one line of JSON for each query, and
one for each answer. Nothing here is imported but what Python brings, so that it starts at once.

A query may take so much memory and time and no more: SQLite's own bounds say so in words; where
they do not reach, a long step of one function for one, the system ends the process.
"""

from __future__ import annotations

import base64
import json
import os
import re
import resource
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from time import monotonic
from typing import Any, Final

LARGEST: Final = 4_000_000
"""How many bytes a text or blob may have, and all of an answer together."""

CELLS: Final = 20_000
"""How many cells an answer has at most: as many as a page shows without keeping others waiting."""

HEAP: Final = 32_000_000
"""How many bytes SQLite holds at most."""

HELD: Final = 160_000_000
"""How many bytes the process holds at most, where the system can say so."""

SPILLED: Final = 256_000_000
"""How many bytes a file may have that SQLite sorts in."""

LONGEST: Final = 100_000
"""How many bytes a statement may have."""

GRACE: Final = 0.5
"""How many seconds the process goes on after a query should have ended by itself."""

STEPS: Final = 10_000
"""How many steps of SQLite pass between two looks at the clock."""

PRAGMAS: Final = frozenset(
    {
        "collation_list",
        "compile_options",
        "data_version",
        "foreign_key_list",
        "function_list",
        "index_info",
        "index_list",
        "index_xinfo",
        "page_count",
        "page_size",
        "schema_version",
        "table_info",
        "table_list",
        "table_xinfo",
    }
)
"""What a query may ask of SQLite itself: nothing that tells where a file lies."""

CLOSED: Final = frozenset({"bytecode", "dbstat", "sqlite_dbpage", "sqlite_stmt", "tables_used"})
"""Tables of SQLite's own that show a file as it is, or other statements."""

REFUSED: Final = frozenset({"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"})
"""Functions that reach beyond the database."""

ENDED: Final = "interrupted"
"""What is said of a query that took too long, as SQLite does."""

TOO_LARGE: Final = (
    f"The answer is larger than {LARGEST:,} bytes; ask for fewer rows, or for less of each."
)

TOO_MUCH: Final = "The query needs more memory than a query may have; ask for less at once."

TOO_BIG: Final = (
    f"A text or blob of the query is larger than {LARGEST:,} bytes; ask for less of it."
)

NO_MEMORY: Final = frozenset({"out of memory", "database or disk is full", "disk I/O error"})
"""What SQLite says where a bound is reached, of memory or of what it may write to sort in."""

_WORDS: Final = re.compile(r'\s+|(".*?")')


class TooLargeError(Exception):
    """An answer has more bytes than it may."""


REFUSALS: Final = (
    TooLargeError,
    ArithmeticError,
    MemoryError,
    TypeError,
    ValueError,
    sqlite3.Error,
    sqlite3.Warning,
)
"""What a query may fail with that is the query's own."""


def search_words(words: str) -> str:
    """Return words as a full-text search takes them; Datasette calls this escape_fts."""
    balanced = words + '"' * (words.count('"') % 2)
    parts = [part for part in _WORDS.split(balanced) if part and part != '""']
    return " ".join(part if part.startswith('"') else f'"{part}"' for part in parts)


class Reader:
    """A connection that readers' SQL runs on, one query after another."""

    def __init__(self, address: str, patience: int) -> None:
        self._connection = sqlite3.connect(address, uri=True, isolation_level=None)
        self._bytes = 0
        self._confine(patience)

    def _confine(self, patience: int) -> None:
        """Set the bounds of every query."""
        connection = self._connection
        for bound, most in (
            (sqlite3.SQLITE_LIMIT_LENGTH, LARGEST),
            (sqlite3.SQLITE_LIMIT_SQL_LENGTH, LONGEST),
            (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
            (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
        ):
            connection.setlimit(bound, most)
        connection.execute(f"PRAGMA hard_heap_limit = {HEAP}")
        connection.execute(f"PRAGMA busy_timeout = {patience}")
        connection.execute("PRAGMA query_only = 1")
        connection.text_factory = self._text
        connection.create_function("escape_fts", 1, search_words)
        connection.set_authorizer(_allow)

    def answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Return what a query brings: `columns`, `rows` and `more`; or `error` and its `kind`."""
        try:
            return self._run(asked)
        except REFUSALS as error:
            return told(error)
        finally:
            self._connection.set_progress_handler(None, 0)
            signal.setitimer(signal.ITIMER_REAL, 0)
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")

    def _run(self, asked: dict[str, Any]) -> dict[str, Any]:
        connection, self._bytes = self._connection, 0
        connection.execute("BEGIN")
        # A build that is being copied is waited for here, before the query's own time begins.
        connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
        self._begin(asked["seconds"])
        cursor = connection.execute(asked["sql"], asked["parameters"])
        columns = [column[0] for column in cursor.description or ()]
        most = CELLS // max(1, len(columns))
        if asked["rows"] is not None:
            most = min(most, asked["rows"])
        rows: list[tuple[Any, ...]] = []
        for row in cursor:
            if len(rows) == most:
                return {"columns": columns, "rows": rows, "more": True}
            self._weigh(sum(len(cell) for cell in row if isinstance(cell, bytes)) + len(row))
            rows.append(row)
        return {"columns": columns, "rows": rows, "more": False}

    def _begin(self, seconds: float) -> None:
        """Let a query end by itself after some seconds, and the process soon after that."""
        deadline = monotonic() + seconds
        self._connection.set_progress_handler(lambda: monotonic() > deadline, STEPS)
        signal.setitimer(signal.ITIMER_REAL, seconds + GRACE)

    def _text(self, raw: bytes) -> str:
        """Return a text; counted before it is read, since it may take four times as much."""
        self._weigh(len(raw))
        return raw.decode("utf-8", "replace")

    def _weigh(self, size: int) -> None:
        self._bytes += size
        if self._bytes > LARGEST:
            raise TooLargeError


def told(error: Exception) -> dict[str, Any]:
    """Return an error as the other side of the pipe reads it."""
    said, bounded = str(error), True
    if isinstance(error, TooLargeError):
        said = TOO_LARGE
    elif isinstance(error, MemoryError) or said in NO_MEMORY:
        said = TOO_MUCH
    elif said == "string or blob too big":
        said = TOO_BIG
    else:
        bounded = False
    kind = "OperationalError" if bounded or not isinstance(error, sqlite3.Error) else None
    return {"kind": kind or type(error).__name__, "error": said}


def _allow(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    """Return whether a statement may do a thing: SQLite asks before it runs it."""
    name = (first or "").lower()
    denied = (
        (action == sqlite3.SQLITE_PRAGMA and name not in PRAGMAS)
        or (action == sqlite3.SQLITE_READ and name in CLOSED)
        or (action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in REFUSED)
        or action in {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH}
    )
    return sqlite3.SQLITE_DENY if denied else sqlite3.SQLITE_OK


def plain(value: object) -> dict[str, str]:
    """Return bytes as JSON can hold them."""
    if not isinstance(value, bytes):
        raise TypeError(value)
    return {"bytes": base64.b64encode(value).decode()}


def confine_process() -> None:
    """Set what the system holds the process to, and let whoever waits for a page go first."""
    for bound, most in (
        (resource.RLIMIT_DATA, HELD),
        (resource.RLIMIT_FSIZE, SPILLED),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(OSError, ValueError):
            resource.setrlimit(bound, (most, most))
    with suppress(OSError):
        os.nice(10)
    # Ctrl-C is for the site, which ends this; the alarm ends it whatever it is doing.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)


def questions() -> Iterator[dict[str, Any]]:
    """Yield each query, until nobody can ask any more."""
    for line in sys.stdin:
        yield json.loads(line)


def answered(answer: Callable[[], dict[str, Any]]) -> str:
    """Return an answer as a line."""
    try:
        return json.dumps(answer(), default=plain)
    except MemoryError as error:
        return json.dumps(told(error))


def main(address: str, patience: int) -> None:
    """Answer every query that comes in."""
    confine_process()
    reader = Reader(address, patience)
    for asked in questions():
        sys.stdout.write(answered(lambda asked=asked: reader.answer(asked)) + "\n")  # type: ignore[misc] # mypy does not see the default
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
