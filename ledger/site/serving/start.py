"""Serving: a Datasette for one database, on both lines, that takes in every new build."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from ledger.database.opening import heal
from ledger.database.publish import serving
from ledger.problems import LedgerError
from ledger.site.serving.door import DOORS, Door

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database

METADATA: Final = "datasette-metadata.json"

PATIENCE: Final = 30_000
"""How many milliseconds a page waits for a build that is copying a large database."""

BROWSED: Final = 5_000
"""How many milliseconds a query of the data browser's own may take, once there is no build."""

SECONDS: Final = {"own": 10.0, "stranger": 1.0}
"""How long a query may take that a reader wrote, of this machine's own and of elsewhere."""

HELD_KB: Final = 32_000
"""How many kilobytes of the database each of the few connections holds in memory at most."""

LONGEST: Final = 64_000_000
"""How many bytes a text or blob may have that a page reads, or a query of the metadata makes."""

PATTERN: Final = 1_000
"""How many bytes a pattern may have that a table is searched for."""

# What a database is marked with ends with the process, as the mark itself does.
_MARKS: Final = ExitStack()
_MARKED: Final[set[Path]] = set()


def find_metadata(told: Path | None = None) -> Path:
    """Return the metadata file: the one told, or that of this folder, or the package's own."""
    package = Path(__file__).parents[1]
    candidates = (
        [told] if told else [Path(METADATA), package / METADATA, package.parents[1] / METADATA]
    )
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    message = f"there is no {candidates[0]}"
    raise LedgerError(message)


def make_datasette(
    database: Path, metadata_file: Path, *, sql: bool, public: bool, url: str | None = None
) -> Datasette:
    """Return a Datasette that serves a database under the name `ledger`.

    `sql` lets readers run queries of their own; `public` closes what a stranger could misuse;
    `url` is the site's own address, as `site_address` gives it.
    """
    from datasette.app import Datasette  # noqa: PLC0415 # half a second that other commands save
    from datasette.version import __version__  # noqa: PLC0415

    from ledger.site.serving.served import Served  # noqa: PLC0415 # as above

    metadata = _read_metadata(metadata_file)
    settings: dict[str, Any] = {
        "default_allow_sql": sql,
        "allow_facet": not public,
        "allow_csv_stream": not public,
        "suggest_facets": False,
        "default_page_size": 25,
        "max_returned_rows": 1000,
        "default_facet_size": 12,
        "facet_time_limit_ms": 2000,
        "sql_time_limit_ms": BROWSED,
        "base_url": urlsplit(url or "/").path,
    }
    # On 1.0 the queries and facets of the file count as configuration, on 0.65 as metadata.
    both = {} if __version__.startswith("0.") else {"config": metadata}
    datasette = Datasette([], metadata=metadata, settings=settings, **both)
    DOORS[datasette] = Door(public=public, url=url)
    # Without a file Datasette brings an empty database, for SQL that is not bounded.
    datasette.remove_database("_memory")
    seconds = SECONDS["stranger" if public else "own"]
    # Pages and metadata go by the name, whatever the file is called.
    datasette.add_database(Served(datasette, database, seconds, PATIENCE), name="ledger")
    # On 0.65 the client has already asked which pages there are, when there was no ledger.
    datasette.client = type(datasette.client)(datasette)
    _keep_errors_short()
    return datasette


def _read_metadata(file: Path) -> dict[str, Any]:
    try:
        metadata = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        message = f"{file} is not a JSON object: {error}"
        raise LedgerError(message) from error
    if not isinstance(metadata, dict):
        message = f"{file} is not a JSON object"
        raise LedgerError(message)
    return metadata


def _keep_errors_short() -> None:
    """Keep Datasette from printing all local variables for every page that is not found.

    It does so where rich is installed, which a build's progress bar needs: up to a second's
    work, and pages of output, that any stranger could ask for.
    """
    from datasette import handle_exception  # noqa: PLC0415 # as above

    handle_exception.rich = None


def bound(connection: sqlite3.Connection) -> None:
    """Bound what a connection that pages read through holds, and what is done in one step of it."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, PATTERN)


def keep_marked(database: Database) -> None:
    """Say beside a database's file, until the process ends, that it is being served."""
    if not database.path or not database.is_mutable:
        return
    path = Path(database.path)
    if path in _MARKED:
        return
    _MARKED.add(path)
    try:
        _MARKS.enter_context(serving(path))
    except OSError:
        # A folder that cannot be written holds no build either.
        return


def heal_before_requests(datasette: Datasette, name: str) -> Callable[[Any], Any]:
    """Return a wrapper that rolls back what a killed build left, before a page is read."""

    def wrap(app: Any) -> Callable[[Any, Any, Any], Awaitable[None]]:  # noqa: ANN401 # an ASGI application
        async def healed(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 # ASGI's own
            served = datasette.databases.get(name)
            if served is not None and served.path:
                heal(Path(served.path))
            await app(scope, receive, send)

        return healed

    return wrap
