"""Served: the ledger's database as Datasette reads it, each kind of reading in its own place.

Own pages, the data browser's pages and readers' own SQL each have threads or processes of their
own, so that no kind waits for another. The time that a query may take begins when the database
can be read: a build that is being copied is waited for before.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import ContextVar, copy_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from datasette.database import Database, QueryInterrupted, Results

from ledger.site.serving.readers_sql import (
    TOO_LONG,
    ReadersQuery,
    ReadersSql,
    TookTooLongError,
    asks_in,
)

if TYPE_CHECKING:
    from datasette.app import Datasette

T = TypeVar("T")

THREADS: Final = 4
"""How many threads read for own pages, and how many for those of the data browser."""

_ASKED: Final[ContextVar[frozenset[str]]] = ContextVar("asked", default=frozenset())
"""Which of these the address has that is being answered."""

_BROWSING: Final[ContextVar[bool]] = ContextVar("browsing", default=False)
"""Whether what is read is for a page of the data browser."""

_MAGIC: Final = re.compile(r"[:@$](_\w+)")


class Served(Database):  # type: ignore[misc] # Datasette has no types
    """The database of a ledger; nothing is ever written through it."""

    def __init__(self, datasette: Datasette, path: Path, seconds: float, patience: int) -> None:
        """Read a file; readers' SQL may take some seconds, and a build be waited for, in ms."""
        super().__init__(datasette, path=str(path), is_mutable=True)
        self._address = f"{path.resolve().as_uri()}?mode=ro"
        self._seconds = seconds
        self._pages = ThreadPoolExecutor(THREADS, thread_name_prefix="pages")
        self._browser = ThreadPoolExecutor(THREADS, thread_name_prefix="browser")
        self._own = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._asking = ReadersSql(self._address, patience)

    def connect(self, write: bool = False) -> sqlite3.Connection:  # noqa: ARG002 # Datasette's
        """Return a new connection, which reads.

        Datasette would put the path into an address as it is, where a `#` or `?` ends it.
        """
        connection = sqlite3.connect(self._address, uri=True, check_same_thread=False)
        self._opened.append(connection)
        return connection

    def close(self) -> None:
        """Let go of the file, once nobody reads it any more."""
        self._asking.close()
        for pool in (self._pages, self._browser):
            pool.shutdown()
        for connection in self._opened:
            connection.close()
        self._opened.clear()
        super().close()

    @property
    def size(self) -> int:
        """Return the file's size; an error would tell strangers where it lies."""
        with suppress(OSError):
            return Path(self.path).stat().st_size
        return 0

    @property
    def mtime_ns(self) -> int:
        """Return when the file was changed last, as `size` does."""
        with suppress(OSError):
            return Path(self.path).stat().st_mtime_ns
        return 0

    async def execute(self, sql: str, params: Any = None, **told: Any) -> Results:  # noqa: ANN401 # Datasette's
        """Return what SQL brings, for a page of the data browser or for a reader who wrote it."""
        if _ASKED.get():
            return await self._ask(sql, params, **told)
        before = _BROWSING.set(True)  # a flag
        try:
            return await super().execute(sql, params, **told)
        finally:
            _BROWSING.reset(before)

    async def _execute_fn(self, fn: Callable[[sqlite3.Connection], T]) -> T:
        """Return what a function reads, in one transaction."""

        def visit() -> T:
            connection: sqlite3.Connection | None = getattr(self._own, "connection", None)
            if connection is None:
                connection = self.connect()
                self.ds._prepare_connection(connection, self.name)  # noqa: SLF001 # as Datasette does
                self._own.connection = connection
            return _in_one(connection, fn)

        pool = self._browser if _BROWSING.get() else self._pages
        # On 1.0, what is measured of a request goes with it.
        return await asyncio.get_running_loop().run_in_executor(pool, copy_context().run, visit)

    if not hasattr(Database, "_execute_fn"):  # Datasette 0.65
        execute_fn = _execute_fn

    async def _ask(  # noqa: PLR0913 # Datasette's
        self,
        sql: str,
        params: Any,  # noqa: ANN401 # as above
        *,
        truncate: bool = False,
        custom_time_limit: int | None = None,
        page_size: int | None = None,
        log_sql_errors: bool = True,  # noqa: ARG002 # readers' mistakes are told to readers
    ) -> Results:
        most = self.ds.max_returned_rows
        most += most == (page_size or self.ds.page_size)
        seconds = min(self._seconds, (custom_time_limit or 1e9) / 1000)
        asked = ReadersQuery(sql, _values(sql, params), seconds, most if truncate else None)
        try:
            answer = await self._asking.ask(asked)
        except TookTooLongError as error:
            said = sqlite3.OperationalError(TOO_LONG.format(seconds=seconds))
            # A table does without a count or a facet that took too long, not without its rows.
            if not truncate:
                raise QueryInterrupted(said, sql, params) from error
            raise _refusal(said) from error
        except sqlite3.Error as error:
            raise _refusal(error) from error
        description = [(name, *[None] * 6) for name in answer.columns]
        return Results(answer.rows, truncate and answer.more, description)


def _refusal(error: sqlite3.Error) -> Exception:
    """Return what is raised for a query that brought nothing.

    A page with the reader's SQL on it shows why; what has no place for that is told as an error.
    """
    from datasette.views.base import DatasetteError  # noqa: PLC0415 # imports what imports plugins

    if _ASKED.get() == {"sql"}:
        return error
    return DatasetteError(str(error), title="Invalid SQL", status=400)  # type: ignore[no-any-return] # Datasette has no types


def _in_one(connection: sqlite3.Connection, fn: Callable[[sqlite3.Connection], T]) -> T:
    """Return what a function reads, all of it from the same build, which is waited for first."""
    connection.execute("BEGIN")
    try:
        connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
        return fn(connection)
    finally:
        connection.rollback()


def _values(sql: str, params: Any) -> Mapping[str, object] | Sequence[object]:  # noqa: ANN401 # as above
    """Return parameters as plain values; Datasette makes some only when they are asked for."""
    if not isinstance(params, dict):
        return tuple(params or ())
    values: dict[str, object] = {}
    for name in {*dict.keys(params), *_MAGIC.findall(sql)}:
        with suppress(KeyError):
            values[name] = params[name]
    return values


def note_readers_sql(app: Any) -> Callable[[Any, Any, Any], Awaitable[None]]:  # noqa: ANN401 # an ASGI application
    """Wrap a site so that it is known which addresses bring SQL of a reader's own."""

    async def noting(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 # ASGI's own
        before = _ASKED.set(asks_in(scope.get("path", ""), scope.get("query_string", b"")))
        try:
            await app(scope, receive, send)
        finally:
            _ASKED.reset(before)

    return noting
