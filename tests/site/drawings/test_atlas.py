"""The atlas: what country lies where, and what of a shape lies within a box."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.site.drawings.atlas import (
    Box,
    Point,
    Ring,
    area,
    box_of,
    clipped,
    countries,
    country_at,
)

SQUARE = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]

points = st.tuples(st.floats(-20, 20), st.floats(-20, 20))


@st.composite
def boxes(draw: st.DrawFn) -> Box:
    """Return some box that has an area."""
    west, south = draw(points)
    return Box(west, south, west + draw(st.floats(0.5, 20)), south + draw(st.floats(0.5, 20)))


@pytest.mark.parametrize(
    ("name", "point"),
    [
        ("Mali", (-4.6, 14.3)),
        ("Burkina Faso", (-2.4, 13.6)),
        ("France", (2.35, 48.85)),
        ("Brazil", (-47.9, -15.8)),
        # An enclave lies in a hole of the country around it.
        ("Lesotho", (28.3, -29.5)),
    ],
)
def test_a_point_on_land_lies_in_its_country(name: str, point: Point) -> None:
    found = country_at(point)
    assert found is not None
    assert found.name == name


def test_a_point_in_the_sea_lies_in_no_country() -> None:
    assert country_at((-30.0, 0.0)) is None


@pytest.mark.parametrize("scale", ["50m", "110m"])
def test_every_country_has_land_within_the_world(scale: str) -> None:
    world = Box(-180.1, -90.1, 180.1, 90.1)
    found = countries("50m" if scale == "50m" else "110m")
    assert len(found) > 150
    for country in found:
        assert country.name
        assert country.polygons
        for polygon in country.polygons:
            assert world.holds(polygon.box)
            assert all(len(ring) >= 3 for ring in polygon.rings)


@pytest.mark.parametrize("scale", ["50m", "110m"])
def test_what_the_date_line_cuts_lies_on_both_sides_of_it(scale: str) -> None:
    land = {c.name: c for c in countries("50m" if scale == "50m" else "110m")}
    assert land["Russia"].polygons[0].box.west > 20
    assert any(polygon.box.east < -160 for polygon in land["Russia"].polygons)
    for country in land.values():
        for polygon in country.polygons:
            for ring in polygon.rings:
                steps = zip(ring, [*ring[1:], *ring[:1]], strict=True)
                assert max(abs(one[0] - other[0]) for one, other in steps) < 60


def test_neighbours_share_their_border() -> None:
    land = {country.name: country for country in countries("50m")}
    mali, niger = (set(land[name].polygons[0].rings[0]) for name in ("Mali", "Niger"))
    assert len(mali & niger) > 5


def test_a_shape_is_cut_at_the_edges_of_a_box() -> None:
    cut = clipped(SQUARE, Box(5, 5, 20, 20))
    assert area(cut) == 25
    assert box_of(cut) == Box(5, 5, 10, 10)


def test_nothing_is_left_of_a_shape_beside_a_box() -> None:
    assert clipped(SQUARE, Box(11, 11, 12, 12)) == []


@given(ring=st.lists(points, min_size=3, max_size=12, unique=True), box=boxes())
def test_what_is_left_of_a_shape_lies_within_the_box(ring: Ring, box: Box) -> None:
    near = Box(box.west - 1e-6, box.south - 1e-6, box.east + 1e-6, box.north + 1e-6)
    cut = clipped(ring, box)
    assert not cut or near.holds(box_of(cut))


@given(box=boxes())
def test_a_square_keeps_what_it_has_in_common_with_a_box(box: Box) -> None:
    wide = max(0.0, min(10, box.east) - max(0, box.west))
    high = max(0.0, min(10, box.north) - max(0, box.south))
    assert area(clipped(SQUARE, box)) == pytest.approx(wide * high, abs=1e-6)


@given(box=boxes(), other=boxes())
def test_two_boxes_meet_both_ways_and_lie_in_what_joins_them(box: Box, other: Box) -> None:
    assert box.meets(other) == other.meets(box)
    assert box.joined(other).holds(box)
    assert box.joined(other).holds(other)
