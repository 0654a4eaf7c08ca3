"""Failing: what an address that cannot be answered is told, in the form that it asked for."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from ledger.reports.searching import search
from tests.site.conftest import ONE_LOOP, Site, opened


@ONE_LOOP
@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("", "<!DOCTYPE html>"),
        (".json", '{"ok": false'),
        *((ending, "The table") for ending in (".csv", ".bib", ".csl.json", ".jsonld", ".geojson")),
    ],
)
async def test_an_error_comes_in_the_form_that_was_asked_for(
    small: Site, form: str, begins: str
) -> None:
    for query in ("_sort=nosuch", "_col=nosuch", "_stream=on&nosuch=1"):
        assert (await small.get(f"/ledger/claims{form}?{query}", 400)).startswith(begins)


@ONE_LOOP
async def test_what_is_wrong_with_an_address_leaves_no_trace_on_the_terminal(
    small: Site, capfd: pytest.CaptureFixture[str]
) -> None:
    for query in ("status__in=[x", "_sort=nosuch", "_timelimit=x", "_col=nosuch"):
        await small.get(f"/ledger/claims?{query}", 400)
    assert capfd.readouterr() == ("", "")


@ONE_LOOP
async def test_what_is_wrong_with_the_database_stays_a_mistake_of_the_site(
    database: Path,
) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("DROP TABLE claims_fts")
    async with opened(database) as site:
        page = await site.get("/ledger/claims?_search=x", 400)
        assert "no full-text index" in page
        assert "<h1>Claims</h1>" in await site.get("/ledger/claims")


@ONE_LOOP
async def test_what_is_typed_is_told_as_text(small: Site) -> None:
    page = await small.get("/ledger/claims?_sort=<script>alert(1)</script>", 400)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@ONE_LOOP
async def test_a_long_text_is_not_told_whole(small: Site) -> None:
    page = await small.get(f"/ledger/claims?_sort={'x' * 5_000}", 400)
    assert "x" * 60 + "…" in page
    assert "x" * 61 not in page


@ONE_LOOP
@pytest.mark.parametrize("words", ['"', "(", "*", "'", "-", "%00", '""', "AND", "NEAR", "zz:yy"])
async def test_any_words_may_be_looked_for_in_the_data_browser(small: Site, words: str) -> None:
    page = await small.get(f"/ledger/claims?_search={words}")
    assert page.count('<li class="claim-card') == 0
    assert '<nav class="turning"' not in page


@ONE_LOOP
@pytest.mark.parametrize(
    ("words", "found"),
    [('goita"', 1), ('"people were killed', 2), ("killed (", 4), ("kill* OR", 0), ("text:mali", 0)],
)
async def test_words_are_found_as_the_ledger_s_own_search_finds_them(
    small: Site, words: str, found: int
) -> None:
    page = await small.get(f"/ledger/claims?_search={quote(words)}")
    with closing(sqlite3.connect(small.database)) as connection:
        connection.row_factory = sqlite3.Row
        own = search(connection, "claims", words).total
    assert page.count('<li class="claim-card') == own == found


@ONE_LOOP
async def test_a_form_with_no_words_shows_all_rows(small: Site) -> None:
    for blank in ("_search=", "_search=+", "_search_text=%09"):
        page = await small.get(f"/ledger/claims?{blank}")
        assert page.count('<li class="claim-card') == 5
    query = "_search=&_filter_column=&_filter_op=exact&_filter_value=&_sort="
    assert (await small.get(f"/ledger/claims?{query}")).count('<li class="claim-card') == 5
