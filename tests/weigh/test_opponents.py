"""Opponents: listed or told by their ends, the same claims conflict and stand together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import Final

import pytest

from ledger.weigh.alike import Alike
from ledger.weigh.answers import Claim
from ledger.weigh.detect import MANY, detect
from ledger.weigh.opponents import Detected, DetectedByEnds, Pair, pair_of
from ledger.weigh.positions import lay
from ledger.words import Answer
from tests.weigh.weighing import all_said, asking, said, said_of

EVERYTHING: Final[dict[Answer, str]] = {"quantity": "0..9999", "date": "1000/3000"}
"""What conflicts with no value of these tests."""

VALUES: Final[dict[Answer, Sequence[str]]] = {
    "quantity": ("300", "~300", ">300", "<300", "250..350", "100", "500+", "dozens"),
    "date": ("2022", "2022-03", "2022-03-27", "../2021", "2023/..", "2021-12~", "2022-06/2022-09"),
}

TIMES: Final = ("", "", "", "2020", "2021", "2020/2021")


def both_ways(
    answer: Answer, few: Sequence[Claim], unlike: Mapping[Pair, str]
) -> list[tuple[list[Alike], Detected]]:
    """Return some claims and what is detected among them, alone and in a crowd without foes."""
    asked = asking(answer)
    crowd = [said(f"n{nth:03}", EVERYTHING[answer], asked) for nth in range(MANY)]
    told = []
    for claims in (few, [*few, *crowd]):
        alikes, spoken = said_of(claims, unlike)
        told.append((alikes, detect(alikes, asked.kind, spoken)))
    return told


@pytest.mark.parametrize("answer", VALUES)
@pytest.mark.parametrize("seed", range(8))
def test_the_same_conflict_and_stand_together_whether_listed_or_told_by_ends(
    answer: Answer, seed: int
) -> None:
    random, asked = Random(seed), asking(answer)  # noqa: S311 # a test's own numbers
    few = [
        said(f"a{nth}", random.choice(VALUES[answer]), asked, as_of=random.choice(TIMES))
        for nth in range(12)
    ]
    unlike: dict[Pair, str] = {}
    for one, other in (random.sample(few, 2) for _ in range(3)):
        assert one.meaning
        assert other.meaning
        conflict = asked.kind.conflict(one.meaning, other.meaning)
        unlike[pair_of(one.id, other.id)] = "dismissed" if conflict else "open"
    (alikes, listed), (crowded, by_ends) = both_ways(answer, few, unlike)
    assert not isinstance(listed, DetectedByEnds)
    assert isinstance(by_ends, DetectedByEnds)
    names = {one.id for one in few}
    among = [one for one in crowded if names >= {claim.id for claim in one.claims}]
    assert open_pairs(alikes, listed) == open_pairs(among, by_ends)
    alone, within = lay(asked, alikes, listed), lay(asked, crowded, by_ends)
    homes = (
        {claim.id: laid.home[one] for one in laid.home for claim in one.claims}
        for laid in (alone, within)
    )
    first, second = homes
    assert first == {name: second[name] for name in names}


def open_pairs(alikes: Sequence[Alike], detected: Detected) -> set[Pair]:
    """Return the claims in an open conflict, two by two."""
    pairs = {
        pair_of(mine.id, theirs.id)
        for one, other in detected.opposed(alikes)
        if other not in detected.dismissed.get(one, ())
        for mine in one.claims
        for theirs in other.claims
    }
    assert (detected.first_open(alikes) is not None) is bool(pairs)
    return pairs


def test_a_position_admits_whom_it_has_no_opponent_of() -> None:
    values: dict[Answer, tuple[str, str, str]] = {
        "quantity": ("300", "~300", "900"),
        "date": ("2022-03-27", "2022-03", "2023"),
    }
    for answer, (one, same, other) in values.items():
        asked = asking(answer)
        few = all_said(asked, {"a": one, "b": same, "c": other})
        for alikes, detected in both_ways(asked.answer, few, {}):
            position = detected.position()
            assert all(position.admits(alike) for alike in alikes)
            position.add(alikes[0])
            assert [position.admits(alike) for alike in alikes[1:3]] == [True, False]
