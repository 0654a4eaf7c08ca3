"""Hinges: the single origins without which a question would stand otherwise.

A dispute that rests on one origin's word is fragile; the reader is told whose word that is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from ledger.weigh.answers import Claim
from ledger.weigh.detect import Pair
from ledger.weigh.origins import origins_of

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
    claims: Sequence[Claim],
    origins: frozenset[str],
    open_pair: Callable[[Sequence[Claim]], Pair | None],
) -> list[str]:
    """Return each origin whose absence would change a question's state, sorted.

    Without an origin, the claims go that have no other. `origins` are those of all the claims;
    `open_pair` returns a pair in an open conflict among some of them, if there is one.
    """
    pair = open_pair(claims)
    candidates = origins
    if pair is None and len(origins) > MOST_FRAGILE:
        return []
    state = state_of(origins, disputed=pair is not None)
    if pair:
        # Only an origin of this pair can end a dispute, since this pair must go too.
        candidates = origins_of(claim for claim in claims if claim.id in pair)
    return sorted(one for one in candidates if _state_without(one, claims, open_pair) != state)


def _state_without(
    origin: str, claims: Sequence[Claim], open_pair: Callable[[Sequence[Claim]], Pair | None]
) -> str:
    left = [claim for claim in claims if claim.origins != {origin}]
    return state_of(origins_of(left) - {origin}, disputed=open_pair(left) is not None)
