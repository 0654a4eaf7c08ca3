"""Downloads: things and tables in the forms that programs read, whole."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from bibtexparser.entrypoint import parse_string

from ledger.build import build
from ledger.database.schema import tables
from ledger.site.formats.citations import CSL
from ledger.site.formats.downloads import ASKED, as_read, following_page, is_whole, whole_address
from ledger.site.formats.form import HOLDERS, Form, Told
from ledger.site.formats.forms import FORMS, form_of
from tests.benchmarks.generate import Size, generate
from tests.site.conftest import ONE_LOOP, Site, opened
from tests.test_metadata import DESCRIBED

pytestmark = ONE_LOOP

THINGS = tuple(form for form in FORMS if form.lists)
"""The forms that write what is in tables."""

PAGE = "_size=max&_nofacet=1&_nosuggest=1&_nocount=1"
"""What is asked for beside a page of things."""

NONE = "_size=0&_nofacet=1&_nosuggest=1&_nocount=1&_extra=query"
"""What is asked for in place of all rows."""

EACH = pytest.mark.parametrize("form", THINGS, ids=lambda form: form.ending)

CLAIM_IN = [table for table, (kind, _) in HOLDERS.items() if kind == "claim"]

BIG = "claim_sources"
"""A view with more rows than the site gives at once."""


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def strict(shipped_database: Path) -> AsyncIterator[Site]:
    """Yield the site over the claims that are shipped, as strangers have it."""
    async with opened(shipped_database, sql=False, public=True) as site:
        yield site


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("table", [one.name for one in tables()])
async def test_every_table_comes_whole(strict: Site, table: str) -> None:
    (expected,) = strict.sql(f"SELECT count(*) FROM {table}")[0]  # noqa: S608 # names of the schema
    for query in ("", "?_size=max", "?_stream=on", "?_labels=on&_dl=on"):
        assert len(read(await strict.get(f"/ledger/{table}.csv{query}"))) == expected
    rows = json.loads(await strict.get(f"/ledger/{table}.json?_stream=on"))
    assert len(rows) == expected
    lines = (await strict.get(f"/ledger/{table}.json?_stream=on&_nl=on")).splitlines()
    assert [json.loads(line) for line in lines] == rows


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("status=contested", "status = 'contested'"),
        ("_search=mali", "rowid IN (SELECT rowid FROM claims_fts WHERE claims_fts MATCH 'mali')"),
        ("_outlet=oe-watch", "id IN (SELECT claim FROM claim_outlets WHERE outlet = 'oe-watch')"),
        (
            "_nearby=reuters&kind__in=quantity,date&_facet=status",
            "id IN (SELECT claim FROM claim_outlets_nearby WHERE outlet = 'reuters')"
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


async def test_rows_come_in_the_order_that_is_asked_for(strict: Site) -> None:
    found = read(await strict.get("/ledger/claims.csv?_sort_desc=made&_col=made"))
    expected = strict.sql("SELECT made FROM claims ORDER BY made DESC")
    assert [row["made"] for row in found] == [made or "" for (made,) in expected]


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


async def test_labels_stand_beside_what_they_name(strict: Site) -> None:
    names: dict[str, str] = dict(strict.sql("SELECT id, name FROM actors"))
    for row in read(await strict.get("/ledger/claims.csv?_labels=on")):
        assert row["claimant_label"] == names.get(row["claimant"], "")
    for row in json.loads(await strict.get("/ledger/claims.json?_labels=on&_stream=on")):
        claimant = row["claimant"]
        assert claimant is None or claimant["label"] == names[claimant["value"]]


@pytest.mark.parametrize(
    "page", ["/ledger/claims", f"/ledger/{BIG}?_next=25&_size=25", "/ledger/single_origin"]
)
async def test_every_table_that_a_page_calls_all_is_all(strict: Site, page: str) -> None:
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


async def test_a_row_at_a_time_is_asked_for_as_before(strict: Site) -> None:
    assert len(read(await strict.get("/ledger/claims.csv?_size=10"))) == 10
    assert read(await strict.get("/ledger/claims.csv?_size=0")) == []
    page = json.loads(await strict.get("/ledger/claims.json?_shape=objects&_size=7"))
    assert len(page["rows"]) == 7
    assert page["next_url"]


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
        ("claims.bib", [], True),
        ("claims.csl.json", [("_labels", "on"), ("_size", "max")], True),
        ("claims.jsonld", [("_size", "2")], False),
        ("claims.geojson", [("_next", "25")], False),
        ("claims.bib", [("_where", "1")], False),
    ],
)
async def test_what_asks_for_all(name: str, query: list[tuple[str, str]], whole: bool) -> None:
    found = form_of(name)
    assert (found is not None and is_whole(found[0], Told(query))) is whole


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
async def test_the_address_of_all_rows(address: str, shape: str, whole: str) -> None:
    assert whole_address(address, shape) == whole


def entries_of_bibtex(text: str) -> list[str]:
    library = parse_string(text)
    assert library.failed_blocks == []
    return [entry.key for entry in library.entries]


IDS: dict[str, Callable[[str], list[str]]] = {
    "bib": entries_of_bibtex,
    "csl.json": lambda text: [item["id"] for item in json.loads(text)],
    "jsonld": lambda text: [
        str(node["url"]).rpartition("/")[2] for node in json.loads(text)["hasPart"]
    ],
    "geojson": lambda text: [str(feature["id"]) for feature in json.loads(text)["features"]],
}
"""What finds the ids of the things in a file, by its ending."""


def ids_of(ending: str, text: str) -> list[str]:
    """Return the ids of the things in a file."""
    return IDS[ending](text)


@EACH
@pytest.mark.parametrize("query", ["", "?_outlet=radio", "?status=contested&_sort_desc=id"])
async def test_an_export_has_the_rows_of_the_table(rich: Site, form: Form, query: str) -> None:
    text = await rich.get(f"/ledger/claims.{form.ending}{query}")
    rows = (await rich.json(f"/ledger/claims.json{query}"))["rows"]
    assert ids_of(form.ending, text) == [row["id"] for row in rows]
    assert rows


def next_in(ending: str, text: str) -> str | None:
    """Return where an export says the rest is; a list of CSL-JSON has no room for it."""
    if ending == "bib":
        found = re.search("^% The following claims: (.*)$", text, re.MULTILINE)
        return found[1] if found else None
    told: Any = json.loads(text)
    if ending == "jsonld":
        related: str | None = told.get("relatedLink")
        return related
    return next((link["href"] for link in told["links"] if link["rel"] == "next"), None)


@EACH
async def test_an_export_says_where_the_rest_is(rich: Site, form: Form) -> None:
    path: str | None = f"/ledger/claims.{form.ending}?_size=2"
    found: list[str] = []
    while path:
        answer = await rich.datasette.client.get(path)
        assert answer.headers["content-type"] == f"{form.media_type}; charset=utf-8"
        found += ids_of(form.ending, answer.text)
        header = answer.links.get("next", {}).get("url")
        told = header if form is CSL else next_in(form.ending, answer.text)
        assert bool(told) == bool(header)
        if form is not CSL and told:
            assert "_nofacet" not in told
        path = (told or "").removeprefix("http://localhost")
    assert sorted(found) == [name for (name,) in rich.sql("SELECT id FROM claims ORDER BY id")]


@pytest.mark.parametrize(
    ("here", "told", "following"),
    [
        ("http://a/t.bib", None, None),
        (
            "http://a/t.csl.json?x=1",
            "http://a/t.csl?x=1&_size=max&_nofacet=1&_nosuggest=1&_nocount=1&_next=5%2Cb",
            "http://a/t.csl.json?x=1&_next=5%2Cb",
        ),
        (
            "http://a/b/t.bib?_size=max&_nocount=1",
            "http://a/b/b/t.bib?_size=max&_nocount=1&_nofacet=1&_nosuggest=1&_next=5",
            "http://a/b/t.bib?_size=max&_nocount=1&_next=5",
        ),
    ],
)
async def test_the_next_page_is_asked_for_as_this_one_was(
    here: str, told: str | None, following: str | None
) -> None:
    assert following_page(here, told) == following


@pytest.mark.parametrize("table", CLAIM_IN)
async def test_every_table_of_claims_is_exported(rich: Site, table: str) -> None:
    _, column = HOLDERS[table]
    expected = {name for (name,) in rich.sql(f"SELECT {column} FROM {table}")}  # noqa: S608 # names of CLAIM_IN
    for labels in ("", "?_labels=on"):
        found = ids_of("bib", await rich.get(f"/ledger/{table}.bib{labels}"))
        assert set(found) == expected
        assert len(found) == len(expected)


@pytest.mark.parametrize("table", ["questions", "disputes"])
async def test_questions_are_exported_with_their_positions(rich: Site, table: str) -> None:
    told = json.loads(await rich.get(f"/ledger/{table}.jsonld?id=killers"))
    (node,) = told["hasPart"]
    assert node["url"] == "http://localhost/disputes/killers"
    assert len(node["mainEntity"]["suggestedAnswer"]) == 2
    assert node["mainEntity"]["review"][0]["author"]["name"] == "An Editor"


@pytest.mark.parametrize("table", ["claims", "questions", "disputes", "dossiers", "places"])
async def test_things_are_on_the_map_where_their_dossier_is(rich: Site, table: str) -> None:
    told = json.loads(await rich.get(f"/ledger/{table}.geojson"))
    assert told["type"] == "FeatureCollection"
    assert told["numberReturned"] == len(told["features"]) > 0
    points = [feature["geometry"] for feature in told["features"] if feature["geometry"]]
    assert {"type": "Point", "coordinates": [-4.1, 14.5]} in points
    unlocated = [f["id"] for f in told["features"] if f["geometry"] is None]
    assert unlocated == (["mali", "mopti"] if table == "places" else [])


async def test_a_dossier_at_several_places_has_several_points(rich: Site) -> None:
    told = json.loads(await rich.get("/ledger/claims.geojson?_size=1"))
    assert told["links"][0] == {
        "rel": "self",
        "href": "http://localhost/ledger/claims.geojson?_size=1",
    }
    assert told["features"][0]["properties"]["page"].startswith("http://localhost/claims/")


async def test_a_row_is_exported_as_well(rich: Site) -> None:
    assert ids_of("csl.json", await rich.get("/ledger/claims/deaths-300.csl.json")) == [
        "deaths-300"
    ]


async def test_tables_without_claims_have_no_such_export(rich: Site) -> None:
    await rich.get("/ledger/outlets.bib", status=404)
    await rich.get("/ledger/most_contested.bib", status=404)


async def test_a_view_without_its_ids_is_told_which_column_lacks(rich: Site) -> None:
    text = await rich.get("/ledger/disputes.geojson?_col=asks", status=400)
    assert text == "the column id is needed, and is not selected\n"


async def test_the_data_browser_links_to_the_exports(rich: Site) -> None:
    text = await rich.get("/ledger/claims?_outlet=radio")
    for form in THINGS:
        assert f"/ledger/claims.{form.extension}?_outlet=radio" in text
    assert "outlets.bib" not in await rich.get("/ledger/outlets")


@pytest.fixture(scope="module")
def crowded_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database with more of everything than the site gives at once."""
    folder = tmp_path_factory.mktemp("crowded")
    generate(folder / "claims", Size(claims=3_000))
    path = folder / "ledger.db"
    assert build(folder / "claims", path).problems == []
    return path


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def crowded(crowded_database: Path) -> AsyncIterator[Site]:
    """Yield the site over it, as strangers have it."""
    async with opened(crowded_database, sql=False, public=True) as site:
        yield site


