"""Turns: in which order claims are laid into positions, whatever they and their files are called.

What is said comes first: the turn of the value, then how it is written. Those that say the same
are apart only where people declared or dismissed a conflict; they come by whom they are held
against. Only those that differ in nothing at all are left as given: to swap them changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import ne
from typing import Final

from ledger.values.kind import Turn
from ledger.weigh.alike import Alike
from ledger.weigh.opponents import NOBODY, Detected

UNSAID: Final[Turn] = (True,)
"""The place of a claim without a value: after all others."""

MOST_LEVEL: Final = 60
"""Among up to how many groups that say the same as others it is tried what each would change."""

Places = dict[Alike, int]
"""The place of each group in the order; those that are level have the same."""

Told = list[tuple[int, list[int], list[int]]]
"""What places tell of groups: each one's own, and those of whom it is held against."""


def in_order(alikes: Sequence[Alike], detected: Detected) -> list[Alike]:
    """Return groups in the order in which they are laid into positions, without a value last."""
    if len(alikes) == 1:
        return list(alikes)
    ordered = sorted(alikes, key=_said)
    said = list(map(_said, ordered))
    if all(map(ne, said, said[1:])):
        return ordered
    places: Places = {}
    level: list[Alike] = []
    for _, found in groupby(ordered, key=_said):
        same = list(found)
        places.update(dict.fromkeys(same, len(places)))
        level += same if len(same) > 1 else ()
    places = _Held(detected, level).parted(places)
    return sorted(ordered, key=places.__getitem__)


def _said(alike: Alike) -> Turn:
    return UNSAID if alike.meaning is None else alike.meaning.place


class _Held:
    """Parts groups that say the same as others by whom they are held against."""

    def __init__(self, detected: Detected, level: Sequence[Alike]) -> None:
        self._level = level
        self._open, self._dismissed = detected.listed, detected.dismissed

    def parted(self, places: Places) -> Places:
        """Return the places where only those are level that can be swapped."""
        places = self._by_foes(places)
        while len(self._level) <= MOST_LEVEL and (tried := self._to_try(places)):
            ways = [self._by_foes(self._before_its_like(one, places)) for one in tried]
            places = min(ways, key=self._told)
        return places

    def _by_foes(self, places: Places) -> Places:
        """Return the places after groups that are level were parted by their foes' places."""
        while True:
            parted = dict(places)
            for place, like in self._like(places).items():
                told = {one: self._foes_of(one, places) for one in like}
                at = place
                for _, same in groupby(sorted(like, key=told.__getitem__), key=told.__getitem__):
                    held = list(same)
                    parted.update(dict.fromkeys(held, at))
                    at += len(held)
            if parted == places:
                return places
            places = parted

    def _to_try(self, places: Places) -> list[Alike]:
        """Return groups that are level, the first such, one of each that have the same foes."""
        for _, like in sorted(self._like(places).items()):
            different: list[Alike] = []
            for one in like:
                if not any(self._have_the_same_foes(one, other) for other in different):
                    different.append(one)
            if len(different) > 1:
                return different
        return []

    def _before_its_like(self, alike: Alike, places: Places) -> Places:
        after = {one: places[one] + 1 for one in self._like(places)[places[alike]]}
        return places | after | {alike: places[alike]}

    def _have_the_same_foes(self, one: Alike, other: Alike) -> bool:
        both = {one, other}
        return all(
            against.get(one, NOBODY) - both == against.get(other, NOBODY) - both
            for against in (self._open, self._dismissed)
        )

    def _like(self, places: Places) -> Mapping[int, list[Alike]]:
        """Return the groups that are level with others by their place."""
        like: dict[int, list[Alike]] = defaultdict(list)
        for one in self._level:
            like[places[one]].append(one)
        return {place: found for place, found in like.items() if len(found) > 1}

    def _told(self, places: Places) -> Told:
        return sorted((places[one], *self._foes_of(one, places)) for one in self._level)

    def _foes_of(self, alike: Alike, places: Places) -> tuple[list[int], list[int]]:
        return (
            _places_of(self._open.get(alike, NOBODY), places),
            _places_of(self._dismissed.get(alike, NOBODY), places),
        )


def _places_of(alikes: Iterable[Alike], places: Places) -> list[int]:
    return sorted(places[one] for one in alikes if one in places)
