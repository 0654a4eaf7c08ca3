"""What a built database says of one thing: a claim, a question, an outlet or a paragraph."""

from ledger.showing.alike import alike, folded, known_ids
from ledger.showing.claims import claims_where, with_words
from ledger.showing.kinds import KINDS, kinds_of, show
from ledger.showing.meaning import range_in_words
from ledger.showing.questions import hinges_of
from ledger.showing.rows import Facts, row_of, rows_of

__all__ = [
    "KINDS",
    "Facts",
    "alike",
    "claims_where",
    "folded",
    "hinges_of",
    "kinds_of",
    "known_ids",
    "range_in_words",
    "row_of",
    "rows_of",
    "show",
    "with_words",
]
