"""Disputes as a built database has them, and the comparison of any two of its claims."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from ledger.likeness import near_match
from ledger.problems import LedgerError
from ledger.values import Asked, Comparison, Question, Said, Tree, compare, parse_date, parse_value
from ledger.words import Answer

DISPUTES: Final = """
SELECT id, asks, answer, unit, state, n_conflicts, gap, spread, hinges FROM disputes
WHERE :question IS NULL OR id = :question
ORDER BY n_positions DESC, support DESC, spread DESC, n_conflicts DESC, id
"""

POSITIONS: Final = """
SELECT id, label, low, high, earliest, latest, n_claims, n_origins, n_outlets, n_documents, interest
FROM positions WHERE question = ? ORDER BY length(id), id
"""

CLAIMS: Final = """
SELECT c.id, c.text, c.value, c.status, a.name AS claimant, c.made, c.hedge, c.outlets
FROM claims c LEFT JOIN actors a ON a.id = c.claimant WHERE c.position = ? ORDER BY c.id
"""

FITS: Final = """
SELECT f.claim, f.position FROM claim_positions f JOIN positions p ON p.id = f.position
WHERE p.question = ? AND f.home = 0 ORDER BY f.claim, length(p.id), p.id
"""
"""The positions that claims fit beside their own."""

ONE_CLAIM: Final = """
SELECT c.id, c.question, c.value, c.unit, c.as_of, c.text, a.name AS claimant,
    q.answer, q.options, q.tolerance
FROM claims c
LEFT JOIN questions q ON q.id = c.question
LEFT JOIN actors a ON a.id = c.claimant
WHERE c.id = ?
"""

CONFLICT: Final = "SELECT * FROM conflicts WHERE claim_a = ? AND claim_b = ?"

Facts = dict[str, object]


class NotThereError(LedgerError):
    """A question or claim is asked for that is not there."""

    def __init__(self, kind: str, name: str, near: str | None) -> None:
        hint = f"; did you mean {near}?" if near else ""
        super().__init__(f"there is no {kind} {name}{hint}")
        self.name = name


@dataclass(frozen=True, slots=True)
class Compared:
    """Two claims as the database has them, the verdict on them, and their conflict if stored."""

    one: Facts
    other: Facts
    comparison: Comparison
    conflict: Facts | None


def read_disputes(database: Path, question: str | None = None) -> list[Facts]:
    """Return every dispute, or that on one question, with its positions and their claims.

    `fits` of a claim are the positions that its value fits beside its own. Raises NotThereError
    if the question is not there.
    """
    with _opened(database) as connection:
        known = "SELECT count(*) FROM questions WHERE id = ?"
        if question is not None and not connection.execute(known, [question]).fetchone()[0]:
            raise _not_there(connection, "question", question)
        found = [dict(row) for row in connection.execute(DISPUTES, {"question": question})]
        for dispute in found:
            dispute["hinges"] = json.loads(dispute["hinges"])
            fits: dict[str, list[str]] = {}
            for claim, position in connection.execute(FITS, [dispute["id"]]):
                fits.setdefault(claim, []).append(position)
            dispute["positions"] = [
                dict(row) | {"claims": _claims(connection, row["id"], fits)}
                for row in connection.execute(POSITIONS, [dispute["id"]]).fetchall()
            ]
        return found


def compare_claims(database: Path, one: str, other: str) -> Compared:
    """Return the verdict on two claims of a database. Raises NotThereError if one is not there."""
    with _opened(database) as connection:
        first, second = (_claim(connection, name) for name in (one, other))
        stored = connection.execute(CONFLICT, sorted((one, other))).fetchone()
        comparison = _compared(connection, first, second)
        return Compared(first, second, comparison, dict(stored) if stored else None)


@contextmanager
def _opened(database: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        yield connection


def _not_there(connection: sqlite3.Connection, kind: str, name: str) -> NotThereError:
    ids = connection.execute(f"SELECT id FROM {kind}s ORDER BY id")  # noqa: S608 # one of two tables
    return NotThereError(kind, name, near_match(name, [row[0] for row in ids]))


def _claims(
    connection: sqlite3.Connection, position: str, fits: Mapping[str, list[str]]
) -> list[Facts]:
    rows = connection.execute(CLAIMS, [position]).fetchall()
    return [
        dict(row) | {"outlets": json.loads(row["outlets"]), "fits": fits.get(row["id"], [])}
        for row in rows
    ]


def _claim(connection: sqlite3.Connection, name: str) -> Facts:
    row = connection.execute(ONE_CLAIM, [name]).fetchone()
    if row is None:
        raise _not_there(connection, "claim", name)
    return dict(row)


def _compared(connection: sqlite3.Connection, one: Facts, other: Facts) -> Comparison:
    if one["question"] is None or one["question"] != other["question"]:
        return Comparison("incomparable", "they do not answer the same question")
    if one["value"] is None or other["value"] is None:
        return Comparison("incomparable", "one of them has no value")
    coding = str(connection.execute("SELECT coding FROM build").fetchone()[0])
    answer = cast("Answer", one["answer"])
    table, parent = ("places", "within") if answer == "place" else ("actors", "part_of")
    records = connection.execute(f"SELECT id, name, {parent} FROM {table}").fetchall()  # noqa: S608 # one of the two above
    tree = Tree({row[0]: row[2] for row in records}, {row[0]: row[1] for row in records})
    asked = Asked(
        answer, tuple(json.loads(str(one["options"]))), float(str(one["tolerance"])), coding
    )
    question = Question(tree, exclusive=answer in {"choice", "yes-no"})
    return compare(_said(one, asked), _said(other, asked), question)


def _said(claim: Facts, asked: Asked) -> Said:
    written, as_of = str(claim["value"]), claim["as_of"]
    return Said(
        written,
        parse_value(written, asked),
        parse_date(str(as_of)) if as_of else None,
        str(as_of or ""),
    )
