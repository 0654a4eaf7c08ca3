"""Downloads: a table, a view or a query of the metadata file whole, as CSV or JSON."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio

from ledger.database.schema import tables
from ledger.site.browser.downloads import is_whole, whole_address
from tests.site.conftest import ONE_LOOP, Site, opened
from tests.test_metadata import DESCRIBED

BIG = "claim_sources"
"""A view with more rows than the site gives at once."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def strict(shipped_database: Path) -> AsyncIterator[Site]:
    """Yield the site over the claims that are shipped, as strangers have it."""
    async with opened(shipped_database, sql=False, public=True) as site:
        yield site


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@ONE_LOOP
@pytest.mark.parametrize("table", [one.name for one in tables()])
async def test_every_table_comes_whole(strict: Site, table: str) -> None:
    (expected,) = strict.sql(f"SELECT count(*) FROM {table}")[0]  # noqa: S608 # names of the schema
    for query in ("", "?_size=max", "?_stream=on", "?_labels=on&_dl=on"):
        assert len(read(await strict.get(f"/ledger/{table}.csv{query}"))) == expected
    rows = json.loads(await strict.get(f"/ledger/{table}.json?_stream=on"))
    assert len(rows) == expected
    lines = (await strict.get(f"/ledger/{table}.json?_stream=on&_nl=on")).splitlines()
    assert [json.loads(line) for line in lines] == rows


@ONE_LOOP
@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("status=contested", "status = 'contested'"),
        ("_search=mali", "rowid IN (SELECT rowid FROM claims_fts WHERE claims_fts MATCH 'mali')"),
        ("_outlet=reuters", "id IN (SELECT claim FROM citations WHERE outlet = 'reuters')"),
        (
            "_outlet=reuters&kind__in=quantity,date&_facet=status",
            "id IN (SELECT claim FROM citations WHERE outlet = 'reuters')"
            " AND kind IN ('quantity', 'date')",
        ),
        ("text__contains=%25&_sort_desc=made", "text LIKE '%\\%%' ESCAPE '\\'"),
        ("id=no-such-claim", "0"),
    ],
)
async def test_a_narrowed_table_comes_whole(strict: Site, query: str, where: str) -> None:
    if "%25" in query:
        where = "text LIKE '%%%'"
    expected = [row[0] for row in strict.sql(f"SELECT id FROM claims WHERE {where} ORDER BY id")]  # noqa: S608 # as above
    found = read(await strict.get(f"/ledger/claims.csv?{query}"))
    assert sorted(row["id"] for row in found) == expected
    shaped = json.loads(await strict.get(f"/ledger/claims.json?{query}&_stream=on&_shape=object"))
    assert sorted(shaped) == expected
    assert all(row["id"] == name for name, row in shaped.items())


@ONE_LOOP
async def test_rows_come_in_the_order_that_is_asked_for(strict: Site) -> None:
    found = read(await strict.get("/ledger/claims.csv?_sort_desc=made&_col=made"))
    expected = strict.sql("SELECT made FROM claims ORDER BY made DESC")
    assert [row["made"] for row in found] == [made or "" for (made,) in expected]


@ONE_LOOP
@pytest.mark.parametrize("name", sorted(DESCRIBED["queries"]))
async def test_every_query_of_the_metadata_file_comes_whole(strict: Site, name: str) -> None:
    query = DESCRIBED["queries"][name]
    asked = {one: {"outlet": "reuters"}.get(one, "") for one in query.get("params", [])}
    with closing(sqlite3.connect(strict.database)) as connection:
        expected = connection.execute(query["sql"], asked).fetchall()
    told = "&".join(f"{one}={value}" for one, value in asked.items())
    found = json.loads(await strict.get(f"/ledger/{name}.json?_stream=on&{told}"))
    assert [tuple(row.values()) for row in found] == expected
    assert len(read(await strict.get(f"/ledger/{name}.csv?{told}"))) == len(expected)


@ONE_LOOP
async def test_labels_stand_beside_what_they_name(strict: Site) -> None:
    names: dict[str, str] = dict(strict.sql("SELECT id, name FROM actors"))
    for row in read(await strict.get("/ledger/claims.csv?_labels=on")):
        assert row["claimant_label"] == names.get(row["claimant"], "")
    for row in json.loads(await strict.get("/ledger/claims.json?_labels=on&_stream=on")):
        claimant = row["claimant"]
        assert claimant is None or claimant["label"] == names[claimant["value"]]


@ONE_LOOP
@pytest.mark.parametrize(
    "page", ["/ledger/claims", f"/ledger/{BIG}?_next=25&_size=25", "/ledger/single_origin"]
)
async def test_every_file_that_a_page_calls_all_is_all(strict: Site, page: str) -> None:
    text = await strict.get(page)
    told = text.partition('<p class="export-links">')[2].partition("</p>")[0]
    links = {
        said: html.unescape(to) for to, said in re.findall(r'<a href="([^"]*)">([^<]*)</a>', told)
    }
    table = page.partition("?")[0].rpartition("/")[2]
    source = table if table != "single_origin" else f"({DESCRIBED['queries'][table]['sql']})"
    (expected,) = strict.sql(f"SELECT count(*) FROM {source}")[0]  # noqa: S608 # as above
    assert told.startswith("All rows" if source != table else f"All {expected:,} rows")
    assert len(read(await strict.get(links["CSV"]))) == expected
    assert len(json.loads(await strict.get(links["JSON"]))) == expected


