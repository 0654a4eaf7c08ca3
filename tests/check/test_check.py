"""All checks together: each documented, none raised, nothing found where nothing is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.build import check_folder
from ledger.check import CHECKS
from ledger.problems import CODES, code_of
from tests.check.checking import dossier, told_of
from tests.small import SMALL


def test_every_check_documents_the_code_that_its_name_spells() -> None:
    codes = [code_of(check) for check in CHECKS]
    assert len(set(codes)) == len(codes)
    for code in codes:
        assert CODES[code].splitlines()[0].endswith(".")


def test_the_small_folder_has_no_problems(claims: Path) -> None:
    assert check_folder(claims) == []


def test_problems_are_sorted_by_their_place_and_each_told_once(tmp_path: Path) -> None:
    files = {"b.yaml": "titel: B\nwhen: soon\n", "a.yaml": "title: A\nwhen: x\ntopics: x\n"}
    assert told_of(tmp_path, files) == [
        "a.yaml:2: date-unreadable",
        "a.yaml:3: wrong-shape",
        "b.yaml:1: missing-key",
        "b.yaml:1: unknown-key",
        "b.yaml:2: date-unreadable",
    ]
    found = check_folder(tmp_path)
    assert found == sorted(set(found))


@pytest.mark.parametrize("left_out", list(SMALL))
def test_a_file_that_is_missing_is_told_by_what_names_it(tmp_path: Path, left_out: str) -> None:
    files = {path: text for path, text in SMALL.items() if path != left_out}
    codes = {one.partition(": ")[2] for one in told_of(tmp_path, files)}
    assert codes == (set() if left_out.startswith("mali/") else {"unknown-reference"})


@pytest.mark.parametrize("garbled", list(SMALL))
def test_a_file_that_cannot_be_read_is_told_alone(tmp_path: Path, garbled: str) -> None:
    files = SMALL | {garbled: SMALL[garbled] + "]"}
    (only,) = told_of(tmp_path, files)
    assert only.startswith(f"{garbled}:")
    assert only.endswith("not-yaml")


def test_a_record_that_is_refused_is_told_alone(tmp_path: Path) -> None:
    files = dossier(
        "id: a, text: A., found: late#1, claimant: general, question: leader, value: general",
        "id: b, text: B., found: late#1, claimant: army, question: town, value: kati",
        "id: c, text: C., found: late#1, supersedes: b, based_on: e, conflicts: {e: No.}",
        "id: d, text: D., found: page#1, question: manner, cites: [{outlet: herald}]",
        "id: e, text: E., found: page#0",
        questions=(
            "leader: {asks: Who?, answer: actor}, town: {asks: Where?, answer: place}, "
            "manner: {asks: How?, answer: choice}, deaths: {asks: X, answer: text, part_of: manner}"
        ),
    )
    files["more/actors.yaml"] = "general: {name: A General, country: Mali}"
    files["more/places.yaml"] = "kati: {name: Kati, latitude: north}"
    files["more/outlets.yaml"] = "herald: {name: Herald, url: herald}"
    files["more/documents.yaml"] = "late: {title: Late, outlet: daily, published: late}"
    assert told_of(tmp_path, files) == [
        "dossier.yaml:2: options-missing",
        "dossier.yaml:8: found-unreadable",
        "more/actors.yaml:1: code-unreadable",
        "more/documents.yaml:1: date-unreadable",
        "more/outlets.yaml:1: url-not-http",
        "more/places.yaml:1: number-out-of-bounds",
    ]
