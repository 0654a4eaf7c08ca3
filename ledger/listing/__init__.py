"""Things of one kind in rows: narrowed and counted by facets, or found by words."""

from ledger.listing.facets import FACETS, Facet, allowed_values, is_known, likely_values
from ledger.listing.lists import LISTS, Chosen, Listed, columns_of, count_by, list_things
from ledger.listing.searching import SEARCHED, Found, Names, index_names, search, search_names

__all__ = [
    "FACETS",
    "LISTS",
    "SEARCHED",
    "Chosen",
    "Facet",
    "Found",
    "Listed",
    "Names",
    "allowed_values",
    "columns_of",
    "count_by",
    "index_names",
    "is_known",
    "likely_values",
    "list_things",
    "search",
    "search_names",
]
