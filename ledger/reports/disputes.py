"""Disputes as a database has them, and the comparison of any two of its claims."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

from ledger.database.gathering import MOST_CONTESTED
from ledger.likeness import near_match
from ledger.problems import LedgerError
from ledger.reports.questions import hinges_of
from ledger.values import (
    Asked,
    Comparing,
    Comparison,
    Said,
    Tree,
    compare,
    kind_of,
    parse_time,
    parse_value,
)
from ledger.words import Answer

DISPUTES: Final = f"""
SELECT id, asks, answer, unit, state, n_conflicts, gap, spread FROM disputes
WHERE :question IS NULL OR id = :question
ORDER BY {MOST_CONTESTED}
"""  # noqa: S608 # the one order of disputes

TREES: Final = {
    "actor": "SELECT id, name, part_of FROM actors",
    "place": "SELECT id, name, within FROM places",
}

POSITIONS: Final = """
SELECT id, label, low, high, earliest, latest, n_claims, n_origins, n_outlets, n_documents, interest
FROM positions WHERE question = :question ORDER BY length(id), id
"""

CLAIMS: Final = """
SELECT c.id, c.text, c.value, c.status, a.name AS claimant, c.made, c.hedge, c.outlets
FROM claims c LEFT JOIN actors a ON a.id = c.claimant WHERE c.position = :position ORDER BY c.id
"""

FITS: Final = """
SELECT f.claim, f.position FROM claim_positions f JOIN positions p ON p.id = f.position
WHERE p.question = :question AND f.home = 0 ORDER BY f.claim, length(p.id), p.id
"""
"""The positions that claims fit beside their own."""

ONE_CLAIM: Final = """
SELECT c.id, c.question, c.value, c.unit, c.as_of, c.text, a.name AS claimant,
    q.answer, q.options, q.tolerance
FROM claims c
LEFT JOIN questions q ON q.id = c.question
LEFT JOIN actors a ON a.id = c.claimant
WHERE c.id = :id
"""

CONFLICT: Final = "SELECT * FROM conflicts WHERE claim_a = :claim_a AND claim_b = :claim_b"

Facts = dict[str, object]


class NotThereError(LedgerError):
    """A question or claim is asked for that is not there."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(f"there is no {kind} {name}")
        self.kind = kind
        self.name = name


@dataclass(frozen=True, slots=True)
class Compared:
    """Two claims as the database has them, the verdict on them, and their conflict if stored."""

    one: Facts
    other: Facts
    comparison: Comparison
    conflict: Facts | None


def read_disputes(connection: sqlite3.Connection, question: str | None = None) -> list[Facts]:
    """Return every dispute, or that on one question, with its positions and their claims.

    The most contested come first. `fits` of a claim are the positions that its value fits beside
    its own. Raises NotThereError
    if the question is not there.
    """
    known = "SELECT count(*) FROM questions WHERE id = ?"
    if question is not None and not connection.execute(known, [question]).fetchone()[0]:
        raise NotThereError(kind="question", name=question)
    found = _rows(connection, DISPUTES, question=question)
    for dispute in found:
        dispute["hinges"] = [one["id"] for one in hinges_of(connection, str(dispute["id"]))]
        fits: dict[str, list[str]] = {}
        for row in _rows(connection, FITS, question=dispute["id"]):
            fits.setdefault(str(row["claim"]), []).append(str(row["position"]))
        dispute["positions"] = [
            position | {"claims": _claims(connection, position["id"], fits)}
            for position in _rows(connection, POSITIONS, question=dispute["id"])
        ]
    return found


def compare_claims(connection: sqlite3.Connection, one: str, other: str) -> Compared:
    """Return the verdict on two claims of a database. Raises NotThereError if one is not there."""
    first, second = (_claim(connection, name) for name in (one, other))
    claim_a, claim_b = sorted((one, other))
    stored = _rows(connection, CONFLICT, claim_a=claim_a, claim_b=claim_b)
    comparison = _compared(connection, first, second)
    return Compared(first, second, comparison, stored[0] if stored else None)


def nearest(connection: sqlite3.Connection, error: NotThereError) -> str:
    """Return what may have been meant, to follow an error; nothing if there is nothing alike."""
    ids = connection.execute(f"SELECT id FROM {error.kind}s ORDER BY id")  # noqa: S608 # one of two tables
    near = near_match(error.name, [row[0] for row in ids])
    return f"; did you mean {near}?" if near else ""


def _rows(connection: sqlite3.Connection, sql: str, **parameters: object) -> list[Facts]:
    cursor = connection.execute(sql, parameters)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _claims(
    connection: sqlite3.Connection, position: object, fits: Mapping[str, list[str]]
) -> list[Facts]:
    return [
        row | {"outlets": json.loads(str(row["outlets"])), "fits": fits.get(str(row["id"]), [])}
        for row in _rows(connection, CLAIMS, position=position)
    ]


def _claim(connection: sqlite3.Connection, name: str) -> Facts:
    found = _rows(connection, ONE_CLAIM, id=name)
    if not found:
        raise NotThereError(kind="claim", name=name)
    return found[0]


def _compared(connection: sqlite3.Connection, one: Facts, other: Facts) -> Comparison:
    if one["question"] is None or one["question"] != other["question"]:
        return Comparison("incomparable", "they do not answer the same question")
    if one["value"] is None or other["value"] is None:
        return Comparison("incomparable", "one of them has no value")
    coding = str(connection.execute("SELECT coding FROM build").fetchone()[0])
    answer = cast("Answer", one["answer"])
    register = kind_of(answer).register
    records = connection.execute(TREES[register]).fetchall() if register else []
    tree = Tree({row[0]: row[2] for row in records}, {row[0]: row[1] for row in records})
    asked = Asked(
        answer, tuple(json.loads(str(one["options"]))), float(str(one["tolerance"])), coding
    )
    return compare(_said(one, asked), _said(other, asked), Comparing(answer, tree))


def _said(claim: Facts, asked: Asked) -> Said:
    written, as_of = str(claim["value"]), claim["as_of"]
    return Said(
        written,
        parse_value(written, asked),
        parse_time(str(as_of)) if as_of else None,
        str(as_of or ""),
    )
