"""Outlets, actors, places, documents and paragraphs as they are shown."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ledger.build import build
from ledger.reports.registers import actor, document, named, outlet, paragraph, place, tree_of
from tests.full import FULL
from tests.small import write_folder


def test_an_outlet_comes_with_the_claims_it_carries_and_those_it_stands_beside(
    connection: sqlite3.Connection,
) -> None:
    facts = outlet(connection, "wire")
    assert facts.claims == []
    assert {claim.id for claim in facts.nearby} == {
        "deaths-300",
        "killers-army",
        "killers-rebels",
    }
    daily = outlet(connection, "daily")
    assert [one.id for one in daily.documents] == ["page"]
    assert (len(daily.claims), daily.nearby) == (11, [])
    radio = outlet(connection, "radio")
    assert [claim.id for claim in radio.claims] == ["deaths-relayed"]
    assert "deaths-300" in {claim.id for claim in radio.nearby}


def test_an_actor_comes_with_the_tree_above_and_below(connection: sqlite3.Connection) -> None:
    facts = actor(connection, "army")
    assert [one.id for one in facts.above] == ["state"]
    assert [(one.id, one.depth) for one in facts.below] == [("brigade", 1)]
    below = actor(connection, "state").below
    assert [(one.id, one.depth) for one in below] == [("army", 1), ("brigade", 2)]


def test_an_actor_comes_with_what_it_claims_and_what_names_it(
    connection: sqlite3.Connection,
) -> None:
    facts = actor(connection, "rebels")
    assert [claim.id for claim in facts.claims] == ["deaths-withdrawn"]
    assert [claim.id for claim in facts.named_by] == ["killers-rebels"]


def test_a_place_comes_with_its_dossiers_and_what_it_lies_in(
    connection: sqlite3.Connection,
) -> None:
    facts = place(connection, "village")
    assert [one.id for one in facts.above] == ["mopti", "mali"]
    assert [one.id for one in facts.dossiers] == ["village-2022"]
    assert [claim.id for claim in facts.named_by] == ["where-village"]


def test_a_document_comes_with_its_paragraphs(connection: sqlite3.Connection) -> None:
    facts = document(connection, "page")
    assert [(one.number, one.n_claims) for one in facts.paragraphs] == [
        (1, 2),
        (2, 3),
        (3, 7),
    ]


def test_a_paragraph_comes_with_its_claims_and_how_often_it_cites_whom(
    connection: sqlite3.Connection,
) -> None:
    facts = paragraph(connection, "page#2")
    assert [(one.id, one.times, one.nearby) for one in facts.cited] == [
        ("wire", 2, 1),
        ("radio", 1, 1),
    ]
    assert len(facts.claims) == facts.n_claims == 3


@pytest.mark.parametrize("name", ["page#4", "page#", "page#x", "page", "page#99999999999999999999"])
def test_a_paragraph_that_is_not_there_raises(name: str, connection: sqlite3.Connection) -> None:
    with pytest.raises(LookupError):
        paragraph(connection, name)


def test_what_is_above_comes_from_the_nearest(connection: sqlite3.Connection) -> None:
    tree = tree_of(connection, "actors", "part_of", "brigade")
    assert [one.id for one in tree.above] == ["army", "state"]
    assert tree.below == []


def test_parts_come_before_their_own_parts_the_nearest_if_they_are_more(
    connection: sqlite3.Connection,
) -> None:
    below = tree_of(connection, "places", "within", "mali").below
    assert [(one.id, one.depth) for one in below] == [("mopti", 1), ("village", 2)]
    nearest = tree_of(connection, "places", "within", "mali", 1)
    assert [one.id for one in nearest.below] == ["mopti"]


def test_a_loop_in_a_broken_database_ends(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE actors SET part_of = 'brigade' WHERE id = 'state'")
        tree = tree_of(connection, "actors", "part_of", "army")
    assert {one.id for one in tree.above} == {"state", "brigade", "army"}
    assert tree.below[0].id == "brigade"


def test_claims_are_found_by_the_actors_that_they_name(connection: sqlite3.Connection) -> None:
    found = named(connection)
    assert found.actors["army"] == ["killers-army"]
    assert found.actors["rebels"] == ["killers-rebels"]
    assert "state" not in found.actors


def test_dossiers_are_found_by_their_places(connection: sqlite3.Connection) -> None:
    assert named(connection).dossiers == {"village": ["village-2022"]}


def test_places_are_not_mixed_up_with_actors(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    assert build(write_folder(tmp_path / "claims", FULL), path).problems == []
    with closing(sqlite3.connect(path)) as connection:
        found = named(connection)
    assert found.places == {"village": ["where-village"]}


def test_whoever_is_named_jointly_or_denied_is_named(tmp_path: Path) -> None:
    dossier = FULL["mali/village-2022.yaml"]
    files = FULL | {
        "mali/village-2022.yaml": dossier.replace(
            "value: army\n", "value: army + brigade\n"
        ).replace("value: rebels\n", "value: not army\n")
    }
    path = tmp_path / "ledger.db"
    build(write_folder(tmp_path / "claims", files), path)
    with closing(sqlite3.connect(path)) as connection:
        found = named(connection)
    assert set(found.actors["army"]) == {"killers-army", "killers-rebels"}
    assert found.actors["brigade"] == ["killers-army"]
    assert "not" not in found.actors
