"""Together: whether several answers can all be true in one world.

Of intervals, any that meet two by two share a point (Helly's theorem), so that pairs tell all; so
they do of parties of a tree. Answers that leave room in parts are other: `[2021,2022]`,
`[2022,2023]` and `[2021,2023]` meet two by two and name no day in common; so do `not a`, `not b`
and `a | b`. On questions with such an answer it is asked what all of them leave room for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, Final

from ledger.values.kind import Room
from ledger.values.time import at_once
from ledger.weigh.alike import Alike
from ledger.weigh.opponents import NOBODY, Against, Detected, Position

MOST_WAYS: Final = 2_000
"""In how many ways those are left out whose conflict is dismissed; beyond, pairs tell."""


class _Everything:
    """What claims leave room for of whom there is none."""

    def shared(self, other: Any, /) -> Room | None:  # noqa: ANN401 # a room of any kind
        """Return the other."""
        return other  # type: ignore[no-any-return] # a room, as it came


EVERYTHING: Final[Room] = _Everything()


class Together:
    """Tells which of a question's groups of claims can all be true in one world."""

    def __init__(self, listed: Against, dismissed: Against) -> None:
        self._listed = listed
        self._dismissed = dismissed

    @classmethod
    def of(cls, detected: Detected) -> Together:
        """Return who can be together by what is listed, which is all where rooms tell the rest."""
        return cls(detected.listed, detected.dismissed)

    def admits(self, some: Sequence[Alike], shared: Room | None, alike: Alike) -> bool:
        """Return whether a group can be true together with some that can.

        `shared` is what all of these leave room for, if they do for anything.
        """
        listed = self._listed.get(alike)
        if listed and not listed.isdisjoint(some):
            return False
        room = room_of(alike)
        if room is None or (shared and shared.shared(room)):
            return True
        return self._at_each_time([*some, alike])

    def are(self, alikes: Sequence[Alike]) -> bool:
        """Return whether some groups can all be true in one world."""
        among = set(alikes)
        if any(not self._listed.get(one, NOBODY).isdisjoint(among) for one in alikes):
            return False
        return self._at_each_time(alikes)

    def _at_each_time(self, alikes: Sequence[Alike]) -> bool:
        """Return whether those that hold at once leave room, whenever that is."""
        dated = {alike: alike.meaning.key[1] if alike.meaning else None for alike in alikes}
        times = {time for time in dated.values() if time is not None}
        for holding in list(at_once(times)) or [[]]:
            at = [one for one, time in dated.items() if time is None or time in holding]
            if not self._leave_room(at):
                return False
        return True

    def _leave_room(self, alikes: Sequence[Alike]) -> bool:
        """Return whether some groups leave room, but those whose conflict is dismissed."""
        waiting, seen = [tuple(alikes)], {tuple(alikes)}
        while waiting and len(seen) <= MOST_WAYS:
            some = waiting.pop()
            if shared_by(some) is not None:
                continue
            apart = next((pair for pair in combinations(some, 2) if self._is_dismissed(*pair)), ())
            if not apart:
                return False
            for left_out in apart:
                rest = tuple(one for one in some if one is not left_out)
                if rest not in seen:
                    seen.add(rest)
                    waiting.append(rest)
        return True

    def _is_dismissed(self, one: Alike, other: Alike) -> bool:
        return other in self._dismissed.get(one, NOBODY)


@dataclass(slots=True)
class PositionOfRooms(Position):
    """Claims that can all be true in one world, where some leave room in parts."""

    together: Together = field(kw_only=True)
    room: Room | None = EVERYTHING
    """What all of its claims leave room for, if they do for anything."""

    def add(self, alike: Alike) -> None:
        """Take a group of claims in."""
        Position.add(self, alike)
        self.room = narrowed(self.room, alike)

    def admits(self, alike: Alike) -> bool:
        """Return whether a group can be true together with all in the position."""
        return self.together.admits(self.alikes, self.room, alike)


def are_together(alikes: Sequence[Alike], detected: Detected) -> bool:
    """Return whether groups can all be true in one world that are not in conflict two by two."""
    for one in alikes:
        if one.meaning is not None and one.meaning.in_parts:
            return Together.of(detected).are(alikes)
    return True


def shared_by(alikes: Iterable[Alike]) -> Room | None:
    """Return what all of some groups leave room for; None if there is nothing."""
    shared: Room | None = EVERYTHING
    for alike in alikes:
        shared = narrowed(shared, alike)
    return shared


def narrowed(shared: Room | None, alike: Alike) -> Room | None:
    """Return what is left of what some leave room for, with a group more."""
    room = room_of(alike) if shared is not None else None
    return shared if shared is None or room is None else shared.shared(room)


def room_of(alike: Alike) -> Room | None:
    """Return what a group leaves room for; None where pairs always tell all of it."""
    return alike.meaning.room if alike.meaning else None
