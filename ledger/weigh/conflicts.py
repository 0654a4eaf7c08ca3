"""Conflicts: what people declare and what the values show, met in one row for each pair."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, NamedTuple

from ledger.draft import Draft, Row
from ledger.values import Comparison
from ledger.weigh.alike import Alike
from ledger.weigh.answers import Asking, Claim
from ledger.weigh.detect import Spoken
from ledger.weigh.meanings import Meaning
from ledger.weigh.opponents import Detected, Opposed, Pair

DECLARED: Final = """
SELECT {question}, min(d.claim, d.other) AS claim_a, max(d.claim, d.other) AS claim_b, d.claim,
    d.key, d.because, d.strength
FROM draft_declared d JOIN draft_claim a ON a.id = d.claim JOIN draft_claim b ON b.id = d.other
WHERE {which}
AND a.id NOT IN (SELECT claim FROM draft_fallen) AND b.id NOT IN (SELECT claim FROM draft_fallen)
ORDER BY 1, claim_a, claim_b, d.key DESC, d.claim
"""

ON_QUESTIONS: Final = DECLARED.format(question="a.asked", which="a.asked = b.asked")

ACROSS: Final = DECLARED.format(
    question="NULL", which="(a.asked IS NOT b.asked OR a.asked IS NULL)"
)


class Declaration(NamedTuple):
    """One claim's word on a pair; `key` is `conflicts` or `compatible`."""

    claim_a: str
    claim_b: str
    declared_by: str
    key: str
    because: str
    strength: str | None

    @property
    def other(self) -> str:
        """Return the claim that is spoken of."""
        return self.claim_b if self.declared_by == self.claim_a else self.claim_a


class Conflict(NamedTuple):
    """A pair of claims in conflict: `question` is told if both answer it."""

    claim_a: str
    claim_b: str
    question: str | None
    kind: str
    strength: str
    origin: str
    state: str
    reason: str
    explanation: str | None
    gap: float | None

    @property
    def pair(self) -> Pair:
        """Return the two claims' ids."""
        return self.claim_a, self.claim_b


@dataclass(slots=True)
class Settled:
    """The conflicts of a question, and what is odd about what was declared."""

    conflicts: list[Conflict] = field(default_factory=list)
    not_borne_out: list[tuple[Declaration, Comparison]] = field(default_factory=list)
    needless: list[Declaration] = field(default_factory=list)

    @property
    def gap(self) -> float | None:
        """Return how far the two claims in an open conflict are apart that are furthest apart."""
        gaps = (one.gap for one in self.conflicts if one.state == "open" and one.gap is not None)
        return max(gaps, default=None)


def row_of(conflict: Conflict, one: Claim, other: Claim, nature: str) -> tuple[object, ...]:
    """Return the row of the draft that a conflict of two claims is, which come in their order."""
    asked = one.question, other.question
    if conflict.question is not None and asked != (conflict.question, conflict.question):
        # Of questions that are the same it has been the one as which they are weighed.
        conflict = conflict._replace(question=asked[0] if asked[0] == asked[1] else None)
    return (*conflict, *asked, nature)


def declarations_across(draft: Draft) -> dict[Pair, list[Declaration]]:
    """Return what people declare on pairs of claims that do not answer the same question."""
    return by_pair(draft.rows(ACROSS))


def by_pair(rows: Iterable[Row]) -> dict[Pair, list[Declaration]]:
    """Return declarations by the pair that they speak of, from rows that have a question first."""
    said = (Declaration(*row[1:]) for row in rows)  # type: ignore[arg-type] # SQLite's rows are untyped
    pairs = groupby(said, key=lambda one: (one.claim_a, one.claim_b))
    return {pair: list(declarations) for pair, declarations in pairs}


def unlike_values(
    asking: Asking,
    claims: Iterable[Claim],
    declared: Mapping[Pair, Sequence[Declaration]],
) -> dict[Pair, str]:
    """Return the state of each declared pair of claims that is not what their values show.

    It is open and the values can both be true, or it is dismissed and they exclude each other.
    """
    meanings = {claim.id: claim.meaning for claim in claims}
    found: dict[Pair, str] = {}
    for pair, said in declared.items():
        comparison = _compared(asking, *(meanings[name] for name in pair))
        excluded = comparison is not None and comparison.verdict == "conflict"
        state = state_of_pair(said)
        if (state == "open") != excluded:
            found[pair] = state
    return found


def spoken_of(unlike: Mapping[Pair, str], among: Mapping[str, Alike]) -> Spoken:
    """Return what is said of the groups of pairs of claims whose states are not as their values."""
    spoken = Spoken()
    for (name, other), state in unlike.items():
        against = spoken.declared if state == "open" else spoken.dismissed
        against.setdefault(among[name], set()).add(among[other])
        against.setdefault(among[other], set()).add(among[name])
    return spoken


