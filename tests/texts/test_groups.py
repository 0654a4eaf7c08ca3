"""Source groups: where they stand and however they are spaced."""

from __future__ import annotations

import pytest

from ledger.texts.groups import take_groups


@pytest.mark.parametrize(
    ("paragraph", "listed"),
    [
        ("It rained. (Source: A)", "A"),
        ("It rained. (Sources: A, B, B)", "A, B, B"),
        ("It rained.(Sources:A,B)", "A,B"),
        ("It rained. ( sources : A, B ).", "A, B "),
        ("It rained. (Sources:\xa0A,\xa0B)\xa0 ", "A,\xa0B"),
        ("It rained. (Source: Agency (Paris), B)", "Agency (Paris), B"),
        ("It rained (or not (so they say)). (Source: A)", "A"),
        ("It rained. [Source: A]", "A"),
        ("It rained. (Source: A)[2]", "A"),
        ("He said: “It rained. (Source: A)”", "A"),
        ("It rained. (Sources: A, B", "A, B"),
        ("(Source: A)", "A"),
    ],
)
def test_a_group_at_the_end_is_found(paragraph: str, listed: str) -> None:
    (group,) = take_groups(paragraph).groups
    assert group.strip() == listed.strip()


@pytest.mark.parametrize(
    "paragraph",
    [
        "It rained.",
        "It rained (Source: A) all day.",
        "The source: a well.",
        "It rained. (A source: the farmer said so) He left.",
        "",
    ],
)
def test_what_is_no_group_at_the_end_is_none(paragraph: str) -> None:
    assert take_groups(paragraph).groups == ()
    assert take_groups(paragraph).text == paragraph


def test_several_groups_stand_in_their_order_and_the_marks_stay() -> None:
    taken = take_groups("It rained. (Source: A) (Source: B).[1]")
    assert taken.groups == (" A", " B")
    assert taken.text == "It rained.[1]"
