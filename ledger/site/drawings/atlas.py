"""Atlas: the shapes of countries, from Natural Earth, and what lies within a box."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

Scale = Literal["50m", "110m"]

SOURCE: Final = "Natural Earth"
"""Who made the shapes, which are in the public domain."""

SOURCE_URL: Final = "https://www.naturalearthdata.com"

CORNERS: Final = 3
"""How many points a line that encloses something has at least."""

Point = tuple[float, float]
"""Degrees east and degrees north."""

Ring = list[Point]
"""A closed line; the first point does not stand again at its end."""


@dataclass(frozen=True, slots=True)
class Box:
    """What lies between two meridians and two parallels, in degrees."""

    west: float
    south: float
    east: float
    north: float

    @property
    def middle(self) -> Point:
        """Return the point in the middle."""
        return (self.west + self.east) / 2, (self.south + self.north) / 2

    def meets(self, other: Box) -> bool:
        """Return whether the two have a point in common."""
        return (
            self.west <= other.east
            and other.west <= self.east
            and self.south <= other.north
            and other.south <= self.north
        )

    def holds(self, other: Box) -> bool:
        """Return whether the other lies within this one."""
        return (
            self.west <= other.west
            and other.east <= self.east
            and self.south <= other.south
            and other.north <= self.north
        )

    def joined(self, other: Box) -> Box:
        """Return the least box that holds both."""
        return Box(
            min(self.west, other.west),
            min(self.south, other.south),
            max(self.east, other.east),
            max(self.north, other.north),
        )


GLOBE: Final = Box(-180, -90, 180, 90)
"""The whole of the world."""

HALF_ROUND: Final = 180
"""How many degrees are half the way round: a longer step goes the other way, over the date line."""


@dataclass(frozen=True, slots=True)
class Polygon:
    """A piece of land: its outer line, the holes in it, and the box around it."""

    rings: list[Ring]
    box: Box


@dataclass(frozen=True, slots=True)
class Country:
    """A country: its name and the pieces of its land, the largest first."""

    name: str
    polygons: list[Polygon]


@cache
def countries(scale: Scale) -> tuple[Country, ...]:
    """Return every country's shape at a scale: `50m` for a region, `110m` for the world.

    Islands that are too small for the scale are left out.
    """
    file = files("ledger.site").joinpath("natural_earth", f"countries-{scale}.json")
    topology = json.loads(file.read_text(encoding="utf-8"))
    arcs = [list(_positions(arc, topology["transform"])) for arc in topology["arcs"]]
    found = topology["objects"]["countries"]["geometries"]
    known = (Country(one["properties"]["name"], _polygons(one, arcs)) for one in found)
    return tuple(country for country in known if country.polygons)


def country_at(point: Point, scale: Scale = "50m") -> Country | None:
    """Return the country that a point lies in, if it is on land."""
    x, y = point
    here = Box(x, y, x, y)
    for country in countries(scale):
        for polygon in country.polygons:
            if polygon.box.holds(here) and sum(_is_inside(point, r) for r in polygon.rings) % 2:
                return country
    return None


def box_of(points: Sequence[Point]) -> Box:
    """Return the least box that holds some points, of which there must be one."""
    east, north = [point[0] for point in points], [point[1] for point in points]
    return Box(min(east), min(north), max(east), max(north))


def clipped(ring: Ring, box: Box) -> Ring:
    """Return the part of a ring that lies within a box, closed along the box's edges."""
    edges = ((0, box.west, 1), (0, box.east, -1), (1, box.south, 1), (1, box.north, -1))
    for axis, edge, sign in edges:
        ring = list(_cut(ring, axis, edge, sign))
    return ring


def area(ring: Ring) -> float:
    """Return the area within a ring, in square units of its points."""
    following = [*ring[1:], *ring[:1]]
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, following, strict=True))) / 2


def _cut(ring: Ring, axis: int, edge: float, sign: int) -> Iterator[Point]:
    """Yield the points of a ring on the inner side of an edge, and where it crosses it."""
    before = ring[-1] if ring else (0.0, 0.0)
    was_in = (before[axis] - edge) * sign >= 0
    for point in ring:
        is_in = (point[axis] - edge) * sign >= 0
        if is_in != was_in:
            share = (edge - before[axis]) / (point[axis] - before[axis])
            other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
            yield (edge, other) if axis == 0 else (other, edge)
        if is_in:
            yield point
        before, was_in = point, is_in


def _is_inside(point: Point, ring: Ring) -> bool:
    x, y = point
    inside = False
    before = ring[-1]
    for here in ring:
        if (here[1] > y) != (before[1] > y):
            crossing = here[0] + (y - here[1]) * (before[0] - here[0]) / (before[1] - here[1])
            inside ^= x < crossing
        before = here
    return inside


# TopoJSON: lines are shared between neighbours, each point told by its distance from the one
# before it; a line numbered ~n is line n from its end.


def _positions(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[Point]:
    (across, up), (west, south) = transform["scale"], transform["translate"]
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield round(west + x * across, 4), round(south + y * up, 4)


def _polygons(geometry: dict[str, Any], arcs: list[Ring]) -> list[Polygon]:
    several = geometry["type"] == "MultiPolygon"
    told = geometry["arcs"] if several else [geometry["arcs"]]
    found = [piece for polygon in told for piece in _parts([_ring(line, arcs) for line in polygon])]
    return sorted(found, key=lambda polygon: -area(polygon.rings[0]))


def _parts(rings: list[Ring]) -> Iterator[Polygon]:
    """Yield a polygon's parts, of which it has several if the date line cuts it."""
    outer, *holes = (_whole(ring) for ring in rings)
    for ring in outer:
        box = box_of(ring)
        inside = [hole for pieces in holes for hole in pieces if box.holds(box_of(hole))]
        yield Polygon([ring, *inside], box)


def _whole(ring: Ring) -> list[Ring]:
    """Return a ring in the pieces that lie on both sides of the date line, if it crosses that.

    What was simplified to a line has no inside and is no piece. A ring around a pole, which
    nowhere comes back to where it began, is left out: Antarctica.
    """
    turned = _unrolled(ring)
    if abs(turned[-1][0] - turned[0][0]) > HALF_ROUND:
        return []
    if GLOBE.holds(box_of(turned)):
        return [turned] if len(turned) >= CORNERS else []
    shifted = ([(x + around, y) for x, y in turned] for around in (-360, 0, 360))
    return [piece for one in shifted if len(piece := clipped(one, GLOBE)) >= CORNERS]


def _unrolled(ring: Ring) -> Ring:
    """Return a ring whose every step is the short way round the globe."""
    found: Ring = []
    before = ring[0][0]
    for x, y in ring:
        before += (x - before + HALF_ROUND) % 360 - HALF_ROUND
        found.append((round(before, 4), y))
    return found


def _ring(numbers: list[int], arcs: list[Ring]) -> Ring:
    ring: Ring = []
    for number in numbers:
        # Each line begins where the one before it ended.
        ring += (arcs[number] if number >= 0 else arcs[~number][::-1])[:-1]
    return ring
