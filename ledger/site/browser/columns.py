"""Columns: the one that a table is sorted by is always among those that an address selects.

Datasette fails where it is not, and readers may hide any column from its menu. It fails as well
where they send off its form with nothing to search for.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

if TYPE_CHECKING:
    from datasette.app import Datasette


def mend_addresses(datasette: Datasette, database: str) -> Callable[[Any], Any]:
    """Return a wrapper that mends the addresses of a database's tables before they are read."""

    def wrap(app: Any) -> Callable[[Any, Any, Any], Awaitable[None]]:  # noqa: ANN401 # an ASGI application
        async def mended(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 # ASGI's own
            told = scope.get("query_string", b"")
            mends = b"col=" in told or b"_search" in told
            table = _table_of(datasette, database, scope) if mends else None
            if table:
                query = without_blank_searches(told.decode("utf-8", "replace"))
                default, _ = await default_order(datasette, database, table)
                scope = {**scope, "query_string": with_sorted_column(query, default)}
            await app(scope, receive, send)

        return mended

    return wrap


def without_blank_searches(query: str) -> str:
    """Return a query that looks for no words where none were typed: then all rows are meant."""
    arguments = parse_qsl(query, keep_blank_values=True)
    return urlencode([pair for pair in arguments if not _is_blank_search(*pair)])


def _is_blank_search(name: str, words: str) -> bool:
    return (name == "_search" or name.startswith("_search_")) and not words.strip()


def with_sorted_column(query: str, default: str | None) -> bytes:
    """Return a query that selects the column it sorts by, which is `default` if it names none."""
    arguments = parse_qsl(query, keep_blank_values=True)
    asked = dict(arguments)
    column = asked.get("_sort") or asked.get("_sort_desc") or default
    if column:
        arguments = [pair for pair in arguments if pair != ("_nocol", column)]
        if "_col" in asked and ("_col", column) not in arguments:
            arguments.append(("_col", column))
    return urlencode(arguments).encode()


def _table_of(datasette: Datasette, database: str, scope: Any) -> str | None:  # noqa: ANN401 # ASGI's own
    below = scope["path"].removeprefix(datasette.setting("base_url")).split("/")
    return below[1].partition(".")[0] if len(below) == 2 and below[0] == database else None  # noqa: PLR2004 # /database/table


async def default_order(datasette: Datasette, database: str, table: str) -> tuple[str | None, bool]:
    """Return the column that a table is sorted by unless told, if by any; whether descending."""
    config = await config_of(datasette, database, table)
    return config.get("sort") or config.get("sort_desc"), not config.get("sort")


async def config_of(datasette: Datasette, database: str, table: str) -> Mapping[str, Any]:
    """Return what the metadata file says of a table, on either line of Datasette."""
    if hasattr(datasette, "table_config"):
        told: Mapping[str, Any] = await datasette.table_config(database, table)
    else:
        told = datasette.table_metadata(database, table)
    return told
