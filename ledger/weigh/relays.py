"""Relays: claims that repeat others, and which of them alter what they repeat.

A relay whose value conflicts with what it repeats is kept, and told; nobody said its value before
it, so what it alters it does not go back to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Final, NamedTuple

from ledger.draft import Draft
from ledger.weigh.answers import Asking, Weighing
from ledger.weigh.meanings import AnswerKind, Meaning
from ledger.weigh.wholes import exceeds, wholes_of

# What was taken over from a database was found out when that was built, unless it is due.
RELAYS: Final = """
SELECT b.claim, b.basis, a.asked, a.value, a.as_of, o.asked, o.value, o.as_of,
    q.answer, q.options, q.tolerance, q.answers, q.ordered
FROM draft_basis b JOIN draft_claim a ON a.id = b.claim JOIN draft_claim o ON o.id = b.basis
JOIN draft_question q ON q.id = a.asked
WHERE (b.altered IS NULL OR {due})
AND NOT (a.asked IS o.asked AND a.value IS o.value AND a.as_of IS o.as_of)
AND a.id NOT IN (SELECT claim FROM draft_fallen) AND o.id NOT IN (SELECT claim FROM draft_fallen)
"""

DECLARED: Final = """
SELECT b.claim, b.basis, max(d.key = 'compatible') FROM draft_declared d JOIN draft_basis b
ON (d.claim = b.claim AND d.other = b.basis) OR (d.claim = b.basis AND d.other = b.claim)
WHERE (b.altered IS NULL OR {due})
AND b.claim NOT IN (SELECT claim FROM draft_fallen)
AND b.basis NOT IN (SELECT claim FROM draft_fallen)
GROUP BY 1, 2
"""

QUESTIONS: Final = "SELECT id, part_of FROM draft_question"

FORGET: Final = "UPDATE draft_basis SET altered = 0 WHERE altered IS NULL OR {due}"

NOTE: Final = "UPDATE draft_basis SET altered = 1 WHERE claim = ? AND basis = ?"


class _Said(NamedTuple):
    """What a claim says: the question that it answers, its value, the time that this holds for."""

    question: str | None
    value: str | None
    as_of: str | None


def note_altered(weighing: Weighing) -> None:
    """Write down in the draft which relays alter what they repeat.

    They do if the two are in an open conflict, whether somebody declares it or the values show it.
    """
    draft = weighing.draft
    due = draft.due("claim", "b.claim")
    declared = {
        (str(claim), str(basis)): not dismissed
        for claim, basis, dismissed in draft.rows(DECLARED.format(due=due))
    }
    comparing = _Comparing(weighing)
    altered = [pair for pair, is_open in declared.items() if is_open]
    altered += [
        (claim, basis)
        for claim, basis, one, other, asked in _relays(draft, due)
        if (claim, basis) not in declared
        and (one.question != other.question or _may_be_apart(weighing.kind(*asked), one, other))
        and comparing.are_apart(one, other)
    ]
    if draft.partial:
        draft.connection.execute(FORGET.format(due=draft.due("claim", "claim")))
    draft.connection.executemany(NOTE, altered)


def _relays(draft: Draft, due: str) -> Iterator[tuple[str, str, _Said, _Said, list[str]]]:
    """Yield relays with what they and what they repeat say, and what is asked of them."""
    for claim, basis, *told in list(draft.rows(RELAYS.format(due=due))):
        one, other = _Said(*told[:3]), _Said(*told[3:6])  # type: ignore[arg-type] # SQLite's rows are untyped
        yield str(claim), str(basis), one, other, [str(one) for one in told[6:]]


class _Comparing:
    """Compares what two claims say, on one question or on a part and its whole."""

    def __init__(self, weighing: Weighing) -> None:
        self._asking: Callable[[str], Asking] = cache(weighing.asking)
        rows = weighing.draft.rows(QUESTIONS)
        heads = set(weighing.heads.values())
        self._is_part = {str(name): bool(part_of) or name in heads for name, part_of in rows}

    def are_apart(self, one: _Said, other: _Said) -> bool:
        """Return whether their values cannot both be true."""
        if one.question is None or other.question not in self._is_part:
            return False
        if one.question != other.question and not self._hang_together(one.question, other.question):
            return False
        asked, asked_other = self._asking(one.question), self._asking(other.question)
        mine, theirs = _meaning(asked, one), _meaning(asked_other, other)
        if mine is None or theirs is None:
            return False
        if asked is asked_other:
            return asked.kind.conflict(mine, theirs)
        is_part = asked_other.id in wholes_of(asked, self._asking)
        return exceeds(mine, theirs) if is_part else exceeds(theirs, mine)

    def _hang_together(self, one: str, other: str) -> bool:
        """Return whether one question asks for a part of the other's quantity."""
        if not (self._is_part[one] or self._is_part[other]):
            return False
        asked, asked_other = self._asking(one), self._asking(other)
        return other in wholes_of(asked, self._asking) or one in wholes_of(
            asked_other, self._asking
        )


def _may_be_apart(kind: AnswerKind, one: _Said, other: _Said) -> bool:
    """Return whether two answers have to be compared: not if they are intervals that meet.

    Most relays say what they repeat in other words, whose meaning need not be worked out for that.
    """
    rules = kind.rules
    if one.value is None or other.value is None or not rules.in_intervals:
        return True
    values = [rules.parse(said, kind.asked) for said in (one.value, other.value)]
    ends = [rules.bounds(value) for value in values]
    if any(rules.in_parts(value) for value in values) or ends[0] is None or ends[1] is None:
        return True
    return ends[0][0] > ends[1][1] or ends[1][0] > ends[0][1]


def _meaning(asked: Asking, said: _Said) -> Meaning | None:
    return asked.kind.meaning(said.value, said.as_of) if said.value is not None else None
