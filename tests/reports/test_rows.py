"""Rows as plain mappings."""

from __future__ import annotations

import sqlite3

import pytest

from ledger.reports.rows import row_of, rows_of


def test_json_arrays_come_as_lists(connection: sqlite3.Connection) -> None:
    found = row_of(connection, "SELECT id, outlets FROM claims WHERE id = :id", id="deaths-300")
    assert found == {"id": "deaths-300", "outlets": ["radio", "wire"]}


def test_a_query_that_finds_nothing_gives_no_rows(connection: sqlite3.Connection) -> None:
    assert rows_of(connection, "SELECT id FROM claims WHERE id = :id", id="x") == []
    with pytest.raises(LookupError):
        row_of(connection, "SELECT id FROM claims WHERE id = :id", id="x")
