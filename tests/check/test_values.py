"""Values: each is an answer of the kind that its question asks for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.words import ANSWERS
from tests.check.checking import REGISTERS, dossier, problems_of, told_of

OPTIONS = ", options: [a vote, a fight]"


@pytest.mark.parametrize(
    ("answer", "value", "asked"),
    [
        ("quantity", "many", "a quantity"),
        ("date", "Monday", "a date"),
        ("actor", "The Army", "an actor"),
        ("place", "Bamako", "a place"),
        ("choice", "a draw", "a choice"),
        ("yes-no", "perhaps", "yes or no"),
        ("quantity", "300", None),
        ("date", "2022-03-27", None),
        ("actor", "not army", None),
        ("place", "bamako | mali", None),
        ("choice", "a vote", None),
        ("yes-no", "no", None),
        ("text", "NO", None),
    ],
)
def test_a_value_answers_its_question(
    tmp_path: Path, answer: str, value: str, asked: str | None
) -> None:
    files = dossier(
        f"id: a, text: A., found: page#1, question: q, value: {value}",
        questions=f"q: {{asks: Q?, answer: {answer}{OPTIONS if answer == 'choice' else ''}}}",
    )
    problems = problems_of(tmp_path, files)
    assert [one.code for one in problems] == (["value-unreadable"] if asked else [])
    assert all(one.what.endswith(f"its question asks for {asked}") for one in problems)
    assert all(one.remedy.startswith("Accepted: ") for one in problems)


@pytest.mark.parametrize(
    ("unit", "value", "wrong"),
    [
        (", unit: people", "69%", True),
        (", unit: percent of those asked", "69%", False),
        (", unit: '%'", "~69%", False),
        (", unit: people", "69", False),
        ("", "69%", True),
    ],
)
def test_a_share_answers_only_what_asks_for_one(
    tmp_path: Path, unit: str, value: str, wrong: bool
) -> None:
    files = dossier(
        f"id: a, text: A., found: page#1, question: q, value: {value}",
        questions=f"q: {{asks: Q?, answer: quantity{unit}}}",
    )
    problems = problems_of(tmp_path, files)
    assert [one.code for one in problems] == (["value-unreadable"] if wrong else [])
    assert all(f"`{value}` is a share" in one.what for one in problems)


def test_a_value_without_a_question_may_be_anything(tmp_path: Path) -> None:
    files = dossier("id: a, text: A., found: page#1, value: '>> ?'")
    assert told_of(tmp_path, files) == []


def test_a_value_is_told_on_its_own_line(tmp_path: Path) -> None:
    text = "title: T\nquestions:\n  q: {asks: Q?, answer: yes-no}\nclaims:\n- id: a\n  text: T\n"
    text += "  found: page#1\n  question: q\n  value: |\n    yes\n    or no\n"
    (problem,) = problems_of(tmp_path, REGISTERS | {"d.yaml": text})
    assert (problem.code, problem.place.line) == ("value-unreadable", 9)
    assert "\n" not in problem.what


odd = st.text(alphabet="0123456789.,~<>=≤≥%+-/?| XYabnot[]{}٣½\t\n\xa0") | st.text()


@settings(deadline=None)
@given(value=odd, answer=st.sampled_from(sorted(ANSWERS)))
def test_any_text_is_a_value_or_told(
    tmp_path_factory: pytest.TempPathFactory, value: str, answer: str
) -> None:
    claim = {"id": "a", "text": "A.", "found": "page#1", "question": "q", "value": value}
    options = OPTIONS if answer == "choice" else ""
    files = {
        **REGISTERS,
        "d.yaml": f"title: T\nquestions: {{q: {{asks: Q?, answer: {answer}{options}}}}}\n",
        "b.jsonl": json.dumps(claim),
    }
    codes = {"value-unreadable", "unknown-reference", "empty-value", "control-character"}
    problems = problems_of(tmp_path_factory.mktemp("any"), files)
    assert {one.code for one in problems} <= codes
    assert {one.place.path for one in problems} <= {"b.jsonl"}
