"""What a database tells of its documents to those who verify and count."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ledger.build import build
from ledger.texts.reading import read_document, read_documents, read_names
from tests.small import PLACED, write_folder


@pytest.fixture
def connection(database: Path) -> Iterator[sqlite3.Connection]:
    """Return a connection to the database of the small claims folder."""
    with closing(sqlite3.connect(database)) as opened:
        yield opened


def test_a_document_comes_with_its_paragraphs_and_the_claims_read_there(
    connection: sqlite3.Connection,
) -> None:
    (page,) = read_documents(connection)
    assert (page.id, page.title, page.voice, page.text_sha256) == ("page", "The Page", "page", None)
    assert page.outlets == {1: [], 2: ["wire", "wire", "radio"], 3: ["daily"]}
    read = {claim.id: claim.paragraphs for claim in page.claims}
    assert read["deaths-500"] == (1,)
    assert read["killers-rebels"] == (2, 3)
    assert page == read_document(connection, "page")


def test_a_claim_comes_with_what_can_be_looked_for(connection: sqlite3.Connection) -> None:
    (page,) = read_documents(connection)
    (deaths,) = [claim for claim in page.claims if claim.id == "deaths-300"]
    assert (deaths.value, deaths.kind, deaths.unit) == ("~300", "quantity", "people")
    assert (deaths.claimant, deaths.quote) == ("witnesses", None)


def test_names_come_with_their_aliases_and_kinds(connection: sqlite3.Connection) -> None:
    (page,) = read_documents(connection)
    names = read_names(connection, page)
    assert names.actors["army"].kind == "state force"
    assert names.places["village"].kind == "place"
    assert (names.voice, names.outlets) == ("page", page.outlets)


def test_a_document_that_is_not_there_is_none(connection: sqlite3.Connection) -> None:
    assert read_document(connection, "pages") is None


def test_what_was_read_in_no_paragraph_is_passed_over(tmp_path: Path) -> None:
    database = tmp_path / "ledger.db"
    assert build(write_folder(tmp_path / "claims", PLACED), database).problems == []
    with closing(sqlite3.connect(database)) as opened:
        page, table = read_documents(opened)
    read = {claim.id: claim.paragraphs for claim in page.claims}
    assert read["killers-rebels"] == (3,)
    assert (table.claims, table.outlets) == ([], {})
