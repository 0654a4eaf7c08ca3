"""Alike: claims that say the same, in groups that are weighed as one."""

from __future__ import annotations

from ledger.weigh.alike import by_claim, gather
from tests.weigh.weighing import all_said, asking, said


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
