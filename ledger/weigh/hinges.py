"""Hinges: the single origins without which a question would stand otherwise.

A dispute that rests on one origin's word is fragile; the reader is told whose word that is. Origins
of one whole count once, so that none of them alone is missed if another says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ledger.values import Time
from ledger.values.time import meeting
from ledger.weigh.alike import Alike
from ledger.weigh.answers import Claim
from ledger.weigh.independence import Origins, Wholes
from ledger.weigh.opponents import Detected, Opposed
from ledger.weigh.together import are_together

MOST_FRAGILE: Final = 2
"""With how many independent origins an agreement still hinges on one of them."""


@dataclass(frozen=True, slots=True)
class Stand:
    """What a question's state and its hinges come of."""

    alikes: Sequence[Alike]
    """Its standing claims, in groups that say the same."""
    wholes: Origins
    """All that they go back to."""
    detected: Detected
    opposed: Opposed | None
    """Two groups in an open conflict, if there are any."""
    disputed: bool
    """Whether they cannot all be true."""
    elsewhere: Sequence[Claim]
    """Those that claims which do not answer the question are in open conflict with."""
    timeless: bool
    """Whether none says which time it holds for."""


def state_of(stand: Stand) -> str:
    """Return a question's state."""
    if stand.disputed:
        return "disputed"
    if stand.elsewhere:
        return "contested elsewhere"
    if not stand.alikes:
        return "unanswered"
    if not stand.wholes:
        return "origin not recorded"
    agreed = len(stand.wholes) > 1 and (stand.timeless or _is_agreed(stand.alikes))
    return "agreed" if agreed else "single origin"


def are_timeless(alikes: Sequence[Alike]) -> bool:
    """Return whether no claim says which time it holds for."""
    return all(
        one.meaning.key[1] is None
        if one.meaning is not None
        else not any(claim.as_of for claim in one.claims)
        for one in alikes
    )


def _is_agreed(alikes: Sequence[Alike], without: str | None = None) -> bool:
    """Return whether two independent origins answer for one time, when one is left out."""
    by_time: dict[Time | None, set[str]] = {}
    for alike in alikes:
        for claim in alike.claims:
            by_time.setdefault(claim.time, set()).update(claim.wholes - {without})
    beside = meeting(by_time)
    return any(
        len(set().union(*(by_time[other] for other in beside[time]))) > 1
        for time, own in by_time.items()
        if own
    )


def hinges(stand: Stand) -> list[str]:
    """Return each whole whose absence would change a question's state, sorted.

    Without it, the claims go that have no other.
    """
    alikes, everybody, detected = stand.alikes, stand.wholes, stand.detected
    if stand.disputed:
        candidates: Iterable[str] = everybody
        if stand.opposed is not None:
            # Only a whole that is the only one of this side or of that can end the dispute.
            candidates = {one for side in stand.opposed for one in _only_whole_of(side.claims)}
        return sorted(one for one in candidates if _agree(_without(one, alikes), detected))
    if stand.elsewhere:
        return sorted(_only_whole_of(stand.elsewhere))
    if stand.timeless:
        return sorted(everybody) if len(everybody) <= MOST_FRAGILE else []
    if _is_agreed(alikes):
        return sorted(one for one in everybody if not _is_agreed(alikes, without=one))
    return sorted(everybody) if len(everybody) == 1 else []


def told_by(hinging: Sequence[str], origins: Origins, stand: Stand, counted: Wholes) -> list[str]:
    """Return wholes that a question hinges on as readers are told of them.

    That is by the only origin that speaks for each, if only one does.
    """
    if not hinging or (len(origins) == len(stand.wholes) and origins.issuperset(hinging)):
        return list(hinging)
    told = []
    for whole in hinging:
        speaking = [one for one in origins if counted.of(frozenset([one])) == {whole}]
        told.append(speaking[0] if len(speaking) == 1 else whole)
    return told


def _only_whole_of(claims: Sequence[Claim]) -> Iterator[str]:
    """Yield the whole that all of some claims go back to and to no other, if there is one."""
    first, *others = (claim.wholes for claim in claims)
    if len(first) == 1 and all(one == first for one in others):
        yield from first


def _agree(alikes: Sequence[Alike], detected: Detected) -> bool:
    return detected.first_open(alikes) is None and are_together(alikes, detected)


def _without(whole: str, alikes: Sequence[Alike]) -> list[Alike]:
    """Return the groups in which a claim is left that goes back to another whole, or to nobody."""
    only = {whole}
    return [one for one in alikes if any(claim.wholes != only for claim in one.claims)]
