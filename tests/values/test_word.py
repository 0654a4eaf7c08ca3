"""Words: options, yes or no, and free text."""

from __future__ import annotations

import pytest

from ledger.values import Asked, Tree, UnreadableValue, Word
from ledger.values.word import ChoiceKind, TextKind, YesNoKind

OPTIONS = ("a vote", "a fight")


@pytest.mark.parametrize("text", OPTIONS)
def test_a_choice_is_one_of_the_options(text: str) -> None:
    assert ChoiceKind().parse(text, Asked("choice", OPTIONS)) == Word(text)


@pytest.mark.parametrize("text", ["", "a draw", "A vote", "a vote, a fight", "vote"])
def test_another_choice_is_refused_with_the_options(text: str) -> None:
    with pytest.raises(UnreadableValue, match="not one of the question's options") as refused:
        ChoiceKind().parse(text, Asked("choice", OPTIONS))
    assert refused.value.forms == "a vote, a fight"


@pytest.mark.parametrize("text", ["yes", "no"])
def test_yes_and_no_are_answers(text: str) -> None:
    assert YesNoKind().parse(text, Asked("yes-no")) == Word(text)


@pytest.mark.parametrize("text", ["", "Yes", "NO", "perhaps", "true", "not yes", "yes "])
def test_anything_else_is_neither_yes_nor_no(text: str) -> None:
    with pytest.raises(UnreadableValue, match="neither yes nor no") as refused:
        YesNoKind().parse(text, Asked("yes-no"))
    assert refused.value.forms == "yes, no"


@pytest.mark.parametrize(
    ("one", "other", "exclusive", "verdict", "because"),
    [
        ("yes", "yes", True, "same", "both say yes"),
        ("yes", "no", True, "conflict", "yes and no exclude each other"),
        ("a vote", "a fight", True, "conflict", "a vote and a fight exclude each other"),
        ("reprisal", "reprisal", False, "same", "both say reprisal"),
        ("two\nlines", "two\nlines", False, "same", "both say two lines"),
        ("reprisal", "a raid", False, "incomparable", "free texts are compared by people only"),
    ],
)
def test_two_words_exclude_each_other_only_as_options(
    one: str, other: str, *, exclusive: bool, verdict: str, because: str
) -> None:
    kind = ChoiceKind() if exclusive else TextKind()
    compared = kind.compare(Word(one), Word(other), (one, other), Tree())
    assert (compared.verdict, compared.because, compared.gap) == (verdict, because, None)
