"""Across: conflicts between claims on different questions, or on none."""

from __future__ import annotations

from pathlib import Path

from tests.weigh.weighing import claim, weighed

CLAIMS = [
    claim("a", "armed", "no", claimant="ann", conflicts={"b": "Fighters are armed."}),
    claim("b", "killers", "rebels", claimant="bob"),
    claim("c", "armed", "no", claimant="cleo"),
    claim("d", None, None, claimant="page", conflicts={"b": "It was an accident."}),
]


def test_a_question_is_contested_by_claims_on_others(tmp_path: Path) -> None:
    ledger = weighed(tmp_path, CLAIMS)
    sql = (
        "SELECT id, state, nature, n_conflicts, n_conflicts_elsewhere FROM questions "
        "WHERE n_claims > 0 ORDER BY id"
    )
    assert ledger.rows(sql) == [
        ("armed", "contested elsewhere", "sides", 0, 1),
        ("killers", "contested elsewhere", "sides", 0, 2),
    ]
    assert ledger.rows("SELECT id, question_state, state FROM disputes ORDER BY id") == [
        ("armed", "contested elsewhere", "conflict"),
        ("killers", "contested elsewhere", "conflict"),
    ]
    assert ledger.by_id("status") == {
        "a": "contested",
        "b": "contested",
        "c": "corroborated",
        "d": "contested",
    }
    sql = "SELECT claim_a, claim_b, question, question_a, question_b, kind FROM conflicts"
    assert ledger.rows(sql) == [
        ("a", "b", None, "armed", "killers", "declared"),
        ("b", "d", None, "killers", None, "declared"),
    ]


def test_a_contested_claim_without_a_question_is_remarked(tmp_path: Path) -> None:
    ledger = weighed(tmp_path, CLAIMS)
    assert [(one.code, one.what) for one in ledger.remarks] == [
        ("contested-unasked", "`d` is contested, and no question's page tells of it")
    ]


def test_tensions_elsewhere_are_told_as_such(tmp_path: Path) -> None:
    claims = [
        claim("a", "armed", "no", conflicts={"b": {"because": "Hardly.", "strength": "tension"}}),
        claim("b", "killers", "rebels", claimant="bob"),
    ]
    ledger = weighed(tmp_path, claims)
    assert ledger.rows("SELECT state FROM disputes") == [("tension only",), ("tension only",)]
