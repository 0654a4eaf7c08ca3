"""Together: open conflicts between claims on different questions, and what hangs together by them.

That soldiers were fought at Moura and that civilians were killed there answer two questions, and
contradict each other nevertheless. Nobody who reads of one question may miss the other.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from ledger.reports.claims import ToldClaim, told_claims
from ledger.reports.rows import Facts, as_ids, grouped, picked, rows_of, things_of
from ledger.words import NATURES

ACROSS: Final = """
SELECT {asked} AS asked, k.claim_a, k.claim_b, k.question_a, k.question_b, k.strength, k.origin,
    k.state, k.nature, k.reason, k.explanation
FROM conflicts k WHERE k.state = 'open' AND {which} LIMIT :most
"""

OF_QUESTIONS: Final = " UNION ALL ".join(
    f"SELECT * FROM ({ACROSS.format(asked=f'k.question_{end}', which=which)})"  # noqa: S608 # names of this module
    for end, which in (
        ("a", "k.question_a IN (SELECT value FROM json_each(:ids)) AND +k.question IS NULL"),
        ("b", "k.question_b IN (SELECT value FROM json_each(:ids)) AND +k.question IS NULL"),
    )
)

OF_DOSSIER: Final = ACROSS.format(
    asked=":id",
    which=(
        "+k.question IS NULL AND (k.claim_a IN (SELECT id FROM claims WHERE dossier = :id)"
        " OR k.claim_b IN (SELECT id FROM claims WHERE dossier = :id))"
    ),
)

ASKED: Final = """
SELECT id, asks, state, nature FROM questions
WHERE id IN (SELECT value FROM json_each(:ids))
"""

# What a question is a part of, its parts, and those that are the same come by how they are tied.
TIES: Final = """
SELECT q.id AS asked, w.id, w.asks, w.state, w.nature, 'whole' AS how
FROM questions q JOIN questions w ON w.id = q.part_of
WHERE q.id IN (SELECT value FROM json_each(:ids))
UNION ALL
SELECT w.id, q.id, q.asks, q.state, q.nature, 'part'
FROM questions q JOIN questions w ON w.id = q.part_of
WHERE w.id IN (SELECT value FROM json_each(:ids))
UNION ALL
SELECT q.id AS asked, s.id, s.asks, s.state, s.nature, 'same'
FROM questions q JOIN questions s
    ON s.id <> q.id AND (s.id = q.same_as OR s.same_as IN (q.id, q.same_as))
WHERE q.id IN (SELECT value FROM json_each(:ids))
"""

ENDS: Final = """
SELECT question_a AS one, question_b AS other FROM conflicts
WHERE state = 'open' AND question IS NULL AND question_a IS NOT NULL AND question_b IS NOT NULL
UNION SELECT id, part_of FROM questions WHERE part_of IS NOT NULL
UNION SELECT id, same_as FROM questions WHERE same_as IS NOT NULL
"""

How = Literal["conflict", "whole", "part", "same"]
"""How a question hangs together with another: what the other is to it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question by its name, and how it stands."""

    id: str
    asks: str
    state: str
    nature: str | None


@dataclass(frozen=True, slots=True)
class Tied:
    """A question that hangs together with another, and how: each way once."""

    id: str
    asks: str
    state: str
    nature: str | None
    how: tuple[How, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Across:
    """A claim in an open conflict with another one that does not answer its question.

    `own` is the claim on the question that is told of, or in the dossier; the questions are those
    that each answers, if any.
    """

    own: ToldClaim
    other: ToldClaim
    own_question: Asked | None
    other_question: Asked | None
    strength: str
    origin: str
    state: str
    nature: str
    reason: str
    explanation: str | None


def asked_by_ids(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, Asked]:
    """Return some questions as they are named, by their ids."""
    return {one.id: one for one in things_of(connection, Asked, ASKED, ids=as_ids(sorted(ids)))}


def elsewhere_of(
    connection: sqlite3.Connection, ids: Iterable[str], most: int = -1
) -> dict[str, list[Across]]:
    """Return the open conflicts of the claims on some questions with claims elsewhere.

    They come by question, the gravest first. -1 is no limit.
    """
    rows = grouped(connection, dict, OF_QUESTIONS, "asked", ids=as_ids(ids), most=most)
    told = _told(connection, [row for of in rows.values() for row in of])
    return defaultdict(
        list,
        {
            name: sorted((told(row, row["question_a"] == name) for row in of), key=_gravity)
            for name, of in rows.items()
        },
    )


def elsewhere_in(connection: sqlite3.Connection, dossier: str, most: int) -> list[Across]:
    """Return the open conflicts across questions that touch a dossier's claims, by gravity."""
    rows = rows_of(connection, OF_DOSSIER, id=dossier, most=most)
    told = _told(connection, rows)
    inside = "SELECT id FROM claims WHERE dossier = ?"
    own = {name for (name,) in connection.execute(inside, [dossier])}
    return sorted((told(row, row["claim_a"] in own) for row in rows), key=_gravity)


