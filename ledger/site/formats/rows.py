"""Rows: all that a query finds, by a connection of its own, in pieces."""

from __future__ import annotations

import base64
import csv
import io
import json
import math
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from datasette.utils import escape_sqlite, path_from_row_pks
from datasette.utils.asgi import BadRequest

from ledger.reports.kinds import show
from ledger.site.answering.answer import may_see, of_this_version
from ledger.site.formats.form import Form, Thing, Told, as_json
from ledger.site.serving.spooling import PIECE, Pieces

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

REMEMBERED: Final = 10_000
"""How many labels of a column are remembered."""

SHAPES: Final = {"array": ("[", ",\n", "]\n"), "object": ("{", ",\n", "}\n")}
"""The shapes in which JSON has all rows: what stands before, between and behind these."""

HELD_KB: Final = 4_000
"""How many kilobytes of the database are held: what is read in a row is soon needed no more."""

BATCH: Final = 500
"""How many things are written at a time."""

# Is filled in the connection's own file, so that no list is too long to be held in memory.
GIVEN: Final = "CREATE TEMP TABLE given (id TEXT PRIMARY KEY) WITHOUT ROWID"
GIVE: Final = "INSERT OR IGNORE INTO given VALUES (?)"

Row = tuple[Any, ...]

Label = Callable[[object], str | None]
"""Finds the label of what a column refers to; None where there is none."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A query that is to be read to its end.

    `labels` has, by column, the query that finds the label of a value. Of a table, `keys` are the
    columns of its key; a view or a query has none.
    """

    datasette: Datasette
    database: str
    sql: str
    parameters: Mapping[str, Any]
    labels: Mapping[str, str] = field(default_factory=dict)
    keys: Sequence[str] = ()


async def label_sources(
    datasette: Datasette, request: Request, database: str, table: str | None
) -> dict[str, str]:
    """Return the queries that find the labels of what a table's columns refer to.

    Nobody sees labels of a table that is not for them. A table without labels has none here.
    """
    served = datasette.get_database(database)
    found = {}
    for key in await served.foreign_keys_for_table(table) if table else []:
        other = key["other_table"]
        label = await served.label_column_for_table(other)
        if label and await may_see(datasette, request, other):
            names = map(escape_sqlite, (label, other, key["other_column"]))
            found[key["column"]] = "select {} from {} where {} = ?".format(*names)  # noqa: S608 # names of the schema
    return found


def csv_pieces(reading: Reading, told: Told) -> Pieces:
    """Return a CSV; columns that have labels are each followed by one of these."""

    def texts(connection: sqlite3.Connection) -> Iterator[str]:
        row_of = csv.writer(_Echo()).writerow
        columns, rows = _read(connection, reading)
        labels = _labels(connection, reading, columns)
        if told.get("_header") != "off":
            yield row_of(_headings(columns, labels))
        for row in rows:
            yield row_of(_cells(row, labels))

    return _pieces(reading, texts)


class _Echo:
    """Gives back what is written, so that a row of a CSV is what its writer returns."""

    def write(self, text: str) -> str:
        return text


def json_pieces(reading: Reading, told: Told) -> Pieces:
    """Return an array of objects, an object of these by their keys, or lines, as it is told.

    Raises BadRequest if it cannot be had so.
    """
    shape, lines = told.get("_shape") or "array", told.says("_nl")
    keyed = shape == "object"
    if shape not in SHAPES or (keyed and not reading.keys):
        message = "All rows of this can be had as _shape=array"
        raise BadRequest(message + (", or as _shape=object." if reading.keys else "."))
    opens, between, closes = ("", "\n", "\n") if lines else SHAPES[shape]

    def texts(connection: sqlite3.Connection) -> Iterator[str]:
        columns, rows = _read(connection, reading)
        labels = _labels(connection, reading, columns)
        yield opens
        turn = -1
        for turn, row in enumerate(rows):
            shown = dict(zip(columns, map(_json_value, row, labels), strict=True))
            key = f"{_key(columns, row, reading.keys)}: " if keyed and not lines else ""
            yield f"{between if turn else ''}{key}{json.dumps(shown)}"
        yield closes if turn >= 0 or not lines else ""

    return _pieces(reading, texts)


Batches = Iterator[list[str]]
"""The ids of things, each once, some at a time."""


