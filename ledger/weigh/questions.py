"""Questions one by one: the positions of their claims, each claim's status, their own state."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple, cast

from ledger.draft import Draft
from ledger.values import Asked, DateSpan, Parties, Quantity, Value, parse_value
from ledger.weigh.positions import (
    Range,
    Standing,
    closed,
    group_same,
    lay_positions,
    shared_range,
    whole_range,
)
from ledger.words import Answer

CLAIMS: Final = """
SELECT c.id, c.question, c.value, c.origin, c.outlets, f.status, q.answer, q.options, q.tolerance
FROM draft_claim c
LEFT JOIN draft_question q ON q.id = c.question
LEFT JOIN draft_fallen f ON f.claim = c.id
ORDER BY c.question, c.id
"""

CONFLICTS: Final = """
SELECT claim_a, claim_b FROM draft_conflict WHERE question IS ? AND state = 'open'
ORDER BY claim_a, claim_b
"""

CONFLICTING: Final = """
SELECT claim_a AS claim FROM draft_conflict WHERE state = 'open'
UNION ALL SELECT claim_b FROM draft_conflict WHERE state = 'open'
"""

MOST_NAMED: Final = 3
"""How many different values a position's label names."""


class Read(NamedTuple):
    """A claim as the draft has it, with what its question asks for."""

    id: str
    question: str | None
    written: str | None
    origin: str
    outlets: str
    fallen: str | None
    answer: str | None
    options: str | None
    tolerance: float | None


class Group(NamedTuple):
    """The claims on one question, or all claims without one."""

    question: str | None
    read: list[Read]
    standing: list[Standing]
    conflicts: list[tuple[str, str]]


def weigh_questions(draft: Draft, relayed: Mapping[str, frozenset[str]]) -> None:
    """Add to the draft what its claims weigh, question by question."""
    in_conflict = Counter(str(row[0]) for row in draft.rows(CONFLICTING))
    answered: set[str] = set()
    for group in _groups(draft, relayed):
        positions = _add_positions(draft, group) if group.question else {}
        _add_claims(draft, group, positions, in_conflict)
        if group.question:
            answered.add(group.question)
            _add_question(draft, group, positions)
    for (question,) in draft.rows("SELECT id FROM draft_question ORDER BY id"):
        if question not in answered:
            draft.add("question_weight", (question, "unanswered", *[0] * 5, *[None] * 4))


def _groups(draft: Draft, relayed: Mapping[str, frozenset[str]]) -> Iterator[Group]:
    """Yield the claims on each question; those without a question one at a time."""
    rows = (Read(*row) for row in draft.rows(CLAIMS))  # type: ignore[arg-type] # SQLite's rows are untyped
    for question, read in groupby(rows, key=lambda row: row.question):
        for claims in [list(read)] if question else ([row] for row in read):
            standing = [
                Standing(
                    row.id,
                    row.written,
                    _value(row),
                    relayed.get(row.id, frozenset([row.origin])),
                    frozenset(json.loads(row.outlets)),
                )
                for row in claims
                if row.fallen is None
            ]
            pairs = draft.rows(CONFLICTS, [question]) if question else ()
            yield Group(question, claims, standing, [(str(a), str(b)) for a, b in pairs])


def _value(row: Read) -> Value | None:
    if row.written is None or row.answer is None:
        return None
    options = tuple(json.loads(row.options or "[]")) if row.answer == "choice" else ()
    return parse_value(row.written, Asked(cast("Answer", row.answer), options, row.tolerance or 0))


def _add_positions(draft: Draft, group: Group) -> dict[str, str]:
    """Add a question's positions; return for each standing claim the position it belongs to."""
    position_of: dict[str, str] = {}
    laid = lay_positions(group_same(group.standing), group.conflicts)
    for nth, claims in enumerate(laid, start=1):
        position = f"{group.question}_{nth}"
        shared = shared_range(claims)
        draft.add(
            "position",
            (
                position,
                group.question,
                _label(draft, claims),
                *_ends(shared),
                len(claims),
                len(_origins(claims)),
                len(_outlets(claims)),
            ),
        )
        position_of |= {claim.id: position for claim in claims}
    return position_of


def _add_claims(
    draft: Draft, group: Group, positions: Mapping[str, str], in_conflict: Counter[str]
) -> None:
    standing = {claim.id: claim for claim in group.standing}
    agreeing = {
        claim.id: len(_origins(same)) for same in group_same(group.standing) for claim in same
    }
    for row in group.read:
        claim = standing.get(row.id)
        value = claim.value if claim else _value(row)
        number = value if isinstance(value, Quantity) else None
        span = value if isinstance(value, DateSpan) else None
        draft.add(
            "claim_weight",
            (
                row.id,
                positions.get(row.id),
                row.answer,
                closed(number.low) if number else None,
                closed(number.high) if number else None,
                int(number.low_open) if number else None,
                int(number.high_open) if number else None,
                _day(span.earliest if span else None),
                _day(span.latest if span else None),
                row.fallen or _status(claim, in_conflict[row.id], agreeing.get(row.id, 0)),
                len(claim.origins) if claim else 1,
                in_conflict[row.id],
            ),
        )


def _status(claim: Standing | None, conflicts: int, agreeing_origins: int) -> str:
    if conflicts:
        return "contested"
    if claim is None or not claim.outlets:
        return "uncited"
    return "corroborated" if agreeing_origins > 1 else "single origin"


def _add_question(draft: Draft, group: Group, positions: Mapping[str, str]) -> None:
    standing = group.standing
    origins = len(_origins(standing))
    if group.conflicts:
        state = "disputed"
    elif not standing:
        state = "unanswered"
    else:
        state = "agreed" if origins > 1 else "single origin"
    draft.add(
        "question_weight",
        (
            group.question,
            state,
            len(set(positions.values())),
            len(group.read),
            len(group.conflicts),
            origins,
            len(_outlets(standing)),
            *_ends(whole_range(standing)),
        ),
    )


def _label(draft: Draft, claims: Sequence[Standing]) -> str:
    """Return what a position says in a few words: its values as written, names for ids."""
    said = dict.fromkeys(
        _in_words(draft, claim.value, claim.written) for claim in claims if claim.written
    )
    named = list(said)[:MOST_NAMED]
    return " · ".join(named) + (" …" if len(said) > MOST_NAMED else "") or "in words only"


def _in_words(draft: Draft, value: Value | None, written: str) -> str:
    if not isinstance(value, Parties):
        return written
    joint = {"jointly": " and ", "either": " or "}.get(value.manner, "")
    names = joint.join(_name(draft, one) for one in sorted(value.ids))
    return f"not {names}" if value.manner == "not" else names


def _name(draft: Draft, party: str) -> str:
    registers = draft.registers
    actor = registers.actors.get(party)
    if actor is not None:
        return actor.record.name
    where = registers.places.get(party)
    return where.record.name if where is not None else party


def _origins(claims: Sequence[Standing]) -> frozenset[str]:
    return frozenset().union(*(claim.origins for claim in claims))


def _outlets(claims: Sequence[Standing]) -> frozenset[str]:
    return frozenset().union(*(claim.outlets for claim in claims))


def _ends(ends: Range) -> tuple[object, ...]:
    return ends.low, ends.high, _day(ends.earliest), _day(ends.latest)


def _day(day: object) -> str | None:
    return str(day) if day is not None else None
