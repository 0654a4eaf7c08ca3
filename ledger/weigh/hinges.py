"""Hinges: the single origins without which a question would stand otherwise.

A dispute that rests on one origin's word is fragile; the reader is told whose word that is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ledger.weigh.alike import Alike
from ledger.weigh.opponents import Detected, Opposed
from ledger.weigh.origins import origins_of
from ledger.weigh.together import are_together

MOST_FRAGILE: Final = 2
"""With how many origins an agreement still hinges on one of them."""


def state_of(origins: frozenset[str], *, disputed: bool) -> str:
    """Return a question's state from the origins of its standing claims."""
    if disputed:
        return "disputed"
    if not origins:
        return "unanswered"
    return "single origin" if len(origins) == 1 else "agreed"


def hinges(
    alikes: Sequence[Alike], origins: frozenset[str], opposed: Opposed | None, detected: Detected
) -> list[str]:
    """Return each origin whose absence would change a question's state, sorted.

    Without an origin, the claims go that have no other. `origins` are those of all the claims;
    `opposed` are two groups of them in an open conflict, if there are any.
    """
    candidates = origins
    if opposed is not None:
        # Only an origin that is the only one of this side or of that can end the dispute.
        sides = (origins_of(side.claims) for side in opposed)
        candidates = frozenset(one for side in sides if len(side) == 1 for one in side)
    elif are_together(alikes, detected):
        return sorted(origins) if len(origins) <= MOST_FRAGILE else []
    return sorted(one for one in candidates if _agree(_without(one, alikes), detected))


def _agree(alikes: Sequence[Alike], detected: Detected) -> bool:
    return detected.first_open(alikes) is None and are_together(alikes, detected)


def _without(origin: str, alikes: Sequence[Alike]) -> list[Alike]:
    """Return the groups in which a claim is left that has another origin."""
    only = {origin}
    return [one for one in alikes if any(claim.origins != only for claim in one.claims)]
