"""Words: options, yes or no, and free text."""

from __future__ import annotations

import pytest

from ledger.values import Asked, Comparing, Tree, UnreadableValue, Word
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
    question = Comparing(Asked(kind.name), Tree())
    compared = kind.compare(Word(one), Word(other), (one, other), question)
    assert (compared.verdict, compared.because, compared.gap) == (verdict, because, None)


@pytest.mark.parametrize(
    ("one", "other", "strength", "because"),
    [
        ("low", "middling", "tension", "low and middling are neighbours on the question's scale"),
        ("high", "middling", "tension", "high and middling are neighbours on the question's scale"),
        ("low", "high", "conflict", "low and high exclude each other"),
    ],
)
def test_neighbours_on_a_scale_are_a_tension(
    one: str, other: str, strength: str, because: str
) -> None:
    options = ("low", "middling", "high")
    for ordered in (True, False):
        question = Comparing(Asked("choice", options, ordered=ordered), Tree())
        compared = ChoiceKind().compare(Word(one), Word(other), (one, other), question)
        assert compared.verdict == "conflict"
        assert compared.strength == (strength if ordered else "conflict")
        assert (compared.because == because) is (ordered or strength == "conflict")


def test_the_same_option_of_a_scale_is_the_same() -> None:
    question = Comparing(Asked("choice", ("low", "high"), ordered=True), Tree())
    compared = ChoiceKind().compare(Word("low"), Word("low"), ("low", "low"), question)
    assert compared.verdict == "same"