@EACH
@pytest.mark.parametrize("table", HOLDERS)
@pytest.mark.parametrize("query", ["", "?_size=max", "?_stream=on&_dl=on"])
async def test_what_is_in_a_table_comes_whole_and_says_how_much_it_is(
    crowded: Site, form: Form, table: str, query: str
) -> None:
    kind, column = HOLDERS[table]
    if kind not in form.lists:
        await crowded.get(f"/ledger/{table}.{form.ending}{query}", 404)
        return
    rows = crowded.sql(f"SELECT DISTINCT {column} FROM {table}")  # noqa: S608 # names of HOLDERS
    text = await crowded.get(f"/ledger/{table}.{form.ending}{query}")
    found = ids_of(form.ending, text)
    assert len(found) == len(rows)
    assert set(found) == {name for (name,) in rows}
    assert form is CSL or next_in(form.ending, text) is None
    if form.ending == "bib":
        assert text.endswith(f"% These are {len(rows):,} claims.\n")
    elif form is not CSL:
        told = json.loads(text)
        assert told["collectionSize" if form.ending == "jsonld" else "numberReturned"] == len(rows)


@EACH
@pytest.mark.parametrize("query", ["_sort_desc=id", "status=contested&_sort=made", "_topic=aid"])
async def test_what_is_narrowed_comes_whole_and_in_its_order(
    crowded: Site, form: Form, query: str
) -> None:
    rows = read(await crowded.get(f"/ledger/claims.csv?{query}"))
    found = ids_of(form.ending, await crowded.get(f"/ledger/claims.{form.ending}?{query}"))
    assert found == [row["id"] for row in rows]
    assert found


