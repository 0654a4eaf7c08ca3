"""Spots: where places lie, each by its own coordinates or by those of what it lies in."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from ledger.reports.rows import Facts, rows_of
from ledger.site.drawings.worldmap import Spot, WorldMap, world_map

EXACT: Final = frozenset({"settlement", "site"})
"""What coordinates can stand for that is a point on a map; whatever else has an extent."""

# The nearest that has coordinates, going outwards. `ledger check` holds the tree free of loops.
LOCATED: Final = """
WITH RECURSIVE up (place, at, depth) AS (
    SELECT value, value, 0 FROM json_each(:ids)
    UNION ALL
    SELECT up.place, p.within, up.depth + 1 FROM up JOIN places p ON p.id = up.at
    WHERE (p.latitude IS NULL OR p.longitude IS NULL) AND p.within IS NOT NULL AND up.depth < 100
)
SELECT o.id, o.name, o.precision, p.id AS at, p.name AS at_name, p.latitude, p.longitude,
    p.precision AS at_precision
FROM up JOIN places o ON o.id = up.place
LEFT JOIN places p ON p.id = up.at AND p.latitude IS NOT NULL AND p.longitude IS NOT NULL
ORDER BY o.name, o.id, up.depth DESC
"""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A map, if any of its places can be drawn, and the same in words: a row for each place."""

    map: WorldMap | None
    places: list[Facts]


def mapped(
    connection: sqlite3.Connection, ids: Iterable[str], around: Iterable[str] = ()
) -> Mapped:
    """Return some places on a map, and smaller those around them."""
    main = _located(connection, ids)
    others = [
        one for one in _located(connection, around) if one["id"] not in {m["id"] for m in main}
    ]
    places = [one | {"main": True} for one in main] + [one | {"main": False} for one in others]
    return Mapped(world_map(_spots(places)), places)


def _located(connection: sqlite3.Connection, ids: Iterable[str]) -> list[Facts]:
    found: dict[str, Facts] = {}
    for row in rows_of(connection, LOCATED, ids=json.dumps(list(ids))):
        # The farthest out comes first: it alone can be one with coordinates.
        found.setdefault(row["id"], row | {"where": coordinates(row)})
    return list(found.values())


def _spots(places: Sequence[Facts]) -> list[Spot]:
    """Return a spot for each point, once, what the page is about and what is exact first."""
    found: dict[tuple[Any, bool], Spot] = {}
    for place in places:
        if place["at"] is None:
            continue
        name = place["at_name"]
        point = place["longitude"], place["latitude"]
        precision = place["at_precision"]
        spot = Spot(
            name,
            *point,
            exact=precision in EXACT or precision is None,
            country=precision == "country",
            main=place["main"],
        )
        if not any((place["at"], main) in found for main in (True, False)):
            found[place["at"], place["main"]] = spot
    return sorted(found.values(), key=lambda spot: (not spot.main, not spot.exact))


def coordinates(place: Facts) -> str | None:
    """Return where a place lies as a reader says it: `14.3° N, 4.6° W`, not to be parted."""
    if place["latitude"] is None or place["longitude"] is None:
        return None
    north, east = place["latitude"], place["longitude"]
    sides = (north, "N" if north >= 0 else "S"), (east, "E" if east >= 0 else "W")
    return ", ".join(f"{abs(degrees):g}°\N{NO-BREAK SPACE}{side}" for degrees, side in sides)
