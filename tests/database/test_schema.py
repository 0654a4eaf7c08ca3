"""The schema: the names of the contract, their documentation, keys and indexes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from ledger.database.schema import INDEXES, SCHEMA_VERSION, Table, tables

CONTRACT: Final[dict[str, str]] = {
    "claims": (
        "id text dossier question position claimant made value kind low high unit earliest latest "
        "status hedge outlets topics countries n_outlets n_origins n_conflicts file line"
    ),
    "appearances": "claim document paragraph",
    "citations": ("claim outlet document paragraph scope title url published archived stance"),
    "conflicts": "claim_a claim_b question kind strength origin state reason gap",
    "positions": "id question label low high n_claims n_origins n_outlets",
    "questions": ("id asks answer unit dossier part_of state n_positions n_claims low high"),
    "paragraphs": "document number outlets n_claims",
    "outlets": "id name kind country aliases wikidata",
    "actors": "id",
    "places": "id",
    "documents": "id",
    "dossiers": "id",
    "findings": "question",
    "claim_topics": "claim topic",
    "build": "version",
    "contested_claims": "id",
    "disputes": "id",
    "claim_sources": "claim outlet",
    "claim_conflicts": "claim other",
}
"""The names that researchers' queries depend on; none of them ever goes."""

VIEWS: Final = {"contested_claims", "disputes", "claim_sources", "claim_conflicts"}

ALL: Final = pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)

STORED: Final = pytest.mark.parametrize(
    "table", [one for one in tables() if one.kind == "table"], ids=lambda table: table.name
)


@pytest.fixture
def connection(database: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection to the small ledger's database."""
    with closing(sqlite3.connect(database)) as opened:
        yield opened


def columns_of(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def indexes_of(connection: sqlite3.Connection, table: str) -> list[tuple[str, ...]]:
    """Return the columns of each index of a table, that of its primary key included."""
    names = [row[1] for row in connection.execute(f"PRAGMA index_list({table})")]
    return [
        tuple(row[2] for row in connection.execute(f"PRAGMA index_info({name})")) for name in names
    ]


@pytest.mark.parametrize("name", CONTRACT)
def test_the_database_has_every_name_of_the_contract(
    connection: sqlite3.Connection, name: str
) -> None:
    assert set(CONTRACT[name].split()) <= set(columns_of(connection, name))
    kind = connection.execute("SELECT type FROM sqlite_schema WHERE name = ?", [name]).fetchone()
    assert kind == ("view" if name in VIEWS else "table",)


@ALL
def test_the_text_of_the_schema_names_the_columns_that_the_database_has(
    connection: sqlite3.Connection, table: Table
) -> None:
    assert list(table.columns) == columns_of(connection, table.name)


def test_the_database_has_no_table_that_the_schema_does_not_document(
    connection: sqlite3.Connection,
) -> None:
    rows = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') "
        "AND name NOT LIKE 'claims_fts%' AND name NOT LIKE 'sqlite_%'"
    )
    assert sorted(name for (name,) in rows) == sorted(table.name for table in tables())


@ALL
def test_every_table_and_every_column_has_a_comment(table: Table) -> None:
    assert table.meaning.endswith(".")
    assert [column for column, meaning in table.columns.items() if not meaning.strip()] == []


@STORED
def test_every_table_is_strict_about_its_types(
    connection: sqlite3.Connection, table: Table
) -> None:
    sql = "SELECT strict FROM pragma_table_list WHERE schema = 'main' AND name = ?"
    assert connection.execute(sql, [table.name]).fetchone() == (1,)


@STORED
def test_every_table_has_a_primary_key(connection: sqlite3.Connection, table: Table) -> None:
    keys = [row[1] for row in connection.execute(f"PRAGMA table_info({table.name})") if row[5]]
    assert keys != []


@STORED
def test_every_foreign_key_has_an_index(connection: sqlite3.Connection, table: Table) -> None:
    found = indexes_of(connection, table.name)
    # A key of its own, which findings.question is, has one already.
    keys: dict[int, list[str]] = {}
    for row in connection.execute(f"PRAGMA foreign_key_list({table.name})"):
        keys.setdefault(row[0], []).append(row[3])
    for key in keys.values():
        assert any(index[: len(key)] == tuple(key) for index in found), key


@STORED
def test_every_foreign_key_leads_to_a_table_before_it_or_to_itself(
    connection: sqlite3.Connection, table: Table
) -> None:
    names = [one.name for one in tables()]
    before = names[: names.index(table.name) + 1]
    for row in connection.execute(f"PRAGMA foreign_key_list({table.name})"):
        assert row[2] in before


@pytest.mark.parametrize(("table", "columns"), INDEXES)
def test_every_index_is_there(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...]
) -> None:
    assert columns in indexes_of(connection, table)


def test_the_build_tells_the_version_of_the_schema(connection: sqlite3.Connection) -> None:
    assert connection.execute("SELECT schema FROM build").fetchone() == (SCHEMA_VERSION,)
