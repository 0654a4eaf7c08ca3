"""The disputes of a build: narrowed and counted as the data browser does it, and sorted."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ledger.reports.contested import SORTS, contested
from ledger.words import NATURES


@pytest.fixture
def shipped_connection(shipped_database: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection to the database of the claims that are shipped."""
    with closing(sqlite3.connect(shipped_database)) as opened:
        yield opened


def test_every_order_has_every_dispute_once(shipped_connection: sqlite3.Connection) -> None:
    known = contested(shipped_connection)
    (there,) = shipped_connection.execute("SELECT json_group_array(id) FROM disputes").fetchone()
    assert set(known.orders) == set(SORTS)
    for ids in known.orders.values():
        assert sorted(ids) == sorted(json.loads(there))


def test_narrowing_holds_all_that_is_chosen(shipped_connection: sqlite3.Connection) -> None:
    known = contested(shipped_connection)
    found = known.narrowed({"_topic": ["civilian harm", "mercenaries"], "answer": ["quantity"]})
    rows = shipped_connection.execute(
        "SELECT id FROM disputes WHERE answer = 'quantity' AND 2 = (SELECT count(*) FROM "
        "question_topics WHERE question = id AND topic IN ('civilian harm', 'mercenaries'))"
    )
    assert found == {row[0] for row in rows} != set()


def test_counts_are_of_what_was_found(shipped_connection: sqlite3.Connection) -> None:
    known = contested(shipped_connection)
    found = known.narrowed({"_country": ["ML"]})
    counts = known.counts("answer", found)
    rows = shipped_connection.execute(
        "SELECT answer, count(*) AS n FROM disputes JOIN question_countries ON question = id "
        "WHERE country = 'ML' GROUP BY answer ORDER BY n DESC, answer"
    )
    assert counts == rows.fetchall()


def test_a_value_that_nobody_has_finds_nothing(shipped_connection: sqlite3.Connection) -> None:
    assert contested(shipped_connection).narrowed({"_country": ["XX"]}) == frozenset()


def test_sides_come_before_retellings_and_conflicts_before_mere_tensions(
    shipped_connection: sqlite3.Connection,
) -> None:
    natures = list(NATURES)
    stands = {
        name: (natures.index(nature), state == "tension only")
        for name, nature, state in shipped_connection.execute(
            "SELECT id, nature, state FROM disputes"
        )
    }
    order = [stands[one] for one in contested(shipped_connection).orders["contested"]]
    assert order == sorted(order)
    assert {nature for nature, _ in order} == {0, 1, 2}


def test_disputes_are_folded_by_what_hangs_together(
    shipped_connection: sqlite3.Connection,
) -> None:
    known = contested(shipped_connection)
    for name, order in known.orders.items():
        folded = known.folded(name, known.everything)
        assert sorted(one for head, others in folded for one in (head, *others)) == sorted(order)
        places = [order.index(head) for head, _ in folded]
        assert places == sorted(places)
    by_head = dict(known.folded("contested", known.everything))
    assert by_head["karma-perpetrators"] == ["karma-motive", "karma-circumstances"]
    assert by_head["moura-deaths"] == ["moura-civilian-deaths", "moura-executed"]
    assert by_head["diallassagou-civilians"] == []
    alone = frozenset({"karma-motive", "moura-deaths"})
    assert dict(known.folded("contested", alone)) == {"karma-motive": [], "moura-deaths": []}


def test_what_is_furthest_apart_comes_first(shipped_connection: sqlite3.Connection) -> None:
    spread = dict(shipped_connection.execute("SELECT id, coalesce(spread, 0) FROM disputes"))
    found = [spread[one] for one in contested(shipped_connection).orders["spread"]]
    assert found == sorted(found, reverse=True)
