"""Renew: a database that was brought up to date is what a build of everything would make."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ledger.build import Built, build, check_folder
from ledger.due import Due
from ledger.kept import open_kept
from ledger.problems import Problem
from ledger.renew import open_renewed
from tests.small import ACTORS, AT_LEAST, DOCUMENTS, DOSSIER, OUTLETS, PLACES, write_folder
from tests.telling import told_by
from tests.worlds import World, draw_change, draw_world, without_compatible, write_world

slowly = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)


def sound(folder: Path, world: World) -> World:
    """Return a world, written to a folder and built there, in which nothing is wrong."""
    for one in (world, without_compatible(world)):
        if build(write_world(folder / "claims", one), folder / "ledger.db").problems == []:
            return one
    assume(False)
    raise AssertionError


def due_in(claims: Path, database: Path) -> Due | None:
    with open_kept(claims, database) as kept, open_renewed(kept) as renewed:
        return renewed.due


def assert_as_built_anew(claims: Path, database: Path, anew: Path) -> Built:
    """Bring a database up to date; return what that came to, which is what a build comes to."""
    found: list[Problem] = check_folder(claims, database)
    before = database.read_bytes()
    built, expected = build(claims, database), build(claims, anew)
    assert (built.problems, built.remarks) == (expected.problems, expected.remarks)
    assert built.counts == expected.counts
    assert found == check_folder(claims) == sorted({*built.problems, *built.remarks})
    if built.problems:
        assert database.read_bytes() == before
    else:
        assert told_by(database) == told_by(anew)
        assert check_folder(claims, database) == built.remarks
    return built


@slowly
@given(st.randoms(use_true_random=False))
def test_after_any_changes_everything_is_told_as_by_a_build_of_everything(rng: Random) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        claims, database = folder / "claims", folder / "ledger.db"
        world = sound(folder, draw_world(rng))
        for turn in range(rng.choice([1, 1, 2, 4])):
            world = draw_change(rng, world)
            write_world(claims, world)
            assert due_in(claims, database) is not None
            if assert_as_built_anew(claims, database, folder / f"{turn}.db").problems:
                break


CHANGES: Final[dict[str, dict[str, str | None]]] = {
    "a claim more": {"mali/village-2022.yaml": DOSSIER + AT_LEAST},
    "a claim gone": {"mali/village-2022.yaml": DOSSIER[: DOSSIER.index("- id: date-given")]},
    "a dossier more": {"niger.yaml": "title: Niger\nwhere: [village]\n"},
    "lines that moved": {"mali/village-2022.yaml": f"# moved\n\n{DOSSIER}"},
    "a file that moved": {"mali/village-2022.yaml": None, "village-2022.yaml": DOSSIER},
    "an outlet more": {"outlets.yaml": OUTLETS + "weekly: {name: The Weekly}\n"},
    "an outlet's name": {"outlets.yaml": OUTLETS.replace("The Wire", "Newswire")},
    "an actor more": {"actors.yaml": ACTORS + "press: {name: Press}\n"},
    "an actor's name": {"actors.yaml": ACTORS.replace("Rebels", "Insurgents")},
    "another tree of actors": {"actors.yaml": ACTORS.replace("part_of: state", "part_of: rebels")},
    "another tree of places": {"places.yaml": PLACES.replace("within: mopti, ", "")},
    "another country": {"places.yaml": PLACES.replace("country: ML", "country: NE")},
    "other outlets in a paragraph": {
        "documents.yaml": DOCUMENTS.replace("[wire, wire, radio]", "[radio]")
    },
    "another outlet of a document": {
        "documents.yaml": DOCUMENTS.replace("outlet: daily", "outlet: wire")
    },
    "another voice of a document": {
        "documents.yaml": DOCUMENTS.replace("voice: page", "voice: state")
    },
    "another title of a document": {"documents.yaml": DOCUMENTS.replace("title: ", "title: The ")},
    "another kind of actor": {
        "actors.yaml": ACTORS.replace("kind: witness group", "kind: unnamed")
    },
    "an actor that speaks for itself": {
        "actors.yaml": ACTORS.replace("part_of: army", "part_of: army, independent: true")
    },
    "another language of a document": {"documents.yaml": f"{DOCUMENTS}  language: fr\n"},
    "another place of reading": {
        "mali/village-2022.yaml": DOSSIER.replace("page#1", "page#page=1")
    },
    "unknown origins": {
        "mali/village-2022.yaml": DOSSIER.replace(
            "  value: 500+\n", "  value: 500+\n  origins: unknown\n"
        )
    },
    "a label and a summary": {
        "mali/village-2022.yaml": DOSSIER.replace(
            "    unit: people\n",
            "    unit: people\n    summary: S.\n    labels: {deaths-300: Few}\n",
        )
    },
    "a record gone": {"outlets.yaml": OUTLETS + "spare: {name: Spare}\n"},
}
"""Changes that bear on a part of the ledger: what each file holds then, None if it is gone."""


def change(claims: Path, files: dict[str, str | None]) -> None:
    write_folder(claims, {path: text for path, text in files.items() if text is not None})
    for path, text in files.items():
        if text is None:
            (claims / path).unlink()


@pytest.mark.parametrize("name", CHANGES)
def test_each_kind_of_change_and_its_undoing_is_told(
    name: str, claims: Path, database: Path, tmp_path: Path
) -> None:
    before: dict[str, str | None] = {
        path: (claims / path).read_text() for path in CHANGES[name] if (claims / path).exists()
    }
    gone: dict[str, str | None] = dict.fromkeys(CHANGES[name])
    change(claims, CHANGES[name])
    assert not assert_as_built_anew(claims, database, tmp_path / "1.db").problems
    change(claims, gone | before)
    assert not assert_as_built_anew(claims, database, tmp_path / "2.db").problems


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"two.yaml": DOSSIER}, id="an id that an unchanged file has"),
        pytest.param({"actors.yaml": ACTORS.replace("witnesses:", "w:")}, id="an actor gone"),
        pytest.param({"documents.yaml": DOCUMENTS.replace("3: ", "4: ")}, id="a paragraph gone"),
        pytest.param({"bulk.jsonl": '{"id": "x", "text": "X.", "found": "page#1"'}, id="no JSON"),
        pytest.param(
            {
                "new.yaml": "title: New\nclaims:\n"
                "- {id: n, text: N., found: page#1, question: deths}\n"
            },
            id="a name that is nearly one of an unchanged file",
        ),
        pytest.param(
            {"new.yaml": "title: New\nexpect: [deaths-300 is compatible with deaths-500]\n"},
            id="a new expectation of claims that did not change",
        ),
        pytest.param({"outlets.yml": OUTLETS}, id="a file that is not read"),
    ],
)
def test_problems_are_those_of_a_build_and_leave_the_database(
    files: dict[str, str], claims: Path, database: Path, tmp_path: Path
) -> None:
    write_folder(claims, files)
    assert assert_as_built_anew(claims, database, tmp_path / "new.db").problems


def test_an_expectation_of_an_unchanged_file_is_judged_by_what_changed(
    claims: Path, database: Path, tmp_path: Path
) -> None:
    expecting = "title: Expecting\nexpect: [deaths-300 conflicts with deaths-500]\n"
    write_folder(claims, {"expecting.yaml": expecting})
    assert not assert_as_built_anew(claims, database, tmp_path / "1.db").problems
    declared = "  conflicts:\n    deaths-300: The totals exclude each other.\n"
    agreed = DOSSIER.replace("value: 500+", "value: 300").replace(declared, "")
    write_folder(claims, {"mali/village-2022.yaml": agreed})
    (problem,) = assert_as_built_anew(claims, database, tmp_path / "2.db").problems
    assert problem.code == "expectation-unmet"
    assert problem.place.path == "expecting.yaml"


def test_what_a_claim_in_a_bulk_file_takes_from_a_dossier_changes_with_that(
    claims: Path, database: Path, tmp_path: Path
) -> None:
    text = "title: Elsewhere\nwhere: [village]\ntopics: [war]\n"
    line = '{"id": "far", "text": "F.", "found": "page#1", "dossier": "elsewhere"}\n'
    write_folder(claims, {"elsewhere.yaml": text, "bulk.jsonl": line})
    assert not assert_as_built_anew(claims, database, tmp_path / "1.db").problems
    write_folder(claims, {"elsewhere.yaml": text.replace("war", "peace")})
    assert not assert_as_built_anew(claims, database, tmp_path / "2.db").problems
    assert ("far", "peace") in told_by(database)["claim_topics"]


@pytest.mark.parametrize(
    ("own", "table", "row"),
    [
        ("topics: [peace]", "claim_topics", ("far", "peace")),
        ("where: [niamey]", "claim_countries", ("far", "NE")),
        ("topics: []", "question_topics", None),
    ],
)
def test_what_a_claim_in_a_bulk_file_takes_from_its_question_changes_with_that(  # noqa: PLR0913 # fixtures
    own: str, table: str, row: tuple[str, str] | None, claims: Path, database: Path, tmp_path: Path
) -> None:
    text = "title: E\nwhere: [village]\ntopics: [war]\nquestions:\n  q: {asks: Q?, answer: text}\n"
    line = '{"id": "far", "text": "F.", "found": "page#1", "question": "q", "topics": ["loss"]}\n'
    places = PLACES + "niger: {name: Niger, country: NE}\nniamey: {name: Niamey, within: niger}\n"
    write_folder(claims, {"elsewhere.yaml": text, "bulk.jsonl": line, "places.yaml": places})
    assert not assert_as_built_anew(claims, database, tmp_path / "1.db").problems
    write_folder(claims, {"elsewhere.yaml": text.replace("answer: text", f"answer: text, {own}")})
    assert not assert_as_built_anew(claims, database, tmp_path / "2.db").problems
    told = told_by(database)[table]
    if row is None:
        assert not [one for one in told if one[0] == "q"]
    else:
        assert row in told
    # The country of a place changes for the claims on a question that is asked of it.
    write_folder(claims, {"places.yaml": places.replace("country: NE", "country: BF")})
    assert not assert_as_built_anew(claims, database, tmp_path / "3.db").problems


def test_a_label_for_a_claim_that_now_answers_another_question_is_told(
    claims: Path, database: Path, tmp_path: Path
) -> None:
    asking = "title: E\nquestions:\n  q: {asks: Q?, answer: text, labels: {far: So}}\n"
    line = '{"id": "far", "text": "F.", "found": "page#1", "question": "q"}\n'
    write_folder(claims, {"elsewhere.yaml": asking, "bulk.jsonl": line})
    assert not assert_as_built_anew(claims, database, tmp_path / "1.db").problems
    write_folder(claims, {"bulk.jsonl": line.replace('"q"', '"deaths"')})
    (problem,) = assert_as_built_anew(claims, database, tmp_path / "2.db").problems
    assert (problem.place.path, problem.code) == ("elsewhere.yaml", "label-elsewhere")
    write_folder(claims, {"bulk.jsonl": ""})
    (gone,) = assert_as_built_anew(claims, database, tmp_path / "3.db").problems
    assert (gone.place.path, gone.code) == ("elsewhere.yaml", "unknown-reference")


def test_only_what_changed_and_what_hangs_on_it_is_due(claims: Path, database: Path) -> None:
    write_folder(claims, {"mali/village-2022.yaml": f"# moved\n{DOSSIER}"})
    assert due_in(claims, database) == Due()
    changed = DOSSIER.replace("value: 500", "value: 501")
    write_folder(claims, {"mali/village-2022.yaml": changed})
    due = due_in(claims, database)
    assert due is not None
    assert due.questions == {"deaths"}
    assert due.claims == {"deaths-300", "deaths-500"}


def test_where_most_of_a_ledger_is_due_all_of_it_is_read(
    claims: Path, database: Path, tmp_path: Path
) -> None:
    line = '{{"id": "c{}", "text": "T.", "found": "page#1", "question": "deaths", "value": "{}"}}\n'
    for value in ("1", "2"):
        lines = "".join(line.format(number, value) for number in range(1_100))
        write_folder(claims, {"bulk.jsonl": lines})
        if value == "2":
            assert due_in(claims, database) is None
        assert not assert_as_built_anew(claims, database, tmp_path / f"{value}.db").problems


def test_where_most_files_changed_all_are_read(claims: Path, database: Path) -> None:
    write_folder(claims, {f"d{number}.yaml": f"title: D{number}\n" for number in range(101)})
    assert due_in(claims, database) is None


def test_a_database_of_another_version_is_not_believed(claims: Path, database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE build SET version = '0'")
    with open_kept(claims, database) as kept:
        assert kept.database is None
