"""Weigh: which claims cannot all be true, and how many origins stand behind each.

Conflicts are those that people declare. What it finds is added to the draft.
"""

from ledger.weigh.conflicts import settle_declared
from ledger.weigh.origins import origins_of_relays
from ledger.weigh.questions import weigh_questions

__all__ = ["origins_of_relays", "settle_declared", "weigh_draft", "weigh_questions"]

from ledger.draft import Draft


def weigh_draft(draft: Draft) -> None:
    """Add to a draft that has no problems its conflicts, positions, statuses and states."""
    settle_declared(draft)
    weigh_questions(draft, origins_of_relays(draft))
