"""Refusing: what an address asks of a table that the table does not have, told in a sentence."""

from __future__ import annotations

import html
import json
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.site.conftest import ONE_LOOP, Site, opened

THROUGH = '_through={"table":"%s","column":"%s","value":"wire"}'

REFUSED = [
    ("_sort=nosuch", "The table claims cannot be sorted by “nosuch”. It can be sorted by id, text"),
    ("_sort_desc=asks", "The table claims cannot be sorted by “asks”."),
    ("_sort=status", "The table claims cannot be sorted by “status”."),
    ("_sort=id&_sort_desc=made", "_sort and _sort_desc cannot both be told"),
    ("_next=garbage", "_next is “garbage”, which is no place in claims in this order."),
    ("_sort=n_conflicts&_next=a,b", "_next is “a,b”, which is no place"),
    ("_next=1,2,3", "_next is “1,2,3”, which is no place"),
    ("_sort=id&_next=x", "_next is “x”, which is no place"),
    ("_size=abc", "_size is “abc”: it is a number of rows from"),
    ("_size=0", "_size is “0”: it is a number of rows from 1"),
    ("_size=-1", "_size is “-1”"),
    ("_size=1001", "_size is “1001”"),
    ("_size=²", "_size is “²”"),
    ("_facet=nosuch", "The table claims has no column “nosuch”. It has id, text"),
    ("_facet=statsu", "Did you mean “status”?"),
    ("_facet_date=nosuch", "has no column “nosuch”"),
    ("_facet_link=nosuch", "has no links “nosuch” to count: those are outlet"),
    ("_facet_nosuch=id", "“_facet_nosuch” is no way to count: those are array, column"),
    ("_facet={x", "_facet is “{x”, which names no column."),
    ('_facet={"simple": 3}', "which names no column."),
    ("_facet_size=abc", "_facet_size is “abc”"),
    ("_facet_array=text", "“text” of claims is no column of JSON arrays."),
    ("_col=nosuch", "has no column “nosuch”"),
    ("_nocol=nosuch", "has no column “nosuch”"),
    ("_nocol=id", "“id” tells the rows of claims apart and cannot be hidden."),
    ("_label=text", "_label is “text”, which refers to nothing that has a name."),
    ("nosuch__exact=1", "has no column “nosuch”"),
    ("nosuch=1", "has no column “nosuch”"),
    ("_outlet__exact=wire", "has no column “_outlet”"),
    ("status__nosuch=1", "“nosuch” is no comparison: those are exact, not, contains"),
    ("status__=1", "“” is no comparison"),
    ("status__in=[x", "status__in is “[x”: write a,b or a JSON array of values."),
    ("status__notin=[[1]]", "status__notin is “[[1]]”"),
    ("n_origins__gt=99999999999999999999", "which is no number of this database."),
    ("n_origins__lte=²", "which is no number of this database."),
    ("text__arraynotcontains=x", "“text” of claims is no column of JSON arrays."),
    ("_through=x", "_through is “x”: it is a JSON object with a table that refers to claims"),
    ("_through=[1]", "_through is “[1]”"),
    ('_through={"table": 1, "column": "outlet", "value": 1}', "it is a JSON object"),
    ('_through={"table": "citations", "column": "outlet", "value": []}', "it is a JSON object"),
    (THROUGH % ("nosuch", "outlet"), "no table “nosuch” with a column “outlet” refers to claims."),
    (THROUGH % ("citations", "nosuch"), "no table “citations” with a column “nosuch” refers"),
    (THROUGH % ("outlets", "id"), "no table “outlets” with a column “id” refers to claims."),
    ("_search_nosuch=x", "cannot be searched by “nosuch”, only by text, quote and note."),
    ("_search_rank=x", "cannot be searched by “rank”"),
    ("_search=x&_searchmode=nosuch", "_searchmode is “nosuch”: it is one of raw and escaped."),
    ('_search="&_searchmode=raw', "The database cannot answer this: unterminated string."),
    ("_labels=nosuch", "_labels is “nosuch”: it is one of on, off"),
    ("_shape=nosuch", "_shape is “nosuch”: it is one of arrays, objects"),
    ("_ttl=x", "_ttl is “x”: it is a number of seconds."),
    ("_timelimit=x", "_timelimit is “x”: it is a number of milliseconds."),
    ("%00=1", "has no column “”"),
    ("=1", "has no column “”"),
    ("x%ff=1", "has no column “x�”"),
    ("_where=nosuch+%3D+1", "The database cannot answer this: no such column: nosuch."),
]


