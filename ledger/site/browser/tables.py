"""Tables: what there is to ask of a table or a view, as far as an address asks for it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from datasette.utils import escape_sqlite

from ledger.site.answering.answer import may_see
from ledger.site.browser.columns import config_of
from ledger.site.browser.cursors import Order, order_of

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

ARRAYS: Final = ("__arraycontains", "__arraynotcontains")
"""What compares with the parts of JSON arrays."""


@dataclass(frozen=True, slots=True)
class Askable:
    """What there is to ask of a table."""

    name: str
    types: dict[str, str]
    keys: tuple[str, ...]
    is_view: bool
    sortable: tuple[str, ...]
    order: Order
    searched: tuple[str, ...] | None
    """The columns that words are looked for in; None if the table has no full-text index."""
    references: tuple[str, ...]
    """The columns that refer to what has a name."""
    referring: dict[str, tuple[str, ...]]
    """The columns of the tables that the address narrows through, none of one that does not
    refer to this; without those that the reader may not see."""
    no_arrays: tuple[str, ...]
    """The columns that are asked for as arrays and have something else."""
    most: int
    """How many rows a page has at most."""
    is_page: bool
    """Whether people see it, and not a program, which may want to know how many rows there are."""

    @property
    def named(self) -> str:
        """What a sentence calls it."""
        return f"The {'view' if self.is_view else 'table'} {self.name}"

    def lacks(self, column: str) -> bool:
        """Return whether the table has no such column."""
        return column not in self.types and (column != "rowid" or self.is_view)


async def table_of(datasette: Datasette, request: Request, database: str, name: str) -> Askable:
    """Return what there is to ask of a table; what takes long, only as far as it is asked."""
    served = datasette.get_database(database)
    config = await config_of(datasette, database, name)
    details = await served.table_column_details(name)
    types = {column.name: column.type for column in details}
    keys = tuple(
        column.name for column in sorted(details, key=lambda one: one.is_pk) if column.is_pk
    )
    is_view = bool(await served.get_view_definition(name))
    rowid = () if keys or is_view else ("rowid",)
    column, descending = await order_of(datasette, request, database, name)
    sortable = (*config.get("sortable_columns", types), *rowid)
    references = await served.foreign_keys_for_table(name) if "_label" in request.args else []
    return Askable(
        name,
        types,
        keys,
        is_view,
        sortable,
        Order(column, descending, keys or rowid),
        await _searched(datasette, request, database, name),
        tuple(key["column"] for key in references),
        await _referring(datasette, request, database, name),
        await _no_arrays(datasette, request, database, name, types),
        int(datasette.setting("max_returned_rows")),
        not request.url_vars.get("format"),
    )


async def _searched(
    datasette: Datasette, request: Request, database: str, name: str
) -> tuple[str, ...] | None:
    """Return the columns of a table's full-text index; none if nobody searches, None without."""
    if not any(one.startswith("_search") for one in request.args):
        return ()
    config = await config_of(datasette, database, name)
    served = datasette.get_database(database)
    index = request.args.get("_fts_table") or config.get("fts_table")
    index = index or await served.fts_table(name)
    if not index:
        return None
    # FTS5 has a column by the index's own name and one of ranks beside those of words.
    return tuple(one for one in await served.table_columns(index) if one not in {index, "rank"})


async def _no_arrays(
    datasette: Datasette, request: Request, database: str, name: str, columns: Iterable[str]
) -> tuple[str, ...]:
    asked = [*request.args.getlist("_facet_array")]
    asked += [one.rpartition("__")[0] for one in request.args if one.endswith(ARRAYS)]
    found = []
    for column in dict.fromkeys(one for one in asked if one in columns):
        sql = f"select 1 from {escape_sqlite(name)} where not json_valid({escape_sqlite(column)})"  # noqa: S608 # names of the schema
        if (await datasette.get_database(database).execute(f"{sql} limit 1")).rows:
            found.append(column)
    return tuple(found)


async def _referring(
    datasette: Datasette, request: Request, database: str, name: str
) -> dict[str, tuple[str, ...]]:
    served = datasette.get_database(database)
    found: dict[str, tuple[str, ...]] = {}
    for other, _ in filter(None, map(through_of, request.args.getlist("_through"))):
        if await may_see(datasette, request, other):
            keys = await served.foreign_keys_for_table(other)
            refers = any(key["other_table"] == name for key in keys)
            found[other] = tuple(await served.table_columns(other)) if refers else ()
    return found


def through_of(told: str) -> tuple[str, str] | None:
    """Return the table and the column that an address narrows through; None if it tells none."""
    found = json_of(told)
    if not isinstance(found, dict) or isinstance(found.get("value", []), list | dict):
        return None
    table, column = found.get("table"), found.get("column")
    return (table, column) if isinstance(table, str) and isinstance(column, str) else None


def json_of(text: str) -> object:
    """Return what a JSON text says; None for a text that is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
