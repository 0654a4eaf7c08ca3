"""About: every definition of the code is on the page, and the page has no other."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from ledger import records
from ledger.build import build
from ledger.database.schema import tables
from ledger.schemas import record_schema
from ledger.site.formats.forms import FORMS
from ledger.site.pages.about import COUNTS, RECORDS, WORDS, rules
from ledger.values import CODINGS
from ledger.weigh import independence, origins
from ledger.words import (
    ANSWERS,
    NATURES,
    SCOPES,
    STANCES,
    STATES,
    STATUSES,
    STRENGTHS,
    UMBRELLAS,
)
from tests.site.conftest import ONE_LOOP, Site, opened
from tests.site.reading import Read
from tests.small import SMALL, write_folder


@ONE_LOOP
async def test_every_word_and_its_meaning_is_on_the_page(small: Site) -> None:
    page = Read(await small.get("/about"))
    for words in (STATUSES, STATES, STRENGTHS, NATURES, SCOPES, STANCES, UMBRELLAS, COUNTS):
        for word, meaning in words.items():
            assert f"{word}{meaning}" in page.words or f"{word} {meaning}" in page.words
    for table in tables():
        assert " ".join(table.meaning.split()) in page.words
    assert set(WORDS) <= {table.name for table in tables()}


@ONE_LOOP
async def test_what_people_write_is_told_as_editors_are_told(small: Site) -> None:
    page = Read(await small.get("/about")).words.replace("`", "")
    for model in RECORDS:
        for key, field in record_schema(model)["properties"].items():
            assert key in page
            assert " ".join(field["description"].split("\n")[0].replace("`", "").split()) in page


def test_every_record_that_people_write_is_told() -> None:
    written = {
        one
        for _, one in inspect.getmembers(records, inspect.isclass)
        if issubclass(one, records.Record)
    }
    told_elsewhere = {records.Record, records.BulkClaim, records.Declared, records.Retraction}
    assert set(RECORDS) == written - told_elsewhere


@ONE_LOOP
async def test_the_method_is_told_by_the_modules_that_have_it(small: Site) -> None:
    page = Read(await small.get("/about"), "method")
    for module in (origins, independence):
        last = " ".join(inspect.cleandoc(module.__doc__ or "").split("\n\n")[-1].split())
        assert last.replace("`", "") in page.words


def test_the_examples_of_values_are_judged_by_the_comparison() -> None:
    assert [rule.answer for rule in rules("plural")] == list(ANSWERS)
    verdicts = {rule.answer: [one.verdict for one in rule.verdicts] for rule in rules("plural")}
    assert verdicts["quantity"][0] == "conflict"
    assert verdicts["actor"] == ["conflict", "compatible", "conflict"]
    assert verdicts["text"] == ["incomparable"]


@pytest.mark.parametrize("coding", list(CODINGS))
@ONE_LOOP
async def test_vague_words_are_told_as_the_build_counted_them(tmp_path: Path, coding: str) -> None:
    path = tmp_path / "ledger.db"
    assert build(write_folder(tmp_path / "claims", SMALL), path, coding=coding).problems == []
    async with opened(path) as site:
        page = Read(await site.get("/about"))
    assert f"by the table named “{coding}”" in page.words
    rows = {row.split()[0]: row for row in page.said("//table//tbody/tr")}
    low, high = CODINGS[coding]["dozens"]
    assert rows["dozens"] == f"dozens {low} {high}"


@ONE_LOOP
async def test_the_licence_and_the_maps_source_are_named(small: Site) -> None:
    page = Read(await small.get("/about"))
    assert "The data are published under Apache-2.0." in page.words
    assert "https://www.naturalearthdata.com" in page.links
    assert "https://www.apache.org/licenses/LICENSE-2.0" in page.links


@ONE_LOOP
@pytest.mark.parametrize("path", ["/about", "/data"])
async def test_every_form_of_the_data_is_told_and_leads_there(small: Site, path: str) -> None:
    page = Read(await small.get(path))
    for form in FORMS:
        assert f"{form.purpose[:1].upper()}{form.purpose[1:]}: " in page.words
        for address in form.addresses():
            assert address in page.words
            if "<" not in address:
                assert address in page.links
                await small.get(address)
