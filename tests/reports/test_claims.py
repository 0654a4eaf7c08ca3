"""A claim as it is shown: its value, its sources, its conflicts and its kin."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Protocol

import pytest

from ledger.reports.claims import brief_where, claim, in_turn, told_claims

CITING = "SELECT claim FROM citations WHERE outlet = :id"


class HasId(Protocol):
    """Something with an id."""

    @property
    def id(self) -> str | None:
        """Its id."""


def ids(things: Iterable[HasId]) -> list[str | None]:
    """Return the ids of some things."""
    return [one.id for one in things]


def test_a_value_comes_as_written_in_words_and_as_a_range(connection: sqlite3.Connection) -> None:
    facts = claim(connection, "deaths-300")
    assert (facts.value, facts.value_in_words, facts.range) == (
        "~300",
        "about 300",
        "270 to 330",
    )


def test_conflicts_come_with_their_reasons_the_open_ones_first(
    connection: sqlite3.Connection,
) -> None:
    found = claim(connection, "deaths-300").conflicts
    assert [(one.id, one.state) for one in found] == [
        ("deaths-500", "open"),
        ("deaths-revised", "dismissed"),
    ]
    assert found[0].reason == "The totals exclude each other."
    assert found[0].explanation == "About 300 reaches to 330; 500 or more starts at 500."
    assert (found[0].gap, found[0].gap_unit) == (170, "people")
    assert found[1].reason.endswith("Counts only the first day.")


def test_a_conflict_is_seen_from_both_ends(connection: sqlite3.Connection) -> None:
    assert ids(claim(connection, "deaths-500").conflicts) == [
        "deaths-300",
        "deaths-relayed",
        "deaths-revised",
    ]


def test_a_report_cited_twice_is_one_citation_with_its_times(
    connection: sqlite3.Connection,
) -> None:
    cited = claim(connection, "deaths-300").cited
    assert [(one.outlet, one.times, one.scope) for one in cited] == [
        ("daily", 1, "document"),
        ("radio", 1, "paragraph"),
        ("wire", 2, "paragraph"),
    ]


def test_a_report_cited_for_the_claim_comes_with_its_title_and_address(
    connection: sqlite3.Connection,
) -> None:
    first = claim(connection, "deaths-relayed").cited[0]
    assert (first.outlet, first.scope, first.stance) == ("radio", "claim", "mentions")
    assert first.title == "[bold]Village[/bold] mourns"
    assert (first.url or "").startswith("https://example.org/")


def test_the_origins_are_those_at_the_roots_of_what_is_repeated(
    connection: sqlite3.Connection,
) -> None:
    relayed = claim(connection, "deaths-relayed")
    assert ids(relayed.origins) == ["witnesses"]
    assert ids(relayed.based_on) == ["deaths-300"]
    assert ids(claim(connection, "deaths-300").repeated_by) == ["deaths-relayed"]
    for row in connection.execute("SELECT id, n_origins FROM claims").fetchall():
        assert len(claim(connection, row[0]).origins) == row[1]


def test_a_revision_and_what_it_replaces_name_each_other(connection: sqlite3.Connection) -> None:
    assert claim(connection, "deaths-revised").supersedes == "deaths-first"
    assert ids(claim(connection, "deaths-first").superseded_by) == ["deaths-revised"]


def test_positions_elsewhere_that_a_claim_fits_are_named(connection: sqlite3.Connection) -> None:
    facts = claim(connection, "deaths-300")
    fits = connection.execute(
        "SELECT position FROM claim_positions WHERE claim = 'deaths-300' AND home = 0"
    ).fetchall()
    assert ids(facts.fits) == [row[0] for row in fits]
    assert facts.position not in ids(facts.fits)


def test_claims_in_brief_come_the_most_contested_first(connection: sqlite3.Connection) -> None:
    turns = [
        connection.execute("SELECT turn FROM claims WHERE id = ?", [one.id]).fetchone()[0]
        for one in brief_where(connection, "TRUE")
    ]
    assert turns == sorted(turns)


def test_a_claim_that_is_not_there_raises(connection: sqlite3.Connection) -> None:
    with pytest.raises(LookupError):
        claim(connection, "deaths")


def test_the_most_contested_claims_come_first(connection: sqlite3.Connection) -> None:
    ids = in_turn(connection, CITING, id="wire")
    turns = dict(connection.execute("SELECT id, turn FROM claims"))
    assert len(set(ids)) == len(ids) > 2
    assert ids == sorted(ids, key=turns.__getitem__)
    assert [one.id for one in told_claims(connection, sorted(ids))] == ids


def test_a_claim_in_a_dispute_has_its_positions_letter(connection: sqlite3.Connection) -> None:
    found = {one.id: one for one in told_claims(connection, ["deaths-300", "date-given"])}
    assert found["deaths-300"].side == 1
    (given,) = told_claims(connection, ["date-given"])
    assert given.side is None


def test_a_claim_has_its_outlets_and_where_it_was_read(connection: sqlite3.Connection) -> None:
    (given,) = told_claims(connection, ["date-given"])
    assert [one.id for one in given.cited] == ["daily"]
    assert [one.paragraph for one in given.found] == [3]


def test_no_ids_are_no_claims(connection: sqlite3.Connection) -> None:
    assert told_claims(connection, []) == []
    assert in_turn(connection, CITING, id="nobody") == []
