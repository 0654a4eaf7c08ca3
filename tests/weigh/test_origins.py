"""Origins: who stands behind a claim once everybody who repeats another is left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger.values import Tree
from ledger.weigh.origins import Backing, Interests, roots_of
from tests.weigh.weighing import TREE, all_said, asking, claim, problems_of, weighed


@pytest.mark.parametrize(
    ("based_on", "roots"),
    [
        ({}, {"ann"}),
        ({"a": ["b"]}, {"bob"}),
        ({"a": ["b"], "b": ["c"]}, {"cleo"}),
        ({"a": ["b", "c"]}, {"bob", "cleo"}),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"]}, {"ann"}),
        ({"a": ["b"], "b": ["c", "d"]}, {"cleo", "ann"}),
    ],
)
def test_the_roots_of_a_claim_are_its_origins(
    based_on: dict[str, list[str]], roots: set[str]
) -> None:
    speakers = {"a": "ann", "b": "bob", "c": "cleo", "d": "ann"}
    own = {name: frozenset([speaker]) for name, speaker in speakers.items()}
    assert roots_of("a", based_on, own) == roots


def test_a_loop_of_relays_comes_to_an_end() -> None:
    assert roots_of("a", {"a": ["b"], "b": ["a", "c"]}, {"c": frozenset(["cleo"])}) == {"cleo"}
    assert roots_of("a", {"a": ["b"], "b": ["a"]}, {}) == frozenset()


def test_ten_papers_that_carry_one_line_are_one_origin(tmp_path: Path) -> None:
    relays = [
        claim(f"relay-{nth}", "deaths", "300", claimant="bob", based_on=basis, found="page#2")
        for nth, basis in enumerate(["first", "relay-0", ["first", "relay-1"]])
    ]
    ledger = weighed(tmp_path, [claim("first", "deaths", "300", claimant="ann"), *relays])
    assert set(ledger.by_id("n_origins").values()) == {1}
    sql = "SELECT n_claims, n_origins, n_independent, n_outlets, n_outlets_nearby FROM positions"
    assert ledger.row(sql) == (4, 1, 1, 1, 2)
    sql = "SELECT state, n_origins, n_outlets, n_outlets_nearby FROM questions WHERE n_claims > 0"
    assert ledger.row(sql) == ("single origin", 1, 1, 2)
    assert set(ledger.by_id("status").values()) == {"single origin"}


def test_a_claim_on_two_origins_is_corroborated(tmp_path: Path) -> None:
    claims = [
        claim("a", "deaths", "300", claimant="ann"),
        claim("b", None, None, claimant="bob"),
        claim("c", "deaths", "300", claimant="cleo", based_on=["a", "b"]),
    ]
    ledger = weighed(tmp_path, claims)
    assert ledger.by_id("n_origins") == {"a": 1, "b": 1, "c": 2}
    assert ledger.by_id("status") == {
        "a": "corroborated",
        "b": "single origin",
        "c": "corroborated",
    }


def test_the_document_is_the_origin_where_nobody_speaks(tmp_path: Path) -> None:
    ledger = weighed(
        tmp_path, [claim("a", "deaths", "3"), claim("b", "deaths", "3", claimant="page")]
    )
    assert ledger.row("SELECT n_origins FROM positions") == (1,)


def test_circular_reporting_is_a_problem_that_names_the_loop(tmp_path: Path) -> None:
    claims = [claim("a", None, None, based_on="b"), claim("b", None, None, based_on="a")]
    assert problems_of(tmp_path, claims) == [
        "based-on-loop: `based_on` leads back to where it began: a → b → a"
    ]


def test_who_stands_behind_claims_is_who_stands_behind_each() -> None:
    one, other = all_said(asking(), {"a": "1", "b": "2"})
    other = other._replace(
        origins=frozenset(["b", "c"]),
        wholes=frozenset(["c"]),
        outlets=frozenset(["daily"]),
        nearby=frozenset(["wire", "radio"]),
    )
    backing = Backing.of([one, other])
    assert backing.origins == {"a", "b", "c"}
    assert backing.wholes == {"a", "c"}
    assert backing.outlets == {"wire", "daily"}
    assert backing.nearby == {"radio"}
    assert backing.numbers == (3, 2, 2, 1)
    assert Backing.of([]).numbers == (None, None, 0, 0)


@pytest.mark.parametrize(
    ("origin", "party", "interested"),
    [
        ("army", "army", True),
        ("brigade", "army", True),
        ("state", "army", True),
        ("police", "army", True),
        ("state", "country", True),
        ("rebels", "army", False),
        ("ann", "rebels", False),
    ],
)
def test_who_belongs_to_a_party_is_a_party(origin: str, party: str, interested: bool) -> None:
    mark = "self" if interested else None
    assert Interests([party], TREE).interest_of(frozenset([origin])) == mark
    assert Interests(["elsewhere", party], TREE).interest_of(frozenset([origin])) == mark
    assert Interests([party], TREE).interest_of(frozenset([origin, "stranger"])) is None
    assert Interests([], TREE).interest_of(frozenset([origin])) is None


def test_a_denial_by_the_accused_alone_has_an_interest(tmp_path: Path) -> None:
    claims = [
        claim("accuses", "killers", "army", claimant="ann"),
        claim("denies", "killers", "not army", claimant="brigade"),
        claim("blames", "killers", "rebels", claimant="police"),
        claim("relays", "killers", "rebels", claimant="ann", based_on="blames"),
        claim("counts", "deaths", "30", claimant="state"),
        claim("counts-too", "deaths", "30", claimant="ann"),
    ]
    ledger = weighed(tmp_path, claims)
    assert ledger.by_id("interest") == {
        "accuses": None,
        "denies": "self",
        "blames": "self",
        "relays": "self",
        "counts": "self",
        "counts-too": None,
    }
    assert ledger.by_id("interest", "positions") == {
        "killers_accuses": None,
        "killers_blames": "self",
        "deaths_counts": None,
    }


@pytest.mark.parametrize(
    ("keys", "interested"),
    [
        ({}, {"denies", "counts", "speaks"}),
        ({"parties": ["rebels"]}, {"blames"}),
        ({"parties": ["rebels", "police"]}, {"blames", "denies", "counts", "speaks"}),
        ({"parties": []}, set()),
    ],
)
def test_a_dossier_may_say_who_the_parties_are(
    tmp_path: Path, keys: dict[str, list[str]], interested: set[str]
) -> None:
    claims = [
        claim("denies", "armed", "no", claimant="army"),
        claim("blames", "armed", "yes", claimant="rebels"),
        claim("counts", "deaths", "30", claimant="state"),
        claim("names", "killers", "army", claimant="ann"),
        claim("speaks", None, None, claimant="brigade"),
    ]
    ledger = weighed(tmp_path, claims, keys=keys)
    marks = ledger.by_id("interest")
    assert {name for name, mark in marks.items() if mark == "self"} == interested
    assert ledger.row("SELECT parties FROM dossiers") == (
        json.dumps(sorted(keys["parties"])) if keys else None,
    )


def test_the_top_of_a_tree_makes_nobody_answer_for_everybody_in_it() -> None:
    tree = Tree({"country": None, "state": "country", "army": "state", "court": "country"})
    country, court = frozenset(["country"]), frozenset(["court"])
    assert Interests(["army"], tree).interest_of(country) == "self"
    assert Interests(["army"], tree).interest_of(court) is None
    assert Interests(["country"], tree).interest_of(court) == "self"
