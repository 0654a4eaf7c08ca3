"""A dispute in one sentence: who says what, when and where, in the right words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from ledger.build import build
from ledger.reports.lede import Said, Told, in_a_sentence, ledes, when_in_words, where_in_words
from ledger.reports.origins import Origin
from ledger.reports.questions import CARD, questions
from tests.small import DOSSIER, SMALL, write_folder


def origin(name: str, whole: str = "") -> Origin:
    """Return an origin that counts under itself, or under a whole."""
    whole = whole or name
    return Origin(name=name, id=name, document=None, whole=whole, whole_name=whole)


def said(answer: str, *names: str) -> Said:
    """Return an answer that some origins give, each independent of the others."""
    return Said(answer, [origin(name) for name in names])


TWO: Final = Told(
    kind="actor",
    nature="sides",
    tension=False,
    said=[said("the army", "Villagers of Karma", "Amnesty International"), said("rebels", "Mali")],
    frame="on 20 April 2023 at Karma",
)


def test_each_side_is_named_with_what_it_says_and_when_and_where() -> None:
    assert in_a_sentence(TWO) == (
        "On 20 April 2023 at Karma: villagers of Karma and Amnesty International say the army; "
        "Mali says rebels."
    )


def test_origins_of_one_whole_are_told_by_its_name() -> None:
    state = Said("rebels", [origin("Minister", "Cabinet"), origin("Agency", "Cabinet")])
    alone = Said("rebels", [origin("Minister", "Cabinet")])
    told = replace(TWO, frame="")
    for side, name in ((state, "Cabinet says"), (alone, "Minister says")):
        assert in_a_sentence(replace(told, said=[said("the army", "A"), side])) == (
            f"A says the army; {name} rebels."
        )


def test_no_more_than_three_names_and_positions_are_told() -> None:
    crowd = said("yes", "A", "B", "C", "D", "E")
    told = replace(TWO, kind="yes-no", said=[crowd, said("no")], more=2, frame="")
    assert in_a_sentence(told) == (
        "A, B, C and 2 others say yes; somebody whom nobody recorded says no; "
        "2 more answers are given."
    )


@pytest.mark.parametrize(
    ("kind", "told"),
    [("text", "A says: one."), ("choice", "A says: one."), ("date", "A says one.")],
)
def test_what_is_no_name_or_number_comes_after_a_colon(kind: str, told: str) -> None:
    assert (
        in_a_sentence(Told(kind=kind, nature=None, tension=False, said=[said("one", "A")])) == told
    )


def test_one_source_with_two_answers_is_told_as_such() -> None:
    told = replace(TWO, nature="itself", said=[said("2012", "A"), said("2015", "A")], frame="")
    assert in_a_sentence(told) == "A gives two answers: 2012; 2015."
    assert in_a_sentence(replace(told, tension=True)) == (
        "A gives two answers that hardly fit together: 2012; 2015."
    )
    assert (
        in_a_sentence(replace(told, more=9))
        == "A gives 11 answers: 2012; 2015; 9 more answers are given."
    )


def test_a_word_that_is_told_differently_is_told_as_such() -> None:
    told = replace(TWO, nature="retelling", said=[said("300", "A"), said("203", "B")], tension=True)
    assert in_a_sentence(told) == (
        "On 20 April 2023 at Karma: one account is told differently: A says 300; B says 203."
    )


def test_a_tension_is_no_contradiction() -> None:
    told = replace(TWO, tension=True, frame="")
    assert in_a_sentence(told).endswith("Mali says rebels. The answers hardly fit together.")


AGAINST: Final = said("The dead were fighters.", "Malian Armed Forces")


@pytest.mark.parametrize(
    ("tension", "what"), [(False, "what contradicts it"), (True, "what hardly goes with it")]
)
def test_what_a_claim_elsewhere_says_against_it_is_told(tension: bool, what: str) -> None:
    told = Told(
        kind="yes-no", nature="sides", tension=tension, said=[said("yes", "A")], against=AGAINST
    )
    assert in_a_sentence(told) == (
        f"A says yes. The Malian Armed Forces say {what}: The dead were fighters."
    )
    own = replace(told, nature="itself", against=said("The dead were fighters.", "A"))
    goes = "which hardly goes with" if tension else "which contradicts"
    assert (
        in_a_sentence(own) == f"A says yes, {goes} its own word elsewhere: The dead were fighters."
    )
    retold = replace(told, nature="retelling")
    assert in_a_sentence(retold) == (
        "A says yes. It is told differently by the Malian Armed Forces: The dead were fighters."
    )


def test_two_voices_of_one_whole_are_said_to_be_one_source() -> None:
    told = Told(
        kind="yes-no",
        nature="itself",
        tension=False,
        said=[Said("yes", [origin("Minister", "State")])],
        against=Said("It was not.", [origin("Agency", "State")]),
    )
    assert in_a_sentence(told) == (
        "Minister says yes. Agency says what contradicts it: It was not. Both count as one source."
    )


def test_a_question_without_an_answer_has_no_sentence() -> None:
    assert in_a_sentence(replace(TWO, said=[])) == ""


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2023-04-20", "on 20 April 2023"),
        ("2022-03", "in March 2022"),
        ("2022-03-27/2022-03-31", "from 27 to 31 March 2022"),
        ("2022-03-27/2022-04-02", "from 27 March 2022 to 2 April 2022"),
        ("2022-03/2022-04", "from March to April 2022"),
        ("2022-03-27?", "in perhaps 27 March 2022"),
        ("2022", ""),
        ("2017-03/..", ""),
        ("2018/2020-02", ""),
        (None, ""),
    ],
)
def test_when_it_was_is_told_unless_that_is_too_wide(written: str | None, words: str) -> None:
    assert when_in_words(written) == words


def test_where_it_was_is_at_a_village_and_in_a_country() -> None:
    assert where_in_words(["Karma"], exact=True) == "at Karma"
    assert where_in_words(["Mali", "Sahel"], exact=False) == "in Mali and the Sahel"
    assert where_in_words([], exact=False) == ""


Written = Callable[[str], sqlite3.Connection]


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Written]:
    """Yield what builds the small ledger with another dossier, and opens it."""
    opened: list[sqlite3.Connection] = []

    def make(dossier: str) -> sqlite3.Connection:
        folder = tmp_path / str(len(opened))
        files = SMALL | {"mali/village-2022.yaml": dossier}
        assert build(write_folder(folder / "claims", files), folder / "ledger.db").problems == []
        opened.append(sqlite3.connect(folder / "ledger.db"))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


def lede(connection: sqlite3.Connection, name: str) -> str:
    """Return the sentence on a question."""
    return ledes(connection, questions(connection, [name], CARD))[name]


def test_quantities_come_with_their_unit_and_denials_as_such(written: Written) -> None:
    connection = written(DOSSIER.replace("value: rebels", "value: not army"))
    assert lede(connection, "deaths") == (
        "On 27 March 2022 at A Village: Witnesses say about 300 people; "
        "the Page says 500 or more people."
    )
    assert lede(connection, "killers") == (
        "On 27 March 2022 at A Village: Witnesses say the Army; "
        "the State says that it was not the Army."
    )


def test_an_editors_summary_comes_before_any_other_sentence(written: Written) -> None:
    summary = "    answer: actor\n    summary: Two sides, one village.\n"
    connection = written(DOSSIER.replace("    answer: actor\n", summary))
    assert lede(connection, "killers") == "Two sides, one village."
    both = ledes(connection, questions(connection, ["deaths", "killers"], CARD))
    assert set(both) == {"deaths", "killers"}


def test_the_time_and_place_of_the_question_come_before_the_dossiers(written: Written) -> None:
    own = "    answer: actor\n    when: 2022-03\n    where: [mopti]\n"
    connection = written(DOSSIER.replace("    answer: actor\n", own))
    assert lede(connection, "killers").startswith(
        "In March 2022 in the Mopti Region: Witnesses say"
    )


def test_a_day_or_place_that_is_asked_for_is_not_told_of_the_subject(written: Written) -> None:
    asked = (
        "questions:\n  day: {asks: When was it?, answer: date}\n"
        "  scene: {asks: Where was it?, answer: place}\n"
    )
    claims = "".join(
        f"\n- {{id: {question}-{n}, text: So., claimant: {who}, question: {question}, "
        f"value: {value}, found: page#3}}\n"
        for question, values in {
            "day": ("2022-03-27", "2021"),
            "scene": ("village", "not village"),
        }.items()
        for n, (who, value) in enumerate(zip(("witnesses", "state"), values, strict=True))
    )
    connection = written(DOSSIER.replace("questions:\n", asked) + claims)
    assert (
        lede(connection, "day") == "At A Village: the State says 2021; Witnesses say 27 March 2022."
    )
    assert lede(connection, "scene").startswith("On 27 March 2022: ")


def test_every_dispute_that_is_shipped_has_a_sentence(shipped_database: Path) -> None:
    with closing(sqlite3.connect(shipped_database)) as connection:
        ids = [name for (name,) in connection.execute("SELECT id FROM disputes")]
        told = ledes(connection, questions(connection, ids, CARD))
    assert set(told) == set(ids)
    for sentence in told.values():
        assert sentence[0].isupper()
        assert sentence.endswith((".", "”"))


def test_the_sentences_of_many_disputes_take_as_many_queries_as_that_of_one(
    shipped_database: Path,
) -> None:
    with closing(sqlite3.connect(shipped_database)) as connection:
        ids = [name for (name,) in connection.execute("SELECT id FROM disputes")]
        counts = []
        for some in (ids[:1], ids):
            found = questions(connection, some, CARD)
            asked: list[str] = []
            connection.set_trace_callback(asked.append)
            ledes(connection, found)
            connection.set_trace_callback(None)
            counts.append(len(asked))
    assert counts[1] <= counts[0] + 2
