"""Rows: all that a query finds, by a connection of its own, as CSV or JSON in pieces."""

from __future__ import annotations

import csv
import io
import json
import resource
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.site.formats.form import Told
from ledger.site.formats.rows import BATCH, Reading, csv_pieces, json_pieces, thing_pieces
from ledger.site.serving.spooling import PIECE
from tests.site.conftest import opened

VALUES = "SELECT 1 AS a, 'x,\"é\n' AS b, 1.5 AS c, NULL AS d, x'00ff' AS e, 9e999 AS f"


async def test_every_value_is_told_in_either_form(database: Path) -> None:
    async with opened(database) as site:
        reading = Reading(site.datasette, "ledger", VALUES, {})
        rows = list(csv.reader(io.StringIO(b"".join(csv_pieces(reading, Told())).decode())))
        (found,) = json.loads(b"".join(json_pieces(reading, Told())))
    assert rows == [list("abcdef"), ["1", 'x,"é\n', "1.5", "", "AP8=", "inf"]]
    encoded = {"$base64": True, "encoded": "AP8="}
    assert found == {"a": 1, "b": 'x,"é\n', "c": 1.5, "d": None, "e": encoded, "f": None}


@pytest.mark.parametrize("n_rows", [0, 1, 2, 5_000])
async def test_json_of_any_number_of_rows_is_json(database: Path, n_rows: int) -> None:
    sql = f"SELECT rowid AS id FROM (SELECT value AS rowid FROM json_each('{list(range(n_rows))}'))"  # noqa: S608 # numbers
    expected = [{"id": turn} for turn in range(n_rows)]
    async with opened(database) as site:
        reading = Reading(site.datasette, "ledger", sql, {}, keys=("id",))
        array, shaped = (
            b"".join(json_pieces(reading, Told(_shape=shape))) for shape in ("array", "object")
        )
        lines = b"".join(json_pieces(reading, Told(_nl="on"))).decode()
    assert json.loads(array) == expected
    assert json.loads(shaped) == {str(turn): row for turn, row in enumerate(expected)}
    assert [json.loads(line) for line in lines.splitlines()] == expected
    assert lines == "" or lines.endswith("}\n")


async def test_a_label_stands_behind_what_it_names(database: Path) -> None:
    sql = "SELECT id, claimant FROM claims ORDER BY id"
    labels = {"claimant": "SELECT name FROM actors WHERE id = ? AND id <> 'witnesses'"}
    async with opened(database) as site:
        reading = Reading(site.datasette, "ledger", sql, {}, labels)
        rows = list(csv.reader(io.StringIO(b"".join(csv_pieces(reading, Told())).decode())))
        found = json.loads(b"".join(json_pieces(reading, Told())))
        names = dict[str, str](site.sql("SELECT id, name FROM actors"))
    assert rows[0] == ["id", "claimant", "claimant_label"]
    shown = {who: name for who, name in names.items() if who != "witnesses"} | {"": ""}
    assert all(label == shown.get(who, "") for _, who, label in rows[1:])
    plain = [row["claimant"] for row in found if not isinstance(row["claimant"], dict)]
    labelled = [row["claimant"] for row in found if isinstance(row["claimant"], dict)]
    assert set(plain) <= {None, "witnesses"}
    assert labelled
    assert all(one["label"] == shown[one["value"]] for one in labelled)


async def test_pieces_are_little_longer_than_their_longest_row(database: Path) -> None:
    numbers = "SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000"
    sql = f"WITH RECURSIVE n(i) AS ({numbers}) SELECT i, 'twenty signs of text' FROM n"  # noqa: S608 # all of it stands here
    async with opened(database) as site:
        reading = Reading(site.datasette, "ledger", sql, {})
        for pieces in (csv_pieces(reading, Told(_header="off")), json_pieces(reading, Told())):
            sizes = [len(piece) for piece in pieces]
            assert len(sizes) > 5
            assert max(sizes) < PIECE + 100


async def test_nobody_writes_by_what_is_read(database: Path) -> None:
    async with opened(database) as site:
        reading = Reading(site.datasette, "ledger", "DELETE FROM claims", {})
        with pytest.raises(Exception, match="readonly database"):
            b"".join(csv_pieces(reading, Told(_header="off")))


async def test_what_a_column_names_is_given_once_and_in_its_order(database: Path) -> None:
    names = [f"x{turn % 2_000}" for turn in range(5_000, 0, -1)]
    sql = f"SELECT 1 AS one, value AS claim FROM json_each('{json.dumps(names)}')"  # noqa: S608 # made here
    given: list[list[str]] = []

    def write(_: sqlite3.Connection, batches: Iterator[list[str]]) -> Iterator[str]:
        for some in batches:
            given.append(some)
            yield f"{len(some)} "

    async with opened(database) as site:
        reading = Reading(site.datasette, "ledger", sql, {})
        told = b"".join(thing_pieces(reading, "claim", write)).decode()
    assert [name for some in given for name in some] == list(dict.fromkeys(names))
    assert sum(map(int, told.split())) == 2_000
    assert max(map(len, given)) <= BATCH


async def test_things_without_number_take_little_memory(database: Path) -> None:
    """Forty megabytes of names are given, each once, in less than half of that."""
    numbers = "SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000"
    sql = f"WITH RECURSIVE n(i) AS ({numbers}) SELECT printf('%0400d', i) AS claim FROM n"  # noqa: S608 # all of it stands here
    unit = 1 if sys.platform == "darwin" else 1024

    def write(_: sqlite3.Connection, batches: Iterator[list[str]]) -> Iterator[str]:
        return (name for some in batches for name in some)

    async with opened(database) as site:
        reading = Reading(site.datasette, "ledger", sql, {})
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
        sent = sum(map(len, thing_pieces(reading, "claim", write)))
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit - before
    assert sent == 40_000_000
    assert grown < 20_000_000
