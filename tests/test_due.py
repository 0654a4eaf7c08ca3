"""Due: what hangs together with what changed, through each kind of link."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.build import build
from ledger.due import Due
from ledger.kept import open_kept
from ledger.renew import open_renewed
from tests.small import SMALL, write_folder

DOSSIERS = {
    "one.yaml": """\
title: One
parties: []
questions:
  whole: {asks: How many?, answer: quantity, unit: people}
  who: {asks: Who?, answer: actor}
claims:
- {id: first, text: F., question: whole, value: 10, claimant: army, found: page#1}
- {id: other, text: O., question: whole, value: 11, claimant: state, found: page#1}
- {id: doer, text: D., question: who, value: army, claimant: state, found: page#1}
""",
    "two.yaml": """\
title: Two
questions:
  part: {asks: How many of them?, answer: quantity, unit: people, part_of: whole}
  why: {asks: Why?, answer: text}
claims:
- {id: share, text: S., question: part, value: 4, found: page#1}
- {id: relay, text: R., question: why, based_on: [first], found: page#1}
- {id: told-again, text: T., based_on: [relay], found: page#1}
- {id: against, text: A., conflicts: {other: Because.}, found: page#1}
- {id: alone, text: L., found: page#1}
""",
    "three.yaml": """\
title: Three
parties: []
questions:
  later: {asks: And then?, answer: yes-no}
claims:
- {id: said, text: Said., question: later, value: yes, claimant: rebels, found: page#1}
- {id: taken-back, text: Not so., supersedes: said, claimant: rebels, found: page#1}
""",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a claims folder that was built."""
    claims = write_folder(tmp_path / "claims", {**SMALL, **DOSSIERS})
    assert build(claims, tmp_path / "ledger.db").problems == []
    return claims


def due_after(folder: Path, path: str, old: str, new: str) -> Due:
    """Return what is due after one text of a dossier was replaced by another."""
    assert old in DOSSIERS[path]
    write_folder(folder, {path: DOSSIERS[path].replace(old, new)})
    with open_kept(folder, folder.parent / "ledger.db") as kept, open_renewed(kept) as renewed:
        assert renewed.due is not None
        return renewed.due


@pytest.mark.parametrize(
    ("path", "old", "new", "claims", "questions"),
    [
        pytest.param(
            *("one.yaml", "value: 10", "value: 12"),
            {"first", "other", "relay", "told-again", "share"},
            {"whole", "part", "why"},
            id="its question, that of its parts, and all who repeat it",
        ),
        pytest.param(
            *("one.yaml", "text: O.", "text: Other."),
            {"first", "other", "share", "against"},
            {"whole", "part"},
            id="whom somebody declares it to contradict",
        ),
        pytest.param(
            *("three.yaml", "supersedes: said, ", ""),
            {"said", "taken-back"},
            {"later"},
            id="what it replaced",
        ),
        pytest.param(
            *("two.yaml", "text: L.", "text: Alone."),
            {"alone", "against"},
            set(),
            id="itself and what is remarked beside it",
        ),
        pytest.param(
            *("one.yaml", "asks: Who?", "asks: Who did it?"),
            {"first", "other", "doer", "share"},
            {"whole", "part", "who"},
            id="whom answers name is a party to the whole dossier",
        ),
        pytest.param(
            *("two.yaml", "title: Two", "title: Second"),
            {"share", "relay", "told-again", "against", "alone", "first", "other"},
            {"part", "why", "whole"},
            id="all that a dossier is about",
        ),
        pytest.param(
            *("two.yaml", "title: Two", "# A comment.\ntitle: Two"),
            {"against"},
            set(),
            id="no words",
        ),
    ],
)
def test_a_change_bears_on_what_hangs_together_with_it(  # noqa: PLR0913 # what changes, and what is due
    path: str, old: str, new: str, claims: set[str], questions: set[str], folder: Path
) -> None:
    due = due_after(folder, path, old, new)
    assert (due.claims, due.questions) == (claims, questions)
