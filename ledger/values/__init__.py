"""What a claim's value means: one module for each idea, each pure, and how two of them compare.

A value is kept as it was written beside what it parses to.
"""

from ledger.values.comparison import Comparison
from ledger.values.date import parse_date
from ledger.values.kind import Asked, Comparing, Kind, UnreadableValue
from ledger.values.kinds import ANSWER_KINDS, Said, Value, compare, kind_of, parse_value
from ledger.values.party import Parties, parse_parties
from ledger.values.quantity import CODINGS, Quantity, parse_quantity
from ledger.values.span import DateSpan, span_of, spans_meet
from ledger.values.time import Time, parse_time, times_meet
from ledger.values.tree import Tree
from ledger.values.word import Word

__all__ = [
    "ANSWER_KINDS",
    "CODINGS",
    "Asked",
    "Comparing",
    "Comparison",
    "DateSpan",
    "Kind",
    "Parties",
    "Quantity",
    "Said",
    "Time",
    "Tree",
    "UnreadableValue",
    "Value",
    "Word",
    "compare",
    "kind_of",
    "parse_date",
    "parse_parties",
    "parse_quantity",
    "parse_time",
    "parse_value",
    "span_of",
    "spans_meet",
    "times_meet",
]
