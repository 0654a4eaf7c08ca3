"""Same questions: asked in two places, they ask for one thing, and share their positions."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests.check.checking import REGISTERS, told_of

PEOPLE: Final = "answer: quantity, unit: people"
MOOD: Final = "answer: choice, options: [calm, tense]"

ASKED: Final = """\
title: T
questions:
  a: {{asks: A?, answer: quantity, same_as: b{labels_a}}}
  b: {{asks: B?, answer: quantity}}
  c: {{asks: C?, answer: quantity, same_as: b{labels_c}}}
  d: {{asks: D?, answer: quantity}}
claims:
- {{id: on-a, text: A., question: a, value: 1, found: page#1}}
- {{id: on-b, text: B., question: b, value: 1, found: page#1}}
- {{id: on-d, text: D., question: d, value: 1, found: page#1}}
- {{id: on-none, text: N., found: page#1}}
"""


@pytest.mark.parametrize(
    ("one", "other", "unlike"),
    [
        (PEOPLE, PEOPLE, False),
        ("answer: actor", "answer: actor", False),
        (MOOD, MOOD, False),
        ("answer: quantity", PEOPLE, True),
        (PEOPLE, "answer: quantity, unit: percent", True),
        ("answer: text", "answer: yes-no", True),
        (MOOD, "answer: choice, options: [tense, calm]", True),
        (MOOD, "answer: choice, options: [calm, tense, wild]", True),
    ],
)
def test_the_same_question_asks_for_the_same_kind_unit_and_options(
    tmp_path: Path, one: str, other: str, unlike: bool
) -> None:
    text = (
        "title: T\nquestions:\n"
        f"  far: {{asks: A?, {one}, same_as: near}}\n  near: {{asks: B?, {other}}}\n"
    )
    files = {**REGISTERS, "same.yaml": text}
    assert told_of(tmp_path, files) == (["same.yaml:3: same-as-unlike"] if unlike else [])


@pytest.mark.parametrize(
    ("labels_a", "labels_c", "told"),
    [
        ("{on-a: One}", "{}", []),
        ("{on-b: One}", "{}", []),
        ("{}", "{on-a: One}", []),
        ("{on-d: One}", "{}", ["same.yaml:3: label-elsewhere"]),
        ("{on-none: One}", "{}", ["same.yaml:3: label-elsewhere"]),
        ("{on-a: One}", "{on-d: One}", ["same.yaml:5: label-elsewhere"]),
        ("{on-e: One}", "{}", ["same.yaml:3: unknown-reference"]),
    ],
)
def test_a_label_is_for_a_claim_on_the_question_or_on_one_that_is_the_same(
    tmp_path: Path, labels_a: str, labels_c: str, told: list[str]
) -> None:
    text = ASKED.format(labels_a=f", labels: {labels_a}", labels_c=f", labels: {labels_c}")
    assert told_of(tmp_path, {**REGISTERS, "same.yaml": text}) == told


def test_what_a_question_is_the_same_as_must_be_there_and_lead_to_no_circle(tmp_path: Path) -> None:
    text = (
        "title: T\nquestions:\n  a: {asks: A?, answer: text, same_as: x}\n"
        "  b: {asks: B?, answer: text, same_as: c}\n  c: {asks: C?, answer: text, same_as: b}\n"
        "  d: {asks: D?, answer: text, where: [nowhere]}\n"
    )
    assert told_of(tmp_path, {**REGISTERS, "same.yaml": text}) == [
        "same.yaml:3: unknown-reference",
        "same.yaml:4: same-as-loop",
        "same.yaml:6: unknown-reference",
    ]