def asked(query: str) -> str:
    return quote(query, safe="=&+%,")


@ONE_LOOP
@pytest.mark.parametrize(("query", "why"), REFUSED)
async def test_an_address_that_asks_what_is_not_there_is_told_so(
    shipped: Site, query: str, why: str
) -> None:
    page = html.unescape(await shipped.get(f"/ledger/claims?{asked(query)}", 400))
    assert why in page.partition('<p class="standfirst">')[2].partition("</p>")[0]
    assert '<a href="/ledger/claims">Start again from the whole list</a>' in page
    assert "Traceback" not in page


@ONE_LOOP
@pytest.mark.parametrize(("query", "why"), [case for case in REFUSED if case[0] != "_size=0"])
async def test_a_program_is_told_so_too(shipped: Site, query: str, why: str) -> None:
    answer = json.loads(await shipped.get(f"/ledger/claims.json?{asked(query)}", 400))
    assert answer["ok"] is False
    assert why in answer["error"]


@ONE_LOOP
@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/ledger/documents?_search=x", "The table documents has no full-text index to search."),
        ("/ledger/claim_sources?_next=x", "_next is “x”, which is no place in claim_sources"),
        ("/ledger/claim_sources?_next=-1", "_next is “-1”"),
        ("/ledger/claim_sources?_sort=nosuch", "The view claim_sources cannot be sorted by"),
        ("/ledger/claim_sources?rowid=1", "The view claim_sources has no column “rowid”."),
        ("/ledger/citations?_next=x", "_next is “x”, which is no place in citations"),
        ("/ledger/outlets?_next=a,b", "_next is “a,b”, which is no place in outlets"),
        ("/ledger/most_contested?_timelimit=x", "_timelimit is “x”"),
        ("/ledger/claims.bib?_sort=nosuch", "The table claims cannot be sorted by “nosuch”."),
    ],
)
async def test_other_tables_views_and_queries_say_so_as_well(
    shipped: Site, path: str, why: str
) -> None:
    assert why in html.unescape(await shipped.get(path, 400))


@ONE_LOOP
@pytest.mark.parametrize(
    "query",
    [
        "",
        "_size=max&_sort_desc=made&_nocol=text",
        "_size=1&_next=$null,x&_sort=made",
        "_facet=kind&_facet_date=made&_facet_array=topics&_facet_link=document&_facet_size=3",
        '_facet={"simple":"kind"}',
        'status__in=["contested"]&kind__notin=a,b&n_origins__gt=0&year__lte=2022.5&made__gt=2020-01',
        "status__notblank=1&note__isnull=1&text__glob=*",
        THROUGH % ("citations", "outlet"),
        "_labels=on&_shape=&_ttl=10&_trace=1&_timelimit=2000&_extra=nosuch&_unknown=1",
        "_search=mali&_searchmode=escaped",
        "_search_text=mali",
        "_search_text=mali&_search_note=x",
        "_label=claimant&rowid__gt=3",
        "_facet_array=outlets&topics__arraycontains=attacks",
        "_outlet=reuters&_topic=attacks&_document=cep-mali",
    ],
)
async def test_what_is_there_to_be_asked_is_answered(shipped: Site, query: str) -> None:
    assert "<h1>Claims</h1>" in await shipped.get(f"/ledger/claims?{asked(query)}")


@ONE_LOOP
async def test_a_program_may_ask_for_no_rows(shipped: Site) -> None:
    answer = json.loads(await shipped.get("/ledger/claims.json?_size=0&_shape=objects"))
    assert answer["rows"] == []


@ONE_LOOP
async def test_somebody_who_may_not_see_a_table_learns_nothing_of_its_columns(
    database: Path,
) -> None:
    async with opened(database) as site:
        served = site.datasette
        told = served.config if hasattr(served, "allowed") else served._metadata_local  # noqa: SLF001 # there is no other way
        told["databases"]["ledger"]["tables"]["claims"]["allow"] = False
        for query in ("_sort=nosuch", "_col=nosuch", "nosuch=1", "status__in=[x"):
            assert "n_origins" not in await site.get(f"/ledger/claims?{query}", 403)
