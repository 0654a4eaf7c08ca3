"""An oracle for parties: every world of a small tree, and what holds in each.

It knows nothing of rooms, nor of how two values are compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from hypothesis import strategies as st

from ledger.values import Parties, Tree

SOMEBODY: Final = "somebody"
"""Who is in no register."""

NODES: Final = ("a", "b", "c", "d")


@dataclass(frozen=True)
class World:
    """Who took part, and whom of them all answers mean.

    A node stands for a part of its own that has no name, so that a whole can act without any
    of its named parts.
    """

    took_part: frozenset[str]
    meant: str


def worlds_of(tree: Tree) -> Iterator[World]:
    """Yield every world of a tree."""
    everybody = [*tree.parents, SOMEBODY]
    for size in range(1, len(everybody) + 1):
        for some in combinations(everybody, size):
            yield from (World(frozenset(some), one) for one in some)


def _below(one: str, tree: Tree) -> set[str]:
    return {name for name in tree.parents if tree.is_at_or_below(name, one)}


def holds(value: Parties, world: World, tree: Tree) -> bool:
    """Return whether a value holds in a world."""
    each = [_below(one, tree) for one in value.ids]
    if value.manner == "not":
        return all(world.took_part.isdisjoint(names) for names in each)
    if value.manner == "jointly" and any(world.took_part.isdisjoint(names) for names in each):
        return False
    return any(world.meant in names for names in each)


def can_all_hold(values: Sequence[Parties], tree: Tree) -> bool:
    """Return whether some values can all be true together."""
    return any(all(holds(one, world, tree) for one in values) for world in worlds_of(tree))


def can_all_be_among(values: Sequence[Parties], tree: Tree) -> bool:
    """Return whether some values can all be true where several answers can be."""
    parties_to = {world.took_part for world in worlds_of(tree)}

    def is_so(value: Parties, took_part: frozenset[str]) -> bool:
        within = [not took_part.isdisjoint(_below(one, tree)) for one in value.ids]
        if value.manner == "not":
            return not any(within)
        return all(within) if value.manner == "jointly" else any(within)

    return any(all(is_so(one, took_part) for one in values) for took_part in parties_to)


@st.composite
def trees(draw: st.DrawFn) -> Tree:
    """Return a tree of a few, each at the top or below one before."""
    above = {name: draw(st.sampled_from([None, *NODES[:nth]])) for nth, name in enumerate(NODES)}
    return Tree(above)


@st.composite
def parties(draw: st.DrawFn) -> Parties:
    """Return a value that names some of the tree."""
    named = draw(st.frozensets(st.sampled_from(NODES), min_size=1, max_size=3))
    if len(named) == 1:
        return Parties(draw(st.sampled_from(["one", "not", "not"])), named)
    return Parties(draw(st.sampled_from(["jointly", "either"])), named)
