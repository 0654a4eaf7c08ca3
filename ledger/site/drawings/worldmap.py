"""Worldmap: a map of some places as lines and dots of one's own, with no tiles from elsewhere.

The projection is equirectangular, with the breadth of its middle parallel: true enough for a
region, and plain to draw. Paths are on a grid of a tenth of the picture's unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import cos, radians
from typing import Final

from ledger.site.drawings.atlas import (
    Box,
    Point,
    Ring,
    Scale,
    area,
    box_of,
    clipped,
    countries,
    country_at,
)
from ledger.site.drawings.maplabels import (
    COUNTRY_LABEL,
    LABEL,
    WIDTH,
    Label,
    Rect,
    around,
    extent,
    fits,
    named,
)

FINE: Final = 10
"""How many steps of the grid there are in a unit."""

NARROWEST: Final = 10.0
"""How many degrees from south to north a map shows at least."""

BROADEST: Final = 75.0
"""From how many degrees from west to east on the world's scale is fine enough."""

MARGIN: Final = 0.14
"""Which share of the places' span is shown beyond them, on each side."""

SHAPES: Final = (1.4, 1.8)
"""The least and the greatest ratio of a map's width to its height."""

WORLD: Final = Box(-180, -57, 180, 84)
"""What is shown of the world: what lies beyond has no settlements."""

SMALL: Final = 160
"""How wide the small picture of the world is."""

LABELLED: Final = 40
"""How many dots get a name at most; all are named in the list below the map."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place to be drawn. What is not `exact` stands for an area and is drawn as a ring."""

    name: str
    longitude: float
    latitude: float
    exact: bool = True
    country: bool = False
    """Whether it stands for a whole country, which is shown then."""
    main: bool = True
    """Whether the page is about it, rather than about something around it."""

    @property
    def point(self) -> Point:
        """Return where it is."""
        return self.longitude, self.latitude


@dataclass(frozen=True, slots=True)
class Dot:
    """A spot on the map, with its name if there was room for it."""

    spot: Spot
    x: float
    y: float
    label: Label | None


@dataclass(frozen=True, slots=True)
class Land:
    """A country's outline as the data of an SVG path, and where its name fits, if anywhere."""

    name: str
    path: str
    x: float
    y: float
    room: Point
    """How wide its largest piece is on the map, and how large."""


@dataclass(frozen=True, slots=True)
class WorldMap:
    """A map: its height for the width of WIDTH, what is on it, and where in the world it is."""

    height: int
    lands: tuple[Land, ...]
    shown: frozenset[str]
    """The countries that the spots lie in."""
    dots: list[Dot]
    countries: list[Label]
    locator: Locator | None

    @property
    def width(self) -> int:
        """Return how wide the map is."""
        return WIDTH


@dataclass(frozen=True, slots=True)
class Locator:
    """A small picture of the world, as the data of an SVG path, and what of it the map shows."""

    outline: str
    height: int
    frame: Rect

    @property
    def width(self) -> int:
        """Return how wide the picture is."""
        return SMALL


@dataclass(frozen=True, slots=True)
class Projection:
    """How degrees become units of a picture that shows a box."""

    box: Box
    width: int

    @property
    def height(self) -> int:
        """Return how high the picture is."""
        return max(1, round(self.width * (self.box.north - self.box.south) / self._breadth))

    @property
    def _breadth(self) -> float:
        return (self.box.east - self.box.west) * cos(radians(self.box.middle[1]))

    def at(self, point: Point) -> Point:
        """Return where a point lies."""
        per_degree = self.width / (self.box.east - self.box.west)
        up = self.height / (self.box.north - self.box.south)
        return (point[0] - self.box.west) * per_degree, (self.box.north - point[1]) * up


def world_map(spots: Sequence[Spot]) -> WorldMap | None:
    """Return the map of some places; None if there are none."""
    if not spots:
        return None
    box = frame(spots)
    scale: Scale = "110m" if box.east - box.west > BROADEST else "50m"
    projection = Projection(box, WIDTH)
    lands = drawn(box, scale)
    held = [country_at(spot.point) for spot in spots if spot.main]
    dots = _dots(spots, projection)
    return WorldMap(
        projection.height,
        lands,
        frozenset(country.name for country in held if country),
        dots,
        _country_labels(lands, dots, projection.height),
        _locator(box) if scale == "50m" else None,
    )


def frame(spots: Sequence[Spot]) -> Box:
    """Return what is to be shown so that some places are seen with what is around them."""
    box = box_of([spot.point for spot in spots])
    for spot in spots:
        country = country_at(spot.point) if spot.country and spot.main else None
        box = box.joined(country.polygons[0].box) if country else box
    high = max((box.north - box.south) * (1 + 2 * MARGIN), NARROWEST)
    x, y = box.middle
    y = min(max(y, WORLD.south + high / 2), WORLD.north - high / 2)
    breadth = cos(radians(y))
    wide = (box.east - box.west) * (1 + 2 * MARGIN) * breadth
    wide = max(wide, high * SHAPES[0])
    high = max(high, wide / SHAPES[1])
    return _within_world(x, y, wide / breadth, high)


