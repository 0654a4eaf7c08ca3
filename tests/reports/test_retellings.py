"""Retellings: whose word is told differently, by documents or by who repeats it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ledger.build import build
from ledger.reports.retellings import altered, alterings_of, retellings_of, retold
from tests.retold import RETOLD
from tests.small import SMALL, write_folder


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection to a ledger in which words are told differently."""
    database = tmp_path / "ledger.db"
    assert build(write_folder(tmp_path / "claims", RETOLD), database).problems == []
    with closing(sqlite3.connect(database)) as opened:
        yield opened


def test_each_conflict_about_somebodys_word_is_found_with_its_documents(
    connection: sqlite3.Connection,
) -> None:
    told = retold(connection)["witnesses"]
    assert set(told.pairs) == {
        ("deaths-300", "deaths-400"),
        ("deaths-300", "deaths-900"),
        ("deaths-400", "deaths-900"),
    }
    assert told.documents == {"page", "sheet"}


def test_who_alters_a_word_is_told_of_it_too(connection: sqlite3.Connection) -> None:
    assert retold(connection)["state"].pairs == [
        ("deaths-300", "deaths-400"),
        ("deaths-400", "deaths-900"),
    ]


def test_whose_word_nobody_tells_differently_is_not_there(connection: sqlite3.Connection) -> None:
    assert retold(connection).keys() == {"witnesses", "state"}


def test_it_is_told_whether_documents_differ_or_who_repeats_it_alters_it(
    connection: sqlite3.Connection,
) -> None:
    pairs = retold(connection)["witnesses"].pairs
    told = {
        (one.own.id, one.other.id): one.how for one in retellings_of(connection, "witnesses", pairs)
    }
    assert told == {
        ("deaths-300", "deaths-400"): "altered",
        ("deaths-300", "deaths-900"): "documents",
        ("deaths-900", "deaths-400"): "documents",
    }
    (mine,) = retellings_of(connection, "state", [("deaths-300", "deaths-400")])
    assert (mine.own.id, mine.other.id, mine.how) == ("deaths-400", "deaths-300", "alters")
    assert "300" in mine.reason


def test_an_outlet_that_carries_an_altered_relay_is_told_of_it(
    connection: sqlite3.Connection,
) -> None:
    assert altered(connection) == {"daily": [("deaths-400", "deaths-300")]}
    (told,) = alterings_of(connection, altered(connection)["daily"])
    assert (told.own.id, told.other.id, told.how) == ("deaths-400", "deaths-300", "alters")


def test_where_nothing_is_told_differently_nobody_is_there(tmp_path: Path) -> None:
    database = tmp_path / "ledger.db"
    build(write_folder(tmp_path / "claims", SMALL), database)
    with closing(sqlite3.connect(database)) as opened:
        assert retold(opened) == {}
        assert altered(opened) == {}
