"""Wholes: a question is part of one that asks for a quantity of the same thing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.check.checking import told_of
from tests.small import SMALL

PEOPLE = "answer: quantity, unit: people"


@pytest.mark.parametrize(
    ("part", "whole", "unlike"),
    [
        (PEOPLE, PEOPLE, False),
        ("answer: quantity", "answer: quantity", False),
        (PEOPLE, "answer: quantity, unit: percent", True),
        (PEOPLE, "answer: quantity", True),
        ("answer: date", PEOPLE, True),
        (PEOPLE, "answer: text", True),
        ("answer: date", "answer: date", True),
    ],
)
def test_a_part_and_its_whole_are_counted_in_the_same_unit(
    tmp_path: Path, part: str, whole: str, unlike: bool
) -> None:
    text = (
        "title: T\nquestions:\n"
        f"  children: {{asks: A?, {part}, part_of: all}}\n  all: {{asks: B?, {whole}}}\n"
    )
    files = {"parts.yaml": text, **{name: SMALL[name] for name in ("actors.yaml", "outlets.yaml")}}
    assert told_of(tmp_path, files) == (["parts.yaml:3: part-of-unlike"] if unlike else [])
