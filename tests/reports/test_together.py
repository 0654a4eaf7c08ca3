"""What hangs together: conflicts of claims on different questions, wholes and parts, the same."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from ledger.build import build
from ledger.reports.together import (
    elsewhere_in,
    elsewhere_of,
    hanging_together,
    together_of,
)
from tests.small import DOSSIER, SMALL, write_folder

ASKED: Final = """questions:
  armed: {asks: Were they armed?, answer: yes-no}
  women: {asks: How many women?, answer: quantity, unit: people, part_of: deaths}
  dead: {asks: How many died?, answer: quantity, unit: people, same_as: deaths}
"""

CLAIMS: Final = """
- id: armed-yes
  text: They were armed.
  claimant: state
  question: armed
  value: yes
  found: page#3
  conflicts: {killers-army: Nobody shoots back., date-given: It was not then.}
"""

OTHER: Final = """
title: Elsewhere
claims:
- {id: far, text: Nothing happened., claimant: rebels, found: page#3, conflicts: {date-given: No.}}
"""


def opened(folder: Path) -> sqlite3.Connection:
    """Build a ledger with conflicts across questions and dossiers, and open it."""
    dossier = DOSSIER.replace("questions:\n", ASKED) + CLAIMS
    files = SMALL | {"mali/village-2022.yaml": dossier, "elsewhere.yaml": OTHER}
    assert build(write_folder(folder / "claims", files), folder / "ledger.db").problems == []
    return sqlite3.connect(folder / "ledger.db")


def test_conflicts_across_questions_are_told_from_both_ends(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as connection:
        found = elsewhere_of(connection, ["armed", "killers", "deaths"])
    told = {
        name: [
            (one.own.id, one.other.id, one.other_question and one.other_question.id) for one in of
        ]
        for name, of in found.items()
    }
    assert told == {
        "armed": [
            ("armed-yes", "date-given", None),
            ("armed-yes", "killers-army", "killers"),
        ],
        "killers": [("killers-army", "armed-yes", "armed")],
    }
    assert found["deaths"] == []


def test_what_hangs_together_says_how(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as connection:
        ids = ["armed", "women", "deaths", "dead"]
        tied = together_of(connection, ids, elsewhere_of(connection, ids))
    assert {name: [(one.id, one.how) for one in tied[name]] for name in ids} == {
        "armed": [("killers", ("conflict",))],
        "women": [("deaths", ("whole",))],
        "deaths": [("women", ("part",)), ("dead", ("same",))],
        "dead": [("deaths", ("same",))],
    }


def test_questions_are_grouped_with_all_that_they_reach(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as connection:
        groups = hanging_together(connection, ["killers", "deaths", "armed", "women"])
        alone = hanging_together(connection, ["killers", "women"])
    assert groups["armed"] == groups["killers"] == ["killers", "armed"]
    assert groups["women"] == groups["deaths"] == ["deaths", "women"]
    assert alone == {"killers": ["killers"], "women": ["women"]}


def test_a_dossier_has_the_conflicts_that_touch_its_claims(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as connection:
        here = elsewhere_in(connection, "village-2022", most=10)
        there = elsewhere_in(connection, "elsewhere", most=10)
        few = elsewhere_in(connection, "village-2022", most=1)
    assert {(one.own.id, one.other.id) for one in here} == {
        ("armed-yes", "date-given"),
        ("armed-yes", "killers-army"),
        ("date-given", "far"),
    }
    assert [(one.own.id, one.other.id) for one in there] == [("far", "date-given")]
    assert len(few) == 1
