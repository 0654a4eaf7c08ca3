"""Kinds: every kind of answer, told once, and what is asked of a value whatever its kind."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from ledger.values.comparison import Comparison
from ledger.values.date import DateKind, date_in_words
from ledger.values.kind import Asked, Comparing, Kind
from ledger.values.party import ActorKind, Parties, PlaceKind
from ledger.values.quantity import Quantity, QuantityKind
from ledger.values.span import DateSpan
from ledger.values.time import Time, times_meet
from ledger.values.word import ChoiceKind, TextKind, Word, YesNoKind

Value = Quantity | DateSpan | Parties | Word

WORDS: Final = TextKind()

ANSWER_KINDS: Final[dict[str, Kind[Any]]] = {
    kind.name: kind
    for kind in (
        QuantityKind(),
        DateKind(),
        ActorKind(),
        PlaceKind(),
        ChoiceKind(),
        YesNoKind(),
        WORDS,
    )
}
"""Every kind of answer by its name, in the order of the list of words."""


class Said(NamedTuple):
    """An answer as it was written and what it means, and the time it holds for, if any."""

    written: str
    value: Value
    as_of: Time | None = None
    as_of_written: str = ""


def kind_of(answer: str | None) -> Kind[Any]:
    """Return a kind of answer by its name; what answers no question is words and nothing more."""
    return WORDS if answer is None else ANSWER_KINDS[answer]


def parse_value(text: str, asked: Asked) -> Value:
    """Return what a value means as an answer to a question.

    Raises UnreadableValue, whose `forms` say what would be accepted.
    """
    value: Value = ANSWER_KINDS[asked.answer].parse(text, asked)
    return value


def compare(one: Said, other: Said, question: Comparing) -> Comparison:
    """Return the verdict on two answers to one question, with a sentence that explains it."""
    if not times_meet(one.as_of, other.as_of):
        times = date_in_words(one.as_of_written), date_in_words(other.as_of_written)
        return Comparison("incomparable", f"they hold for different times: {' and '.join(times)}")
    if type(one.value) is not type(other.value):
        return Comparison("incomparable", "the two are answers of different kinds")
    kind = ANSWER_KINDS[question.asked.answer]
    found = kind.compare(one.value, other.value, (one.written, other.written), question)
    if found.verdict == "conflict" and question.asked.many and not kind.denies:
        return Comparison("compatible", f"both can be among the answers, though {found.because}")
    return found