async def test_a_file_says_its_name_where_it_is_to_be_kept(rich: Site) -> None:
    for form in THINGS:
        answer = await rich.datasette.client.get(f"/ledger/claims.{form.ending}?_dl=on")
        told = answer.headers["content-disposition"]
        assert told == f'attachment; filename="claims.{form.ending}"'
    for path, name in (
        ("/ledger/claims.csl?_dl=on", "claims.csl.json"),
        ("/ledger/claims.csv?_dl=on", "claims.csv"),
        ("/ledger/claims.json?_stream=on&_dl=on", "claims.json"),
        ("/ledger/most_contested.csv?_dl=on", "most_contested.csv"),
    ):
        answer = await rich.datasette.client.get(path)
        assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    answer = await rich.datasette.client.head("/ledger/claims.bib")
    assert (answer.status_code, answer.text) == (200, "")


async def test_a_file_changes_nothing_of_what_pages_are_sent_with(rich: Site) -> None:
    for path in ("/ledger/claims.bib?_size=2", "/ledger/disputes.geojson?_col=asks"):
        await rich.datasette.client.get(path)
    answer = await rich.datasette.client.get("/about")
    assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin"


async def test_a_file_of_another_version_says_to_build_again(
    rich_database: Path, tmp_path: Path
) -> None:
    path = tmp_path / "ledger.db"
    shutil.copy(rich_database, path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE build SET schema = 0")
        connection.execute("ALTER TABLE claims RENAME COLUMN as_of TO held_for")
    async with opened(path) as site:
        for ending in ("bib", "csl.json", "jsonld"):
            assert "Build it again" in await site.get(f"/ledger/claims.{ending}", 503)


@pytest.mark.parametrize(
    ("name", "query", "read_as", "asked"),
    [
        ("claims.bib", "_next=5", "claims.bib", f"_next=5&{PAGE}"),
        ("claims.csl.json", "_next=5&a=b%26", "claims.csl", f"_next=5&a=b%26&{PAGE}"),
        ("claims/x.csl.json", "", "claims/x.csl", PAGE),
        (
            "claims.bib",
            "_size=5&_nocount=&_nofacet=1",
            "claims.bib",
            "_size=5&_nocount=&_nofacet=1&_nosuggest=1",
        ),
        ("claims.csl.json", "a=b%26&_size=max", "claims.whole", f"a=b%26&{NONE}"),
        ("claims.csv", "", "claims.whole", NONE),
        ("claims.json", "_size=5", "claims.json", "_size=5"),
    ],
)
async def test_a_file_is_asked_of_datasette_by_an_ending_that_it_knows(
    name: str, query: str, read_as: str, asked: str
) -> None:
    path = f"/ledger/{name}"
    scope = {"path": path, "raw_path": path.encode(), "query_string": query.encode()}
    found = form_of(name)
    assert found
    changed = as_read(scope, name, *found)
    assert changed["path"] == f"/ledger/{read_as}"
    assert changed["raw_path"] == f"/ledger/{read_as}".encode()
    assert changed["query_string"].decode() == asked
    if changed is not scope:
        assert changed[ASKED] == path + (f"?{query}" if query else "")
    assert scope["path"] == path


@pytest.mark.parametrize(
    "page",
    [
        "/ledger/claims?_size=10",
        "/ledger/claim_sources?_next=25",
        "/ledger/disputes?answer=quantity",
    ],
)
async def test_every_form_that_a_page_links_is_all(crowded: Site, page: str) -> None:
    text = await crowded.get(page)
    told = text.partition('<p class="export-links">')[2].partition("</p>")[0]
    table = page.partition("?")[0].rpartition("/")[2]
    kind, column = HOLDERS[table]
    where = " WHERE answer = 'quantity'" if "answer" in page else ""
    expected = {name for (name,) in crowded.sql(f"SELECT {column} FROM {table}{where}")}  # noqa: S608 # names of HOLDERS
    for form in THINGS:
        found = re.search(rf'<a href="([^"]*)">({form.name}[^<]*)</a>', told)
        assert bool(found) == (kind in form.lists)
        if found:
            assert found[2] == (form.name if column == "id" else f"{form.name} of their claims")
            ids = ids_of(form.ending, await crowded.get(html.unescape(found[1])))
            assert set(ids) == expected


async def test_what_readers_own_sql_finds_is_bounded_and_says_so(shipped_database: Path) -> None:
    async with opened(shipped_database) as site:
        text = await site.get("/ledger/citations?_where=1")
        told = re.sub(r"\s+", " ", re.sub("<[^>]*>", "", text))
        assert "This page as JSON, the first 1,000 rows at most as CSV" in told
        assert "JSON shape of this page: " in told
        assert "CSV options of the first 1,000 rows: " in told
        plain = re.sub(r"\s+", " ", await site.get("/ledger/citations"))
        assert "JSON shape: " in plain
        assert "CSV options: " in plain
