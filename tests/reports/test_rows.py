"""Rows as plain mappings, and as the typed things that everybody is told."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, fields
from typing import ClassVar

import pytest

from ledger.reports.kinds import ROWS
from ledger.reports.questions import Finding, PositionRow
from ledger.reports.rows import as_json, picked, row_of, rows_of


def test_json_arrays_come_as_lists(connection: sqlite3.Connection) -> None:
    sql = "SELECT outlets, outlets_nearby FROM claims WHERE id = :id"
    found = row_of(connection, sql, id="deaths-300")
    assert found == {"outlets": ["daily"], "outlets_nearby": ["radio", "wire"]}


def test_a_query_that_finds_nothing_gives_no_rows(connection: sqlite3.Connection) -> None:
    assert rows_of(connection, "SELECT id FROM claims WHERE id = :id", id="x") == []
    with pytest.raises(LookupError):
        row_of(connection, "SELECT id FROM claims WHERE id = :id", id="x")


@dataclass(frozen=True)
class Leaf:
    """A thing within another."""

    UNTOLD: ClassVar = frozenset({"secret"})

    name: str
    secret: int


def test_a_thing_is_told_by_its_fields_without_those_that_are_not_told() -> None:
    assert as_json([Leaf("a", 1), (None, 2.5)]) == [{"name": "a"}, [None, 2.5]]
    assert picked(Leaf("a", 1), "secret:number name") == {"number": 1, "name": "a"}
    with pytest.raises(TypeError):
        as_json(object())


@pytest.mark.parametrize(
    ("table", "kind"), [*ROWS.items(), ("positions", PositionRow), ("findings", Finding)]
)
def test_a_row_has_every_column_of_its_table(
    table: str, kind: type, connection: sqlite3.Connection
) -> None:
    sql = "SELECT name FROM pragma_table_info(?)"
    columns = [name for (name,) in connection.execute(sql, [table])]
    assert [field.name for field in fields(kind)] == columns