def settle(
    asking: Asking,
    detected: Detected,
    among: Mapping[str, Alike],
    declared: Mapping[Pair, Sequence[Declaration]],
    asked_for: Collection[Pair] = (),
) -> Settled:
    """Return the conflicts of a question from what was detected and what was declared.

    `among` has the group of each claim. Where not every pair was named by detection, the pairs
    that are asked for are compared too.
    """
    settled = Settled()
    for opposed, named in detected.named.items():
        comparison = _compared(asking, *(one.meaning for one in opposed))
        if comparison is not None:
            shown = (pair for pair in named if pair not in declared)
            settled.conflicts += _shown(asking, shown, comparison)
    unnamed = set(asked_for).difference(*detected.named.values())
    for pair in sorted({*declared, *unnamed}):
        _settle_one(settled, asking, (among[pair[0]], among[pair[1]]), pair, declared.get(pair, ()))
    return settled


def _settle_one(
    settled: Settled, asking: Asking, opposed: Opposed, pair: Pair, said: Sequence[Declaration]
) -> None:
    """Add what a pair comes to that somebody spoke of or asked for."""
    comparison = _compared(asking, *(one.meaning for one in opposed))
    conflict = _settled(asking, pair, said, comparison)
    if conflict is None:
        settled.needless += said
        return
    settled.conflicts.append(conflict)
    unsaid = conflict.origin == "declared" and conflict.state == "open"
    if comparison and unsaid and comparison.verdict != "incomparable":
        settled.not_borne_out += [
            (one, comparison) for one in said if one.key == "conflicts" and not one.strength
        ]


def settle_across(pair: Pair, said: Sequence[Declaration]) -> Conflict | None:
    """Return the conflict that people declare between claims on different questions."""
    conflicts = [one for one in said if one.key == "conflicts"]
    if not conflicts:
        return None
    told = {one.strength for one in conflicts if one.strength}
    return Conflict(
        *pair,
        question=None,
        kind="declared",
        strength="tension" if told == {"tension"} else "conflict",
        origin="declared",
        state=state_of_pair(said),
        reason=" ".join(reasons_of(said)),
        explanation=None,
        gap=None,
    )


def _compared(asking: Asking, one: Meaning | None, other: Meaning | None) -> Comparison | None:
    return asking.kind.compare(one, other) if one and other else None


def _settled(
    asking: Asking, pair: Pair, said: Sequence[Declaration], comparison: Comparison | None
) -> Conflict | None:
    found = comparison is not None and comparison.verdict == "conflict"
    explanation = sentence(comparison.because) if comparison and found else None
    if comparison and explanation and not said:
        return next(_shown(asking, [pair], comparison))
    conflicts = [one for one in said if one.key == "conflicts"]
    if not conflicts and not found:
        return None
    reasons = list(reasons_of(said))
    if not conflicts and explanation:
        reasons.insert(0, explanation)
    return Conflict(
        *pair,
        question=asking.id,
        kind=asking.answer,
        strength=_strength(asking, conflicts, comparison),
        origin="both" if found and conflicts else "detected" if found else "declared",
        state=state_of_pair(said),
        reason=" ".join(reasons),
        explanation=explanation,
        gap=comparison.gap if comparison and found else None,
    )


def _shown(asking: Asking, pairs: Iterable[Pair], comparison: Comparison) -> Iterator[Conflict]:
    """Yield conflicts that only the values show, between claims that say the same two things."""
    explanation = sentence(comparison.because)
    question, kind, gap = asking.id, asking.answer, comparison.gap
    for one, other in pairs:
        yield Conflict(
            one,
            other,
            question,
            kind,
            strength=comparison.strength,
            origin="detected",
            state="open",
            reason=explanation,
            explanation=explanation,
            gap=gap,
        )


def _strength(
    asking: Asking, conflicts: Sequence[Declaration], comparison: Comparison | None
) -> str:
    """Return the editor's word if there is one; else what the values bear out.

    A conflict that is only declared is a tension, unless nothing could be compared: the answer
    is free text, or one of the claims has no value.
    """
    told = {one.strength for one in conflicts if one.strength}
    if told:
        return "conflict" if "conflict" in told else "tension"
    if comparison is None or asking.kind.rules.for_people:
        return "conflict"
    return comparison.strength if comparison.verdict == "conflict" else "tension"


def state_of_pair(said: Sequence[Declaration]) -> str:
    """Return `dismissed` if an editor holds that both can be true, else `open`."""
    return "dismissed" if any(one.key == "compatible" for one in said) else "open"


def reasons_of(said: Iterable[Declaration]) -> Iterator[str]:
    """Yield every reason once: first why two claims conflict, then why an editor dismisses it."""
    reasons = dict.fromkeys((one.key, one.because) for one in said)
    yield from (because for key, because in reasons if key == "conflicts")
    yield from (f"Dismissed: {because}" for key, because in reasons if key == "compatible")


def sentence(words: str) -> str:
    """Return words as a sentence: a capital letter, a full stop."""
    return f"{words[:1].upper()}{words[1:]}."
