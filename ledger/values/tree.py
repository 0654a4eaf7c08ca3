"""Trees of actors and places: who is part of whom, what lies within what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Tree:
    """Each id's parent, if it has one, and its name for readers."""

    parents: Mapping[str, str | None] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    _wholes: dict[str, list[str]] = field(default_factory=dict, compare=False, repr=False)
    _parts: dict[str, set[str]] = field(default_factory=dict, compare=False, repr=False)

    def name(self, one: str) -> str:
        """Return the name of an id, or the id itself if it has none."""
        return self.names.get(one, one)

    def wholes_of(self, one: str) -> list[str]:
        """Return the wholes that an id belongs to, the nearest first."""
        if one not in self._wholes:
            wholes: list[str] = []
            at = self.parents.get(one)
            while at is not None and at not in wholes:
                wholes.append(at)
                at = self.parents.get(at)
            self._wholes[one] = wholes
        return self._wholes[one]

    def parts_of(self, one: str) -> frozenset[str]:
        """Return everything that belongs to a whole, at any depth."""
        if not self._parts:
            self._parts.update((one, set()) for one in self.parents)
            for part in self.parents:
                for whole in self.wholes_of(part):
                    self._parts.setdefault(whole, set()).add(part)
        return frozenset(self._parts.get(one, ()))

    def is_at_or_below(self, one: str, other: str) -> bool:
        """Return whether one is the other, or a part of it at any depth."""
        return one == other or other in self.wholes_of(one)

    def are_related(self, one: str, other: str) -> bool:
        """Return whether the two are the same, or one is a part of the other."""
        return self.is_at_or_below(one, other) or self.is_at_or_below(other, one)

    def depth(self, one: str) -> int:
        """Return how many wholes stand above an id."""
        return len(self.wholes_of(one))
