"""Around a question: claims elsewhere, what hangs together, whose word is told differently."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ledger.build import build
from ledger.reports.around import QuestionAround, question_around
from ledger.reports.kinds import show
from tests.elsewhere import ELSEWHERE
from tests.small import write_folder


@pytest.fixture(name="opened")
def opened_(tmp_path: Path) -> sqlite3.Connection:
    """Return a connection to a ledger whose questions contradict each other."""
    database = tmp_path / "ledger.db"
    assert build(write_folder(tmp_path / "claims", ELSEWHERE), database).problems == []
    return sqlite3.connect(database)


def around(opened: sqlite3.Connection, name: str) -> QuestionAround:
    with closing(opened) as connection:
        return question_around(connection, name)


def test_a_question_comes_with_the_claims_elsewhere_that_contradict_its_own(
    opened: sqlite3.Connection,
) -> None:
    found = around(opened, "calm")
    (across,) = found.elsewhere
    assert (across.own.id, across.other.id) == ("calm-state", "deaths-300")
    assert across.other_question is not None
    assert across.other_question.id == "deaths"
    assert [(one.id, one.how) for one in found.together] == [("deaths", ("conflict",))]
    assert found.state == "contested elsewhere"


def test_who_stands_behind_each_position_is_told(opened: sqlite3.Connection) -> None:
    found = around(opened, "killers")
    names = {one.label: found.origins[one.id][0].name for one in found.positions}
    assert names == {"The Army": "Witnesses", "The Rebels": "The State"}


def test_a_word_that_two_documents_tell_differently_is_told_with_them(
    opened: sqlite3.Connection,
) -> None:
    (retold,) = around(opened, "wounded").retold
    assert (retold.name, retold.documents) == ("The State", ["leaf", "page"])


def test_programs_are_told_all_of_it_and_a_question_that_is_not_there_raises(
    opened: sqlite3.Connection,
) -> None:
    with closing(opened) as connection:
        told = show(connection, "question", "calm")
        with pytest.raises(LookupError):
            question_around(connection, "clam")
    assert told["elsewhere"][0]["other"]["id"] == "deaths-300"
    assert told["together"][0]["how"] == ["conflict"]
