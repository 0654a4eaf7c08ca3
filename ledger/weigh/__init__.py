"""Weigh: which claims cannot all be true, and how many origins stand behind each position.

What it finds is added to the draft; what is worth a second look is returned.
"""

from __future__ import annotations

from collections import Counter

from ledger.acyclic import acyclic
from ledger.draft import Draft
from ledger.problems import Problem
from ledger.values import Tree
from ledger.weigh.answers import Weighing, list_fallen
from ledger.weigh.conflicts import declarations_across, settle_across
from ledger.weigh.expectations import expected_pairs, unmet_expectations
from ledger.weigh.opponents import Pair
from ledger.weigh.origins import origins_of_relays
from ledger.weigh.questions import Questions
from ledger.weigh.remarks import compatible_needless
from ledger.weigh.wholes import conflict_of, exceeding, parts_and_wholes

__all__ = ["weigh_draft"]


@acyclic()
def weigh_draft(draft: Draft, coding: str = "plural") -> list[Problem]:
    """Add conflicts, positions, statuses and states to a draft that passed every check.

    `coding` names the table of vague words. Returns remarks, and problems that only the
    values show: expectations that are not met, dismissals of conflicts that are not there.
    """
    list_fallen(draft)
    weighing = Weighing(
        draft,
        coding,
        origins_of_relays(draft),
        Tree(
            {name: one.record.part_of for name, one in draft.registers.actors.items()},
            {name: one.record.name for name, one in draft.registers.actors.items()},
        ),
        Tree(
            {name: one.record.within for name, one in draft.registers.places.items()},
            {name: one.record.name for name, one in draft.registers.places.items()},
        ),
    )
    expected = expected_pairs(draft)
    across, found = _across(weighing, expected)
    found += Questions(weighing, across, expected).weigh_all()
    found += unmet_expectations(draft)
    return found


def _across(weighing: Weighing, expected: frozenset[Pair]) -> tuple[Counter[str], list[Problem]]:
    """Add the conflicts between claims on different questions; return how many each claim has."""
    draft = weighing.draft
    declared = declarations_across(draft)
    degrees: Counter[str] = Counter()
    for part, whole in parts_and_wholes(weighing):
        asked_for = declared.keys() | expected
        exceeded = exceeding(weighing.claims_on(part), weighing.claims_on(whole), asked_for)
        degrees += exceeded.degrees
        for excess in exceeded.found:
            conflict = conflict_of(excess, part, declared.pop(excess.pair, ()))
            draft.add("conflict", conflict)
            if conflict.state == "dismissed":
                degrees.subtract(conflict.pair)
    needless: list[Problem] = []
    for pair, said in declared.items():
        settled = settle_across(pair, said)
        if settled is None:
            needless += [compatible_needless(draft, one) for one in said]
            continue
        draft.add("conflict", settled)
        if settled.state == "open":
            degrees.update(pair)
    return degrees, needless
