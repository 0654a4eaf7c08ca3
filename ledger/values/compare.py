"""Compare: whether two answers to one question can both be true.

The comparison is symmetric, and says "conflict" only where a reader could not hold both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ledger.values.comparison import Comparison
from ledger.values.date import compare_dates, date_in_words
from ledger.values.parse import Value
from ledger.values.party import Parties, compare_parties
from ledger.values.quantity import Quantity, compare_quantities
from ledger.values.span import DateSpan
from ledger.values.time import Time, times_meet
from ledger.values.tree import Tree
from ledger.values.word import Word, compare_words


class Said(NamedTuple):
    """An answer as it was written and what it means, and the time it holds for, if any."""

    written: str
    value: Value
    as_of: Time | None = None
    as_of_written: str = ""


@dataclass(frozen=True, slots=True)
class Comparing:
    """What comparing needs to know of a question: whose tree, and whether words exclude."""

    tree: Tree
    exclusive: bool


def compare(one: Said, other: Said, question: Comparing) -> Comparison:
    """Return the verdict on two answers to one question, with a sentence that explains it."""
    if not times_meet(one.as_of, other.as_of):
        times = date_in_words(one.as_of_written), date_in_words(other.as_of_written)
        return Comparison("incomparable", f"they hold for different times: {' and '.join(times)}")
    written = (one.written, other.written)
    match one.value, other.value:
        case Quantity() as first, Quantity() as second:
            return compare_quantities(first, second, written)
        case DateSpan() as first, DateSpan() as second:
            return compare_dates(first, second, written)
        case Parties() as first, Parties() as second:
            return compare_parties(first, second, question.tree)
        case Word() as first, Word() as second:
            return compare_words(first, second, exclusive=question.exclusive)
        case _:
            return Comparison("incomparable", "the two are answers of different kinds")
