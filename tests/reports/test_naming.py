"""Names as they stand in a sentence, and who says something, in the right number."""

from __future__ import annotations

import pytest

from ledger.reports.naming import NOBODY, capitalized, in_sentence, is_plural, listed, saying


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Amnesty International", "Amnesty International says"),
        ("Malian Armed Forces", "the Malian Armed Forces say"),
        ("United Nations", "the United Nations says"),
        ("Government of Burkina Faso", "the Government of Burkina Faso says"),
        ("Villagers of Karma", "villagers of Karma say"),
        ("Human rights groups (not further named)", "human rights groups (not further named) say"),
        ("African leaders (not further named)", "African leaders (not further named) say"),
        (
            "Burkina Faso and Mali (speaking together)",
            "Burkina Faso and Mali (speaking together) say",
        ),
        ("CBS News", "CBS News says"),
        ("Intelligence agency of Mali", "the intelligence agency of Mali says"),
        ("The Page", "the Page says"),
        ("Wagner Group", "the Wagner Group says"),
        ("Counter Extremism Project", "Counter Extremism Project says"),
        (
            "Accusers of the Wagner Group (not named)",
            "accusers of the Wagner Group (not named) say",
        ),
        ("Iyad Ag Ghaly", "Iyad Ag Ghaly says"),
        ("James Mattis", "James Mattis says"),
    ],
)
def test_a_name_stands_in_a_sentence_with_its_verb(name: str, said: str) -> None:
    assert saying([name]) == said


@pytest.mark.parametrize("name", ["", "(", " of ", "of", "a", "’s", "東京"])
def test_no_name_is_too_odd_to_be_said(name: str) -> None:
    assert in_sentence(name).endswith(name)
    assert is_plural(name) in {True, False}


def test_who_says_what_nobody_recorded_is_nobody_known() -> None:
    assert saying([]) == f"{NOBODY} says"
    assert saying([], "gives", "give") == f"{NOBODY} gives"


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
        (["A", "B", "C", "D"], "A, B, C and 1 other"),
        (["A", "B", "C", "D", "E"], "A, B, C and 2 others"),
        ([], ""),
    ],
)
def test_no_list_has_more_than_three_names(names: list[str], said: str) -> None:
    assert listed(names) == said


def test_a_sentence_begins_with_a_capital_and_keeps_its_others() -> None:
    assert capitalized("the AFP says") == "The AFP says"
    assert capitalized("") == ""
