"""Questions, positions and dossiers as they are shown."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ledger.build import build
from ledger.reports.claims import claim
from ledger.reports.contested import contested
from ledger.reports.kinds import show
from ledger.reports.meant import NotThereError, nearest
from ledger.reports.questions import (
    CARD,
    Depth,
    Hinge,
    Question,
    disputes,
    dossier,
    letter_of,
    position,
    question,
    questions,
    told_dispute,
)
from ledger.site.pages.dossier import dossier_of
from tests.commands.running import METADATA, ROOT
from tests.small import AT_LEAST, SMALL, write_folder


def disputes_in(database: Path, question: str | None = None) -> list[Question]:
    """Return what is told of the disputes of a database, or of that on one question."""
    with closing(sqlite3.connect(database)) as connection:
        return disputes(connection, question)


def test_a_question_comes_with_its_positions_and_their_claims(
    connection: sqlite3.Connection,
) -> None:
    facts = question(connection, "deaths")
    held = [claim.id for one in facts.positions for claim in one.claims]
    assert sorted(held) == ["deaths-300", "deaths-500", "deaths-relayed", "deaths-revised"]
    assert len(facts.positions) == facts.n_positions
    assert facts.range == "203 or more"


def test_claims_that_fell_stand_beside_the_positions(connection: sqlite3.Connection) -> None:
    beside = question(connection, "deaths").without_position
    assert {claim.status for claim in beside} == {"superseded", "retracted"}


def test_the_finding_of_an_editor_comes_signed(connection: sqlite3.Connection) -> None:
    (finding,) = question(connection, "deaths").findings
    assert (finding.says, finding.signed_by) == ("About 300.", "An Editor")


def test_what_a_question_hinges_on_is_named(connection: sqlite3.Connection) -> None:
    assert question(connection, "scene").hinges == [Hinge("witnesses", "Witnesses", "actor")]


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
    assert question(voiceless, "people").hinges == [
        Hinge("appeal", "An appeal", "document"),
        Hinge("page", "The Page", "actor"),
    ]


def test_the_document_that_a_claim_is_the_word_of_is_the_one_that_was_weighed(
    voiceless: sqlite3.Connection,
) -> None:
    assert [one.name for one in claim(voiceless, "few").origins] == ["An appeal"]


def test_a_position_names_those_against_it(connection: sqlite3.Connection) -> None:
    facts = position(connection, "killers_killers-army")
    assert [claim.id for claim in facts.claims] == ["killers-army"]
    assert [one.id for one in facts.others] == ["killers_killers-rebels"]


def test_a_dossier_lists_its_questions_and_what_answers_none(
    connection: sqlite3.Connection,
) -> None:
    facts = dossier(connection, "village-2022")
    assert {one.id: one.state for one in facts.questions} == {
        "beginning": "single origin",
        "deaths": "disputed",
        "killers": "disputed",
        "scene": "single origin",
    }
    assert [claim.id for claim in facts.unasked] == ["date-given"]


def test_a_dispute_comes_with_its_positions_and_their_claims(database: Path) -> None:
    (dispute,) = disputes_in(database, "deaths")
    positions = dispute.positions
    assert [position.label for position in positions] == ["about 300", "500 or more"]
    assert [(position.low, position.high) for position in positions] == [
        (270, 330),
        (500, None),
    ]
    assert [claim.id for position in positions for claim in position.claims] == [
        "deaths-300",
        "deaths-500",
    ]
    assert positions[0].claims[0].outlets == ["daily"]
    nearby = positions[0].claims[0].outlets_nearby
    assert [(one.id, one.times) for one in nearby] == [("radio", 1), ("wire", 2)]


def test_all_disputes_come_without_a_question(database: Path) -> None:
    assert {dispute.id for dispute in disputes_in(database)} == {"deaths", "killers"}


def test_the_most_contested_disputes_come_first_everywhere(tmp_path: Path) -> None:
    database = tmp_path / "ledger.db"
    assert build(ROOT / "claims", database).problems == []
    order = [dispute.id for dispute in disputes_in(database)]
    metadata = json.loads(METADATA.read_text(encoding="utf-8"))["databases"]["ledger"]
    with closing(sqlite3.connect(database)) as connection:
        assert contested(connection).orders["contested"] == order
        query = connection.execute(metadata["queries"]["most_contested"]["sql"])
        assert [row[0] for row in query] == order
        dossier = dossier_of(connection, "moura-2022")
    pictured = [question.id for question in dossier["pictured"]]
    assert pictured == [name for name in order if name in pictured]
    assert len(pictured) > 1


def test_a_question_that_nobody_disputes_has_no_dispute(tmp_path: Path) -> None:
    dossier = (
        SMALL["mali/village-2022.yaml"]
        .replace("value: 500+", "value: 290")
        .replace("  conflicts:\n    deaths-300: The totals exclude each other.\n", "")
    )
    folder = write_folder(tmp_path / "claims", SMALL | {"mali/village-2022.yaml": dossier})
    assert build(folder, tmp_path / "ledger.db").problems == []
    assert disputes_in(tmp_path / "ledger.db", "deaths") == []


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        ("nothing", "there is no question nothing"),
        ("", "there is no question "),
        ("death", "there is no question death; did you mean deaths?"),
        ("killer", "there is no question killer; did you mean killers?"),
    ],
)
def test_an_unknown_question_is_said_to_be_unknown(ask: str, told: str, database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        with pytest.raises(NotThereError) as raised:
            disputes(connection, ask)
        assert f"{raised.value}{nearest(connection, raised.value)}" == told
    assert raised.value.name == ask


def test_a_claim_tells_which_other_positions_it_fits(tmp_path: Path) -> None:
    files = SMALL | {"mali/village-2022.yaml": SMALL["mali/village-2022.yaml"] + AT_LEAST}
    assert build(write_folder(tmp_path / "claims", files), tmp_path / "ledger.db").problems == []
    (dispute,) = disputes_in(tmp_path / "ledger.db", "deaths")
    positions = dispute.positions
    fits = {one.id: dispute.fits(one.id) for place in positions for one in place.claims}
    assert fits == {"deaths-300": [], "deaths-500": [], "deaths-20": ["deaths_deaths-500"]}
    assert [place.n_documents for place in positions] == [1, 1]


@pytest.mark.parametrize("show", [question, position, dossier])
def test_what_is_not_there_raises(show: object, connection: sqlite3.Connection) -> None:
    assert callable(show)
    with pytest.raises(LookupError):
        show(connection, "deaths-300")


@pytest.fixture
def crowded(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Yield the database of a question with eleven positions, of which some have more support."""
    dossier = (
        "title: A day\nquestions: {people: {asks: How many came?, answer: quantity}}\nclaims:\n"
    )
    for n in range(1, 12):
        dossier += f"- {{id: c-{n}, text: C., question: people, value: {n}00, found: page#3}}\n"
    for n, by in ((3, "army"), (10, "army"), (10, "rebels"), (11, "page"), (8, "page")):
        dossier += f"- {{id: {by}-{n}, text: C., claimant: {by}, question: people, "
        dossier += f"value: {n}00, found: page#2}}\n"
    folder = write_folder(tmp_path / "claims", {**SMALL, "mali/village-2022.yaml": dossier})
    assert build(folder, tmp_path / "ledger.db").problems == []
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as opened:
        yield opened


