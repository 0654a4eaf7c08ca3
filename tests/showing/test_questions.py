"""Questions, positions and dossiers as they are shown."""

from __future__ import annotations

import sqlite3

import pytest

from ledger.showing.questions import dossier, position, question


def test_a_question_comes_with_its_positions_and_their_claims(
    connection: sqlite3.Connection,
) -> None:
    facts = question(connection, "deaths")
    held = [claim["id"] for one in facts["positions"] for claim in one["claims"]]
    assert sorted(held) == ["deaths-300", "deaths-500", "deaths-relayed", "deaths-revised"]
    assert len(facts["positions"]) == facts["n_positions"]
    assert facts["range"] == "203 or more"


def test_claims_that_fell_stand_beside_the_positions(connection: sqlite3.Connection) -> None:
    beside = question(connection, "deaths")["without_position"]
    assert {claim["status"] for claim in beside} == {"superseded", "retracted"}


def test_the_finding_of_an_editor_comes_signed(connection: sqlite3.Connection) -> None:
    (finding,) = question(connection, "deaths")["findings"]
    assert (finding["says"], finding["signed_by"]) == ("About 300.", "An Editor")


def test_what_a_question_hinges_on_is_named(connection: sqlite3.Connection) -> None:
    assert question(connection, "scene")["hinges"] == [{"id": "witnesses", "name": "Witnesses"}]


def test_a_position_names_those_against_it(connection: sqlite3.Connection) -> None:
    facts = position(connection, "killers_1")
    assert [claim["id"] for claim in facts["claims"]] == ["killers-army"]
    assert [one["id"] for one in facts["others"]] == ["killers_2"]


def test_a_dossier_lists_its_questions_and_what_answers_none(
    connection: sqlite3.Connection,
) -> None:
    facts = dossier(connection, "village-2022")
    assert {one["id"]: one["state"] for one in facts["questions"]} == {
        "beginning": "single origin",
        "deaths": "disputed",
        "killers": "disputed",
        "scene": "single origin",
    }
    assert [claim["id"] for claim in facts["unasked"]] == ["date-given"]


@pytest.mark.parametrize("show", [question, position, dossier])
def test_what_is_not_there_raises(show: object, connection: sqlite3.Connection) -> None:
    assert callable(show)
    with pytest.raises(LookupError):
        show(connection, "deaths-300")
