"""Rows of the database, as plain mappings and as the typed things that everybody is told."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any, Final, TypeVar

T = TypeVar("T")

Facts = dict[str, Any]
"""What is known of one thing, by the names of the database's columns; nothing but JSON in it."""

LISTS: Final = frozenset(
    {
        *("aliases", "countries", "hinges", "labels", "options", "outlets", "outlets_nearby"),
        *("parties", "places", "topics"),
    }
)
"""The columns that hold JSON: an array, or of labels an object."""

UNTOLD: Final = "UNTOLD"
"""The class variable with the names of the fields that programs are not told."""

SAID: Final = "SAID"
"""The class variable with the properties that programs are told, each with the field before it."""

PLAIN: Final = frozenset({str, int, float, type(None)})
"""What JSON holds as it is."""


@dataclass(frozen=True, slots=True)
class Named:
    """A thing by its id and its name."""

    id: str
    name: str


def rows_of(connection: sqlite3.Connection, sql: str, **parameters: object) -> list[Facts]:
    """Return the rows that a query finds."""
    cursor = connection.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor]
    for name in LISTS.intersection(names):
        for row in rows:
            if isinstance(row[name], str):
                # Most are empty, and reading JSON takes its time.
                row[name] = json.loads(row[name]) if row[name] != "[]" else []
    return rows


def row_of(connection: sqlite3.Connection, sql: str, **parameters: object) -> Facts:
    """Return the first row that a query finds. Raises LookupError if it finds none."""
    found = rows_of(connection, sql, **parameters)
    if not found:
        raise LookupError(parameters)
    return found[0]


def things_of(
    connection: sqlite3.Connection, kind: type[T], sql: str, **parameters: object
) -> list[T]:
    """Return the rows that a query finds, each as a thing whose fields are the columns."""
    return [kind(**row) for row in rows_of(connection, sql, **parameters)]


def grouped(
    connection: sqlite3.Connection, kind: type[T], sql: str, by: str, **parameters: object
) -> dict[str, list[T]]:
    """Return the things that a query finds, or plain rows, by a column that is none of theirs."""
    things: dict[str, list[T]] = defaultdict(list)
    for row in rows_of(connection, sql, **parameters):
        key = row.pop(by)
        made: Any = row if kind is dict else kind(**row)
        things[key].append(made)
    return things


def named_in(connection: sqlite3.Connection, table: str, ids: Iterable[str]) -> list[Named]:
    """Return the things of a table that have some ids, by name."""
    sql = f"SELECT id, name FROM {table} WHERE id IN (SELECT value FROM json_each(:ids))"  # noqa: S608 # a table of the schema
    return things_of(connection, Named, f"{sql} ORDER BY name", ids=as_ids(ids))


def columns_of(kind: type, table: str) -> str:
    """Return the columns of a table that a thing has as its fields, to be selected."""
    return ", ".join(f"{table}.{field.name}" for field in fields(kind))


def as_ids(ids: Iterable[str]) -> str:
    """Return ids as queries are given them, as JSON."""
    return json.dumps(list(ids))


def as_json(thing: object) -> Any:  # noqa: ANN401 # whatever JSON can hold
    """Return a thing as programs are told of it: objects, lists and plain values.

    The keys are the fields in their order, without those that its class keeps UNTOLD, and with the
    properties that are SAID.
    """
    if type(thing) in PLAIN:
        return thing
    if isinstance(thing, list | tuple):
        return [as_json(one) for one in thing]
    if isinstance(thing, dict):
        return {name: as_json(one) for name, one in thing.items()}
    if is_dataclass(thing):
        kind: type = type(thing)
        return {name: as_json(getattr(thing, name)) for name in _told_of(kind)}
    message = f"{thing!r} is nothing that programs are told"
    raise TypeError(message)


def picked(thing: object, names: str) -> Facts:
    """Return some fields of a thing as programs are told of them: `unit dispute:state`."""
    pairs = [name.split(":") for name in names.split()]
    return {pair[-1]: as_json(getattr(thing, pair[0])) for pair in pairs}


@cache
def _told_of(kind: type) -> list[str]:
    untold: frozenset[str] = getattr(kind, UNTOLD, frozenset())
    names = [field.name for field in fields(kind) if field.name not in untold]
    said: Mapping[str, str] = getattr(kind, SAID, {})
    for name, before in said.items():
        names.insert(names.index(before) + 1, name)
    return names
