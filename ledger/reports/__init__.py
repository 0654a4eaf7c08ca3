"""Reports: what a built database says of one thing, of a list of things, and of its disputes.

The only SQL on the published tables besides the database's own; whatever shows it, a terminal,
a page or a file for programs, reads it here.
"""

from ledger.reports.claims import claims_where, with_words
from ledger.reports.facets import FACETS, Facet, allowed_values, is_known, likely_values
from ledger.reports.kinds import kinds_of, show
from ledger.reports.lists import LISTS, Chosen, Listed, columns_of, count_by, list_things
from ledger.reports.meaning import range_in_words
from ledger.reports.meant import alike, folded, known_ids
from ledger.reports.questions import fitting_in, hinges_of
from ledger.reports.rows import Facts, row_of, rows_of
from ledger.reports.searching import SEARCHED, Found, Names, index_names, search, search_names

__all__ = [
    "FACETS",
    "LISTS",
    "SEARCHED",
    "Chosen",
    "Facet",
    "Facts",
    "Found",
    "Listed",
    "Names",
    "alike",
    "allowed_values",
    "claims_where",
    "columns_of",
    "count_by",
    "fitting_in",
    "folded",
    "hinges_of",
    "index_names",
    "is_known",
    "kinds_of",
    "known_ids",
    "likely_values",
    "list_things",
    "range_in_words",
    "row_of",
    "rows_of",
    "search",
    "search_names",
    "show",
    "with_words",
]
