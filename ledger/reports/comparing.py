"""Comparing: whether any two claims of a database can both be true."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final, cast

from ledger.reports.meant import NotThereError
from ledger.reports.rows import things_of
from ledger.values import Asked, Comparing, Comparison, Said, Tree, compare, parse_time, parse_value
from ledger.words import Answer

ONE_CLAIM: Final = """
SELECT c.id, q.weighed_as AS question, c.value, c.unit, c.as_of, c.text, a.name AS claimant,
    q.answer, q.options, q.tolerance, q.answers, q.ordered
FROM claims c
LEFT JOIN questions q ON q.id = c.question
LEFT JOIN actors a ON a.id = c.claimant
WHERE c.id = :id
"""

CONFLICT: Final = """
SELECT strength, origin, state, nature, reason FROM conflicts
WHERE claim_a = :claim_a AND claim_b = :claim_b
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A claim that is compared with another, and the question that it answers.

    Of questions that are the same it is the one as which they are weighed.
    """

    id: str
    question: str | None
    value: str | None
    unit: str | None
    as_of: str | None
    text: str
    claimant: str | None
    answer: str | None
    options: list[str] | None
    tolerance: float | None
    answers: str | None
    ordered: int | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """What the database has of two claims that are in conflict."""

    strength: str
    origin: str
    state: str
    nature: str
    reason: str


@dataclass(frozen=True, slots=True)
class Compared:
    """Two claims as the database has them, the verdict on them, and their conflict if stored."""

    one: Side
    other: Side
    comparison: Comparison
    conflict: Conflict | None


def compare_claims(connection: sqlite3.Connection, one: str, other: str) -> Compared:
    """Return the verdict on two claims of a database. Raises NotThereError if one is not there."""
    first, second = (_claim(connection, name) for name in (one, other))
    claim_a, claim_b = sorted((one, other))
    stored = things_of(connection, Conflict, CONFLICT, claim_a=claim_a, claim_b=claim_b)
    comparison = _compared(connection, first, second)
    return Compared(first, second, comparison, stored[0] if stored else None)


def _claim(connection: sqlite3.Connection, name: str) -> Side:
    found = things_of(connection, Side, ONE_CLAIM, id=name)
    if not found:
        raise NotThereError(kind="claim", name=name)
    return found[0]


def _compared(connection: sqlite3.Connection, one: Side, other: Side) -> Comparison:
    if one.question is None or one.question != other.question:
        return Comparison("incomparable", "they do not answer the same question")
    if one.value is None or other.value is None:
        return Comparison("incomparable", "one of them has no value")
    coding = str(connection.execute("SELECT coding FROM build").fetchone()[0])
    answer = cast("Answer", one.answer)
    table, parent = ("places", "within") if answer == "place" else ("actors", "part_of")
    records = connection.execute(f"SELECT id, name, {parent} FROM {table}").fetchall()  # noqa: S608 # one of the two above
    tree = Tree({row[0]: row[2] for row in records}, {row[0]: row[1] for row in records})
    bounds = (tuple(one.options or ()), one.tolerance or 0, coding)
    asked = Asked(answer, *bounds, many=one.answers == "many", ordered=bool(one.ordered))
    said = _said(one.value, one.as_of, asked), _said(other.value, other.as_of, asked)
    return compare(*said, Comparing(asked, tree))


def _said(value: str, as_of: str | None, asked: Asked) -> Said:
    time = parse_time(as_of) if as_of else None
    return Said(value, parse_value(value, asked), time, as_of or "")
