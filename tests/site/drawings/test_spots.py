"""Spots: places by their own coordinates, or by those of what they lie in."""

from __future__ import annotations

import sqlite3

import pytest

from ledger.site.drawings.spots import coordinates, mapped

MARKET = """
INSERT INTO places (id, name, within, aliases) VALUES
    ('market', 'The Market', 'village', '[]'), ('hills', 'The Hills', 'mopti', '[]')
"""


def test_a_place_is_drawn_where_it_is(connection: sqlite3.Connection) -> None:
    found = mapped(connection, ["village"])
    assert found.map is not None
    (dot,) = found.map.dots
    assert dot.spot.exact
    assert dot.spot.point == (-4.1, 14.5)
    assert found.places[0]["where"] == coordinates({"latitude": 14.5, "longitude": -4.1})


def test_a_place_without_coordinates_is_drawn_where_what_it_lies_in_is(
    connection: sqlite3.Connection,
) -> None:
    connection.execute(MARKET)
    found = mapped(connection, ["market"])
    assert found.map is not None
    assert [dot.spot.name for dot in found.map.dots] == ["A Village"]
    assert found.places[0]["id"] == "market"
    assert found.places[0]["at"] == "village"


def test_what_has_an_extent_is_no_point(connection: sqlite3.Connection) -> None:
    connection.execute(MARKET)
    connection.execute("UPDATE places SET latitude = 17, longitude = -4 WHERE id = 'mali'")
    found = mapped(connection, ["hills", "mali", "village"])
    assert found.map is not None
    assert [(dot.spot.name, dot.spot.exact) for dot in found.map.dots] == [
        ("A Village", True),
        ("Mali", False),
    ]


def test_without_any_coordinates_there_is_no_map_but_the_names(
    connection: sqlite3.Connection,
) -> None:
    found = mapped(connection, ["mopti", "mali"])
    assert found.map is None
    assert [(one["name"], one["where"]) for one in found.places] == [
        ("Mali", None),
        ("Mopti Region", None),
    ]


def test_what_is_around_is_no_second_time_the_place_itself(connection: sqlite3.Connection) -> None:
    found = mapped(connection, ["village"], ["village", "mopti"])
    assert [(one["id"], one["main"]) for one in found.places] == [
        ("village", True),
        ("mopti", False),
    ]


def test_a_place_that_is_not_there_is_left_out(connection: sqlite3.Connection) -> None:
    assert mapped(connection, ["nowhere"]).places == []


@pytest.mark.parametrize(
    ("north", "east", "words"),
    [(14.3, -4.6, "14.3° N, 4.6° W"), (-33.9, 18.4, "33.9° S, 18.4° E"), (0, 0, "0° N, 0° E")],
)
def test_coordinates_are_said_as_readers_say_them(north: float, east: float, words: str) -> None:
    said = coordinates({"latitude": north, "longitude": east})
    assert said is not None
    assert said.replace("\N{NO-BREAK SPACE}", " ") == words
    assert coordinates({"latitude": north, "longitude": None}) is None
