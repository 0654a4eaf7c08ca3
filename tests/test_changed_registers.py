"""What changes of the registers bear on."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.build import build
from ledger.changed_registers import Bearing, bearing_of
from ledger.kept import open_kept
from tests.small import ACTORS, DOCUMENTS, OUTLETS, PLACES, write_folder

WHERE = """\
questions:
  scene: {asks: Where?, answer: place}
claims:
- {id: at-village, text: At the village., question: scene, value: village, found: page#1}
- {id: in-mali, text: In Mali., question: scene, value: mali, found: page#3}
title: Where it was
where: [village]
"""


@pytest.fixture
def folder(claims: Path, tmp_path: Path) -> Path:
    """Return a claims folder that was built."""
    write_folder(claims, {"where.yaml": WHERE})
    assert build(claims, tmp_path / "ledger.db").problems == []
    return claims


def bearing(folder: Path, files: dict[str, str]) -> Bearing | None:
    """Return what it bears on that some files of a built folder hold something else."""
    write_folder(folder, files)
    with open_kept(folder, folder.parent / "ledger.db") as kept:
        return bearing_of(kept, kept.registers.registers)


def test_aliases_coordinates_and_new_records_bear_on_nothing(folder: Path) -> None:
    files = {
        "actors.yaml": f"{ACTORS}guard: {{name: Guard, part_of: army, kind: state force}}\n",
        "outlets.yaml": OUTLETS.replace("aliases: [Daily]", "aliases: [A Daily]"),
        "places.yaml": PLACES.replace("latitude: 14.5", "latitude: 14.6"),
    }
    assert bearing(folder, files) == Bearing()


def test_a_document_with_other_words_about_it_bears_on_itself(folder: Path) -> None:
    text = f"{DOCUMENTS}  left_out: {{1: A heading.}}\n".replace("The Page", "Page")
    assert bearing(folder, {"documents.yaml": text}) == Bearing(documents={"page"})


@pytest.mark.parametrize(
    "told",
    [
        "retrieved: 2022-06",
        "archived: https://a.example",
        "language: fr",
        "licence: CC0-1.0",
        "extent: whole",
    ],
)
def test_what_a_document_tells_of_itself_bears_on_itself(told: str, folder: Path) -> None:
    found = bearing(folder, {"documents.yaml": f"{DOCUMENTS}  {told}\n"})
    assert found == Bearing(documents={"page"})


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: witness group", "kind: unnamed", {"deaths-300", "killers-army"}),
        (
            "kind: witness group",
            "kind: witness group, independent: true",
            {"deaths-300", "killers-army"},
        ),
        ("kind: government", "kind: country", {"killers-rebels"}),
    ],
)
def test_another_kind_or_independence_bears_on_what_an_actor_says(
    old: str, new: str, said: set[str], folder: Path
) -> None:
    assert old in ACTORS
    found = bearing(folder, {"actors.yaml": ACTORS.replace(old, new)})
    assert found is not None
    assert found.claims == said


@pytest.mark.parametrize(
    ("path", "text", "questions", "dossiers"),
    [
        (
            "actors.yaml",
            ACTORS.replace("kind: state force", "kind: army"),
            {"killers"},
            {"village-2022"},
        ),
        (
            "actors.yaml",
            ACTORS.replace("part_of: army", "part_of: army, independent: true"),
            set(),
            set(),
        ),
        ("actors.yaml", ACTORS.replace("The Army", "Army"), {"killers"}, set()),
        (
            "actors.yaml",
            ACTORS.replace("part_of: state", "part_of: rebels"),
            {"killers"},
            {"village-2022"},
        ),
        ("actors.yaml", ACTORS.replace("part_of: army", "part_of: state"), set(), set()),
        ("actors.yaml", ACTORS.replace("First Brigade", "Brigade"), set(), set()),
        (
            "places.yaml",
            PLACES.replace("within: mopti, ", ""),
            {"scene"},
            {"village-2022", "where"},
        ),
        (
            "places.yaml",
            PLACES.replace("country: ML", "country: NE"),
            {"scene"},
            {"village-2022", "where"},
        ),
    ],
)
def test_names_and_trees_bear_on_answers_that_name_a_record_or_one_below(
    path: str, text: str, questions: set[str], dossiers: set[str], folder: Path
) -> None:
    found = bearing(folder, {path: text})
    assert found is not None
    assert found.questions == questions
    assert found.dossiers == dossiers


def test_an_actor_elsewhere_in_its_tree_bears_on_what_it_says(folder: Path) -> None:
    text = ACTORS.replace("witnesses: {name: Witnesses", "witnesses: {part_of: rebels, name: W.")
    found = bearing(folder, {"actors.yaml": text})
    assert found is not None
    assert found.claims == {"deaths-300", "killers-army"}


@pytest.mark.parametrize(
    ("old", "new", "speaking", "citing"),
    [
        ("[wire, wire, radio]", "[wire, radio]", set(), {"page"}),
        ("1: []", "1: [wire]", set(), {"page"}),
        ("3: [daily]", "3: [daily], 4: []", set(), {"page"}),
        ("outlet: daily", "outlet: wire", set(), {"page"}),
        ("voice: page", "voice: state", {"page"}, set()),
    ],
)
def test_a_document_that_cites_others_or_speaks_itself_bears_on_its_claims(
    old: str, new: str, speaking: set[str], citing: set[str], folder: Path
) -> None:
    assert old in DOCUMENTS
    found = bearing(folder, {"documents.yaml": DOCUMENTS.replace(old, new)})
    assert found is not None
    assert (found.speaking, found.citing) == (speaking, citing)


def test_a_record_that_no_register_has_any_more_bears_on_everything(folder: Path) -> None:
    daily, wire, _ = OUTLETS.splitlines(keepends=True)
    assert bearing(folder, {"outlets.yaml": daily, "more/outlets.yaml": wire}) is None
