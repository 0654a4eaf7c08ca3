"""Refusing: what an address asks of a table that the table does not have, told in a sentence.

Datasette answers some of it with an error that says nothing, and some not at all: it then shows
rows as if they were what was asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from datasette.filters import Filters
from datasette.utils.asgi import BadRequest

from ledger.likeness import near_match
from ledger.site.answering.safety import one_line
from ledger.site.browser.cursors import cursor_of
from ledger.site.browser.links import LINKS
from ledger.site.browser.tables import Askable, json_of, table_of, through_of

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

SHOWN: Final = 60
"""How many signs of what an address says are told again."""

SHAPES: Final = ("arrays", "objects", "array", "object", "arrayfirst")

BOOLEANS: Final = ("on", "off", "true", "false", "1", "0")

GREATEST: Final = 1 << 63
"""From here on, SQLite has no whole numbers."""

NUMERIC: Final = ("INT", "REAL", "FLOA", "DOUB", "NUM", "DEC")
"""What the names of the types of columns of numbers have in them."""


Check = Callable[[Any, Askable], Iterator[str]]
"""Yields what is wrong with the arguments of an address."""


def quoted(text: str) -> str:
    """Return what an address says, on one line, and not all of it if it is long."""
    line = one_line(text)
    return f"“{line if len(line) <= SHOWN else line[:SHOWN] + '…'}”"


def no_column(table: Askable, column: str) -> str:
    """Return the sentence that a table has no such column, with those that it has."""
    near = near_match(column, list(table.types))
    meant = f" Did you mean “{near}”?" if near else ""
    return f"{table.named} has no column {quoted(column)}.{meant} It has {listed(table.types)}."


def listed(names: Iterable[str]) -> str:
    """Return names as a sentence lists them."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def wrong_sort(args: Any, table: Askable) -> Iterator[str]:  # noqa: ANN401 # Datasette's arguments
    """Yield that an address sorts by what cannot be sorted by."""
    told = [args[name] for name in ("_sort", "_sort_desc") if args.get(name)]
    for column in told:
        if column not in table.sortable:
            can = f"It can be sorted by {listed(table.sortable)}."
            yield f"{table.named} cannot be sorted by {quoted(column)}. {can}"
    if len(told) > 1:
        yield "_sort and _sort_desc cannot both be told: the rows have one order."


def wrong_size(args: Any, table: Askable) -> Iterator[str]:  # noqa: ANN401 # as above
    """Yield that a page cannot have so many rows."""
    told = args.get("_size") or "max"
    least = 1 if table.is_page else 0
    if told != "max" and not (is_number(told) and least <= int(told) <= table.most):
        most = f"{table.most:,}"
        yield f"_size is {quoted(told)}: it is a number of rows from {least} to {most}, or max."


def is_number(text: str) -> bool:
    """Return whether a text is a number without a sign, as int() reads it."""
    return text.isascii() and text.isdigit() and len(text) < 10  # noqa: PLR2004 # no count is longer


def wrong_cursor(args: Any, table: Askable) -> Iterator[str]:  # noqa: ANN401 # as above
    """Yield that a page begins nowhere in the table."""
    told = args.get("_next")
    if told and not _is_place(told, table):
        yield f"_next is {quoted(told)}, which is no place in {table.name} in this order."


def _is_place(told: str, table: Askable) -> bool:
    if table.is_view:
        return is_number(told)
    cursor = cursor_of(told, table.order)
    if cursor is None:
        return False
    columns = (*([table.order.column] if table.order.column else []), *table.order.keys)
    values = (*([cursor.value] if table.order.column else []), *cursor.keys)
    return all(
        value is None or not _is_numeric(table.types.get(column, "INTEGER")) or _reads(value)
        for column, value in zip(columns, values, strict=True)
    )


def _is_numeric(declared: str) -> bool:
    return any(part in declared.upper() for part in NUMERIC)


