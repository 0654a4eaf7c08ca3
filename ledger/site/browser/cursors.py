"""Cursors: what a page other than the first counts, where it leads, and the page before it.

Datasette narrows the rows of such a page to those behind its cursor, and counts facets in what
is left; the links of facets keep the cursor, which belongs to another list. Here the place where
the filters end is marked in the SQL: what stands before the mark is what is counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from datasette.filters import FilterArguments
from datasette.utils import (
    escape_sqlite,
    path_from_row_pks,
    path_with_replaced_args,
    tilde_encode,
    urlsafe_components,
)
from datasette.utils.asgi import Request

from ledger.site.browser.columns import config_of, default_order

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.facets import Facet

MARK: Final = "1 /* the filters end here */"
"""A condition that always holds; the cursor's conditions stand behind it."""

NULL: Final = "$null"
"""How a cursor names a value that is not there."""


def mark_end_of_filters(request: Request) -> FilterArguments | None:
    """Return the mark as the last filter of a page that has a cursor; None for a first page."""
    return FilterArguments([MARK]) if request.args.get("_next") else None


def without_cursor(query: str) -> str:
    """Return a query that begins at the first page, all else as it is written."""
    return "&".join(part for part in query.split("&") if part.partition("=")[0] != "_next")


def from_first_page(address: str) -> str:
    """Return an address of the list's first page."""
    path, mark, query = address.partition("?")
    kept = without_cursor(query)
    return f"{path}{mark}{kept}" if kept else path


@cache
def counting_all(facet: type[Facet], database: str) -> type[Facet]:
    """Return a facet that counts, in a database, all that the filters let through.

    What its links narrow or widen is shown from the first page.
    """

    class Counting(facet):  # type: ignore[misc] # Datasette has no type hints
        """A facet whose counts and links are the same on every page of a list."""

        def __init__(
            self,
            ds: Datasette,
            request: Request,
            database_name: str,
            sql: str | None = None,
            **more: Any,  # noqa: ANN401 # what else Datasette tells a facet
        ) -> None:
            if database_name == database and request.args.get("_next"):
                query = without_cursor(request.query_string).encode("latin-1")
                request = Request({**request.scope, "query_string": query}, request.receive)
                sql = before_mark(sql) if sql else sql
            super().__init__(ds, request, database_name, sql=sql, **more)

    return Counting


def before_mark(sql: str) -> str:
    """Return the SQL of a page without its cursor, ending after its filters."""
    head, mark, _ = sql.rpartition(MARK)
    return head.removesuffix("where ").removesuffix("and ") if mark else sql


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is ordered: by a column, if by any, and then by the key's columns."""

    column: str | None
    descending: bool
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row of the page before: its value in the column of the order, and its key."""

    value: str | None
    keys: tuple[str, ...]


def cursor_of(told: str, order: Order) -> Cursor | None:
    """Return the cursor that an address tells; None if it is none in such an order."""
    parts = tuple(urlsafe_components(told))
    value = None
    if order.column:
        value = None if told.split(",", maxsplit=1)[0] == NULL else parts[0]
        parts = parts[1:]
    return Cursor(value, parts) if len(parts) == len(order.keys) else None


def up_to(cursor: Cursor, order: Order) -> tuple[str, dict[str, str]]:
    """Return the condition and order, backwards, of the rows up to a cursor's, and parameters."""
    asked = {f"cursor_{turn}": key for turn, key in enumerate(cursor.keys)}
    columns = [escape_sqlite(key) for key in order.keys]
    tied = f"({', '.join(columns)}) <= ({', '.join(f':{name}' for name in asked)})"
    backwards = [f"{key} desc" for key in columns]
    if not order.column:
        return f"{tied} order by {', '.join(backwards)}", asked
    column = escape_sqlite(order.column)
    # SQLite has what is null before everything else.
    if cursor.value is None:
        rest = f"{column} is not null or " if order.descending else ""
        found = f"({rest}({column} is null and {tied}))"
    else:
        earlier = f"{column} > :cursor" if order.descending else f"{column} < :cursor"
        nulls = "" if order.descending else f" or {column} is null"
        found = f"({earlier}{nulls} or ({column} = :cursor and {tied}))"
        asked["cursor"] = cursor.value
    turned = column if order.descending else f"{column} desc"
    return f"{found} order by {', '.join([turned, *backwards])}", asked


async def pages_before(
    datasette: Datasette, request: Request, table: str, page: Mapping[str, Any]
) -> dict[str, str]:
    """Return the addresses of the first page and of the previous one; none on the first page.

    `page` is what Datasette gives the template of a table.
    """
    told = request.args.get("_next")
    if not told:
        return {}
    here = request.scope.get("route_path", request.path)
    size = await page_size(datasette, request, str(page["database"]), table)
    if page["is_view"]:
        before: str | None = str(int(told) - size) if int(told) > size else None
    else:
        before = await _cursor_before(datasette, request, table, page, size)
    path = datasette.urls.path
    first = path_with_replaced_args(request, {"_next": None}, here)
    previous = path_with_replaced_args(request, {"_next": before}, here)
    return {"first": str(path(first)), "previous": str(path(previous))}


async def _cursor_before(
    datasette: Datasette, request: Request, table: str, page: Mapping[str, Any], size: int
) -> str | None:
    """Return the cursor of the page before; None if that is the first page."""
    database = str(page["database"])
    told_keys = tuple(page["primary_keys"])
    column, descending = await order_of(datasette, request, database, table)
    order = Order(column, descending, told_keys or ("rowid",))
    cursor = cursor_of(request.args["_next"], order)
    head, mark, _ = page["query"]["sql"].rpartition(MARK)
    if cursor is None or not mark:
        return None
    found, asked = up_to(cursor, order)
    sql = f"{head}{found} limit 1 offset {size}"
    rows = await datasette.get_database(database).execute(sql, {**page["query"]["params"], **asked})
    return cursor_at(rows.rows, told_keys, column)


def cursor_at(rows: Sequence[Any], keys: Sequence[str], column: str | None) -> str | None:
    """Return the cursor that stands at the first of some rows, as Datasette writes it."""
    if not rows:
        return None
    key: str = path_from_row_pks(rows[0], keys, not keys)
    if not column:
        return key
    value = rows[0][column]
    return f"{NULL if value is None else tilde_encode(str(value))},{key}"


async def order_of(
    datasette: Datasette, request: Request, database: str, table: str
) -> tuple[str | None, bool]:
    """Return the column that an address sorts a table by, and whether descending."""
    ascending, descending = request.args.get("_sort"), request.args.get("_sort_desc")
    if ascending or descending:
        return ascending or descending, not ascending
    return await default_order(datasette, database, table)


async def page_size(datasette: Datasette, request: Request, database: str, table: str) -> int:
    """Return how many rows a page has."""
    told = request.args.get("_size") or (await config_of(datasette, database, table)).get("size")
    if told == "max":
        return int(datasette.setting("max_returned_rows"))
    return int(told or datasette.setting("default_page_size"))
