"""Trees: what is above a thing, and its parts with theirs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from ledger.reports.trees import tree_of


def test_what_is_above_comes_from_the_top(connection: sqlite3.Connection) -> None:
    tree = tree_of(connection, "actors", "part_of", "brigade")
    assert [one["id"] for one in tree["above"]] == ["state", "army"]
    assert tree["parts"] == []


def test_parts_have_their_own_parts(connection: sqlite3.Connection) -> None:
    tree = tree_of(connection, "places", "within", "mali")
    (mopti,) = tree["parts"]
    assert mopti["id"] == "mopti"
    assert [one["id"] for one in mopti["parts"]] == ["village"]
    assert [one["id"] for one in tree["below"]] == ["mopti", "village"]


def test_a_loop_in_a_broken_database_ends(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE actors SET part_of = 'brigade' WHERE id = 'state'")
        tree = tree_of(connection, "actors", "part_of", "army")
    assert {one["id"] for one in tree["above"]} == {"state", "brigade", "army"}
    assert tree["parts"][0]["id"] == "brigade"
