"""Trees: who is part of whom, also where the registers go round in a loop."""

from __future__ import annotations

import pytest

from ledger.values import Tree
from tests.values.trees import ACTORS

LOOP = Tree(parents={"a": "b", "b": "c", "c": "a", "self": "self"})


@pytest.mark.parametrize(
    ("one", "wholes"),
    [
        ("third-battalion", ["rapid-brigade", "burkinabe-army"]),
        ("burkinabe-army", []),
        ("somebody", []),
    ],
)
def test_the_wholes_of_a_part_come_nearest_first(one: str, wholes: list[str]) -> None:
    assert ACTORS.wholes_of(one) == wholes
    assert ACTORS.depth(one) == len(wholes)


@pytest.mark.parametrize(
    ("one", "parts"),
    [
        ("burkinabe-army", {"rapid-brigade", "third-battalion"}),
        ("rapid-brigade", {"third-battalion"}),
        ("third-battalion", set()),
        ("somebody", set()),
    ],
)
def test_the_parts_of_a_whole_are_of_any_depth(one: str, parts: set[str]) -> None:
    assert ACTORS.parts_of(one) == parts
    assert Tree().parts_of(one) == set()


@pytest.mark.parametrize("one", ["a", "b", "c", "self"])
def test_a_loop_ends(one: str) -> None:
    assert set(LOOP.wholes_of(one)) == ({"self"} if one == "self" else {"a", "b", "c"})


@pytest.mark.parametrize(
    ("one", "other", "below", "related"),
    [
        ("jnim", "jnim", True, True),
        ("ansar-dine", "jnim", True, True),
        ("ansar-dine", "al-qaeda", True, True),
        ("al-qaeda", "ansar-dine", False, True),
        ("ansar-dine", "macina-front", False, False),
        ("jnim", "is-sahel", False, False),
        ("somebody", "somebody", True, True),
    ],
)
def test_the_two_are_related_if_one_is_at_or_below_the_other(
    one: str, other: str, *, below: bool, related: bool
) -> None:
    assert ACTORS.is_at_or_below(one, other) is below
    assert ACTORS.are_related(one, other) is related
    assert ACTORS.are_related(other, one) is related


def test_an_id_without_a_name_is_told_by_itself() -> None:
    assert ACTORS.name("jnim") == "JNIM"
    assert Tree().name("jnim") == "jnim"
