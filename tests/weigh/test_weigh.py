"""Weigh: a whole draft, with the conflicts between its questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.weigh.weighing import Record, claim, problems_of, weighed

STRENGTHS = [
    ({"because": "No."}, None, "conflict"),
    ({"because": "No.", "strength": "tension"}, None, "tension"),
    ({"because": "No.", "strength": "tension"}, {"because": "Nor I."}, "tension"),
    (
        {"because": "No.", "strength": "tension"},
        {"because": "Never.", "strength": "conflict"},
        "conflict",
    ),
]


@pytest.mark.parametrize(("one", "other", "strength"), STRENGTHS)
@pytest.mark.parametrize("questions", [("killers", "site"), ("killers", None)])
def test_the_strength_of_a_conflict_across_questions_is_the_explicit_word(
    tmp_path: Path,
    questions: tuple[str, str | None],
    one: Record,
    other: Record | None,
    strength: str,
) -> None:
    values = {"killers": "army", "site": "town", None: None}
    claims = [
        claim("a", questions[0], values[questions[0]], conflicts={"b": one}),
        claim("b", questions[1], values[questions[1]], conflicts={"a": other} if other else {}),
    ]
    ledger = weighed(tmp_path, claims)
    assert ledger.row("SELECT question, kind, origin, strength FROM conflicts") == (
        None,
        "declared",
        "declared",
        strength,
    )


def test_a_claim_counts_its_conflicts_on_all_questions(tmp_path: Path) -> None:
    claims = [
        claim("boys", "boys", "300"),
        claim("men", "men", "200"),
        claim("deaths", "deaths", "100"),
        claim("deaths-too", "deaths", "400", compatible={"deaths": "Another day."}),
        claim("day", "day", "2022", conflicts={"boys": "Not then."}),
    ]
    ledger = weighed(tmp_path, claims)
    assert ledger.by_id("n_conflicts") == {
        "boys": 3,
        "men": 2,
        "deaths": 2,
        "deaths-too": 0,
        "day": 1,
    }
    assert ledger.rows("SELECT other FROM claim_conflicts WHERE claim = 'boys' ORDER BY 1") == [
        ("day",),
        ("deaths",),
        ("men",),
    ]
    assert ledger.by_id("n_conflicts", "questions")["deaths"] == 0


@pytest.mark.parametrize("other", ["site", None])
def test_a_dismissal_across_questions_that_dismisses_nothing_is_a_problem(
    tmp_path: Path, other: str | None
) -> None:
    claims = [
        claim("a", "killers", "army", compatible={"b": "Both can be true."}),
        claim("b", other, "town"),
    ]
    assert problems_of(tmp_path, claims) == [
        "compatible-needless: nothing says that this claim and `b` conflict"
    ]


def test_what_was_retracted_conflicts_with_nothing_on_another_question(tmp_path: Path) -> None:
    gone: Record = {"retracted": {"on": "2023", "because": "A mistake."}}
    claims = [
        claim("a", "killers", "army", conflicts={"b": "No.", "c": "No."}),
        claim("b", "site", "town", **gone),
        claim("c", "men", "300", **gone),
        claim("d", "deaths", "200"),
    ]
    assert weighed(tmp_path, claims).rows("SELECT * FROM conflicts") == []
