"""Profile: the names, questions and texts of what a build gathered of an outlet or actor."""

from __future__ import annotations

import sqlite3

import pytest

from ledger.site.pages.profile import profile_facts


def test_a_dispute_comes_once_with_every_position_taken(connection: sqlite3.Connection) -> None:
    found = profile_facts(connection, "outlet", "daily")
    assert found["n_disputes"] == 2
    disputes = {one["id"]: one for one in found["disputes"]}
    assert disputes.keys() == {"deaths", "killers"}
    assert disputes["killers"]["asks"] == "Who killed them?"
    assert [side["id"] for side in disputes["killers"]["taken"]] == [
        "killers_killers-army",
        "killers_killers-rebels",
    ]
    assert [side["n"] for side in disputes["deaths"]["taken"]] == [2, 1]


def test_opponents_have_their_names_and_a_question(connection: sqlite3.Connection) -> None:
    found = profile_facts(connection, "actor", "state")
    opponent = found["opposed_by"][0]
    assert (opponent["name"], opponent["asks"]) == ("The Page", "How many people were killed?")
    assert found["against_itself"] is None


def test_statuses_are_counted(connection: sqlite3.Connection) -> None:
    army = profile_facts(connection, "actor", "army")
    assert army["statuses"] == [{"status": "retracted", "n": 1}]
    assert army["n_claims"] == 1


def test_of_what_is_not_there_nothing_is_told(connection: sqlite3.Connection) -> None:
    with pytest.raises(LookupError):
        profile_facts(connection, "actor", "nobody")
