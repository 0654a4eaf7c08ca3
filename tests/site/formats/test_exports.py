"""Exports: any filtered table of claims or disputes as BibTeX, CSL-JSON, JSON-LD or GeoJSON."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_string

from ledger.site.formats.exports import CLAIM_IN, EXPORTS, following_page
from tests.site.conftest import ONE_LOOP, Site

pytestmark = ONE_LOOP

ENDINGS = {"bib": "bib", "csl": "csl.json", "jsonld": "jsonld", "geojson": "geojson"}


def ids_of(form: str, text: str) -> list[str]:
    """Return the ids of the things in an export."""
    if form == "bib":
        library = parse_string(text)
        assert library.failed_blocks == []
        return [entry.key for entry in library.entries]
    told: Any = json.loads(text)
    if form == "csl":
        return [item["id"] for item in told]
    if form == "jsonld":
        return [str(node["url"]).rpartition("/")[2] for node in told["hasPart"]]
    return [str(feature["id"]) for feature in told["features"]]


@pytest.mark.parametrize("form", EXPORTS)
@pytest.mark.parametrize("query", ["", "?_outlet=radio", "?status=contested&_sort_desc=id"])
async def test_an_export_has_the_rows_of_the_table(rich: Site, form: str, query: str) -> None:
    text = await rich.get(f"/ledger/claims.{ENDINGS[form]}{query}")
    rows = (await rich.json(f"/ledger/claims.json{query}"))["rows"]
    assert ids_of(form, text) == [row["id"] for row in rows]
    assert rows


def next_in(form: str, text: str) -> str | None:
    """Return where an export says the rest is; a list of CSL-JSON has no room for it."""
    if form == "bib":
        found = re.search("^% The following claims: (.*)$", text, re.MULTILINE)
        return found[1] if found else None
    told: Any = json.loads(text)
    if form == "jsonld":
        related: str | None = told.get("relatedLink")
        return related
    return next((link["href"] for link in told["links"] if link["rel"] == "next"), None)


@pytest.mark.parametrize("form", EXPORTS)
async def test_an_export_says_where_the_rest_is(rich: Site, form: str) -> None:
    path: str | None = f"/ledger/claims.{ENDINGS[form]}?_size=2"
    found: list[str] = []
    while path:
        answer = await rich.datasette.client.get(path)
        assert answer.headers["content-type"] == EXPORTS[form].media_type
        found += ids_of(form, answer.text)
        header = answer.links.get("next", {}).get("url")
        told = header if form == "csl" else next_in(form, answer.text)
        assert bool(told) == bool(header)
        if form != "csl" and told:
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


async def test_an_export_is_as_long_as_the_site_allows(shipped: Site) -> None:
    (n_claims,) = shipped.sql("SELECT count(*) FROM claims")[0]
    text = await shipped.get("/ledger/claims.csl.json")
    assert len(json.loads(text)) == min(1000, n_claims) > 25


@pytest.mark.parametrize("table", CLAIM_IN)
async def test_every_table_of_claims_is_exported(rich: Site, table: str) -> None:
    column = CLAIM_IN[table]
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
    assert ids_of("csl", await rich.get("/ledger/claims/deaths-300.csl.json")) == ["deaths-300"]


async def test_tables_without_claims_have_no_such_export(rich: Site) -> None:
    await rich.get("/ledger/outlets.bib", status=404)
    await rich.get("/ledger/most_contested.bib", status=404)


async def test_a_view_without_its_ids_is_told_which_column_lacks(rich: Site) -> None:
    text = await rich.get("/ledger/disputes.geojson?_col=asks", status=400)
    assert text == "the column id is needed, and is not selected\n"


async def test_the_data_browser_links_to_the_exports(rich: Site) -> None:
    text = await rich.get("/ledger/claims?_outlet=radio")
    for form in EXPORTS:
        assert f"/ledger/claims.{form}?_outlet=radio" in text
    assert "outlets.bib" not in await rich.get("/ledger/outlets")
