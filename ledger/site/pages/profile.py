"""Profile: what the claims of an outlet or an actor come to, as its page tells it.

A build has gathered it; here it gets its names, questions and texts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, Final

from ledger.database.profiles import Profile, profile_of
from ledger.reports.claims import told_claims
from ledger.reports.rows import Facts, as_ids, rows_of

QUESTIONS: Final = """
SELECT q.id, q.asks, q.unit FROM json_each(:ids) j JOIN questions q ON q.id = j.value
"""

LABELS: Final = """
SELECT p.id, p.number, p.label FROM json_each(:ids) j JOIN positions p ON p.id = j.value
"""

NAMES: Final[Mapping[str, str]] = {
    "actor": "SELECT n.id, n.name FROM json_each(:ids) j JOIN actors n ON n.id = j.value",
    "outlet": "SELECT n.id, n.name FROM json_each(:ids) j JOIN outlets n ON n.id = j.value",
}


def profile_facts(connection: sqlite3.Connection, kind: str, name: str) -> Facts:
    """Return the profile of an outlet or an actor, with all that its page shows of it.

    Beside what profile_of says, disputes have the positions that the claims take, `taken`, and
    opponents their names. Raises LookupError.
    """
    profile = profile_of(connection, kind, name)
    opponents = [*profile["opposed_by"], profile["against_itself"]]
    asked = {question for question, _ in profile["disputes"]}
    asked |= {one[-1] for one in opponents if one and one[-1]}
    found = rows_of(connection, QUESTIONS, ids=as_ids(sorted(asked)))
    questions = {row["id"]: row for row in found}
    opposed = _opposed(connection, kind, opponents, questions)
    return profile | {
        "statuses": [{"status": status, "n": n} for status, n in profile["statuses"]],
        "disputes": _disputes(connection, profile, questions),
        "opposed_by": [one for one in opposed if one["id"] != name],
        "against_itself": next((one for one in opposed if one["id"] == name), None),
        "claims": told_claims(connection, profile["claims"]),
    }


def _disputes(
    connection: sqlite3.Connection, profile: Profile, questions: Mapping[str, Facts]
) -> list[Facts]:
    """Return the disputes of a profile, each with the positions taken in it, in their order."""
    asked = [position for _, taken in profile["disputes"] for position, _ in taken]
    told = {row["id"]: row for row in rows_of(connection, LABELS, ids=as_ids(asked))}
    return [
        questions[dispute]
        | {
            "taken": [
                told[position] | {"n": n}
                for position, n in sorted(taken, key=lambda one: told[one[0]]["number"])
            ]
        }
        for dispute, taken in profile["disputes"]
    ]


def _opposed(
    connection: sqlite3.Connection,
    kind: str,
    opponents: Iterable[Any],
    questions: Mapping[str, Facts],
) -> list[Facts]:
    """Return opponents by name, each with the question that one of its claims is on, in words."""
    told = [one for one in opponents if one]
    names = dict(connection.execute(NAMES[kind], {"ids": as_ids([one[0] for one in told])}))
    return [
        {
            "id": one,
            "name": names[one],
            "n_claims": n_claims,
            "n_questions": n_questions,
            "question": question,
            "asks": questions[question]["asks"] if question else None,
        }
        for one, n_claims, n_questions, question in told
    ]
