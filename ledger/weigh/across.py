"""Across: the conflicts between claims on different questions, or on none."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from ledger.problems import Problem
from ledger.weigh.answers import Claim, Weighing
from ledger.weigh.conflicts import Conflict, Declaration, declarations_across, row_of, settle_across
from ledger.weigh.natures import Natures
from ledger.weigh.opponents import Pair
from ledger.weigh.remarks import compatible_needless
from ledger.weigh.wholes import conflict_of, exceeding, parts_and_wholes


@dataclass(slots=True)
class Across:
    """With how many claims elsewhere claims are in open conflict, and of what natures, told once.

    `degrees` and `natures` go by the claims' ids; what a question comes to is the sum of its own.
    """

    degrees: Counter[str] = field(default_factory=Counter)
    natures: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    problems: list[Problem] = field(default_factory=list)


def weigh_across(weighing: Weighing, natures: Natures, expected: frozenset[Pair]) -> Across:
    """Add the conflicts between claims on different questions to the draft; return their sum."""
    across = Across()
    declared = declarations_across(weighing.draft)
    _exceeding(weighing, natures, declared, expected, across)
    _declared(weighing, natures, declared, across)
    return across


def _exceeding(
    weighing: Weighing,
    natures: Natures,
    declared: dict[Pair, list[Declaration]],
    expected: frozenset[Pair],
    across: Across,
) -> None:
    """Add where parts exceed their wholes; what was declared of those pairs is then settled."""
    for part, whole in parts_and_wholes(weighing):
        asked_for = declared.keys() | expected
        exceeded = exceeding(weighing.claims_on(part), weighing.claims_on(whole), asked_for)
        across.degrees += exceeded.degrees
        for excess in exceeded.found:
            conflict = conflict_of(excess, part, declared.pop(excess.pair, ()))
            _add(weighing, natures, conflict, (excess.part, excess.whole), across)
            if conflict.state == "dismissed":
                across.degrees.subtract(conflict.pair)


def _declared(
    weighing: Weighing,
    natures: Natures,
    declared: Mapping[Pair, list[Declaration]],
    across: Across,
) -> None:
    """Add what people declare."""
    for pair, said in declared.items():
        settled = settle_across(pair, said)
        if settled is None:
            across.problems += [compatible_needless(weighing.draft, one) for one in said]
            continue
        _add(weighing, natures, settled, (weighing.claim(pair[0]), weighing.claim(pair[1])), across)
        if settled.state == "open":
            across.degrees.update(pair)


def _add(
    weighing: Weighing,
    natures: Natures,
    conflict: Conflict,
    claims: tuple[Claim, Claim],
    across: Across,
) -> None:
    nature = natures.of(*claims)
    if conflict.state == "open":
        for claim in claims:
            across.natures[claim.id].add(nature)
    one, other = sorted(claims, key=lambda claim: claim.id)
    weighing.draft.add("conflict", row_of(conflict, one, other, nature))