def test_positions_come_by_their_numbers_wherever_they_are_told(
    crowded: sqlite3.Connection,
) -> None:
    order = [
        *("people_c-1", "people_c-2", "people_army-3", *(f"people_c-{n}" for n in range(4, 10))),
        *("people_army-10", "people_c-11"),
    ]
    (dispute,) = disputes(crowded, "people")
    assert [one.id for one in dispute.positions] == order
    for told in (show(crowded, "question", "people"), told_dispute(dispute)):
        assert [one["id"] for one in told["positions"]] == order
    assert [one.id for one in position(crowded, "people_c-2").others] == [order[0], *order[2:]]


def test_where_only_some_positions_are_told_it_is_the_best_supported(
    crowded: sqlite3.Connection,
) -> None:
    (card,) = questions(crowded, ["people", "nobody"], CARD)
    assert [one.label for one in card.positions] == ["100", "300", "800", "1000", "1100"]
    assert card.more_positions == 6
    assert [one.claims for one in card.positions] == [[]] * 5
    two = question(crowded, "people", Depth(positions=2))
    assert [one.label for one in two.positions] == ["300", "1000"]
    counted = [(one.n_origins, one.n_claims) for one in two.positions]
    assert counted == [(2, 2), (3, 3)]


def test_beyond_the_alphabet_positions_go_by_their_number() -> None:
    told = [letter_of(number) for number in (1, 10, 3, 26, 27, 1000)]
    assert told == ["A", "J", "C", "Z", "27", "1000"]


def test_what_is_told_of_a_card_is_what_the_whole_tells(connection: sqlite3.Connection) -> None:
    whole, card = question(connection, "deaths"), question(connection, "deaths", CARD)
    for name in ("id", "asks", "dispute", "n_origins", "n_outlets", "gap", "dossier_title"):
        assert getattr(card, name) == getattr(whole, name)
    for one, other in zip(card.positions, whole.positions, strict=True):
        assert (one.id, one.label, one.reach, one.n_claims) == (
            *(other.id, other.label, other.reach, len(other.claims)),
        )
