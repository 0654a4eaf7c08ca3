"""An oracle for positions: every way to part a few claims, and what can be true together in any.

It knows nothing of ends, rooms, turns or steps: a kind of answer tells only of some values whether
one world makes all of them true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, permutations

from ledger.weigh.alike import Alike
from ledger.weigh.answers import Asking
from ledger.weigh.detect import detect
from ledger.weigh.opponents import Detected, Pair, pair_of
from ledger.weigh.positions import Laid, lay
from tests.weigh.weighing import said, said_of

Saying = tuple[str, str]
"""A value as it is written, and the year that it holds for; empty: always."""

YEARS = ("2020", "2021")

Hold = Callable[[Sequence[str]], bool]
"""Tells whether one world makes some values true, as they are written."""


def partitions(names: Sequence[str]) -> Iterator[list[list[str]]]:
    """Yield every way to part some names into sets."""
    if not names:
        yield []
        return
    for parts in partitions(names[1:]):
        yield [[names[0]], *parts]
        for nth, part in enumerate(parts):
            yield [*parts[:nth], [names[0], *part], *parts[nth + 1 :]]


def subsets(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield every set of two or more of some names."""
    return chain.from_iterable(combinations(names, size) for size in range(2, len(names) + 1))


@dataclass(frozen=True)
class Told:
    """What a few claims say, and the state of each pair that is not as their values show."""

    sayings: Mapping[str, Saying]
    unlike: Mapping[Pair, str]
    hold: Hold

    def can_be(self, names: Iterable[str]) -> bool:
        """Return whether at each time some world has all that holds then, but what is dismissed."""
        named = sorted(names)
        if any(self.unlike.get(pair) == "open" for pair in combinations(named, 2)):
            return False
        for year in YEARS:
            holding = [name for name in named if self.sayings[name][1] in {"", year}]
            for some in subsets(holding):
                spoken = {self.unlike.get(pair_of(*pair)) for pair in combinations(some, 2)}
                if "dismissed" not in spoken and not self.hold([self.sayings[n][0] for n in some]):
                    return False
        return True

    def least(self) -> int:
        """Return in how few sets all can be laid, each of which can be true."""
        fitting = {
            frozenset(some): self.can_be(some)
            for some in [*((name,) for name in self.sayings), *subsets(list(self.sayings))]
        }
        ways = partitions(list(self.sayings))
        return min(len(way) for way in ways if all(fitting[frozenset(part)] for part in way))

    def renamed(self, names: Mapping[str, str]) -> Told:
        """Return the same said by claims of other names."""
        unlike = {pair_of(names[a], names[b]): state for (a, b), state in self.unlike.items()}
        return Told({names[one]: said for one, said in self.sayings.items()}, unlike, self.hold)

    def swaps(self) -> Iterator[dict[str, str]]:
        """Yield every renaming that changes nothing of what is said."""
        for order in permutations(self.sayings):
            names = dict(zip(self.sayings, order, strict=True))
            again = self.renamed(names)
            if dict(again.sayings) == dict(self.sayings) and again.unlike == self.unlike:
                yield names


def unlike_of(pairs: Iterable[tuple[str, str]], told: Told) -> dict[Pair, str]:
    """Return what somebody can say of some pairs that is not what their values show."""
    return {pair_of(*pair): "open" if told.can_be(pair) else "dismissed" for pair in pairs}


def laid_of(told: Told, asked: Asking) -> tuple[Laid, list[Alike], Detected]:
    """Return the positions of what is said."""
    claims = [
        said(name, written, asked, as_of=time) for name, (written, time) in told.sayings.items()
    ]
    alikes, spoken = said_of(claims, told.unlike)
    detected = detect(alikes, asked.kind, spoken)
    return lay(asked, alikes, detected), alikes, detected


def sets_of(laid: Laid) -> list[frozenset[str]]:
    """Return the ids of the claims in each position."""
    return [frozenset(claim.id for claim in position.claims) for position in laid.positions]