def _within_world(x: float, y: float, wide: float, high: float) -> Box:
    """Return a box around a point, moved to where the world is; whole degrees, so few differ."""
    wide = min(wide, WORLD.east - WORLD.west)
    high = min(high, WORLD.north - WORLD.south)
    west = min(max(x - wide / 2, WORLD.west), WORLD.east - wide)
    south = min(max(y - high / 2, WORLD.south), WORLD.north - high)
    return Box(
        max(round(west), -180), round(south), min(round(west + wide), 180), round(south + high)
    )


@lru_cache(maxsize=64)
def drawn(box: Box, scale: Scale) -> tuple[Land, ...]:
    """Return the countries within a box."""
    projection = Projection(box, WIDTH)
    across, up = (box.east - box.west) * 0.03, (box.north - box.south) * 0.03
    # A little more than is shown, so that the edges of what was cut are not seen.
    beyond = Box(box.west - across, box.south - up, box.east + across, box.north + up)
    found: list[Land] = []
    for country in countries(scale):
        rings = [
            [projection.at(point) for point in (r if beyond.holds(p.box) else clipped(r, beyond))]
            for p in country.polygons
            if p.box.meets(beyond)
            for r in p.rings
        ]
        rings = [ring for ring in rings if ring]
        path = "".join(path_of(ring, FINE) for ring in rings)
        if path:
            found.append(_land(country.name, path, rings, projection))
    return tuple(found)


def path_of(ring: Ring, fine: int, least: int = 6) -> str:
    """Return a ring as the data of an SVG path on a grid, without steps that nobody sees.

    What is too small to be seen is nothing.
    """
    first, *points = [(round(x * fine), round(y * fine)) for x, y in ring]
    steps: list[str] = []
    before = first
    for point in points:
        dx, dy = point[0] - before[0], point[1] - before[1]
        if abs(dx) + abs(dy) >= least:
            steps.append(f"{dx} {dy}" if dy >= 0 else f"{dx}{dy}")
            before = point
    if len(steps) < 2:  # noqa: PLR2004 # two steps and the way back are the least area
        return ""
    return f"M{first[0]} {first[1]}l{' '.join(steps)}z"


@cache
def world_outline() -> str:
    """Return the world as the data of one SVG path, as small as the locator is."""
    projection = Projection(WORLD, SMALL)
    rings = [
        [projection.at(point) for point in clipped(polygon.rings[0], WORLD)]
        for country in countries("110m")
        for polygon in country.polygons
    ]
    return "".join(path_of(ring, FINE, 10) for ring in rings if ring)


def _locator(box: Box) -> Locator:
    projection = Projection(WORLD, SMALL)
    (left, top), (right, bottom) = (
        projection.at(point) for point in ((box.west, box.north), (box.east, box.south))
    )
    frame = Rect(round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1))
    return Locator(world_outline(), projection.height, frame)


def _land(name: str, path: str, rings: list[Ring], projection: Projection) -> Land:
    """Return a country with the middle of its largest piece that is on the map."""
    page = Box(0, 0, WIDTH, projection.height)
    seen = [clipped(ring, page) for ring in rings]
    largest = max(seen, key=area)
    if not largest:
        return Land(name, path, 0, 0, (0, 0))
    x, y = _centre(largest)
    widths = [point[0] for point in largest]
    room = max(widths) - min(widths), area(largest)
    return Land(name, path, round(x, 1), round(y, 1), room)


def _centre(ring: Ring) -> Point:
    """Return a ring's centre of gravity."""
    twice = x = y = 0.0
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        piece = ax * by - bx * ay
        twice, x, y = twice + piece, x + (ax + bx) * piece, y + (ay + by) * piece
    return (x / (3 * twice), y / (3 * twice)) if twice else ring[0]


def _dots(spots: Sequence[Spot], projection: Projection) -> list[Dot]:
    taken = [around(*projection.at(spot.point)) for spot in spots]
    found: list[Dot] = []
    for turn, spot in enumerate(spots):
        x, y = projection.at(spot.point)
        label = named(spot.name, (x, y), taken, projection.height) if turn < LABELLED else None
        if label:
            taken.append(extent(label, LABEL))
        found.append(Dot(spot, round(x, 1), round(y, 1), label))
    return found


def _country_labels(lands: Iterable[Land], dots: Sequence[Dot], height: int) -> list[Label]:
    """Return the names of countries that have room for them beside the places'."""
    taken = [around(dot.x, dot.y) for dot in dots]
    taken += [extent(dot.label, LABEL) for dot in dots if dot.label]
    said = {dot.label.text for dot in dots if dot.label}
    found: list[Label] = []
    for land in sorted(lands, key=lambda land: -land.room[1]):
        label = Label(land.name, land.x, land.y, "middle")
        rect = extent(label, COUNTRY_LABEL)
        wide_enough = rect.width < land.room[0] and rect.width * rect.height < land.room[1]
        if land.name not in said and wide_enough and fits(rect, taken, height):
            found.append(label)
            taken.append(rect)
    return found
