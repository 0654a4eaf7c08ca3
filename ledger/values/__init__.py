"""What a claim's value means: one module for each idea, each pure, each behind `parse_value`.

A value is kept as it was written beside what it parses to.
"""

from ledger.values.date import DateSpan, parse_date
from ledger.values.parse import Asked, Value, parse_value
from ledger.values.party import Parties, parse_parties
from ledger.values.quantity import Quantity, parse_quantity
from ledger.values.unreadable import UnreadableValue
from ledger.values.word import Word

__all__ = [
    "Asked",
    "DateSpan",
    "Parties",
    "Quantity",
    "UnreadableValue",
    "Value",
    "Word",
    "parse_date",
    "parse_parties",
    "parse_quantity",
    "parse_value",
]
