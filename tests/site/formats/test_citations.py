"""Citations: how a claim of the ledger is cited, as text, as BibTeX and as CSL-JSON."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from bibtexparser.entrypoint import parse_string

from ledger.build import build
from ledger.site.formats.citations import cite_bibtex, cite_csl, cite_text
from ledger.site.formats.entries import entries_of, entry_of
from ledger.site.formats.jsonld import claim_node
from tests.small import PLACED, write_folder


def link(path: str) -> str:
    return f"https://ledger.example{path}"


def test_a_text_names_who_claims_it_when_and_where(connection: sqlite3.Connection) -> None:
    entry = entry_of(connection, "deaths-300")
    state = entry["ledger_hash"][:12]
    assert cite_text(entry, link) == (
        "Witnesses (5 April 2022): “About 300 people were killed.” In: claim-ledger, “Killings at "
        "a village”, claim deaths-300 (contested). Read in “The Page”, paragraph 2. "
        f"https://ledger.example/claims/deaths-300. State of the ledger: {state}."
    )


def test_what_is_not_known_is_left_out(connection: sqlite3.Connection) -> None:
    entry = entry_of(connection, "date-given") | {"claimant_name": None}
    assert cite_text(entry, link).startswith("“It happened in March.” In: claim-ledger")
    assert "author" not in cite_bibtex(entry, link)
    assert "year" not in cite_bibtex(entry, link)
    assert not {"author", "issued"} & cite_csl(entry, link).keys()


@pytest.mark.parametrize(
    ("made", "year", "month"),
    [("2022-04-05", "2022", "apr"), ("2022", "2022", None), ("2022-21", "2022", None)],
)
def test_bibtex_has_the_year_and_the_month(
    connection: sqlite3.Connection, made: str, year: str, month: str | None
) -> None:
    entry = entry_of(connection, "deaths-300") | {"made": made}
    library = parse_string(cite_bibtex(entry, link))
    assert library.failed_blocks == []
    (found,) = library.entries
    fields = {field.key: field.value for field in found.fields}
    assert found.entry_type == "misc"
    assert found.key == "deaths-300"
    assert fields["year"] == year
    assert fields.get("month") == month
    assert fields["author"] == "{Witnesses}"
    assert fields["title"] == "{About 300 people were killed.}"
    assert fields["url"] == "https://ledger.example/claims/deaths-300"
    assert "Carried by Radio Goïta; The Daily (disputes it). " in fields["note"]


def test_outlets_that_only_stand_at_a_paragraph_are_not_cited(
    connection: sqlite3.Connection,
) -> None:
    for name in ("killers-army", "killers-rebels"):
        entry = entry_of(connection, name)
        assert [one["outlet"] for one in entry["nearby"]][:2] == ["wire", "radio"]
        for cited in (cite_bibtex(entry, link), cite_csl(entry, link)["note"]):
            assert "Carried by The Daily. " in cited
            assert "Wire" not in cited


def test_every_claim_of_a_ledger_is_bibtex(connection: sqlite3.Connection) -> None:
    ids = [name for (name,) in connection.execute("SELECT id FROM claims")]
    written = "\n".join(cite_bibtex(entry, link) for entry in entries_of(connection, ids))
    library = parse_string(written)
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == ids


def test_csl_has_the_same(connection: sqlite3.Connection) -> None:
    item = cite_csl(entry_of(connection, "deaths-300"), link)
    assert item["id"] == "deaths-300"
    assert item["author"] == [{"literal": "Witnesses"}]
    assert item["issued"] == {"date-parts": [[2022, 4, 5]]}
    assert item["URL"] == "https://ledger.example/claims/deaths-300"
    assert item["keyword"] == "civilian harm"


def test_places_that_are_no_paragraphs_are_told_as_what_they_are(tmp_path: Path) -> None:
    database = tmp_path / "ledger.db"
    assert build(write_folder(tmp_path / "claims", PLACED), database).problems == []
    with closing(sqlite3.connect(database)) as opened:
        entry = entry_of(opened, "killers-rebels")
    assert (
        "Read in “The Page” (page 4); “The Page”; “The Page” (at 0:31); “The Page”, paragraph 3; "
        "“A Table” (entry A-7)."
    ) in cite_text(entry, link)
    node = claim_node(entry, link)
    told = [(one.get("@id"), one["name"], one.get("position")) for one in node["appearance"]]
    page = "https://ledger.example/documents/page"
    assert told == [
        (None, "The Page (page 4)", "page 4"),
        (page, "The Page", None),
        (None, "The Page (at 0:31)", "at 0:31"),
        (f"{page}#paragraph-3", "The Page, paragraph 3", 3),
        (None, "A Table (entry A-7)", "entry A-7"),
    ]
