"""Turns: claims are laid in an order that what they say decides, and no id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations
from random import Random
from typing import Final

import pytest

from ledger.weigh.alike import claims_of, gather
from ledger.weigh.answers import Asking, Claim
from ledger.weigh.detect import detect
from ledger.weigh.opponents import Pair, pair_of
from ledger.weigh.turns import MOST_LEVEL, in_order
from ledger.words import Answer
from tests.weigh.weighing import all_said, asking, said, said_of

NO_PAIRS: Final[Mapping[Pair, str]] = {}


def laid_out(
    claims: Sequence[Claim], asked: Asking, unlike: Mapping[Pair, str] = NO_PAIRS
) -> list[str]:
    """Return the ids of claims in the order in which they are laid."""
    alikes, spoken = said_of(claims, unlike)
    return [one.id for one in claims_of(in_order(alikes, detect(alikes, asked.kind, spoken)))]


@pytest.mark.parametrize(
    ("answer", "values", "order"),
    [
        (
            "quantity",
            {"a": "500+", "b": "~300", "c": "<330", "d": "1..330", "e": "1..330"},
            "cdeba",
        ),
        ("date", {"a": "2022", "b": "2022-03-27", "c": "../2021"}, "cba"),
        ("actor", {"a": "not army", "b": "state", "c": "rebels", "d": "brigade + ann"}, "dbca"),
        ("actor", {"a": "army + rebels", "b": "army | rebels"}, "ba"),
        ("choice", {"a": "lost", "b": "won", "c": None}, "bac"),
        ("yes-no", {"a": "no", "b": "yes"}, "ba"),
        ("text", {"a": "greed", "b": "fear"}, "ba"),
    ],
)
def test_claims_are_laid_in_an_order_of_their_values(
    answer: Answer, values: dict[str, str | None], order: str
) -> None:
    asked = asking(answer, ("won", "lost") if answer == "choice" else ())
    assert "".join(laid_out(all_said(asked, values), asked)) == order


@pytest.mark.parametrize(
    ("answer", "values", "order"),
    [
        ("quantity", {"a": None, "b": "0", "c": "500+"}, "bca"),
        ("date", {"a": None, "b": "2022/.."}, "ba"),
        ("actor", {"a": None, "b": "not state", "c": "state"}, "cba"),
        ("yes-no", {"a": None, "b": "no", "c": "yes"}, "cba"),
        ("text", {"a": "greed", "b": None, "c": "fear"}, "cab"),
    ],
)
def test_claims_without_a_value_come_last(
    answer: Answer, values: dict[str, str | None], order: str
) -> None:
    asked = asking(answer)
    assert "".join(laid_out(all_said(asked, values), asked)) == order


@pytest.mark.parametrize("answer", ["quantity", "actor", "choice", "yes-no", "text"])
def test_who_says_the_same_of_another_time_comes_in_the_order_of_times(answer: Answer) -> None:
    asked = asking(answer, ("yes",))
    written = {"quantity": "300", "actor": "army"}.get(answer, "yes")
    years = ("2021", "", "2020")
    for order in permutations("abc"):
        names = sorted(zip(order, years, strict=True))
        claims = [said(name, written, asked, as_of=year) for name, year in names]
        assert [dict(names)[one] for one in laid_out(claims, asked)] == ["", "2020", "2021"]


# Who is held against whom among those that say the same: each shape looks alike from each of its
# claims, as far as the number of their foes tells.
SHAPES: Final = {
    "a path": [(0, 1), (1, 2), (2, 3), (3, 4)],
    "a triangle and a square": [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (5, 6), (3, 6)],
    "three pairs": [(0, 1), (2, 3), (4, 5)],
    "a star": [(0, 1), (0, 2), (0, 3)],
}


def shape_of(order: Sequence[str], pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return who is held against whom by their places in the order."""
    return sorted(pairs) and sorted(
        (min(one, other), max(one, other))
        for one, other in ((order.index(f"n{a}"), order.index(f"n{b}")) for a, b in pairs)
    )


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("value", ["300", None])
def test_who_says_the_same_comes_by_whom_it_is_held_against(shape: str, value: str | None) -> None:
    asked, pairs, random = asking(), SHAPES[shape], Random(7)  # noqa: S311 # a test's own numbers
    count = max(max(pair) for pair in pairs) + 1
    found = set()
    for _ in range(20):
        called = random.sample(range(count), count)
        named = [(called[one], called[other]) for one, other in pairs]
        claims = all_said(asked, {f"n{nth}": value for nth in range(count)})
        unlike = {pair_of(f"n{one}", f"n{other}"): "open" for one, other in named}
        found.add(str(shape_of(laid_out(claims, asked, unlike), named)))
    assert len(found) == 1


def test_a_crowd_that_says_the_same_is_laid_at_once() -> None:
    asked = asking("text")
    names = [f"n{nth:03}" for nth in range(4 * MOST_LEVEL)]
    claims = all_said(asked, dict.fromkeys(names, "greed"))
    unlike = {
        pair_of(one, other): "open" for one, other in zip(names[::2], names[1::2], strict=True)
    }
    assert sorted(laid_out(claims, asked, unlike)) == names
    assert laid_out(claims, asked) == [one.id for one in claims_of(gather(claims))]
