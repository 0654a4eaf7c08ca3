"""Independence: origins of one whole count once."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.records import Actor
from ledger.weigh.independence import Wholes, whole_of
from tests.weigh.weighing import claim, weighed


def actor(
    part_of: str | None = None, kind: str | None = None, *, independent: bool = False
) -> Actor:
    """Return an actor of whom only matters what it is part of."""
    return Actor(name="Somebody", part_of=part_of, kind=kind, independent=independent)


ACTORS = {
    "country": actor(kind="country"),
    "government": actor("country", "government"),
    "ministry": actor("government", "government"),
    "minister": actor("ministry", "official"),
    "court": actor("government", "court", independent=True),
    "judge": actor("court", "official"),
    "villagers": actor("country", "witness group"),
    "world": actor(kind="worldwide body"),
    "secretary": actor("world", "official"),
    "agency": actor("world", "international organisation"),
    "spokesman": actor("agency", "official"),
    "struggle": actor(kind="movement"),
    "front": actor("struggle", "armed group"),
    "leader": actor("front", "person"),
    "company": actor(kind="company"),
    "branch": actor("company"),
}


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("country", "country"),
        ("government", "government"),
        ("minister", "government"),
        ("villagers", "villagers"),
        ("court", "court"),
        ("judge", "court"),
        ("world", "world"),
        ("secretary", "world"),
        ("agency", "agency"),
        ("spokesman", "agency"),
        ("struggle", "struggle"),
        ("leader", "front"),
        ("company", "company"),
        ("branch", "company"),
    ],
)
def test_an_actor_counts_under_the_top_of_its_tree_or_just_below_an_umbrella(
    name: str, whole: str
) -> None:
    assert whole_of(name, ACTORS) == whole


def test_what_is_part_of_nobody_known_or_of_itself_counts_somewhere() -> None:
    assert whole_of("a", {"a": actor("unheard-of")}) == "a"
    assert whole_of("a", {"a": actor("b"), "b": actor("a")}) in {"a", "b"}


def test_only_actors_are_part_of_a_whole() -> None:
    wholes = Wholes(ACTORS)
    assert wholes.of(frozenset(["minister", "ministry", "document page"])) == {
        "government",
        "document page",
    }
    assert wholes.standing("minister", "a") == (frozenset(["minister"]), frozenset(["government"]))
    assert wholes.standing("?minister", "a") == (frozenset(), frozenset())


def test_those_whom_nobody_names_are_each_time_an_origin_of_their_own(tmp_path: Path) -> None:
    folder = tmp_path / "unnamed"
    claims = [
        claim("a", "deaths", "30", claimant="sources"),
        claim("b", "deaths", "30", claimant="sources"),
        claim("c", "day", "2020", claimant="sources"),
        claim("d", "day", "2021", claimant="sources"),
    ]
    more = {"actors.yaml": "sources: {name: Media sources, kind: unnamed}\n"}
    ledger = weighed(folder, claims, registers=more)
    assert ledger.row(
        "SELECT n_origins, n_independent FROM positions WHERE question = 'deaths'"
    ) == (
        2,
        2,
    )
    assert ledger.by_id("status") == {
        "a": "corroborated",
        "b": "corroborated",
        "c": "contested",
        "d": "contested",
    }
    assert ledger.row("SELECT nature FROM conflicts") == ("sides",)
    assert ledger.remarks == []
    sql = "SELECT origin, actor, document, whole FROM claim_origins WHERE claim = 'a'"
    assert ledger.row(sql) == ("claim a", None, None, "claim a")


def test_a_government_its_army_and_its_police_are_one_independent_origin(tmp_path: Path) -> None:
    claims = [
        claim(f"c{nth}", "deaths", "30", claimant=who)
        for nth, who in enumerate(["state", "army", "police"])
    ]
    ledger = weighed(tmp_path, claims)
    assert ledger.row("SELECT n_origins, n_independent FROM positions") == (3, 1)
    assert set(ledger.by_id("status").values()) == {"single origin"}
    sql = "SELECT DISTINCT whole FROM position_origins"
    assert ledger.rows(sql) == [("country",)]
