"""Facets and filters: their counts, labels, combinations and addresses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlsplit

import pytest

from ledger.build import build
from tests.site.conftest import ONE_LOOP, Row, Site
from tests.small import AT_LEAST, DOSSIER

pytestmark = ONE_LOOP

COLUMNS: Final = {
    "claims": ("status", "kind", "claimant", "year"),
    "disputes": ("question_state", "nature", "state", "answer"),
    "questions": ("state", "nature", "answer"),
}
"""The facets that count a column, by table."""

LINKED: Final = {
    "claims": {
        "outlet": "claim_outlets.claim",
        "nearby": "claim_outlets_nearby.claim",
        "document": "appearances.claim",
        "topic": "claim_topics.claim",
        "country": "claim_countries.claim",
    },
    "disputes": {"topic": "question_topics.question", "country": "question_countries.question"},
    "questions": {"topic": "question_topics.question", "country": "question_countries.question"},
}
"""The facets that count through a link table, and the column there that names the row."""

VALUES: Final = {"nearby": "outlet"}
"""The columns of links that are not called as the facet is."""

LABELS: Final = {
    "outlet": "SELECT id, name FROM outlets",
    "nearby": "SELECT id, name FROM outlets",
    "document": "SELECT id, title FROM documents",
    "country": "SELECT id, name FROM countries",
    "claimant": "SELECT id, name FROM actors",
}


@dataclass(frozen=True, slots=True)
class Narrowed:
    """An address of a table, and the same in SQL."""

    table: str
    query: str
    where: str


CARRIED: Final = "t.id IN (SELECT claim FROM claim_outlets WHERE outlet = '{}')"

NEARBY: Final = "t.id IN (SELECT claim FROM claim_outlets_nearby WHERE outlet = '{}')"

NARROWED: Final = pytest.mark.parametrize(
    "narrowed",
    [
        Narrowed("claims", "", "1"),
        Narrowed("claims", "status=contested", "t.status = 'contested'"),
        Narrowed("claims", "_outlet=oe-watch", CARRIED.format("oe-watch")),
        Narrowed("claims", "_nearby=reuters", NEARBY.format("reuters")),
        Narrowed(
            "claims",
            "_nearby=reuters&_nearby=agence-france-presse",
            f"{NEARBY.format('reuters')} AND {NEARBY.format('agence-france-presse')}",
        ),
        Narrowed(
            "claims",
            "status=contested&_country=ML&_nearby=reuters&year__gte=2020",
            " AND ".join(
                (
                    "t.status = 'contested' AND t.year >= 2020",
                    "t.id IN (SELECT claim FROM claim_countries WHERE country = 'ML')",
                    NEARBY.format("reuters"),
                )
            ),
        ),
        Narrowed(
            "claims",
            "_search=killed&_topic=civilian+harm",
            "t.rowid IN (SELECT rowid FROM claims_fts WHERE claims_fts MATCH 'killed') AND "
            "t.id IN (SELECT claim FROM claim_topics WHERE topic = 'civilian harm')",
        ),
        Narrowed("disputes", "", "1"),
        Narrowed(
            "disputes",
            "_topic=civilian+harm&answer=quantity",
            "t.answer = 'quantity' AND "
            "t.id IN (SELECT question FROM question_topics WHERE topic = 'civilian harm')",
        ),
        Narrowed("questions", "", "1"),
        Narrowed("questions", "state=disputed", "t.state = 'disputed'"),
    ],
    ids=lambda narrowed: f"{narrowed.table}?{narrowed.query}",
)


def counted(site: Site, narrowed: Narrowed) -> dict[str, list[Row]]:
    """Return what each facet of a table must count, from SQL alone."""
    table, where = narrowed.table, narrowed.where
    wanted = {
        name: f"SELECT t.{name}, count(*) FROM {table} t WHERE {where} AND t.{name} IS NOT NULL"  # noqa: S608 # ours
        for name in COLUMNS[table]
    }
    for name, key in LINKED[table].items():
        link, column = key.split(".")
        wanted[name] = (
            f"SELECT l.{VALUES.get(name, name)}, count(DISTINCT t.id) FROM {table} t "  # noqa: S608 # ours
            f"JOIN {link} l ON l.{column} = t.id WHERE {where}"
        )
    return {name: sorted(site.sql(f"{sql} GROUP BY 1")) for name, sql in wanted.items()}


@NARROWED
async def test_every_facet_counts_what_sql_counts(shipped: Site, narrowed: Narrowed) -> None:
    facets = await shipped.facets(f"/ledger/{narrowed.table}.json?_size=0&{narrowed.query}")
    found = {
        name: sorted((value["value"], value["count"]) for value in values)
        for name, values in facets.items()
    }
    assert found == counted(shipped, narrowed)
    assert all(found.values()), "a facet without values would prove nothing"


@pytest.mark.parametrize("table", LINKED)
async def test_the_link_of_a_facets_value_finds_as_many_rows_as_it_counts(
    shipped: Site, table: str
) -> None:
    facets = await shipped.facets(f"/ledger/{table}.json?_size=0")
    for name, values in facets.items():
        for value in values:
            toggle = urlsplit(value["toggle_url"])
            path = f"{toggle.path}?{toggle.query}&_nofacet=1"
            assert await shipped.count(path) == value["count"], (name, value["value"])


async def test_the_link_of_a_facets_value_keeps_the_filters_that_there_are(shipped: Site) -> None:
    facets = await shipped.facets("/ledger/claims.json?_size=0&status=contested&_country=ML")
    for values in facets.values():
        for value in values:
            if not value["selected"]:
                toggle = urlsplit(value["toggle_url"])
                asked = parse_qsl(toggle.query)
                assert {("status", "contested"), ("_country", "ML")} <= set(asked)
                path = f"{toggle.path}?{toggle.query}&_nofacet=1"
                assert await shipped.count(path) == value["count"]


@pytest.mark.parametrize(
    ("key", "value"), [("_outlet", "daily"), ("_nearby", "wire"), ("status", "contested")]
)
async def test_the_link_of_a_selected_value_takes_its_filter_away(
    small: Site, key: str, value: str
) -> None:
    facets = await small.facets(f"/ledger/claims.json?_size=0&claimant=witnesses&{key}={value}")
    (selected,) = [one for one in facets[key.removeprefix("_")] if one["selected"]]
    assert selected["value"] == value
    asked = parse_qsl(urlsplit(selected["toggle_url"]).query)
    assert ("claimant", "witnesses") in asked
    assert (key, value) not in asked


async def test_another_filter_begins_on_the_first_page(small: Site) -> None:
    first = await small.json("/ledger/claims.json?_size=1&_nearby=wire")
    facets = await small.facets(f"/ledger/claims.json?_size=1&_nearby=wire&_next={first['next']}")
    links = [value for name in ("nearby", "topic", "country") for value in facets[name]]
    assert {value["selected"] for value in links} == {True, False}
    assert [value["toggle_url"] for value in links if "_next" in value["toggle_url"]] == []


@pytest.mark.parametrize("name", LABELS)
async def test_a_facet_shows_names_and_not_ids(shipped: Site, name: str) -> None:
    names = {row[0]: row[1] for row in shipped.sql(LABELS[name])}
    values = (await shipped.facets("/ledger/claims.json?_size=0"))[name]
    assert values
    assert [value["label"] for value in values] == [names[value["value"]] for value in values]


async def test_the_page_shows_the_facets_with_headings_names_and_links(small: Site) -> None:
    page = await small.get("/ledger/claims?status=contested")
    headings = ("Outlet that carries it", "Outlet at the paragraph", "Country", "Topic")
    for heading in (*headings, "Claimant", "Document", "Year"):
        assert f"<strong>{heading}" in page
    assert 'data-facet-value="radio">Radio Goïta</a>' in page
    assert "/ledger/claims?status=contested&amp;_nearby=radio" in page
    assert "/ledger/claims?status=contested&amp;_outlet=daily" in page
    assert "_outlet=radio" not in page


@pytest.mark.parametrize("table", ["disputes", "questions"])
async def test_kinds_of_conflict_are_called_as_people_call_them(small: Site, table: str) -> None:
    page = await small.get(f"/ledger/{table}")
    assert "<strong>Kind of conflict" in page
    assert 'data-facet-value="sides">sides disagree</a>' in page
    chosen = await small.get(f"/ledger/{table}?nature=sides")
    assert '<li class="selected">sides disagree' in chosen


async def test_a_long_facet_shows_the_most_frequent_values_first(shipped: Site) -> None:
    answer = await shipped.get("/ledger/claims.json?_size=0&_extra=facet_results&_facet_size=3")
    assert '"truncated": true' in answer
    (row,) = shipped.sql(
        "SELECT outlet, count(*) AS n FROM claim_outlets GROUP BY 1 ORDER BY n DESC, 1"
    )[:1]
    facet = (await shipped.facets("/ledger/claims.json?_size=0"))["outlet"]
    assert (facet[0]["value"], facet[0]["count"]) == row
    counts = [value["count"] for value in facet]
    assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("_outlet=daily", 'outlet that carries it is "The Daily"'),
        ("_nearby=radio", 'outlet at the paragraph is "Radio Goïta"'),
        ("_document=page", 'document is "The Page"'),
        ("_country=ML", 'country is "Mali"'),
        ("_topic=civilian+harm", 'topic is "civilian harm"'),
        ("_outlet=nobody", 'outlet that carries it is "nobody"'),
    ],
)
async def test_a_filter_is_described_in_words(small: Site, query: str, words: str) -> None:
    answer = await small.json(f"/ledger/claims.json?{query}")
    assert words in answer["human_description_en"]
    assert words.replace('"', "&#34;") in await small.get(f"/ledger/claims?{query}")


@pytest.mark.parametrize(
    "query",
    [
        "_outlet=nobody",
        "_outlet=",
        "_topic=%22%27%3B--",
        "_country=%00",
        "_document=page&_document=other",
        "status=unheard-of",
        "year=abc",
        "claimant=nobody",
        "_outlet=wire&_outlet=nobody",
    ],
)
async def test_a_value_that_nothing_has_finds_no_rows(small: Site, query: str) -> None:
    assert await small.count(f"/ledger/claims.json?{query}") == 0
    assert "claim-card" not in await small.get(f"/ledger/claims?{query}")


async def test_a_facet_that_the_site_does_not_know_is_refused(small: Site) -> None:
    page = await small.get("/ledger/claims?_facet_link=weather", status=400)
    assert "The table claims has no links “weather” to count: those are outlet" in page
    page = await small.get("/ledger/outlets?_facet_link=outlet", status=400)
    assert "The table outlets has no links “outlet” to count." in page


async def test_readers_may_ask_for_a_facet_that_the_metadata_has_already(small: Site) -> None:
    facets = await small.facets("/ledger/claims.json?_facet_link=outlet")
    daily = {value["value"]: value["count"] for value in facets["outlet"]}["daily"]
    assert daily == small.sql("SELECT count(*) FROM claim_outlets WHERE outlet = 'daily'")[0][0]


async def test_a_new_build_is_counted_anew(claims: Path, small: Site) -> None:
    before = {
        row["value"]: row["count"] for row in (await small.facets("/ledger/claims.json"))["nearby"]
    }
    dossier = claims / "mali" / "village-2022.yaml"
    dossier.write_text(DOSSIER + AT_LEAST, encoding="utf-8")
    assert build(claims, small.database).problems == []
    after = {
        row["value"]: row["count"] for row in (await small.facets("/ledger/claims.json"))["nearby"]
    }
    assert after == before | {"wire": before["wire"] + 1, "radio": before["radio"] + 1}
