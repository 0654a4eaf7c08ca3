"""Claim lists: the first claims of a list that may be long."""

from __future__ import annotations

import sqlite3

from ledger.site.pages.claim_lists import in_turn, told_claims

CITING = "SELECT claim FROM citations WHERE outlet = :id"


def test_the_most_contested_claims_come_first(connection: sqlite3.Connection) -> None:
    ids = in_turn(connection, CITING, id="wire")
    turns = dict(connection.execute("SELECT id, turn FROM claims"))
    assert len(set(ids)) == len(ids) > 2
    assert ids == sorted(ids, key=turns.__getitem__)
    assert [one["id"] for one in told_claims(connection, sorted(ids))] == ids


def test_a_claim_in_a_dispute_has_its_positions_letter(connection: sqlite3.Connection) -> None:
    found = {one["id"]: one for one in told_claims(connection, ["deaths-300", "date-given"])}
    assert found["deaths-300"]["side"]["letter"] == "A"
    (given,) = told_claims(connection, ["date-given"])
    assert "side" not in given


def test_a_claim_has_its_outlets_and_where_it_was_read(connection: sqlite3.Connection) -> None:
    (given,) = told_claims(connection, ["date-given"])
    assert [one["id"] for one in given["outlet_names"]] == ["daily"]
    assert [one["paragraph"] for one in given["found"]] == [3]


def test_no_ids_are_no_claims(connection: sqlite3.Connection) -> None:
    assert told_claims(connection, []) == []
    assert in_turn(connection, CITING, id="nobody") == []
