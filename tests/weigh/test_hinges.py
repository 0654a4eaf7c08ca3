"""Hinges: the origins without which a question would stand otherwise."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.weigh.detect import MANY
from tests.weigh.weighing import Record, claim, weighed

ORIGINS = ("ann", "bob", "cleo")

FIRM: Record = {"because": "No.", "strength": "conflict"}


@pytest.mark.parametrize(
    ("claims", "state"),
    [
        ([], "unanswered"),
        ([("ann", "10")], "single origin"),
        ([("ann", "10"), ("ann", "10+")], "single origin"),
        ([("ann", "10"), ("bob", "10+")], "agreed"),
        ([("army", "10"), ("police", "10")], "single origin"),
        ([("army", "10"), ("rebels", "10")], "agreed"),
        ([("ann", "10"), ("bob", "20")], "disputed"),
        ([("ann", "10"), ("ann", "20")], "disputed"),
    ],
)
def test_a_state_comes_of_origins_and_conflicts(claims: list[tuple[str, str]], state: str) -> None:
    records = [
        claim(f"c{nth}", "deaths", value, claimant=by) for nth, (by, value) in enumerate(claims)
    ]
    assert state_and_hinges(records)[0] == state


def test_origins_of_different_times_agree_on_nothing() -> None:
    dated = [
        claim("a", "deaths", "10", claimant="ann", as_of="2020"),
        claim("b", "deaths", "10", claimant="bob", as_of="2021"),
    ]
    assert state_and_hinges(dated) == ("single origin", [])
    always = claim("c", "deaths", "10", claimant="cleo")
    assert state_and_hinges([*dated, always]) == ("agreed", ["cleo"])


def test_what_is_contested_elsewhere_hinges_on_whoever_alone_is_contradicted() -> None:
    claims = [
        claim("a", "deaths", "10", claimant="ann"),
        claim("b", "deaths", "10", claimant="bob", conflicts={"c": "Nobody was there."}),
        claim("c", "site", "town", claimant="cleo"),
    ]
    assert state_and_hinges(claims) == ("contested elsewhere", ["bob"])
    claims[0]["conflicts"] = {"c": "Nobody was there."}
    assert state_and_hinges(claims) == ("contested elsewhere", [])


def test_a_hinge_is_told_by_the_only_one_who_speaks_for_its_whole() -> None:
    claims = [claim("a", "deaths", "10", claimant="army"), claim("b", "deaths", "20")]
    assert state_and_hinges(claims) == ("disputed", ["army", "page"])
    claims.append(claim("c", "deaths", "10", claimant="police"))
    assert state_and_hinges(claims) == ("disputed", ["country", "page"])


def state_and_hinges(
    claims: Sequence[Record], bulk: Sequence[Record] = ()
) -> tuple[str, list[str]]:
    """Return the state of the question of the deaths, and the origins it hinges on."""
    sql = "SELECT state, hinges FROM questions WHERE id = 'deaths'"
    with TemporaryDirectory() as folder:
        state, hinges = weighed(Path(folder), claims, bulk).row(sql)
    return str(state), json.loads(str(hinges))


def altered_in(claims: Sequence[Record]) -> set[tuple[object, ...]]:
    """Return each claim that alters what it repeats, with that."""
    with TemporaryDirectory() as folder:
        sql = "SELECT claim, basis FROM claim_bases WHERE altered"
        return set(weighed(Path(folder), claims).rows(sql))


def without(
    origin: str, claims: Sequence[Record], altered: set[tuple[object, ...]]
) -> list[Record]:
    """Return claims without those of an origin and what repeats nothing else.

    What a claim alters it does not repeat.
    """
    left: dict[object, Record] = {}
    for one in claims:
        bases = one.get("based_on", [])
        assert isinstance(bases, list)
        based_on = [name for name in bases if (one["id"], name) not in altered]
        basis = [name for name in based_on if name in left]
        if basis or (not based_on and one["claimant"] != origin):
            left[one["id"]] = {key: value for key, value in one.items() if key != "based_on"} | (
                {"based_on": basis} if basis else {}
            )
    return list(left.values())


SPOKEN = st.tuples(st.sampled_from(ORIGINS), st.sampled_from(["10", "20", "30", "10+", "5..25"]))
BASES = st.lists(st.integers(0, 4), max_size=2, unique=True)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(SPOKEN, BASES), max_size=5))
def test_a_hinge_is_an_origin_without_whose_claims_the_state_is_another(
    spoken: list[tuple[tuple[str, str], list[int]]],
) -> None:
    claims = []
    for nth, ((by, value), bases) in enumerate(spoken):
        basis = [f"c{one}" for one in bases if one < nth]
        more: Record = {"based_on": basis} if basis else {}
        claims.append(claim(f"c{nth}", "deaths", value, claimant=by, **more))
    state, hinges = state_and_hinges(claims)
    altered = altered_in(claims)
    left = {one: without(one, claims, altered) for one in ORIGINS}
    otherwise = [one for one in ORIGINS if state_and_hinges(left[one])[0] != state]
    assert hinges == otherwise


@pytest.mark.parametrize(("middle", "expected"), [("500", []), ("0..1000", ["ann"])])
def test_an_origin_that_is_every_witness_is_no_hinge_if_others_conflict(
    middle: str, expected: list[str]
) -> None:
    # Ann says both the least and the most, so every pair that is named among many has her in it.
    crowd = [claim(f"n{nth}", "deaths", "0..1000", claimant="bob") for nth in range(MANY)]
    claims = [
        claim("least", "deaths", "0", claimant="ann"),
        claim("most", "deaths", "1000", claimant="ann"),
        claim("one", "deaths", "400", claimant="cleo"),
        claim("other", "deaths", middle, claimant="bob"),
    ]
    assert state_and_hinges(claims, crowd) == ("disputed", expected)


def test_a_claim_that_has_another_origin_stays() -> None:
    claims = [
        claim("first", "killers", "army", claimant="ann"),
        claim("second", "killers", "army", claimant="bob"),
        claim("relayed", "deaths", "30", claimant="page", based_on=["first", "second"]),
        claim("other", "deaths", "40", claimant="cleo"),
    ]
    assert state_and_hinges(claims) == ("disputed", ["cleo"])


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([("ann", "10"), ("bob", "10"), ("cleo", "20")], ["cleo"]),
        ([("cleo", "20"), ("ann", "10"), ("bob", "10")], ["cleo"]),
        # Ann is at the first pair's both ends; without her, Bob still says what she said.
        ([("ann", "10"), ("ann", "20"), ("bob", "20"), ("cleo", "30")], []),
    ],
)
def test_a_side_that_several_origins_stand_behind_outlives_each_of_them(
    values: list[tuple[str, str]], expected: list[str]
) -> None:
    claims = [
        claim(f"c{nth}", "deaths", value, claimant=by) for nth, (by, value) in enumerate(values)
    ]
    assert state_and_hinges(claims) == ("disputed", expected)


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        pytest.param(
            [
                claim("a", "deaths", "100", claimant="bob"),
                claim("b", "deaths", "200", claimant="bob", compatible={"a": "Another day."}),
                claim("far", "deaths", "9999", claimant="ann"),
            ],
            ["ann", "bob"],
            id="a dismissed pair that is left is no dispute",
        ),
        pytest.param(
            [
                claim("a", "deaths", "400", claimant="ann", conflicts={"n000": FIRM}),
                claim("far", "deaths", "9999", claimant="cleo"),
            ],
            [],
            id="beside a declared conflict there are those that the values show",
        ),
    ],
)
def test_among_many_claims_a_dispute_is_looked_for_in_all_that_is_left(
    claims: list[Record], expected: list[str]
) -> None:
    crowd = [claim(f"n{nth:03}", "deaths", "0..1000", claimant="bob") for nth in range(MANY)]
    assert state_and_hinges(claims, crowd) == ("disputed", expected)