def together_of(
    connection: sqlite3.Connection,
    ids: Iterable[str],
    elsewhere: Mapping[str, list[Across]],
) -> dict[str, list[Tied]]:
    """Return the questions that hang together with some questions, those in conflict first.

    `elsewhere` has the conflicts across of each.
    """
    found: dict[str, dict[Asked, list[How]]] = defaultdict(lambda: defaultdict(list))
    for name, across in elsewhere.items():
        for one in across:
            if one.other_question and "conflict" not in found[name][one.other_question]:
                found[name][one.other_question].append("conflict")
    for row in rows_of(connection, TIES, ids=as_ids(ids)):
        asked, how = row.pop("asked"), row.pop("how")
        found[asked][Asked(**row)].append(how)
    return defaultdict(
        list,
        {
            name: [
                Tied(one.id, one.asks, one.state, one.nature, tuple(how))
                for one, how in tied.items()
            ]
            for name, tied in found.items()
        },
    )


def told_across(one: Across) -> Facts:
    """Return what programs are told of a conflict with a claim elsewhere, in brief."""
    told = picked(one, "strength origin nature reason explanation")
    ends = {
        "claim": one.own.id,
        "other": one.other.id,
        "other_text": one.other.text,
        "other_claimant": one.other.claimant_name,
        "other_question": one.other_question and one.other_question.id,
    }
    return ends | told


def hanging_together(connection: sqlite3.Connection, ids: Iterable[str]) -> dict[str, list[str]]:
    """Return for each of some questions those of them that it hangs together with, itself included.

    Questions hang together if one's claims contradict the other's, or if one is a part of the
    other; and with what those hang together. They come in the order of the ids.
    """
    ids = list(ids)
    beside: dict[str, set[str]] = {one: set() for one in ids}
    for one, other in connection.execute(ENDS):
        if one in beside and other in beside:
            beside[one].add(other)
            beside[other].add(one)
    groups: dict[str, list[str]] = {}
    for one in ids:
        if one not in groups:
            group = _reached(one, beside)
            members = [other for other in ids if other in group] if len(group) > 1 else [one]
            groups.update(dict.fromkeys(members, members))
    return groups


def _reached(start: str, beside: Mapping[str, Iterable[str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        for other in beside[waiting.pop()]:
            if other not in found:
                found.add(other)
                waiting.append(other)
    return found


def _told(connection: sqlite3.Connection, rows: list[Facts]) -> Callable[[Facts, bool], Across]:
    """Return what makes a conflict of its row, told from its first claim or from its second.

    The claims and questions of all rows are read at once.
    """
    claims = {row[end] for row in rows for end in ("claim_a", "claim_b")}
    names = {row[end] for row in rows for end in ("question_a", "question_b")} - {None}
    told = {one.id: one for one in told_claims(connection, sorted(claims))}
    asked = asked_by_ids(connection, names)
    same = ["strength", "origin", "state", "nature", "reason", "explanation"]

    def across(row: Facts, first: bool) -> Across:
        own, other = ("a", "b") if first else ("b", "a")
        return Across(
            own=told[row[f"claim_{own}"]],
            other=told[row[f"claim_{other}"]],
            own_question=asked.get(row[f"question_{own}"]),
            other_question=asked.get(row[f"question_{other}"]),
            **{name: row[name] for name in same},
        )

    return across


def _gravity(one: Across) -> tuple[int, str, str, str]:
    """Return what conflicts are sorted by: their nature, their strength, then their claims."""
    return list(NATURES).index(one.nature), one.strength, one.own.id, one.other.id
