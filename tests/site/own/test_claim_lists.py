"""Claim lists: the first claims of a long list, and the disputes that claims are in."""

from __future__ import annotations

import sqlite3

from ledger.site.own.claim_lists import (
    LISTED,
    MADE_BY,
    as_ids,
    disputes_of,
    first_claims,
    glance,
    statuses_of,
    told_claims,
)

CITING = "SELECT claim FROM citations WHERE outlet = :id"


def test_the_most_contested_claims_come_first(connection: sqlite3.Connection) -> None:
    found = first_claims(connection, glance(connection, CITING, "wire"))
    turns = dict(connection.execute("SELECT id, turn FROM claims"))
    assert [turns[one["id"]] for one in found] == sorted(turns[one["id"]] for one in found)


def test_a_claim_in_a_dispute_has_its_positions_letter(connection: sqlite3.Connection) -> None:
    found = {one["id"]: one for one in told_claims(connection, ["deaths-300", "date-given"])}
    assert found["deaths-300"]["side"]["letter"] == "A"
    (given,) = told_claims(connection, ["date-given"])
    assert "side" not in given


def test_a_claim_has_its_outlets_and_where_it_was_read(connection: sqlite3.Connection) -> None:
    (given,) = told_claims(connection, ["date-given"])
    assert [one["id"] for one in given["outlet_names"]] == ["daily"]
    assert [one["paragraph"] for one in given["found"]] == [3]


def test_no_more_claims_are_told_than_are_to_be_shown(connection: sqlite3.Connection) -> None:
    claims = glance(connection, CITING, "wire")
    assert [one["id"] for one in first_claims(connection, claims, 1)] == [claims[0].id]
    assert len({one.id for one in claims}) == len(claims)


def test_no_ids_are_no_claims(connection: sqlite3.Connection) -> None:
    assert told_claims(connection, []) == []
    assert glance(connection, LISTED, as_ids([])) == []
    assert disputes_of(connection, []) == {"disputes": [], "n_disputes": 0}


def test_statuses_are_counted(connection: sqlite3.Connection) -> None:
    counted = {one["status"]: one["n"] for one in statuses_of(glance(connection, MADE_BY, "army"))}
    assert counted == {"retracted": 1}


def test_a_dispute_comes_once_with_every_position_taken(connection: sqlite3.Connection) -> None:
    found = disputes_of(connection, glance(connection, CITING, "wire"))
    assert found["n_disputes"] == 2
    disputes = {one["id"]: one for one in found["disputes"]}
    assert disputes.keys() == {"deaths", "killers"}
    assert [side["letter"] for side in disputes["killers"]["taken"]] == ["A", "B"]
    assert [side["n"] for side in disputes["deaths"]["taken"]] == [1]
