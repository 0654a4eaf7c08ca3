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
from ledger.weigh.hinges import state_of
from tests.weigh.weighing import Record, claim, weighed

ORIGINS = ("ann", "bob", "cleo")


@pytest.mark.parametrize(
    ("origins", "disputed", "state"),
    [
        ([], False, "unanswered"),
        (["ann"], False, "single origin"),
        (["ann", "bob"], False, "agreed"),
        (["ann", "bob"], True, "disputed"),
        (["ann"], True, "disputed"),
    ],
)
def test_a_state_comes_of_origins_and_conflicts(
    origins: list[str], disputed: bool, state: str
) -> None:
    assert state_of(frozenset(origins), disputed=disputed) == state


def state_and_hinges(
    claims: Sequence[Record], bulk: Sequence[Record] = ()
) -> tuple[str, list[str]]:
    """Return the state of the question of the deaths, and the origins it hinges on."""
    sql = "SELECT state, hinges FROM questions WHERE id = 'deaths'"
    with TemporaryDirectory() as folder:
        state, hinges = weighed(Path(folder), claims, bulk).row(sql)
    return str(state), json.loads(str(hinges))


def without(origin: str, claims: Sequence[Record]) -> list[Record]:
    """Return claims without those of an origin and what is based on nothing else."""
    left: dict[object, Record] = {}
    for one in claims:
        based_on = one.get("based_on")
        basis = [name for name in based_on if name in left] if isinstance(based_on, list) else []
        if basis or (not based_on and one["claimant"] != origin):
            left[one["id"]] = {key: value for key, value in one.items() if key != "based_on"} | (
                {"based_on": basis} if basis else {}
            )
    return list(left.values())


SPOKEN = st.tuples(st.sampled_from(ORIGINS), st.sampled_from(["10", "20", "10+", "5..25"]))
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
    otherwise = [one for one in ORIGINS if state_and_hinges(without(one, claims))[0] != state]
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
