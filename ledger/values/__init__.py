"""What a claim's value means: one module for each idea, each pure, and how two of them compare.

A value is kept as it was written beside what it parses to.
"""

from ledger.values.compare import Question, Said, compare
from ledger.values.comparison import Comparison
from ledger.values.date import DateSpan, parse_date, spans_meet
from ledger.values.parse import Asked, Value, parse_value
from ledger.values.party import Parties, parse_parties
from ledger.values.quantity import CODINGS, Quantity, parse_quantity
from ledger.values.tree import Tree
from ledger.values.unreadable import UnreadableValue
from ledger.values.word import Word

__all__ = [
    "CODINGS",
    "Asked",
    "Comparison",
    "DateSpan",
    "Parties",
    "Quantity",
    "Question",
    "Said",
    "Tree",
    "UnreadableValue",
    "Value",
    "Word",
    "compare",
    "parse_date",
    "parse_parties",
    "parse_quantity",
    "parse_value",
    "spans_meet",
]
