"""From a value's text to what it means, by the kind of answer that its question asks for."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.values.date import parse_date
from ledger.values.party import Parties, parse_parties
from ledger.values.quantity import TOLERANCE, Quantity, parse_quantity
from ledger.values.span import DateSpan
from ledger.values.word import Word, parse_choice, parse_yes_no
from ledger.words import Answer

Value = Quantity | DateSpan | Parties | Word


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks for: the kind of its answer and what bounds the values."""

    answer: Answer
    options: tuple[str, ...] = ()
    tolerance: float = TOLERANCE
    coding: str = "plural"


def parse_value(text: str, asked: Asked) -> Value:
    """Return what a value means as an answer to a question.

    Raises UnreadableValue, whose `forms` say what would be accepted.
    """
    match asked.answer:
        case "quantity":
            return parse_quantity(text, asked.tolerance, asked.coding)
        case "date":
            return parse_date(text)
        case "actor" | "place":
            return parse_parties(text)
        case "choice":
            return parse_choice(text, asked.options)
        case "yes-no":
            return parse_yes_no(text)
        case "text":
            return Word(text)
