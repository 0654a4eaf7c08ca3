"""From names as printed to the entry of the register."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.problems import LedgerError
from ledger.texts.ingest import (
    Change,
    Choices,
    changes_between,
    claims_read_in,
    read_registers,
    resolved,
    unknown_names,
)
from tests.small import SMALL, write_folder
from tests.texts.register import NAMES

CITED = {1: ["Reuters", "Reuter"], 2: [], 3: ["REUTER", "Zzyzx", "Times"]}


def test_unknown_names_come_once_with_their_paragraphs_and_near_matches() -> None:
    reuter, other = unknown_names(CITED, NAMES)
    assert (reuter.name, reuter.paragraphs, reuter.offered[0]) == ("Reuter", (1, 3), "reuters")
    assert (other.name, other.paragraphs, other.offered) == ("Zzyzx", (3,), ())


def test_what_was_decided_holds_for_every_spelling_and_repeats_stay() -> None:
    choices = Choices(set(NAMES.outlets))
    reuter, other = unknown_names(CITED, NAMES)
    choices.take(reuter, "reuters")
    assert choices.add(other) == "zzyzx"
    assert resolved(CITED, NAMES, choices.chosen) == {
        1: ["reuters", "reuters"],
        2: [],
        3: ["reuters", "zzyzx", "times"],
    }
    assert choices.new == {"zzyzx": "Zzyzx"}


def test_a_new_outlet_never_takes_an_id_that_is_there() -> None:
    choices = Choices({"zzyzx", "zzyzx-2"})
    _, other = unknown_names(CITED, NAMES)
    assert choices.add(other) == "zzyzx-3"


def test_changes_tell_what_was_what_is_and_which_claims_are_concerned() -> None:
    before = {1: ("wire",), 2: ("wire",), 3: ()}
    after = {1: ["wire"], 2: ["wire", "wire"], 4: []}
    assert changes_between(before, after, {2: ["deaths"], 3: ["killers"]}) == [
        Change(2, ["wire"], ["wire", "wire"], ("deaths",)),
        Change(3, [], None, ("killers",)),
        Change(4, None, [], ()),
    ]


def test_registers_are_read_wherever_they_lie_and_the_claims_are_not(tmp_path: Path) -> None:
    files = {f"registers/{name}" if "/" not in name else name: text for name, text in SMALL.items()}
    broken = files | {"mali/village-2022.yaml": "claims: 3"}
    registers, paths = read_registers(write_folder(tmp_path, broken))
    assert set(registers.outlets) == {"daily", "wire", "radio"}
    assert paths["outlets.yaml"] == "registers/outlets.yaml"


def test_a_register_that_is_missing_will_stand_at_the_top(tmp_path: Path) -> None:
    registers, paths = read_registers(tmp_path)
    assert (registers.documents, paths["documents.yaml"]) == ({}, "documents.yaml")


def test_a_register_with_problems_is_not_built_upon(tmp_path: Path) -> None:
    write_folder(tmp_path, {"outlets.yaml": "wire: {nam: The Wire}\n"})
    with pytest.raises(LedgerError, match=r"outlets\.yaml has problems; `ledger check` tells"):
        read_registers(tmp_path)


def test_the_claims_read_in_each_paragraph_are_known(claims: Path) -> None:
    read = claims_read_in(claims, "page")
    assert read[1] == ["deaths-500"]
    assert read[3] == ["date-given", "killers-rebels"]
