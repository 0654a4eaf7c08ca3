"""Alike: claims that say the same, in groups that are weighed as one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ledger.weigh.alike import by_claim, claims_of, gather, in_order
from ledger.weigh.answers import Asking, Claim
from ledger.words import Answer
from tests.weigh.weighing import all_said, asking, said


def laid_out(claims: Sequence[Claim], asked: Asking) -> str:
    """Return the ids of claims, one letter each, in the order in which they are laid."""
    return "".join(one.id for one in claims_of(in_order(gather(claims), asked.kind)))


def test_claims_that_say_the_same_of_the_same_time_are_one_group() -> None:
    asked = asking()
    claims = all_said(asked, {"a": "300", "b": "~300", "c": "300", "d": None, "e": "300"})
    claims += [said("f", "300", asked, as_of="2020"), said("g", None, asked)]
    alikes = gather(claims)
    assert ["".join(one.id for one in alike.claims) for alike in alikes] == ["ace", "b", "dg", "f"]
    assert [alike.bounds for alike in alikes] == [
        ((300, 0), (300, 0)),
        ((270, 0), (330, 0)),
        None,
        ((300, 0), (300, 0)),
    ]
    assert {name: alikes.index(alike) for name, alike in by_claim(alikes).items()} == dict(
        zip("abcdefg", [0, 1, 0, 2, 0, 3, 2], strict=True)
    )


def test_a_claim_that_is_to_be_apart_is_a_group_by_itself() -> None:
    claims = all_said(asking(), dict.fromkeys("abcd", "300"))
    alikes = gather(claims, {"b", "d"})
    assert ["".join(one.id for one in alike.claims) for alike in alikes] == ["ac", "b", "d"]


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
        ("choice", {"a": "lost", "b": "won", "c": None}, "bac"),
        ("yes-no", {"a": "no", "b": "yes"}, "ba"),
        ("text", {"a": "greed", "b": "fear"}, "ab"),
    ],
)
def test_claims_are_laid_in_an_order_of_their_values(
    answer: Answer, values: dict[str, str | None], order: str
) -> None:
    asked = asking(answer, ("won", "lost") if answer == "choice" else ())
    assert laid_out(all_said(asked, values), asked) == order


@pytest.mark.parametrize(
    ("answer", "values", "order"),
    [
        ("quantity", {"a": None, "b": "0", "c": "500+"}, "bca"),
        ("date", {"a": None, "b": "2022/.."}, "ba"),
        ("actor", {"a": None, "b": "not state", "c": "state"}, "cba"),
        ("yes-no", {"a": None, "b": "no", "c": "yes"}, "cba"),
        ("text", {"a": "greed", "b": None, "c": "fear"}, "abc"),
    ],
)
def test_claims_without_a_value_come_last_but_among_texts(
    answer: Answer, values: dict[str, str | None], order: str
) -> None:
    asked = asking(answer)
    assert laid_out(all_said(asked, values), asked) == order
