"""Conflicts: what people declare and what the values show, met in one row for each pair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final, NamedTuple

from ledger.draft import Draft
from ledger.values import Comparison, compare
from ledger.weigh.answers import Asking, Claim
from ledger.weigh.detect import Detected, Pair

DECLARED: Final = """
SELECT min(d.claim, d.other), max(d.claim, d.other), d.claim, d.key, d.because, d.strength
FROM draft_declared d
JOIN draft_claim a ON a.id = min(d.claim, d.other)
JOIN draft_claim b ON b.id = max(d.claim, d.other)
WHERE {which}
AND a.id NOT IN (SELECT claim FROM draft_fallen) AND b.id NOT IN (SELECT claim FROM draft_fallen)
ORDER BY 1, 2, d.key DESC, d.claim
"""

ON_QUESTION: Final = DECLARED.format(
    which="d.claim IN (SELECT id FROM draft_claim WHERE question = ?) AND b.question = a.question"
)

ACROSS: Final = DECLARED.format(which="(a.question IS NOT b.question OR a.question IS NULL)")


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


@dataclass(slots=True)
class Conflict:
    """A pair of claims in conflict, as it goes into the table."""

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

    def row(self) -> tuple[object, ...]:
        """Return the conflict in the order of the draft's columns."""
        return (
            self.claim_a,
            self.claim_b,
            self.question,
            self.kind,
            self.strength,
            self.origin,
            self.state,
            self.reason,
            self.explanation,
            self.gap,
        )


@dataclass(slots=True)
class Settled:
    """The conflicts of a question, and what is odd about what was declared."""

    conflicts: list[Conflict] = field(default_factory=list)
    degrees: Counter[str] = field(default_factory=Counter)
    not_borne_out: list[tuple[Declaration, Comparison]] = field(default_factory=list)
    needless: list[Declaration] = field(default_factory=list)

    def open_pairs(self) -> list[Pair]:
        """Return the pairs that no editor dismissed."""
        return [one.pair for one in self.conflicts if one.state == "open"]


def declarations_on(draft: Draft, question: str) -> dict[Pair, list[Declaration]]:
    """Return what people declare on the claims of a question, by pair."""
    return _by_pair(draft.rows(ON_QUESTION, [question]))


def declarations_across(draft: Draft) -> dict[Pair, list[Declaration]]:
    """Return what people declare on pairs of claims that do not answer the same question."""
    return _by_pair(draft.rows(ACROSS))


def _by_pair(rows: Iterable[tuple[object, ...]]) -> dict[Pair, list[Declaration]]:
    said = (Declaration(*row) for row in rows)  # type: ignore[arg-type] # SQLite's rows are untyped
    pairs = groupby(said, key=lambda one: (one.claim_a, one.claim_b))
    return {pair: list(declarations) for pair, declarations in pairs}


def settle(
    asking: Asking,
    claims: Mapping[str, Claim],
    detected: Detected,
    declared: Mapping[Pair, Sequence[Declaration]],
) -> Settled:
    """Return the conflicts of a question from what was detected and what was declared."""
    settled = Settled(degrees=Counter(detected.degrees))
    shown = set(detected.pairs)
    for pair in sorted(shown | set(declared)):
        comparison = _compared(asking, claims, pair)
        said = declared.get(pair, ())
        found = comparison is not None and comparison.verdict == "conflict"
        conflict = _settled(asking, pair, said, comparison)
        if conflict is None:
            settled.needless += said
            continue
        settled.conflicts.append(conflict)
        change = (conflict.state == "open") - found
        for one in pair:
            settled.degrees[one] += change
        if comparison and conflict.origin == "declared" and comparison.verdict != "incomparable":
            settled.not_borne_out += [
                (one, comparison) for one in said if one.key == "conflicts" and not one.strength
            ]
    settled.degrees += Counter()  # drops the claims that have none left
    return settled


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


def _compared(asking: Asking, claims: Mapping[str, Claim], pair: Pair) -> Comparison | None:
    one, other = (claims[name].said for name in pair)
    return compare(one, other, asking.comparing) if one and other else None


def _settled(
    asking: Asking, pair: Pair, said: Sequence[Declaration], comparison: Comparison | None
) -> Conflict | None:
    conflicts = [one for one in said if one.key == "conflicts"]
    found = comparison is not None and comparison.verdict == "conflict"
    if not conflicts and not found:
        return None
    explanation = sentence(comparison.because) if comparison and found else None
    reasons = list(reasons_of(said))
    if not conflicts and explanation:
        reasons.insert(0, explanation)
    return Conflict(
        *pair,
        question=asking.id,
        kind=asking.asked.answer,
        strength=_strength(asking, conflicts, comparison),
        origin="both" if found and conflicts else "detected" if found else "declared",
        state=state_of_pair(said),
        reason=" ".join(reasons),
        explanation=explanation,
        gap=comparison.gap if comparison and found else None,
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
    compared = comparison is not None and asking.asked.answer != "text"
    borne_out = comparison is not None and comparison.verdict == "conflict"
    return "tension" if compared and not borne_out else "conflict"


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
