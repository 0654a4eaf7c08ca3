"""Entries: what programs are told of claims, for many of them at a time."""

from __future__ import annotations

import sqlite3

import pytest

from ledger.site.formats.entries import entries_of, entry_of, headline


def test_claims_come_in_the_order_asked_for(connection: sqlite3.Connection) -> None:
    asked = ["killers-army", "nobody", "deaths-500", "date-given"]
    found = [entry["id"] for entry in entries_of(connection, asked)]
    assert found == ["killers-army", "deaths-500", "date-given"]


def test_many_are_told_as_each_alone(connection: sqlite3.Connection) -> None:
    ids = [name for (name,) in connection.execute("SELECT id FROM claims ORDER BY turn")]
    assert entries_of(connection, ids) == [entry_of(connection, name) for name in ids]


def test_a_claim_has_its_reports_places_finding_and_relations(
    connection: sqlite3.Connection,
) -> None:
    claim = entry_of(connection, "deaths-300")
    assert [(one["outlet"], one["scope"]) for one in claim["cited"]] == [
        ("radio", "claim"),
        ("daily", "claim"),
        ("daily", "document"),
    ]
    assert claim["nearby"] == []
    assert [(one["document"], one["paragraph"]) for one in claim["found"]] == [("page", 2)]
    assert claim["contradicts"] == ["deaths-500"]
    assert entry_of(connection, "deaths-relayed")["bases"] == ["deaths-300"]
    (finding,) = entry_of(connection, "killers-army")["findings"]
    assert finding["signed_by"] == "An Editor"


def test_outlets_of_a_paragraph_are_told_apart_and_by_where_they_stand(
    connection: sqlite3.Connection,
) -> None:
    claim = entry_of(connection, "killers-rebels")
    (carrier,) = claim["cited"]
    assert (carrier["outlet"], carrier["document"], carrier["title"]) == (
        *("daily", "page"),
        "The Page",
    )
    assert [(one["outlet"], one["paragraph"]) for one in claim["nearby"]] == [
        ("wire", 2),
        ("radio", 2),
        ("daily", 3),
    ]


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("deaths-300", "Witnesses: “About 300 people were killed.” (contested)"),
        ("deaths-withdrawn", "The Army: “Nobody was killed.” (retracted)"),
        ("date-given", "The Page: “It happened in March.” (single origin)"),
    ],
)
def test_a_claim_is_called_by_who_claims_it_and_how_it_stands(
    connection: sqlite3.Connection, name: str, called: str
) -> None:
    assert headline(entry_of(connection, name)) == called


def test_a_claim_whose_claimant_is_not_known_is_called_by_its_text(
    connection: sqlite3.Connection,
) -> None:
    entry = entry_of(connection, "date-given") | {"claimant_name": None}
    assert headline(entry) == "“It happened in March.” (single origin)"


def test_a_claim_that_is_not_there_is_an_error(connection: sqlite3.Connection) -> None:
    with pytest.raises(LookupError):
        entry_of(connection, "nobody")


def test_only_addresses_of_the_web_are_told(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE citations SET url = 'javascript:alert(1)'")
    assert {cited["url"] for cited in entry_of(connection, "deaths-300")["cited"]} == {None}
    connection.rollback()
