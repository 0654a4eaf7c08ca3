"""A document's page: its paragraphs as a strip, and the claims read in each."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ledger.build import build
from ledger.site.pages.document import document_of, paragraph_page_of
from tests.site.conftest import ONE_LOOP, Site, opened
from tests.site.reading import Read
from tests.small import PLACED, write_folder


@ONE_LOOP
async def test_the_strip_tells_how_many_claims_each_paragraph_holds(small: Site) -> None:
    page = Read(await small.get("/documents/page"))
    assert page.headings == ["The Page"]
    assert page.said("//ol[@class='strip']/li") == [
        "1: 1 claim, 1 contested",
        "2: 3 claims, 3 contested",
        "3: 2 claims, 1 contested",
    ]
    assert page.element.xpath("//ol[@class='strip']/li/@id") == ["1", "2", "3"]


@ONE_LOOP
async def test_every_paragraph_names_its_outlets_and_its_claims(small: Site) -> None:
    page = await small.get("/documents/page")
    second = Read(page, "paragraph-2")
    assert "The paragraph cites The Wire, Radio Goïta" in second.words
    assert {"/claims/deaths-300", "/claims/killers-army", "/claims/killers-rebels"} <= set(
        second.links
    )
    assert "It cites nobody" in Read(page, "paragraph-1").words


@ONE_LOOP
async def test_whom_a_paragraph_cites_is_not_told_as_if_they_carried_its_claims(
    small: Site,
) -> None:
    whole = Read(await small.get("/documents/page"))
    assert "For which of its sentences a paragraph cites an outlet is not known." in whole.words
    cited = Read(await small.get("/documents/page/2"), "cited")
    assert "Whom the paragraph cites For which of its sentences is not known" in cited.words
    assert cited.element.xpath("./ancestor-or-self::section/@class") == ["beside"]


@ONE_LOOP
async def test_what_is_known_of_how_a_document_was_read_is_told(retold: Site) -> None:
    page = Read(await retold.get("/documents/sheet"))
    assert "only a part of it was read" in page.words
    assert "in the language fr" in page.words
    assert "For which of its sentences" not in page.words


@ONE_LOOP
async def test_the_text_is_not_shown_and_its_publisher_is(small: Site) -> None:
    page = Read(await small.get("/documents/page"))
    assert "The text itself is not kept here" in page.words
    assert "published by The Daily" in page.words
    assert {"/outlets/daily", "/actors/page", "/ledger/documents/page"} <= set(page.links)


@ONE_LOOP
async def test_a_paragraph_has_a_page_with_all_its_claims(small: Site) -> None:
    page = Read(await small.get("/documents/page/2"))
    assert page.headings == ["Paragraph 2"]
    assert "3 claims were read in it." in page.words
    assert "The Wire cited 2 times" in page.words
    assert {"/documents/page", "/documents/page/1", "/documents/page/3"} <= set(page.links)
    assert "/ledger/appearances?document=page&paragraph=2" in page.links


def test_a_paragraphs_claims_tell_where_else_they_were_read(
    connection: sqlite3.Connection,
) -> None:
    page = paragraph_page_of(connection, "page", 2)
    found = {
        claim.id: [place.paragraph for place in claim.found]
        for claim in page.facts["paragraph"]["claims"]
    }
    assert found["killers-rebels"] == [3]
    assert found["deaths-300"] == []


@pytest.mark.parametrize("path", ["nothing", "page/9", "page/0", "page/54x", "nothing/1"])
@ONE_LOOP
async def test_what_is_not_there_is_not_found(small: Site, path: str) -> None:
    await small.get(f"/documents/{path}", status=404)


@ONE_LOOP
async def test_a_long_document_names_some_claims_and_leads_to_all(shipped: Site) -> None:
    page = await shipped.get("/documents/cep-mali")
    assert len(page) < 100_000
    ((number, n),) = shipped.sql(
        "SELECT number, n_claims FROM paragraphs WHERE document = 'cep-mali' "
        "ORDER BY n_claims DESC, number LIMIT 1"
    )
    part = Read(page, f"paragraph-{number}")
    assert f"All {n} claims of paragraph {number}" in part.words
    whole = Read(await shipped.get(f"/documents/cep-mali/{number}"), "claims")
    assert len([link for link in whole.links if link.startswith("/claims/")]) == min(n, 50)


def test_contested_claims_come_first_in_a_paragraph(connection: sqlite3.Connection) -> None:
    turns = dict(connection.execute("SELECT id, turn FROM claims"))
    several = 0
    for paragraph in document_of(connection, "page")["paragraphs"]:
        named = [turns[claim.id] for claim in paragraph["claims"]]
        assert named == sorted(named)
        assert paragraph["n_claims"] >= len(named)
        several += len(named) > 1
    assert several


@ONE_LOOP
async def test_a_document_without_paragraphs_names_its_claims_and_their_parts(
    tmp_path: Path,
) -> None:
    database = tmp_path / "ledger.db"
    assert build(write_folder(tmp_path / "claims", PLACED), database).problems == []
    async with opened(database) as site:
        table = await site.get("/documents/table")
        whole = Read(table)
        for told in ("in the language pt-BR", "only a part of it was read", "licence: CC0-1.0"):
            assert told in whole.words
        assert "retrieved 1 June 2022" in whole.words
        assert {"https://archive.example/t", "https://table.example/t"} <= set(whole.links)
        assert "paragraph" not in whole.words
        assert "/claims/deaths-500" in whole.links
        assert "row 12" in whole.words
        assert "entry A-7" in whole.words
        page = Read(await site.get("/documents/page"))
        assert "Claims read elsewhere in it" in page.words
        assert "page 4, at 0:31" in page.words
        claim = Read(await site.get("/claims/killers-rebels"))
        for told in ("The Page (page 4)", "The Page, paragraph\xa03", "A Table (entry A-7)"):
            assert told.replace("\xa0", " ") in claim.words.replace("\xa0", " ")
        assert {"/documents/page#paragraph-3", "/documents/page", "/documents/table"} <= set(
            claim.links
        )
        row = await site.get("/ledger/claims/killers-rebels")
        assert "The Page (page 4)" in Read(row).words
        assert "A Table (entry A-7)" in Read(row).words
