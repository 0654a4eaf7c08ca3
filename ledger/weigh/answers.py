"""Answers: the claims of one question as they are weighed, read from the draft one by one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from math import inf
from typing import Final, NamedTuple, cast

from ledger.draft import Draft
from ledger.problems import Place
from ledger.values import (
    Asked,
    DateSpan,
    Parties,
    Quantity,
    Question,
    Said,
    Tree,
    Value,
    parse_date,
    parse_value,
)
from ledger.words import Answer

FALLEN: Final = """
CREATE TEMP TABLE draft_fallen AS
SELECT id AS claim, 'retracted' AS status FROM draft_claim WHERE retracted_on IS NOT NULL
UNION ALL
SELECT DISTINCT supersedes, 'superseded' FROM draft_claim WHERE supersedes IS NOT NULL
AND supersedes NOT IN (SELECT id FROM draft_claim WHERE retracted_on IS NOT NULL)
"""

COLUMNS: Final = """
SELECT c.id, c.question, c.value, c.as_of, c.claimant, c.origin, c.outlets, f.status, c.dossier,
    c.path, c.line
FROM draft_claim c LEFT JOIN draft_fallen f ON f.claim = c.id
"""

ALL: Final = COLUMNS + " ORDER BY c.question, c.id"

ON_QUESTION: Final = COLUMNS + " WHERE c.question = ? ORDER BY c.id"

QUESTION: Final = """
SELECT answer, options, tolerance, dossier, part_of FROM draft_question WHERE id = ?
"""

Bound = tuple[float, int]
"""An end of an interval and which side of it is left out: 1 just above, -1 just below, 0 none."""


@dataclass(frozen=True, eq=False)
class Claim:
    """A claim as it is weighed; `fallen` says if it was retracted or superseded."""

    id: str
    said: Said | None
    claimant: str | None
    origins: frozenset[str]
    outlets: frozenset[str]
    fallen: str | None
    dossier: str | None
    place: Place

    @cached_property
    def key(self) -> tuple[Value | None, DateSpan | None]:
        """Return what two claims share that say the same of the same time."""
        return (self.said.value, self.said.as_of) if self.said else (None, None)

    @cached_property
    def bounds(self) -> tuple[Bound, Bound] | None:
        """Return the ends of a quantity, or of a date in days; None for other kinds."""
        return bounds_of(self.said.value) if self.said else None


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as it is weighed: what it asks for and how its answers compare."""

    id: str
    asked: Asked
    comparing: Question
    dossier: str
    part_of: str | None


@dataclass(slots=True)
class Weighing:
    """What weighing needs beside the claims themselves."""

    draft: Draft
    coding: str
    relayed: Mapping[str, frozenset[str]]
    actors: Tree = field(default_factory=Tree)
    places: Tree = field(default_factory=Tree)

    def asking(self, question: str) -> Asking:
        """Return a question as it is weighed."""
        row = next(self.draft.rows(QUESTION, [question]))
        answer = cast("Answer", row[0])
        options = tuple(json.loads(str(row[1]))) if answer == "choice" else ()
        asked = Asked(answer, options, float(str(row[2])), self.coding)
        tree = self.places if answer == "place" else self.actors
        comparing = Question(tree, exclusive=answer in {"choice", "yes-no"})
        return Asking(question, asked, comparing, str(row[3]), str(row[4]) if row[4] else None)

    def claims_on(self, asking: Asking) -> list[Claim]:
        """Return the claims on a question, by id."""
        rows = (Row(*row) for row in self.draft.rows(ON_QUESTION, [asking.id]))  # type: ignore[arg-type] # SQLite's rows are untyped
        return [self._claim(row, asking.asked) for row in rows]

    def groups(self) -> Iterator[tuple[Asking | None, list[Claim]]]:
        """Yield every question with its claims; claims without a question one at a time."""
        rows = (Row(*row) for row in self.draft.rows(ALL))  # type: ignore[arg-type] # SQLite's rows are untyped
        for question, found in groupby(rows, key=lambda row: row.question):
            if question is None:
                for row in found:
                    yield None, [self._claim(row, None)]
            else:
                asking = self.asking(question)
                yield asking, [self._claim(row, asking.asked) for row in found]

    def _claim(self, row: Row, asked: Asked | None) -> Claim:
        said = None
        if row.value is not None and asked is not None:
            as_of = parse_date(row.as_of) if row.as_of else None
            said = Said(row.value, parse_value(row.value, asked), as_of, row.as_of or "")
        return Claim(
            row.id,
            said,
            row.claimant,
            self.relayed.get(row.id, frozenset([row.origin])),
            frozenset(json.loads(row.outlets)),
            row.fallen,
            row.dossier,
            Place(row.path, row.line),
        )


class Row(NamedTuple):
    """A claim as the draft has it."""

    id: str
    question: str | None
    value: str | None
    as_of: str | None
    claimant: str | None
    origin: str
    outlets: str
    fallen: str | None
    dossier: str | None
    path: str
    line: int


def list_fallen(draft: Draft) -> None:
    """List in the draft the claims that no longer stand: the retracted and the superseded."""
    draft.finish()
    draft.connection.execute(FALLEN)
    draft.connection.execute("CREATE INDEX temp.draft_fallen_claim ON draft_fallen(claim)")


def bounds_of(value: Value) -> tuple[Bound, Bound] | None:
    """Return the ends of an interval; two are apart if the low of one is above the other's high."""
    if isinstance(value, Quantity):
        return (value.low, int(value.low_open)), (value.high, -int(value.high_open))
    if isinstance(value, DateSpan):
        earliest = value.earliest.toordinal() if value.earliest else -inf
        return (earliest, 0), (value.latest.toordinal() if value.latest else inf, 0)
    return None


def in_order(claims: Sequence[Claim], asking: Asking) -> list[Claim]:
    """Return claims in the order in which they are laid into positions.

    By their upper ends, so that the fewest positions are made; actors and places from the parts
    to the wholes; options as the question lists them; everything else by id.
    """
    tree, options = asking.comparing.tree, asking.asked.options

    def turn(claim: Claim) -> tuple[object, ...]:
        value = claim.said.value if claim.said else None
        if claim.bounds is not None:
            return (*claim.bounds[1], *claim.bounds[0], claim.id)
        if isinstance(value, Parties):
            deepest = max(tree.depth(one) for one in value.ids)
            return (value.manner == "not", -deepest, sorted(value.ids), claim.id)
        text = claim.said.written if claim.said else ""
        place = options.index(text) if text in options else len(options)
        return (place, text == "no", claim.id)

    return sorted(claims, key=turn)
