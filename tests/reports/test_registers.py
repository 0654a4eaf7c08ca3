"""Outlets, actors, places, documents and paragraphs as they are shown."""

from __future__ import annotations

import sqlite3

import pytest

from ledger.reports.registers import actor, document, outlet, paragraph, place


def test_an_outlet_comes_with_the_claims_it_is_cited_for(connection: sqlite3.Connection) -> None:
    facts = outlet(connection, "wire")
    assert {claim["id"] for claim in facts["claims"]} == {
        "deaths-300",
        "killers-army",
        "killers-rebels",
    }
    assert [one["id"] for one in outlet(connection, "daily")["documents"]] == ["page"]


def test_an_actor_comes_with_the_tree_above_and_below(connection: sqlite3.Connection) -> None:
    facts = actor(connection, "army")
    assert [one["id"] for one in facts["above"]] == ["state"]
    assert [(one["id"], one["depth"]) for one in facts["below"]] == [("brigade", 1)]
    below = actor(connection, "state")["below"]
    assert [(one["id"], one["depth"]) for one in below] == [("army", 1), ("brigade", 2)]


def test_an_actor_comes_with_what_it_claims_and_what_names_it(
    connection: sqlite3.Connection,
) -> None:
    facts = actor(connection, "rebels")
    assert [claim["id"] for claim in facts["claims"]] == ["deaths-withdrawn"]
    assert [claim["id"] for claim in facts["named_by"]] == ["killers-rebels"]


def test_a_place_comes_with_its_dossiers_and_what_it_lies_in(
    connection: sqlite3.Connection,
) -> None:
    facts = place(connection, "village")
    assert [one["id"] for one in facts["above"]] == ["mopti", "mali"]
    assert [one["id"] for one in facts["dossiers"]] == ["village-2022"]
    assert [claim["id"] for claim in facts["named_by"]] == ["where-village"]


def test_a_document_comes_with_its_paragraphs(connection: sqlite3.Connection) -> None:
    facts = document(connection, "page")
    assert [(one["number"], one["n_claims"]) for one in facts["paragraphs"]] == [
        (1, 2),
        (2, 3),
        (3, 7),
    ]


def test_a_paragraph_comes_with_its_claims_and_how_often_it_cites_whom(
    connection: sqlite3.Connection,
) -> None:
    facts = paragraph(connection, "page#2")
    assert [(one["id"], one["times"]) for one in facts["cited"]] == [("wire", 2), ("radio", 1)]
    assert len(facts["claims"]) == facts["n_claims"] == 3


@pytest.mark.parametrize("name", ["page#4", "page#", "page#x", "page", "page#99999999999999999999"])
def test_a_paragraph_that_is_not_there_raises(name: str, connection: sqlite3.Connection) -> None:
    with pytest.raises(LookupError):
        paragraph(connection, name)
