"""Relays: claims that repeat others, and which of them alter what they repeat.

A relay whose value conflicts with what it repeats is kept, and told; nobody said its value before
it, so what it alters it does not go back to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Final, NamedTuple

from ledger.draft import Draft
from ledger.weigh.answers import Asking, Weighing
from ledger.weigh.meanings import AnswerKind
from ledger.weigh.wholes import exceeds, wholes_of

# What was taken over from a database was found out when that was built, unless it is due.
RELAYS: Final = """
SELECT b.claim, b.basis, a.asked, a.value, a.as_of, o.asked, o.value, o.as_of,
    q.answer, q.options, q.tolerance, q.answers, q.ordered
FROM draft_basis b JOIN draft_claim a ON a.id = b.claim JOIN draft_claim o ON o.id = b.basis
JOIN draft_question q ON q.id = a.asked
WHERE (b.altered IS NULL OR {due})
AND a.value IS NOT NULL AND o.value IS NOT NULL AND o.asked IS NOT NULL
AND NOT (a.asked = o.asked AND a.value = o.value AND a.as_of IS o.as_of)
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

PARTS: Final = "SELECT id FROM draft_question WHERE part_of IS NOT NULL"

FORGET: Final = "UPDATE draft_basis SET altered = 0 WHERE altered IS NULL OR {due}"

NOTE: Final = "UPDATE draft_basis SET altered = 1 WHERE claim = ? AND basis = ?"


class _Said(NamedTuple):
    """What a claim says: the question that it answers, its value, the time that this holds for."""

    question: str
    value: str
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
        if (claim, basis) not in declared and comparing.are_apart(one, other, asked)
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
        self._kind = weighing.kind
        self._asking: Callable[[str], Asking] = cache(weighing.asking)
        self._parts = cache(partial(_parts, weighing))

    def are_apart(self, one: _Said, other: _Said, asked: Sequence[str]) -> bool:
        """Return whether their values cannot both be true; `asked` is the kind of the first."""
        if one.question != other.question:
            return self._exceeds(one, other) or self._exceeds(other, one)
        kind = self._kind(*asked)
        if not _may_be_apart(kind, one, other):
            return False
        return kind.conflict(*(kind.meaning(said.value, said.as_of) for said in (one, other)))

    def _exceeds(self, part: _Said, whole: _Said) -> bool:
        """Return whether what the one says of a part is more than the other's of its whole."""
        if part.question not in self._parts():
            return False
        asked = self._asking(part.question)
        try:
            of = wholes_of(asked, self._asking).get(whole.question)
        except LookupError:
            return False  # what is due hangs together with nothing that is not at hand
        if of is None:
            return False
        least, most = (
            one.kind.meaning(said.value, said.as_of) for one, said in ((asked, part), (of, whole))
        )
        return exceeds(least, most)


def _parts(weighing: Weighing) -> set[str]:
    """Return the questions that may ask for a part of another's quantity."""
    told = {str(name) for (name,) in weighing.draft.rows(PARTS)}
    return {weighing.heads.get(name, name) for name in told}


def _may_be_apart(kind: AnswerKind, one: _Said, other: _Said) -> bool:
    """Return whether two answers have to be compared: not if they are intervals that meet.

    Most relays say what they repeat in other words, whose meaning need not be worked out for that.
    """
    rules = kind.rules
    if not rules.in_intervals:
        return True
    values = [rules.parse(said, kind.asked) for said in (one.value, other.value)]
    ends = [rules.bounds(value) for value in values]
    if any(rules.in_parts(value) for value in values) or ends[0] is None or ends[1] is None:
        return True
    return ends[0][0] > ends[1][1] or ends[1][0] > ends[0][1]
