"""Order: nothing is withdrawn or replaced before it was said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.check.checking import dossier, told_of


@pytest.mark.parametrize(
    ("made", "on", "early"),
    [
        ("2022-04-05", "2022-04-04", True),
        ("2022-04-05", "2022-04-05", False),
        ("2022-04-05", "2022-04", False),
        ("2022-04-05", "2022-03", True),
        ("2022-04", "2022-04-01", False),
        ("2022-04~", "2022-03-31", False),
        ("2022/..", "2021", True),
        ("../2022", "1990", False),
        ("2022", "2021/..", False),
    ],
)
def test_a_claim_is_withdrawn_after_it_was_made(
    tmp_path: Path, made: str, on: str, early: bool
) -> None:
    told = f"id: a, text: A., found: page#1, made: {made}, retracted: {{on: {on}, because: B.}}"
    problem = ["dossier.yaml:4: retracted-too-early"]
    assert told_of(tmp_path, dossier(told)) == (problem if early else [])


@pytest.mark.parametrize(
    ("earlier", "later", "wrong"),
    [
        ("made: 2022-04-05", "made: 2022-04-06", False),
        ("made: 2022-04-05", "made: 2022-04-05", False),
        ("made: 2022-04-05", "made: 2022-04-04", True),
        ("made: 2022-04-05", "made: 2022", False),
        ("made: 2022-04-05", "made: 2021", True),
        ("made: 2022-04-05", "hedge: reportedly", False),
        ("hedge: reportedly", "made: 2021", False),
    ],
)
def test_a_later_word_replaces_an_earlier_one(
    tmp_path: Path, earlier: str, later: str, wrong: bool
) -> None:
    files = dossier(
        f"id: a, text: A., found: page#1, {earlier}",
        f"id: b, text: B., found: page#1, {later}, supersedes: a",
    )
    assert told_of(tmp_path, files) == (["dossier.yaml:5: supersedes-later"] if wrong else [])
