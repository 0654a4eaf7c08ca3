"""Wholes: a part cannot exceed its whole, so claims on two questions can conflict.

A question that is `part_of` another asks for a share of the same quantity: the children among
the dead. A claim on the part conflicts with one on the whole if its lowest value exceeds the
other's highest.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from ledger.values import times_meet
from ledger.weigh.answers import Asking, Claim, Weighing
from ledger.weigh.conflicts import Conflict, Declaration, reasons_of, sentence, state_of_pair
from ledger.weigh.detect import MANY, WITNESSES
from ledger.weigh.meanings import Meaning
from ledger.weigh.opponents import Pair, pair_of

PARTS: Final = "SELECT id FROM draft_question WHERE part_of IS NOT NULL AND {due} ORDER BY id"


@dataclass(frozen=True, slots=True)
class Excess:
    """A claim on a part and one on the whole that it exceeds."""

    part: Claim
    whole: Claim

    @property
    def pair(self) -> tuple[str, str]:
        """Return the two claims' ids in their order."""
        return pair_of(self.part.id, self.whole.id)


@dataclass(slots=True)
class Exceeding:
    """The parts that exceed their wholes, and each claim's exact number of such conflicts."""

    found: list[Excess] = field(default_factory=list)
    degrees: Counter[str] = field(default_factory=Counter)


def parts_and_wholes(weighing: Weighing) -> Iterator[tuple[Asking, Asking]]:
    """Yield every question that is due and part of another, with each of its wholes."""
    due = weighing.draft.due("question", "id")
    names = [str(name) for (name,) in weighing.draft.rows(PARTS.format(due=due))]
    for name in dict.fromkeys(weighing.heads.get(name, name) for name in names):
        part = weighing.asking(name)
        for whole in wholes_of(part, weighing.asking).values():
            yield part, whole


def wholes_of(part: Asking, asking: Callable[[str], Asking]) -> dict[str, Asking]:
    """Return the questions whose quantities one cannot exceed, by id, the nearest first.

    `asking` returns a question by its id.
    """
    found: dict[str, Asking] = {}
    waiting = list(part.part_of) if part.kind.rules.measured else []
    while waiting:
        name = waiting.pop(0)
        if name in found or name == part.id:
            continue
        whole = asking(name)
        if whole.kind.rules.measured:
            found[whole.id] = whole
            waiting += whole.part_of
    return found


def exceeds(part: Meaning, whole: Meaning) -> bool:
    """Return whether the least of a part is more than the most of its whole, at one time."""
    if part.bounds is None or whole.bounds is None:
        return False
    return part.bounds[0] > whole.bounds[1] and times_meet(part.key[1], whole.key[1])


def exceeding(
    parts: Sequence[Claim], wholes: Sequence[Claim], asked_for: Collection[Pair] = ()
) -> Exceeding:
    """Return where a part exceeds its whole.

    With many claims, some of the pairs for each part, and those that are asked for: that
    somebody declared, or expects.
    """
    exceeded = Exceeding()
    part = sorted(_standing_values(parts), key=lambda claim: claim.id)
    whole = sorted(_standing_values(wholes), key=lambda claim: (_high(claim), claim.id))
    highs = [_high(claim) for claim in whole]
    shown = len(whole) if len(part) * len(whole) <= MANY * MANY else WITNESSES
    for claim in part:
        below = bisect_left(highs, _low(claim))
        opponents = [other for other in whole[:below] if times_meet(claim.key[1], other.key[1])]
        exceeded.degrees.update(other.id for other in opponents)
        exceeded.degrees[claim.id] += len(opponents)
        exceeded.found += [
            Excess(claim, other)
            for nth, other in enumerate(opponents)
            if nth < shown or pair_of(claim.id, other.id) in asked_for
        ]
    return exceeded


def conflict_of(excess: Excess, part: Asking, said: Sequence[Declaration]) -> Conflict:
    """Return the conflict of a part that exceeds its whole, with what people declare on it."""
    words = [one.meaning.words if one.meaning else "" for one in (excess.part, excess.whole)]
    because = f"a part cannot exceed its whole: {words[0]} is more than {words[1]}"
    declared = [one for one in said if one.key == "conflicts"]
    told = {one.strength for one in declared if one.strength}
    return Conflict(
        *excess.pair,
        question=None,
        kind=part.answer,
        strength="tension" if told == {"tension"} else "conflict",
        origin="both" if declared else "detected",
        state=state_of_pair(said),
        reason=" ".join([*([] if declared else [sentence(because)]), *reasons_of(said)]),
        explanation=sentence(because),
        gap=_low(excess.part)[0] - _high(excess.whole)[0],
    )


def _standing_values(claims: Sequence[Claim]) -> list[Claim]:
    return [claim for claim in claims if claim.fallen is None and claim.bounds]


def _low(claim: Claim) -> tuple[float, int]:
    return claim.bounds[0] if claim.bounds else (0.0, 0)


def _high(claim: Claim) -> tuple[float, int]:
    return claim.bounds[1] if claim.bounds else (0.0, 0)
