"""Map labels: names on a map, each where it lies on nothing else, or left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Final

from ledger.site.drawings.atlas import Point

WIDTH: Final = 480
"""How wide a map is, in its own units."""

LABEL: Final = 15
"""How high the letters of a place's name are at most, in units; on wide screens they are less."""

COUNTRY_LABEL: Final = 13
"""The same for a country's name."""

LETTER: Final = 0.62
"""How wide a letter is, about, as a share of its height, with the space to the next name."""


@dataclass(frozen=True, slots=True)
class Rect:
    """A box on a picture, in the picture's units."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Rect) -> bool:
        """Return whether the two overlap."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the map: where its line begins, or ends, or has its middle."""

    text: str
    x: float
    y: float
    anchor: str


def around(x: float, y: float) -> Rect:
    """Return what a dot covers."""
    return Rect(x - 4, y - 4, 8, 8)


def named(text: str, at: Point, taken: list[Rect], height: int) -> Label | None:
    """Return a dot's name on the first side of it where there is room; None if there is none."""
    x, y = at
    away, level = 8, LABEL * 0.35
    places = [("start", x + away, y + level), ("end", x - away, y + level)]
    places += [("middle", x, y - away), ("middle", x, y + away + LABEL * 0.75)]
    beside = product((("start", x + 6), ("end", x - 6)), (y - 6, y + LABEL * 0.9))
    places += [(anchor, side, level) for (anchor, side), level in beside]
    for anchor, side, line in places:
        label = Label(text, round(side, 1), round(line, 1), anchor)
        if fits(extent(label, LABEL), taken, height):
            return label
    return None


def extent(label: Label, size: int) -> Rect:
    """Return about what a label covers."""
    width = len(label.text) * size * LETTER
    left = {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
    return Rect(label.x - left, label.y - size * 0.8, width, size)


def fits(rect: Rect, taken: Iterable[Rect], height: int) -> bool:
    """Return whether something lies on the map, and on nothing that is taken."""
    inside = rect.x >= 0 and rect.x + rect.width <= WIDTH
    inside = inside and rect.y >= 0 and rect.y + rect.height <= height
    return inside and not any(rect.meets(other) for other in taken)
