"""Fewest: the fewest sets of claims that can be true together, where laying in turn may not do.

In turn makes the fewest of intervals that hold for one time. Where times, parts, jointly named
parties or people's word on pairs come in, fewer may do: they are looked for among as many
different values as people write about one question, not in crowds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ledger.values.kind import Room
from ledger.weigh.alike import Alike
from ledger.weigh.opponents import Against, Detected
from ledger.weigh.together import EVERYTHING, Together, narrowed

MOST_TRIED: Final = 60
"""Up to how many different values fewer sets are looked for than come of laying them in turn."""

MOST_STEPS: Final = 20_000
"""After how many steps that search ends."""

Foes = list[int]
"""For each group, by its turn, the bits of those that it cannot be true together with."""


@dataclass(frozen=True, slots=True)
class _Set:
    """Groups that can all be true together, their bits, and what they leave room for, if any."""

    alikes: tuple[Alike, ...] = ()
    bits: int = 0
    room: Room | None = EVERYTHING


def fewer_sets(
    alikes: Sequence[Alike], detected: Detected, than: int
) -> list[tuple[Alike, ...]] | None:
    """Return groups, given in turn, in the fewest sets that can be true, if fewer than some do.

    Of all ways with so few sets, it is the one in which each group in turn is in the first set
    that it can be in. None if there is no such way; for more than MOST_TRIED groups, and after
    MOST_STEPS steps, none is looked for.
    """
    if than <= (2 if detected.degrees else 1) or len(alikes) > MOST_TRIED:
        return None  # two that conflict take two
    against = detected.against(alikes)
    foes = _foes(alikes, against)
    least = _opposed(foes, than)
    if least == than:
        return None
    search = _Search(alikes, foes, Together(against, detected.dismissed))
    for most in range(least, than):
        if found := search.first(most):
            return [one.alikes for one in found]
        if search.steps > MOST_STEPS:
            return None
    return None


def _foes(alikes: Sequence[Alike], against: Against) -> Foes:
    bits = {one: 1 << nth for nth, one in enumerate(alikes)}
    return [sum(bits.get(other, 0) for other in against[one]) for one in alikes]


def _opposed(foes: Foes, enough: int) -> int:
    """Return how many groups there are, at least, of which no two can be true together."""
    most = 1
    for first in range(len(foes)):
        left, found = foes[first], 1
        while left:
            among = [nth for nth in range(len(foes)) if left >> nth & 1]
            left &= foes[max(among, key=lambda nth: (foes[nth] & left).bit_count())]
            found += 1
        most = max(most, found)
        if most == enough:
            break
    return most


class _Search:
    """Lays groups into so many sets at most, the first way that there is."""

    def __init__(self, alikes: Sequence[Alike], foes: Foes, together: Together) -> None:
        self._alikes = alikes
        self._foes = foes
        self._together = together
        self._in_parts = any(one.in_parts for one in alikes)
        self.steps = 0

    def first(self, most: int) -> tuple[_Set, ...] | None:
        """Return the first way; None if there is none, or it takes too many steps."""
        waiting = [self._ways((), 0, most)]
        while waiting and self.steps <= MOST_STEPS:
            found = next(waiting[-1], None)
            if found is None:
                waiting.pop()
            elif len(waiting) == len(self._alikes):
                return found
            else:
                self.steps += 1
                if self._can_go_on(found, len(waiting), most):
                    waiting.append(self._ways(found, len(waiting), most))
        return None

    def _ways(self, sets: tuple[_Set, ...], nth: int, most: int) -> Iterator[tuple[_Set, ...]]:
        """Yield the sets with one group more: in the first that it fits, and so on."""
        for at, one in enumerate(sets):
            if self._admits(one, nth):
                yield (*sets[:at], self._with_one(one, nth), *sets[at + 1 :])
        if len(sets) < most:
            yield (*sets, self._with_one(_Set(), nth))

    def _can_go_on(self, sets: tuple[_Set, ...], after: int, most: int) -> bool:
        """Return whether each group that is left fits some set, as far as pairs tell."""
        return len(sets) < most or all(
            any(not one.bits & foes for one in sets) for foes in self._foes[after:]
        )

    def _admits(self, one: _Set, nth: int) -> bool:
        if one.bits & self._foes[nth]:
            return False
        alike = self._alikes[nth]
        return not self._in_parts or self._together.admits(one.alikes, one.room, alike)

    def _with_one(self, one: _Set, nth: int) -> _Set:
        alike = self._alikes[nth]
        room = narrowed(one.room, alike) if self._in_parts else None
        return _Set((*one.alikes, alike), one.bits | 1 << nth, room)
