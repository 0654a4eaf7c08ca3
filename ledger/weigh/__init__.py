"""Weigh: which claims cannot all be true, and how many origins stand behind each position.

What it finds is added to the draft; what is worth a second look is returned.
"""

from __future__ import annotations

from ledger.acyclic import acyclic
from ledger.draft import Draft
from ledger.problems import Problem
from ledger.values import Tree
from ledger.weigh.across import weigh_across
from ledger.weigh.answers import Weighing, list_fallen
from ledger.weigh.expectations import expected_pairs, unmet_expectations
from ledger.weigh.independence import Wholes
from ledger.weigh.natures import Natures
from ledger.weigh.origins import origins_of_relays
from ledger.weigh.questions import Questions
from ledger.weigh.relays import note_altered
from ledger.weigh.same import ask_together, heads_of

__all__ = ["weigh_draft"]


@acyclic()
def weigh_draft(draft: Draft, coding: str = "plural") -> list[Problem]:
    """Add conflicts, positions, statuses and states to a draft that passed every check.

    `coding` names the table of vague words. Returns remarks, and problems that only the
    values show: expectations that are not met, dismissals of conflicts that are not there.
    """
    fallen = list_fallen(draft)
    heads = heads_of(draft)
    ask_together(draft, heads)
    registers = draft.registers
    actors = {name: one.record for name, one in registers.actors.items()}
    weighing = Weighing(
        draft,
        coding,
        Wholes(actors),
        actors=Tree(
            {name: one.part_of for name, one in actors.items()},
            {name: one.name for name, one in actors.items()},
        ),
        places=Tree(
            {name: one.record.within for name, one in registers.places.items()},
            {name: one.record.name for name, one in registers.places.items()},
        ),
        heads=heads,
        fallen=fallen,
    )
    note_altered(weighing)
    weighing.relayed = origins_of_relays(draft, weighing.wholes)
    _note_origins(weighing)
    natures = Natures(weighing)
    expected = expected_pairs(draft)
    across = weigh_across(weighing, natures, expected)
    found = [*across.problems, *Questions(weighing, natures, across, expected).weigh_all()]
    found += unmet_expectations(draft)
    return found


def _note_origins(weighing: Weighing) -> None:
    """Write down in the draft whom relays go back to, and under whom each actor counts."""
    draft, wholes = weighing.draft, weighing.wholes
    for claim, origins in weighing.relayed.items():
        draft.extend("relayed", ((claim, origin) for origin in origins))
    draft.extend(
        "whole",
        ((name, whole, int(name in wholes.unnamed)) for name, whole in wholes.by_actor.items()),
    )
