"""Hinges: the single origins without which a question would stand otherwise.

A dispute that rests on one origin's word is fragile; the reader is told whose word that is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


def hinges(claims: Sequence[Claim], open_pairs: Iterable[Pair]) -> list[str]:
    """Return each origin whose absence would change a question's state, sorted.

    Without an origin, the claims go that have no other.
    """
    pairs = list(open_pairs)
    by_id = {claim.id: claim for claim in claims}
    state = state_of(origins_of(claims), disputed=bool(pairs))
    candidates = origins_of(claims)
    if pairs:
        # Only an origin of the first pair can end a dispute, since that pair must go too.
        candidates = origins_of(by_id[one] for one in pairs[0])
    elif len(candidates) > MOST_FRAGILE:
        return []
    return sorted(one for one in candidates if _state_without(one, claims, pairs) != state)


def _state_without(origin: str, claims: Sequence[Claim], pairs: Sequence[Pair]) -> str:
    left = [claim for claim in claims if claim.origins != {origin}]
    ids = {claim.id for claim in left}
    disputed = any(one in ids and other in ids for one, other in pairs)
    return state_of(origins_of(left) - {origin}, disputed=disputed)
