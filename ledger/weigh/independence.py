"""Independence: under which whole an origin counts, so that those of one whole count once.

A government, its minister and its intelligence agency are one independent origin: the top of the
tree that they are part of. Where that top is an umbrella, a country, a worldwide body or a
movement, those in it do not speak for each other, and the whole is what stands just below:
villagers of a country are not its government. Whoever is `independent` speaks for itself, and all
below it with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final

from ledger.records import Actor
from ledger.words import UMBRELLAS

WORLDWIDE: Final = "worldwide body"
"""The kind of umbrella whose own officials, just below it, speak for it."""

UNNAMED: Final = "unnamed"
"""The kind of actor that stands for people whom nobody names: each claim has its own origin."""

UNKNOWN: Final = "?"
"""What stands before who makes a claim whose origins nobody recorded."""

Origins = frozenset[str]
"""Who says something of its own knowledge: actors, `document ID`, or `claim ID` for the unnamed."""


NOBODY_KNOWN: Final[Origins] = frozenset()


class Wholes:
    """Under which whole each origin counts."""

    def __init__(self, actors: Mapping[str, Actor]) -> None:
        self.by_actor = {name: whole_of(name, actors) for name in actors}
        self.unnamed = frozenset(name for name, one in actors.items() if one.kind == UNNAMED)
        self.of: Callable[[Origins], Origins] = lru_cache(maxsize=65_536)(self._of)
        """Returns the wholes that some origins count under."""
        self.known: dict[str, tuple[Origins, Origins]] = {}
        """What standing returned for speakers who are named."""

    def standing(self, speaker: str, claim: str) -> tuple[Origins, Origins]:
        """Return the origins of a claim that repeats nobody, and the wholes they count under."""
        if speaker in self.unnamed:
            own = frozenset([f"claim {claim}"])
            return own, own
        own = NOBODY_KNOWN if speaker.startswith(UNKNOWN) else frozenset([speaker])
        self.known[speaker] = found = own, self.of(own)
        return found

    def _of(self, origins: Origins) -> Origins:
        return frozenset(self.by_actor.get(one, one) for one in origins)


def whole_of(name: str, actors: Mapping[str, Actor]) -> str:
    """Return the id of the actor that one counts under, itself if nothing is above it."""
    below, top = name, name
    seen: set[str] = set()
    while top not in seen and not actors[top].independent:
        seen.add(top)
        whole = actors[top].part_of
        if whole is None or whole not in actors:
            break
        below, top = top, whole
    kind = actors[top].kind
    if below == top or actors[top].independent or kind not in UMBRELLAS:
        return top
    return top if kind == WORLDWIDE and actors[below].kind == "official" else below
