"""Questions, positions and dossiers as they are shown."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ledger.build import build
from ledger.reports.chains import chains_of
from ledger.reports.claims import claim
from ledger.reports.questions import dossier, hinges_of, position, question
from tests.small import SMALL, write_folder


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
    assert question(connection, "scene")["hinges"] == [
        {"id": "witnesses", "name": "Witnesses", "kind": "actor"}
    ]


@pytest.fixture
def voiceless(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Yield the database of a dispute of which one side has only documents without a voice."""
    documents = (
        "page: {title: The Page, voice: page, outlet: daily, paragraphs: {1: []}}\n"
        "leaflet: {title: A leaflet, outlet: daily, paragraphs: {1: []}}\n"
        "appeal: {title: An appeal, outlet: daily, paragraphs: {1: []}}\n"
    )
    dossier = (
        "title: A day\n"
        "questions: {people: {asks: How many people came?, answer: quantity, unit: people}}\n"
        "claims:\n"
        "- {id: many, text: Many came., question: people, value: 500, found: page#1}\n"
        "- {id: few, text: Few came., question: people, value: 20, found: [leaflet#1, appeal#1]}\n"
    )
    folder = write_folder(tmp_path / "claims", SMALL | {"documents.yaml": documents})
    (folder / "mali" / "village-2022.yaml").unlink()
    write_folder(folder, {"day.yaml": dossier})
    assert build(folder, tmp_path / "ledger.db").problems == []
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as opened:
        yield opened


def test_a_document_without_a_voice_that_a_question_hinges_on_is_named(
    voiceless: sqlite3.Connection,
) -> None:
    assert hinges_of(voiceless, "people") == [
        {"id": "appeal", "name": "An appeal", "kind": "document"},
        {"id": "page", "name": "The Page", "kind": "actor"},
    ]


def test_the_document_that_a_claim_is_the_word_of_is_the_one_that_was_weighed(
    voiceless: sqlite3.Connection,
) -> None:
    assert [one["name"] for one in claim(voiceless, "few")["origins"]] == ["An appeal"]
    assert [one["name"] for one in chains_of(voiceless, ["few"]).origins["few"]] == ["An appeal"]


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
