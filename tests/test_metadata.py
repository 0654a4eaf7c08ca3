"""The site's metadata: every name in it is one of the database, every description the schema's."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest

from ledger.database.schema import Table, tables
from ledger.site.browser.links import LINKS
from tests.commands.running import METADATA

NAMES: Final = [table.name for table in tables()]

KEYS: Final = {
    "description",
    "columns",
    "label_column",
    "facets",
    "hidden",
    "sort",
    "sort_desc",
    "sortable_columns",
}

QUERY_KEYS: Final = {"title", "description", "sql", "params"}


def described() -> dict[str, Any]:
    """Return what the metadata file tells about the database."""
    content: dict[str, Any] = json.loads(METADATA.read_text(encoding="utf-8"))
    (name, ledger), *others = content["databases"].items()
    assert (name, others) == ("ledger", [])
    found: dict[str, Any] = ledger
    return found


DESCRIBED: Final = described()

EACH_TABLE: Final = pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)

EACH_QUERY: Final = pytest.mark.parametrize("name", DESCRIBED["queries"])


def safe_to_sort_by(table: Table, connection: sqlite3.Connection) -> list[str]:
    """Return the columns by which Datasette loses no rows when it pages.

    Rows with equal values must come in the order of the primary key, which is that of the
    rows in the file. Walking along an index gives them in another, and so does walking
    backwards along a primary key whose first column repeats.
    """
    unsafe: set[str] = set()
    info = connection.execute(f"PRAGMA table_info({table.name})").fetchall()
    keys = {row[1] for row in info if row[5]}
    for _, index, _, origin, _ in connection.execute(f"PRAGMA index_list({table.name})").fetchall():
        columns = [row[2] for row in connection.execute(f"PRAGMA index_info({index})")]
        unsafe.update(columns if origin == "c" else columns[: len(columns) > 1])
        if origin == "c" and len(keys) > 1:  # each index holds the whole key as well
            unsafe |= keys
    return [column for column in table.columns if column not in unsafe]


def from_the_schema(table: Table, database: Path) -> dict[str, Any]:
    """Return the parts of a table's metadata that follow from the schema."""
    derived: dict[str, Any] = {"description": table.meaning, "columns": table.columns}
    if table.kind == "table":
        with closing(sqlite3.connect(database)) as connection:
            derived["sortable_columns"] = safe_to_sort_by(table, connection)
    return derived


def test_descriptions_and_sortable_columns_are_those_of_the_schema(
    database: Path, refresh: bool
) -> None:
    derived = {table.name: from_the_schema(table, database) for table in tables()}
    if refresh:
        content = json.loads(METADATA.read_text(encoding="utf-8"))
        held = content["databases"]["ledger"]["tables"]
        content["databases"]["ledger"]["tables"] = {
            name: held.get(name, {}) | parts for name, parts in derived.items()
        }
        text = json.dumps(content, ensure_ascii=False, indent=2)
        METADATA.write_text(f"{text}\n", encoding="utf-8")
    held = described()["tables"]
    assert list(held) == NAMES
    for name, parts in derived.items():
        found = {key: held[name].get(key) for key in parts}
        assert json.dumps(found, indent=1) == json.dumps(parts, indent=1), name


@EACH_TABLE
def test_every_name_that_a_table_is_shown_by_is_one_of_its_columns(table: Table) -> None:
    shown = DESCRIBED["tables"][table.name]
    assert set(shown) <= KEYS
    assert not {"sort", "sort_desc"} <= set(shown)
    names = [shown[key] for key in ("label_column", "sort", "sort_desc") if key in shown]
    names += [facet for facet in shown.get("facets", []) if isinstance(facet, str)]
    assert [name for name in names if name not in table.columns] == []


@EACH_TABLE
def test_every_facet_through_a_link_is_one_that_the_site_knows(table: Table) -> None:
    facets = DESCRIBED["tables"][table.name].get("facets", [])
    links = [facet for facet in facets if not isinstance(facet, str)]
    assert all(set(link) == {"link"} for link in links)
    assert [link for link in links if (table.name, link["link"]) not in LINKS] == []


@pytest.mark.parametrize(("table", "name"), LINKS)
def test_a_link_names_tables_and_columns_of_the_schema(table: str, name: str) -> None:
    columns = {one.name: set(one.columns) for one in tables()}
    link = LINKS[(table, name)]
    assert "id" in columns[table]
    assert {link.key, link.column} <= columns[link.table]
    assert not link.labels or {"id", link.label} <= columns[link.labels]


@EACH_TABLE
def test_the_default_order_loses_no_rows(table: Table, database: Path) -> None:
    shown = DESCRIBED["tables"][table.name]
    column = shown.get("sort", shown.get("sort_desc"))
    with closing(sqlite3.connect(database)) as connection:
        assert column is None or column in safe_to_sort_by(table, connection)


def test_claims_and_disputes_have_the_facets_that_readers_need() -> None:
    facets = {
        name: [
            facet if isinstance(facet, str) else facet["link"]
            for facet in DESCRIBED["tables"][name]["facets"]
        ]
        for name in ("claims", "disputes", "questions")
    }
    claims = {"status", "kind", "country", "topic", "claimant", "outlet", "document", "year"}
    assert set(facets["claims"]) >= claims | {"nearby"}
    for name in ("disputes", "questions"):
        assert set(facets[name]) >= {"country", "topic", "answer", "state", "nature"}


def test_inner_workings_are_not_in_the_way_of_what_people_ask() -> None:
    hidden = {name for name, shown in DESCRIBED["tables"].items() if shown.get("hidden")}
    assert hidden >= {"profiles", "parsed_registers", "claim_outlets", "claim_outlets_nearby"}
    asked = {"claims", "citations", "conflicts", "claim_origins", "position_origins"}
    asked |= {"claim_answers", "actor_tree", "place_tree", "question_hinges", "claim_bases"}
    assert not hidden & asked


@pytest.mark.parametrize(
    "name", ["outlets", "actors", "countries", "places", "documents", "dossiers", "claims"]
)
def test_what_other_tables_link_to_has_a_label(name: str) -> None:
    assert DESCRIBED["tables"][name]["label_column"] in {"name", "title", "text"}


def test_the_licence_stands_with_the_database_itself() -> None:
    # Datasette 1.0 no longer takes it over from the top of the file.
    assert DESCRIBED["license"] == "Apache-2.0"
    assert DESCRIBED["title"]
    assert DESCRIBED["description"]


@EACH_QUERY
def test_a_query_names_its_parameters_and_only_columns_that_exist(
    name: str, database: Path
) -> None:
    query = DESCRIBED["queries"][name]
    assert set(query) <= QUERY_KEYS
    assert query["title"]
    assert query["description"]
    named = list(dict.fromkeys(re.findall(r":(\w+)", query["sql"])))
    assert sorted(query.get("params", [])) == sorted(named)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(f"EXPLAIN {query['sql']}", dict.fromkeys(named, ""))
