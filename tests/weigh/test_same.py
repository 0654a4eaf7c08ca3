"""Same: questions that are asked in several places are weighed as one."""

from __future__ import annotations

from pathlib import Path

from tests.weigh.weighing import QUESTIONS, claim, weighed

AGAIN = {
    "toll": {"asks": "What was the toll?", "answer": "quantity", "same_as": "deaths"},
    "dead": {"asks": "How many dead?", "answer": "quantity", "same_as": "toll"},
}


def test_claims_on_questions_that_are_the_same_take_the_same_positions(tmp_path: Path) -> None:
    claims = [
        claim("a", "deaths", "30", claimant="ann"),
        claim("b", "toll", "30", claimant="bob"),
        claim("c", "dead", "40", claimant="cleo"),
        claim("d", "deaths", "40", claimant="page"),
    ]
    ledger = weighed(tmp_path, claims, keys={"questions": QUESTIONS | AGAIN})
    sql = (
        "SELECT id, weighed_as, state, nature, n_positions, n_claims, n_conflicts, n_origins "
        "FROM questions WHERE weighed_as = 'deaths' ORDER BY id"
    )
    stands = ("deaths", "disputed", "sides", 2)
    assert ledger.rows(sql) == [
        ("dead", *stands, 1, 4, 4),
        ("deaths", *stands, 2, 4, 4),
        ("toll", *stands, 1, 4, 4),
    ]
    positions = ledger.by_id("position")
    assert positions["a"] == positions["b"] != positions["c"] == positions["d"]
    sql = "SELECT claim_a, claim_b, question, question_a, question_b FROM conflicts ORDER BY 1, 2"
    assert ledger.rows(sql) == [
        ("a", "c", None, "deaths", "dead"),
        ("a", "d", "deaths", "deaths", "deaths"),
        ("b", "c", None, "toll", "dead"),
        ("b", "d", None, "toll", "deaths"),
    ]


def test_what_is_declared_between_them_is_declared_on_one_question(tmp_path: Path) -> None:
    claims = [
        claim("a", "deaths", "30", claimant="ann"),
        claim("b", "toll", "40", claimant="bob", compatible={"a": "Another day."}),
    ]
    ledger = weighed(tmp_path, claims, keys={"questions": QUESTIONS | AGAIN})
    assert ledger.row("SELECT origin, state, kind FROM conflicts") == (
        "detected",
        "dismissed",
        "quantity",
    )
    assert ledger.by_id("state", "questions")["toll"] == "agreed"


def test_a_part_of_one_cannot_exceed_what_is_said_on_the_other(tmp_path: Path) -> None:
    claims = [claim("a", "toll", "30", claimant="ann"), claim("b", "men", "40", claimant="bob")]
    ledger = weighed(tmp_path, claims, keys={"questions": QUESTIONS | AGAIN})
    assert ledger.row("SELECT claim_a, claim_b, question_a, question_b FROM conflicts") == (
        "a",
        "b",
        "toll",
        "men",
    )
    states = ledger.by_id("state", "questions")
    assert {states[one] for one in ("deaths", "toll", "dead", "men")} == {"contested elsewhere"}
