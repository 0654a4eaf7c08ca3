"""Facets: their values, and what may have been meant."""

from __future__ import annotations

import json
import sqlite3

import pytest

from ledger.reports.facets import FACETS, allowed_values, is_known, likely_values
from ledger.reports.lists import LISTS
from tests.commands.running import METADATA

EACH = pytest.mark.parametrize(
    ("things", "name"), [(things, name) for things in FACETS for name in FACETS[things]]
)


def test_every_list_has_facets() -> None:
    assert set(FACETS) == set(LISTS)


@EACH
def test_the_pairs_of_a_facet_are_ids_of_the_list_and_values(
    things: str, name: str, small: sqlite3.Connection
) -> None:
    facet = FACETS[things][name]
    sql = f"SELECT count(*) FROM ({facet.pairs}) WHERE id NOT IN (SELECT id FROM {things})"  # noqa: S608 # our own names
    # A dispute's facets are those of all questions; the list itself narrows them.
    assert small.execute(sql).fetchone()[0] == 0 or things == "disputes"


@EACH
def test_every_value_that_something_has_is_known(
    things: str, name: str, small: sqlite3.Connection
) -> None:
    facet = FACETS[things][name]
    assert all(is_known(small, facet, value) for value, _ in allowed_values(small, facet))
    assert not is_known(small, facet, "no such value")


@pytest.mark.parametrize("things", ["claims", "questions"])
def test_the_facets_are_those_of_the_site(things: str) -> None:
    metadata = json.loads(METADATA.read_text(encoding="utf-8"))
    facets = metadata["databases"]["ledger"]["tables"][things]["facets"]
    names = {one["link"] if isinstance(one, dict) else one for one in facets}
    called = {"kind": "answer"} if things == "questions" else {}
    assert names <= {called.get(name, name) for name in FACETS[things]}


def test_values_come_by_prefix_with_what_they_are_called(small: sqlite3.Connection) -> None:
    assert allowed_values(small, FACETS["claims"]["nearby"], "w") == [("wire", "The Wire")]
    assert allowed_values(small, FACETS["claims"]["nearby"], "%") == []
    assert len(allowed_values(small, FACETS["claims"]["nearby"], limit=1)) == 1
    assert allowed_values(small, FACETS["claims"]["outlet"]) == [("daily", "The Daily")]


@pytest.mark.parametrize(
    ("name", "asked", "meant"),
    [
        ("outlet", "Radio Goita", "radio"),
        ("outlet", "wires", "wire"),
        ("country", "mali", "ML"),
        ("status", "contestd", "contested"),
        ("topic", "civil harm", "civilian harm"),
        ("claimant", "The Witnesses", "witnesses"),
    ],
)
def test_a_value_that_is_not_there_leads_to_one_that_is(
    name: str, asked: str, meant: str, small: sqlite3.Connection
) -> None:
    assert not is_known(small, FACETS["claims"][name], asked)
    assert likely_values(small, FACETS["claims"][name], asked)[0] == meant
