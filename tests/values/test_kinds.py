"""Kinds: a value is read as the kind of answer that its question asks for."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import ledger
from ledger.values import (
    ANSWER_KINDS,
    Asked,
    DateSpan,
    Parties,
    Quantity,
    UnreadableValue,
    Value,
    Word,
    kind_of,
    parse_value,
)
from ledger.words import ANSWERS, Answer
from tests.values.strategies import any_text, unhurried


@pytest.mark.parametrize(
    ("answer", "text", "value"),
    [
        ("quantity", "300", Quantity(300, 300)),
        ("date", "2022-03-27", DateSpan(date(2022, 3, 27), date(2022, 3, 27))),
        ("actor", "not army", Parties("not", frozenset(["army"]))),
        ("place", "mali", Parties("one", frozenset(["mali"]))),
        ("choice", "a vote", Word("a vote")),
        ("yes-no", "no", Word("no")),
        ("text", "300", Word("300")),
    ],
)
def test_a_value_is_read_as_its_question_asks(answer: Answer, text: str, value: Value) -> None:
    assert parse_value(text, Asked(answer, options=("a vote",))) == value


def test_the_tolerance_and_the_coding_are_those_of_the_question() -> None:
    assert parse_value("~300", Asked("quantity")) == Quantity(270, 330)
    assert parse_value("~300", Asked("quantity", tolerance=0.5)) == Quantity(150, 450)
    assert parse_value("dozens", Asked("quantity")) == Quantity(24, 199)
    assert parse_value("dozens", Asked("quantity", coding="acled")) == Quantity(12, 12)


@pytest.mark.parametrize("answer", sorted(set(ANSWERS) - {"text"}))
def test_a_value_of_another_kind_is_refused_with_forms(answer: Answer) -> None:
    with pytest.raises(UnreadableValue) as refused:
        parse_value("Not This?", Asked(answer, options=("a vote",)))
    assert refused.value.what == str(refused.value)
    assert "`Not This?`" in refused.value.what
    assert refused.value.forms


@unhurried
@given(text=any_text, answer=st.sampled_from(sorted(ANSWERS)))
@example(text="Y1E9999999", answer="date")
@example(text="9" * 5_000, answer="quantity")
@example(text="[" * 5_000, answer="date")
def test_any_text_is_a_value_or_unreadable(text: str, answer: Answer) -> None:
    outcome: Value | str
    try:
        outcome = parse_value(text, Asked(answer, options=("a vote", text[:3])))
    except UnreadableValue as refused:
        outcome = refused.forms
    assert isinstance(outcome, Quantity | DateSpan | Parties | Word) or outcome.strip()


def test_every_kind_is_listed_once_in_the_order_of_the_words() -> None:
    assert list(ANSWER_KINDS) == list(ANSWERS) == list(get_args(Answer))
    assert kind_of(None) is kind_of("text")


@pytest.mark.parametrize("answer", ANSWERS)
def test_every_kind_tells_readers_and_writers_what_it_is(answer: Answer) -> None:
    kind = kind_of(answer)
    assert kind.wanted
    assert bool(kind.hint) is not kind.has_options
    options = tuple(one for pair in kind.examples for one in pair)
    for written in options:
        kind.parse(written, Asked(answer, options))
    assert kind.examples


def test_no_other_code_asks_for_a_kind_by_its_name() -> None:
    folder = Path(ledger.__file__).parent
    asking = {
        str(file.relative_to(folder))
        for file in folder.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        # An actor, a place, a date and a text are other things as well.
        if isinstance(node, ast.Constant) and node.value in {"quantity", "choice", "yes-no"}
    }
    assert asking == {"words.py", "values/quantity.py", "values/word.py"}