def _reads(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True


def wrong_columns(args: Any, table: Askable) -> Iterator[str]:  # noqa: ANN401 # as above
    """Yield that an address shows or hides columns that are not there, or hides the key."""
    for name in ("_col", "_nocol"):
        for column in args.getlist(name):
            if column not in table.types:
                yield no_column(table, column)
            elif name == "_nocol" and column in table.keys:
                yield f"“{column}” tells the rows of {table.name} apart and cannot be hidden."
    for column in args.getlist("_label"):
        if column not in table.references:
            yield f"_label is {quoted(column)}, which refers to nothing that has a name."


def wrong_facets(args: Any, table: Askable) -> Iterator[str]:  # noqa: ANN401 # as above
    """Yield that an address counts what is not there, or in a way that there is not."""
    from datasette.plugins import pm  # noqa: PLC0415 # looks for plugins, this one among them

    kinds = {one.type for some in pm.hook.register_facet_classes() for one in some}
    for name in args:
        kind = "column" if name == "_facet" else name.removeprefix("_facet_")
        if name == "_facet_size" or not name.startswith("_facet"):
            continue
        if kind not in kinds:
            yield f"“{one_line(name)}” is no way to count: those are {listed(sorted(kinds))}."
            continue
        for told in args.getlist(name):
            yield from _wrong_facet(kind, told, table)
    size = args.get("_facet_size") or "max"
    if size != "max" and not is_number(size):
        yield f"_facet_size is {quoted(size)}: it is a number of values, or max."


def _wrong_facet(kind: str, told: str, table: Askable) -> Iterator[str]:
    column: Any = told
    if told.startswith("{"):
        config = json_of(told)
        config = config if isinstance(config, dict) else {}
        column = config.get("column") or config.get("simple")
        if not isinstance(column, str):
            yield f"_facet is {quoted(told)}, which names no column."
            return
    if kind == "link":
        links = [name for of, name in LINKS if of == table.name]
        if column not in links:
            can = f": those are {listed(links)}" if links else ""
            yield f"{table.named} has no links {quoted(column)} to count{can}."
    elif table.lacks(column):
        yield no_column(table, column)


def wrong_filters(args: Any, table: Askable) -> Iterator[str]:  # noqa: ANN401 # as above
    """Yield that rows are narrowed by a column or a comparison that there is not."""
    comparisons = [key for key, _, _ in Filters([]).lookups()]
    for name in args:
        if name.startswith("_") and "__" not in name:
            continue
        column, mark, comparison = name.rpartition("__")
        column, comparison = (column, comparison) if mark else (name, "exact")
        if table.lacks(column):
            yield no_column(table, column)
        elif comparison not in comparisons:
            yield f"{quoted(comparison)} is no comparison: those are {listed(comparisons)}."
        elif comparison in {"in", "notin"}:
            yield from _wrong_lists(name, args.getlist(name))
        elif comparison in {"gt", "gte", "lt", "lte"}:
            yield from _wrong_numbers(name, args.getlist(name))


def _wrong_lists(name: str, told: list[str]) -> Iterator[str]:
    for values in told:
        found = json_of(values) if values.startswith("[") else []
        if not isinstance(found, list) or any(isinstance(one, dict | list) for one in found):
            yield f"{one_line(name)} is {quoted(values)}: write a,b or a JSON array of values."


def _wrong_numbers(name: str, told: list[str]) -> Iterator[str]:
    for value in told:
        try:
            small = abs(int(value)) < GREATEST
        except ValueError:
            # What is no number is compared as text, except signs such as ².
            small = not value.isdigit()
        if not small:
            yield f"{one_line(name)} is {quoted(value)}, which is no number of this database."


def wrong_arrays(_: Any, table: Askable) -> Iterator[str]:  # noqa: ANN401 # as above
    """Yield that the parts of arrays are asked for where there are none."""
    for column in table.no_arrays:
        yield f"“{column}” of {table.name} is no column of JSON arrays."


def wrong_through(args: Any, table: Askable) -> Iterator[str]:  # noqa: ANN401 # as above
    """Yield that rows are narrowed through no column of a table that refers to this one."""
    for told in args.getlist("_through"):
        through = through_of(told)
        if through is None:
            yield (
                f"_through is {quoted(told)}: it is a JSON object with a table that refers to "
                f"{table.name}, a column of that table and its value."
            )
        elif through[1] not in table.referring.get(through[0], through[1:]):
            which = f"{quoted(through[0])} with a column {quoted(through[1])}"
            yield f"_through: no table {which} refers to {table.name}."


def wrong_search(args: Any, table: Askable) -> Iterator[str]:  # noqa: ANN401 # as above
    """Yield that words are looked for where no words are indexed."""
    asked = [name for name in args if name == "_search" or name.startswith("_search_")]
    if asked and table.searched is None:
        yield f"{table.named} has no full-text index to search. The site’s own search is /search."
    for name in asked:
        column = name.removeprefix("_search_")
        if table.searched is not None and name != "_search" and column not in table.searched:
            can = listed(table.searched)
            yield f"{table.named} cannot be searched by {quoted(column)}, only by {can}."


CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "_shape": SHAPES,
    "_labels": BOOLEANS,
    "_searchmode": ("raw", "escaped"),
}
"""What may be told by some names."""

NUMBERS: Final[dict[str, str]] = {"_ttl": "seconds", "_timelimit": "milliseconds"}
"""By which names a number is told, and of what."""


def wrong_choices(args: Any, _: Askable | None = None) -> Iterator[str]:  # noqa: ANN401 # as above
    """Yield that something is told that is none of the choices, or no number."""
    for name, choices in CHOICES.items():
        told = args.get(name) or choices[0]
        if told.lower() not in choices:
            yield f"{name} is {quoted(told)}: it is one of {listed(choices)}."
    for name, what in NUMBERS.items():
        told = args.get(name) or "0"
        if not is_number(told):
            yield f"{name} is {quoted(told)}: it is a number of {what}."


CHECKS: Final[tuple[Check, ...]] = (
    wrong_sort,
    wrong_size,
    wrong_cursor,
    wrong_columns,
    wrong_facets,
    wrong_filters,
    wrong_arrays,
    wrong_through,
    wrong_search,
    wrong_choices,
)


async def refuse(datasette: Datasette, request: Request, database: str, table: str) -> None:
    """Raise BadRequest with the first thing that an address asks and a table does not have."""
    if request.query_string:
        known = await table_of(datasette, request, database, table)
        for check in CHECKS:
            for why in check(request.args, known):
                raise BadRequest(why)


def refuse_choices(request: Request) -> None:
    """Raise BadRequest with the first thing that no page may be told so."""
    for why in wrong_choices(request.args):
        raise BadRequest(why)
