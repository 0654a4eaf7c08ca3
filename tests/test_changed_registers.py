"""What changes of the registers bear on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ledger.build import build
from ledger.changed_registers import (
    claims_of_changed_documents,
    claims_of_changed_trees,
    gone_records,
)
from ledger.index import Index, open_index
from tests.small import ACTORS, DOCUMENTS, OUTLETS, PLACES, write_folder

WHERE = """\
questions:
  scene: {asks: Where?, answer: place}
claims:
- {id: at-village, text: At the village., question: scene, value: village, found: page#1}
- {id: in-mali, text: In Mali., question: scene, value: mali, found: page#3}
title: Where it was
"""


@pytest.fixture
def folder(claims: Path, tmp_path: Path) -> Path:
    """Return a claims folder that was built."""
    write_folder(claims, {"where.yaml": WHERE})
    assert build(claims, tmp_path / "ledger.db").problems == []
    return claims


@contextmanager
def changed(folder: Path, files: dict[str, str]) -> Iterator[Index]:
    """Yield the index of a built folder after some of its files changed."""
    write_folder(folder, files)
    with open_index(folder, folder.parent / "ledger.db") as index:
        yield index


def test_names_aliases_and_records_that_are_new_bear_on_nothing(folder: Path) -> None:
    files = {
        "actors.yaml": ACTORS.replace("The Army", "Army") + "guard: {name: Guard, part_of: army}\n",
        "outlets.yaml": OUTLETS.replace("aliases: [Daily]", "aliases: [A Daily]"),
        "documents.yaml": f"{DOCUMENTS}  left_out: {{1: A heading.}}\n".replace("The Page", "Page"),
    }
    with changed(folder, files) as index:
        assert gone_records(index) == frozenset()
        assert claims_of_changed_trees(index) == set()
        assert claims_of_changed_documents(index) == set()


@pytest.mark.parametrize(
    ("text", "bears_on"),
    [
        (ACTORS.replace("part_of: state", "part_of: rebels"), {"killers-army"}),
        (ACTORS.replace("part_of: army", "part_of: state"), set()),
        (PLACES.replace("within: mopti, ", ""), {"at-village"}),
        (PLACES.replace("within: mali}", "precision: region}"), {"at-village"}),
    ],
)
def test_a_record_elsewhere_in_its_tree_bears_on_claims_that_name_it_or_one_below(
    text: str, bears_on: set[str], folder: Path
) -> None:
    path = "actors.yaml" if "rebels" in text else "places.yaml"
    with changed(folder, {path: text}) as index:
        assert claims_of_changed_trees(index) == bears_on


EVERYTHING = {
    *("deaths-300", "deaths-500", "killers-army", "killers-rebels", "date-given"),
    *("at-village", "in-mali"),
}


@pytest.mark.parametrize(
    ("old", "new", "bears_on"),
    [
        ("[wire, wire, radio]", "[wire, radio]", {"deaths-300", "killers-army", "killers-rebels"}),
        ("1: []", "1: [wire]", {"at-village", "deaths-500"}),
        ("outlet: daily", "outlet: wire", EVERYTHING),
        ("voice: page", "voice: state", EVERYTHING),
    ],
)
def test_a_document_that_cites_others_bears_on_the_claims_read_there(
    old: str, new: str, bears_on: set[str], folder: Path
) -> None:
    assert old in DOCUMENTS
    with changed(folder, {"documents.yaml": DOCUMENTS.replace(old, new)}) as index:
        assert claims_of_changed_documents(index) == bears_on


def test_a_record_that_no_register_has_any_more_is_gone(folder: Path) -> None:
    daily, wire, _ = OUTLETS.splitlines(keepends=True)
    with changed(folder, {"outlets.yaml": daily, "more/outlets.yaml": wire}) as index:
        assert gone_records(index) == {"radio"}
