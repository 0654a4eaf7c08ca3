"""Entries: what programs are told of claims, for many of them at a time."""

from __future__ import annotations

import sqlite3

import pytest

from ledger.site.formats.entries import entries_of, entry_of


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
        ("wire", "paragraph"),
        ("radio", "paragraph"),
    ]
    assert [(one["document"], one["paragraph"]) for one in claim["found"]] == [("page", 2)]
    assert claim["contradicts"] == ["deaths-500"]
    assert entry_of(connection, "deaths-relayed")["bases"] == ["deaths-300"]
    (finding,) = entry_of(connection, "killers-army")["findings"]
    assert finding["signed_by"] == "An Editor"


def test_a_claim_that_is_not_there_is_an_error(connection: sqlite3.Connection) -> None:
    with pytest.raises(LookupError):
        entry_of(connection, "nobody")


def test_only_addresses_of_the_web_are_told(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE citations SET url = 'javascript:alert(1)'")
    assert {cited["url"] for cited in entry_of(connection, "deaths-300")["cited"]} == {None}
    connection.rollback()
