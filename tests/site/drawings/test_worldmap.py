"""Maps of places: what is shown around them, where their dots lie, which names fit."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.site.drawings.atlas import Box
from ledger.site.drawings.maplabels import LABEL, WIDTH, extent
from ledger.site.drawings.worldmap import (
    BROADEST,
    NARROWEST,
    Projection,
    Spot,
    WorldMap,
    frame,
    path_of,
    world_map,
)

MOURA = Spot("Moura", -4.6, 14.3)
NEW_YORK = Spot("New York City", -74.01, 40.71)
RUSSIA = Spot("Russia", 100.0, 60.0, exact=False, country=True)
MALI = Spot("Mali", -4.0, 17.0, exact=False, country=True)

anywhere = st.lists(
    st.builds(
        Spot,
        st.text(st.characters(codec="utf-8"), min_size=1, max_size=20),
        st.floats(-180, 180),
        st.floats(-90, 90),
        st.booleans(),
        st.booleans(),
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


def drawn(*spots: Spot) -> WorldMap:
    """Return the map of some places, of which there must be one."""
    found = world_map(spots)
    assert found is not None
    return found


def test_without_a_place_there_is_no_map() -> None:
    assert world_map([]) is None


def test_a_single_place_is_shown_with_what_is_around_it() -> None:
    box = frame([MOURA])
    assert box.north - box.south >= NARROWEST - 1
    assert box.east - box.west > box.north - box.south
    assert drawn(MOURA).shown == {"Mali"}
    assert {"Mauritania", "Burkina Faso"} <= {label.text for label in drawn(MOURA).countries}


def test_a_country_is_shown_whole() -> None:
    box = frame([MALI])
    assert box.holds(Box(-12, 10.5, 4, 24.9))
    assert not frame([MOURA]).holds(Box(-12, 10.5, 4, 24.9))


def test_what_is_around_a_place_does_not_widen_the_map_to_its_country() -> None:
    around = Spot("Mali", -4.0, 17.0, exact=False, country=True, main=False)
    assert drawn(MOURA, around).shown == {"Mali"}
    assert not frame([MOURA, around]).holds(Box(-12, 10.5, 4, 24.9))


def test_a_region_says_where_in_the_world_it_is() -> None:
    locator = drawn(MOURA).locator
    assert locator is not None
    assert locator.outline.startswith("M")
    assert 0 < locator.frame.x < locator.width
    assert 0 < locator.frame.y < locator.height


def test_the_world_is_drawn_on_the_scale_of_the_world() -> None:
    box = frame([RUSSIA])
    assert box.east - box.west > BROADEST
    assert drawn(RUSSIA).locator is None


def test_a_countrys_name_is_not_said_twice() -> None:
    assert "Mali" not in {label.text for label in drawn(MALI).countries}


@pytest.mark.parametrize("spots", [[MOURA], [MALI], [RUSSIA], [NEW_YORK, MOURA]])
def test_a_map_is_small(spots: list[Spot]) -> None:
    assert sum(len(land.path) for land in drawn(*spots).lands) < 40_000


def test_names_of_places_that_lie_close_stand_apart_or_are_left_out() -> None:
    close = [Spot(f"Village {n}", -4.6 + n / 50, 14.3 + n / 70) for n in range(20)]
    dots = drawn(*close).dots
    assert len(dots) == 20
    assert 3 <= sum(dot.label is not None for dot in dots) < 20


@settings(max_examples=60, deadline=None)
@given(spots=anywhere)
def test_every_place_on_earth_can_be_drawn(spots: list[Spot]) -> None:
    found = drawn(*spots)
    assert 100 < found.height <= WIDTH
    assert len(found.dots) == len(spots)
    labels = [extent(dot.label, LABEL) for dot in found.dots if dot.label]
    assert not any(one.meets(other) for one, other in combinations(labels, 2))
    assert all(0 <= label.x <= label.x + label.width <= WIDTH for label in labels)
    for dot in found.dots:
        # Nobody lives where the world's picture ends: Antarctica and the far north.
        assert -1 <= dot.x <= WIDTH + 1
        if -56 < dot.spot.latitude < 83:
            assert -1 <= dot.y <= found.height + 1
    for land in found.lands:
        assert re.fullmatch(r"(M-?\d+ -?\d+l[-\d ]+z)+", land.path)


@given(st.floats(-170, 170), st.floats(-50, 70))
def test_north_is_up_and_east_is_right(east: float, north: float) -> None:
    projection = Projection(Box(-180, -57, 180, 84), WIDTH)
    x, y = projection.at((east, north))
    assert projection.at((east + 1, north))[0] > x
    assert projection.at((east, north + 1))[1] < y


def test_steps_that_nobody_sees_are_left_out_of_a_path() -> None:
    square = [(0.0, 0.0), (0.1, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
    assert path_of(square, 10) == "M0 0l100 0 0 100 -100 0z"
    assert path_of([(0.0, 0.0), (0.1, 0.0), (0.1, 0.1)], 10) == ""