@ONE_LOOP
async def test_the_forms_of_json_on_a_second_page_are_whole_or_say_by_pages(strict: Site) -> None:
    text = await strict.get("/ledger/citations?_next=a,0")
    told = text.partition("JSON shape:")[2].partition("</p>")[0]
    links = {
        said: html.unescape(to) for to, said in re.findall(r'<a href="([^"]*)">([^<]*)</a>', told)
    }
    (expected,) = strict.sql("SELECT count(*) FROM citations")[0]
    assert len(json.loads(await strict.get(links["array"]))) == expected
    assert len((await strict.get(links["newline-delimited"])).splitlines()) == expected
    assert "_next=" not in links["by pages"]
    hidden = re.findall(r'<input type="hidden" name="([^"]*)"', text.partition('id="export"')[2])
    assert "_next" not in hidden


@ONE_LOOP
async def test_what_has_more_rows_than_a_citation_manager_is_given_says_so(
    shipped_database: Path,
) -> None:
    async with opened(shipped_database) as site:
        page = await site.get("/ledger/claims")
        assert '>JSON</a>, <a href="/ledger/claims.bib' in page
        served = site.datasette
        chosen = getattr(served, "get_jinja_environment", lambda _: served.jinja_env)(None)
        chosen.globals["ledger_most"] = 100
        page = await site.get("/ledger/claims")
    assert '>JSON</a>; the first 100 as <a href="/ledger/claims.bib' in page


@ONE_LOOP
async def test_a_row_at_a_time_is_asked_for_as_before(strict: Site) -> None:
    assert len(read(await strict.get("/ledger/claims.csv?_size=10"))) == 10
    assert read(await strict.get("/ledger/claims.csv?_size=0")) == []
    page = json.loads(await strict.get("/ledger/claims.json?_shape=objects&_size=7"))
    assert len(page["rows"]) == 7
    assert page["next_url"]


@ONE_LOOP
@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/ledger/claims.json?_stream=on&_shape=arrays", 400, '"error": "All rows of this'),
        (f"/ledger/{BIG}.json?_stream=on&_shape=object", 400, '"error": "All rows of this'),
        ("/ledger/claims.json?_stream=on&_sort=no", 400, '"error": "The table claims cannot'),
        ("/ledger/claims.csv?_sort=no", 400, "The table claims cannot be sorted by “no”."),
        ("/ledger/claims.csv?_col=no", 400, "The table claims has no column “no”."),
        ("/ledger/no_such_table.csv", 404, ""),
        ("/ledger/claims.whole", 404, ""),
        ("/ledger.csv?sql=select+1", 403, ""),
    ],
)
async def test_what_cannot_be_had_is_told(strict: Site, path: str, status: int, told: str) -> None:
    text = await strict.get(path, status)
    assert told in text
    assert told.startswith('"') == text.startswith("{")


@ONE_LOOP
async def test_nobody_downloads_what_is_not_for_everybody(shipped_database: Path) -> None:
    async with opened(shipped_database) as site:
        served = site.datasette
        told = served.config if hasattr(served, "allowed") else served._metadata_local  # noqa: SLF001 # there is no other way
        told["databases"]["ledger"]["tables"]["actors"]["allow"] = False
        for path in ("/ledger/actors.csv", "/ledger/actors.json?_stream=on"):
            assert "rebel" not in await site.get(path, 403)
        (first, *_) = read(await site.get("/ledger/claims.csv?_labels=on"))
        assert "claimant_label" not in first


@pytest.mark.parametrize(
    ("name", "query", "whole"),
    [
        ("claims.csv", [], True),
        ("claims.csv", [("_size", "max")], True),
        ("claims.csv", [("_size", "10"), ("_stream", "on")], True),
        ("claims.csv", [("_size", "10"), ("_stream", "off")], False),
        ("claims.csv", [("_next", "25,x")], False),
        ("claims.csv", [("_trace", "1")], False),
        ("claims.json", [], False),
        ("claims.json", [("_stream", "1")], True),
        ("claims.json", [("_stream", "")], False),
        ("claims", [("_stream", "on")], False),
    ],
)
def test_what_asks_for_all(name: str, query: list[tuple[str, str]], whole: bool) -> None:
    assert is_whole(name, query) is whole


@pytest.mark.parametrize(
    ("address", "shape", "whole"),
    [
        ("/a.csv?_size=max&_labels=on", "", "/a.csv?_labels=on&_stream=on&_dl=on"),
        ("/a.json?_next=3&x=%2C", "array", "/a.json?x=%2C&_shape=array&_stream=on&_dl=on"),
        ("/a.json", "lines", "/a.json?_shape=array&_nl=on&_stream=on&_dl=on"),
        (
            "/a.json?_facet=b&_facet_size=3&_sort=c",
            "object",
            "/a.json?_sort=c&_shape=object&_stream=on&_dl=on",
        ),
    ],
)
def test_the_address_of_all_rows(address: str, shape: str, whole: str) -> None:
    assert whole_address(address, shape) == whole