def thing_pieces(
    reading: Reading, column: str, write: Callable[[sqlite3.Connection, Batches], Iterator[str]]
) -> Pieces:
    """Return what is written of the things whose ids stand in a column."""

    def texts(connection: sqlite3.Connection) -> Iterator[str]:
        connection.text_factory = str  # a ledger's own texts are UTF-8, and this is faster
        connection.execute(GIVEN)
        columns, rows = _read(connection, reading)
        place = columns.index(column)
        with of_this_version(connection):
            yield from write(connection, _each_once(connection, (row[place] for row in rows)))

    return _pieces(reading, texts)


def _pieces(reading: Reading, texts: Callable[[sqlite3.Connection], Iterator[str]]) -> Pieces:
    """Yield texts that are read by one connection, in pieces of a good length."""
    written = io.StringIO()
    with closing(_connected(reading)) as connection:
        for text in texts(connection):
            written.write(text)
            if written.tell() > PIECE:
                yield _taken(written)
        yield _taken(written)


def _each_once(connection: sqlite3.Connection, ids: Iterable[str]) -> Batches:
    rest = iter(ids)
    while some := list(islice(rest, BATCH)):
        yield [one for one in some if connection.execute(GIVE, [one]).rowcount]


def _key(columns: Sequence[str], row: Row, keys: Sequence[str]) -> str:
    """Return a row's key as Datasette writes it in addresses, as a JSON text."""
    return json.dumps(path_from_row_pks(dict(zip(columns, row, strict=True)), keys, False))


def _connected(reading: Reading) -> sqlite3.Connection:
    """Return a connection that reads, with the functions that Datasette's have."""
    # Looks for plugins, and would find this one half imported.
    from datasette.plugins import pm  # noqa: PLC0415

    served = reading.datasette.get_database(reading.database)
    how = "mode=ro" if served.is_mutable else "immutable=1"
    uri = f"{Path(served.path).resolve().as_uri()}?{how}"
    # The thread that reads is not always the one that ends.
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")
    pm.hook.prepare_connection(
        conn=connection, database=reading.database, datasette=reading.datasette
    )
    connection.execute(f"PRAGMA cache_size = -{HELD_KB}")
    connection.execute("BEGIN")  # all of it is read from the same build
    return connection


def _read(connection: sqlite3.Connection, reading: Reading) -> tuple[list[str], Iterator[Row]]:
    """Return the names of the columns, and the rows as SQLite finds them."""
    found = connection.execute(reading.sql, dict(reading.parameters))
    return [column for column, *_ in found.description], found


def _labels(
    connection: sqlite3.Connection, reading: Reading, columns: Sequence[str]
) -> list[Label | None]:
    """Return what finds the label of a value, for each column that has labels."""

    def labelling(sql: str) -> Label:
        @lru_cache(REMEMBERED)
        def label(value: object) -> str | None:
            found = connection.execute(sql, [value]).fetchone()
            return str(found[0]) if found and found[0] is not None else None

        return label

    sources = reading.labels
    return [labelling(sources[one]) if one in sources else None for one in columns]


def _headings(columns: Sequence[str], labels: Sequence[Label | None]) -> list[str]:
    headings = []
    for column, label in zip(columns, labels, strict=True):
        headings += [column, f"{column}_label"] if label else [column]
    return headings


def _cells(row: Row, labels: Sequence[Label | None]) -> list[object]:
    cells: list[object] = []
    for value, label in zip(row, labels, strict=True):
        cells.append(_base64(value) if isinstance(value, bytes) else value)
        if label:
            cells.append(None if value is None else label(value))
    return cells


def _json_value(value: object, label: Label | None) -> object:
    if isinstance(value, bytes):
        return {"$base64": True, "encoded": _base64(value)}
    if isinstance(value, float) and not math.isfinite(value):
        return None
    named = label(value) if label and value is not None else None
    return value if named is None else {"value": value, "label": named}


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _taken(written: io.StringIO) -> bytes:
    """Return what was written, which is then written no more."""
    text = written.getvalue()
    written.seek(0)
    written.truncate()
    return text.encode()


CSV: Final = Form(
    "CSV",
    "csv",
    "text/csv",
    "all rows of a table, a view or a query, for spreadsheets",
    rows=csv_pieces,
    plain=lambda told: not told.says("_dl"),
)

JSON: Final = Form(
    "JSON",
    "json",
    "application/json",
    "all that is known of a claim; all rows of a table, a view or a query",
    things={
        "claim": Thing(
            lambda connection, name: show(connection, "claim", name),
            lambda facts, _: as_json(facts),
        )
    },
    rows=json_pieces,
    whole="_shape=array&_stream=on",
    plain=lambda told: told.says("_nl"),
)
