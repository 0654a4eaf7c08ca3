"""Gathering: which claims an outlet, an actor, a place, a paragraph or a dossier gathers.

Conditions of SQL on `claims c`, by the id of the thing; and in which order disputes come.
"""

from __future__ import annotations

from typing import Final

from ledger.words import NATURES

CITING: Final = "c.id IN (SELECT claim FROM claim_outlets WHERE outlet = :id)"
"""Claims that an outlet is known to carry."""

NEARBY: Final = "c.id IN (SELECT claim FROM claim_outlets_nearby WHERE outlet = :id)"
"""Claims at whose paragraphs an outlet stands, without being known to carry them."""

MADE_BY: Final = "c.claimant = :id"
"""Claims that an actor makes."""

NAMED: Final = """
c.kind = '{kind}'
AND ' ' || replace(replace(c.value, '+', ' '), '|', ' ') || ' ' LIKE '% ' || :id || ' %'
"""
"""Claims whose value is an actor or a place, alone or with others; ids have no wildcards."""

NAMING_ACTOR: Final = NAMED.format(kind="actor")
NAMING_PLACE: Final = NAMED.format(kind="place")

READ_AT: Final = """
c.id IN (SELECT claim FROM appearances WHERE document = :document AND paragraph = :number)
"""
"""Claims that were read in a paragraph, by its document and number."""

READ_ELSEWHERE: Final = """
c.id IN (SELECT claim FROM appearances WHERE document = :id AND paragraph IS NULL)
"""
"""Claims that were read in a document, but in no paragraph that is told."""

UNASKED: Final = "c.dossier = :id AND c.question IS NULL"
"""Claims of a dossier that answer none of its questions."""

MOST_CONTESTED: Final = (
    f"instr('{' '.join(NATURES)}', nature), state = 'tension only', support DESC, "
    "n_conflicts + n_conflicts_elsewhere DESC, id"
)
"""The order of `disputes`, the most contested first: what different sides say before one's word
told differently, and that before what one source says both of; then what excludes each other before
what hardly fits together, then by how many origins also the second best supported position has."""
