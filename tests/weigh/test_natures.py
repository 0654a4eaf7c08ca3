"""Natures: whose word stands against whose."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.weigh.natures import gravest
from tests.weigh.weighing import Record, claim, weighed

LEAFLET = {"documents.yaml": "leaflet: {title: A leaflet, outlet: wire, voice: ann}\n"}


@pytest.mark.parametrize(
    ("one", "other", "nature"),
    [
        ({"claimant": "ann"}, {"claimant": "bob"}, "sides"),
        ({"claimant": "army"}, {"claimant": "police"}, "itself"),
        ({"claimant": "army"}, {"claimant": "rebels"}, "sides"),
        ({"claimant": "ann"}, {"claimant": "ann"}, "itself"),
        ({"claimant": "ann"}, {"claimant": "ann", "found": "leaflet#1"}, "retelling"),
        ({"claimant": "ann"}, {"claimant": "ann", "found": ["leaflet#1", "page#1"]}, "itself"),
        ({"claimant": "army"}, {"claimant": "police", "found": "leaflet#1"}, "itself"),
        ({"claimant": "ann"}, {"claimant": "bob", "based_on": "a"}, "retelling"),
        ({"claimant": "ann", "origins": "unknown"}, {"claimant": "bob"}, "sides"),
        (
            {"claimant": "ann", "origins": "unknown"},
            {"claimant": "ann", "origins": "unknown"},
            "itself",
        ),
    ],
)
def test_a_conflict_is_of_sides_of_a_retelling_or_of_one_with_itself(
    tmp_path: Path, one: Record, other: Record, nature: str
) -> None:
    claims = [claim("a", "deaths", "30") | one, claim("b", "deaths", "40") | other]
    ledger = weighed(tmp_path, claims, registers=LEAFLET)
    assert ledger.row("SELECT nature FROM conflicts") == (nature,)
    assert ledger.row("SELECT nature FROM questions WHERE id = 'deaths'") == (nature,)
    assert ledger.row("SELECT nature FROM disputes") == (nature,)


def test_who_relays_two_others_tells_of_their_sides(tmp_path: Path) -> None:
    claims = [
        claim("a", None, None, claimant="ann"),
        claim("b", None, None, claimant="bob"),
        claim("c", "deaths", "30", based_on="a"),
        claim("d", "deaths", "40", based_on="b"),
    ]
    assert weighed(tmp_path, claims).row("SELECT nature FROM conflicts") == ("sides",)


def test_a_dispute_is_what_its_gravest_pair_is(tmp_path: Path) -> None:
    assert gravest(["itself", "retelling", None]) == "retelling"
    assert gravest(["itself", "sides", "retelling"]) == "sides"
    assert gravest([]) is None
    claims = [
        claim("a", "deaths", "30", claimant="ann"),
        claim("b", "deaths", "40", claimant="ann"),
        claim("c", "site", "town", claimant="bob", conflicts={"a": "Nobody was there."}),
    ]
    ledger = weighed(tmp_path, claims)
    sql = "SELECT id, state, nature FROM questions WHERE nature IS NOT NULL ORDER BY id"
    assert ledger.rows(sql) == [
        ("deaths", "disputed", "sides"),
        ("site", "contested elsewhere", "sides"),
    ]


def test_a_dispute_of_dates_of_whom_no_two_exclude_each_other_has_a_nature(tmp_path: Path) -> None:
    days = {"a": "[2021,2022]", "b": "[2022,2023]", "c": "[2021,2023]"}
    for by, nature in ((["ann"] * 3, "itself"), (["ann", "ann", "bob"], "sides")):
        claims = [
            claim(name, "day", value, claimant=who)
            for (name, value), who in zip(days.items(), by, strict=True)
        ]
        ledger = weighed(tmp_path / nature, claims)
        sql = "SELECT state, nature, n_conflicts FROM questions WHERE id = 'day'"
        assert ledger.row(sql) == ("disputed", nature, 0)


def test_sides_among_very_many_are_found_whoever_is_named(tmp_path: Path) -> None:
    # Ann says both the least and the most, so every pair that is named has her in it.
    crowd = [claim(f"n{nth}", "deaths", "400", claimant="ann") for nth in range(310)]
    claims = [
        claim("least", "deaths", "0", claimant="ann"),
        claim("most", "deaths", "1000", claimant="ann"),
    ]
    sql = "SELECT nature, pairs FROM questions WHERE id = 'deaths'"
    assert weighed(tmp_path / "one", claims, crowd).row(sql) == ("itself", "witnesses")
    crowd[7]["claimant"] = "bob"
    crowd[7]["value"] = "500"
    assert weighed(tmp_path / "two", claims, crowd).row(sql) == ("sides", "witnesses")
