"""What a change of files bears on."""

from __future__ import annotations

from pathlib import Path

import pytest

import ledger.affected
from ledger.affected import Affected
from ledger.build import build
from ledger.index import Ids, open_index
from ledger.nearby import open_nearby
from tests.small import DOSSIER, write_folder

OTHER = """\
title: Another subject
questions:
  wounded: {asks: How many were wounded?, answer: quantity, part_of: hurt}
  hurt: {asks: How many were hurt?, answer: quantity}
claims:
- {id: wounded-5, text: Five., question: wounded, value: 5, found: page#1, based_on: [date-given]}
- {id: far, text: Nothing else., found: page#1}
"""


@pytest.fixture
def folder(claims: Path, tmp_path: Path) -> Path:
    """Return a claims folder of two dossiers that was built, one of which changed since."""
    write_folder(claims, {"other.yaml": OTHER})
    assert build(claims, tmp_path / "ledger.db").problems == []
    return write_folder(claims, {"mali/village-2022.yaml": DOSSIER.replace("in March", "in May")})


def test_what_repeats_a_changed_claim_is_affected_with_the_questions_around_it(
    folder: Path, tmp_path: Path
) -> None:
    with open_index(folder, tmp_path / "ledger.db") as index:
        ids = Affected(index, Ids()).ids
        assert ids is not None
        assert ids.questions == {"deaths", "killers", "wounded", "hurt"}
        with open_nearby(index, ids) as nearby:
            assert {"date-given", "wounded-5"} <= nearby.ids.whole()
            assert "far" not in nearby.ids.claims | nearby.ids.answering


def test_too_much_is_not_asked_for(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger.affected, "CLAIMS_AT_MOST", DOSSIER.count("- id:") - 1)
    with open_index(folder, tmp_path / "ledger.db") as index:
        assert Affected(index, Ids()).ids is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (DOSSIER, True),
        (DOSSIER.replace("id: killers-rebels", "id: killers-others"), True),
        (DOSSIER.replace("id: date-given", "id: date-told"), False),
        (DOSSIER.replace("id: date-given", "id: far"), False),
    ],
    ids=["nothing gone", "gone and named nowhere", "gone and named elsewhere", "twice"],
)
def test_what_was_read_tells_enough_unless_unchanged_files_name_what_is_gone(
    text: str, told: bool, folder: Path, tmp_path: Path
) -> None:
    write_folder(folder, {"mali/village-2022.yaml": f"{text}\n"})
    with open_index(folder, tmp_path / "ledger.db") as index:
        affected = Affected(index, Ids())
        assert affected.ids is not None
        with open_nearby(index, affected.ids) as nearby:
            assert affected.is_told_by(nearby.draft) is told
