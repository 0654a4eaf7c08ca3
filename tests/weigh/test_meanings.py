"""Meanings: what a value says, ready to be weighed."""

from __future__ import annotations

from math import inf

import pytest

from ledger.values import Asked, Tree, kind_of
from ledger.weigh.meanings import AnswerKind
from ledger.words import Answer
from tests.weigh.weighing import asking, said


@pytest.mark.parametrize(
    ("answer", "written", "bounds"),
    [
        ("quantity", "~300", ((270, 0), (330, 0))),
        ("quantity", ">300", ((300, 1), (inf, 0))),
        ("quantity", "<300", ((-inf, 0), (300, -1))),
        ("date", "0001-01-02", ((2, 0), (2, 0))),
        ("date", "../0001-01-02", ((-inf, 0), (2, 0))),
        ("date", "0001-01-02/..", ((2, 0), (inf, 0))),
        ("actor", "army", None),
    ],
)
def test_quantities_and_dates_have_bounds(answer: Answer, written: str, bounds: object) -> None:
    one = said("a", written, asking(answer))
    assert one.said is not None
    assert kind_of(answer).bounds(one.said.value) == one.bounds == bounds


@pytest.mark.parametrize(
    ("answer", "written", "ends"),
    [
        ("quantity", "~300", (270, 330, 0, 0, None, None)),
        ("quantity", ">300", (300, None, 1, 0, None, None)),
        ("quantity", "<300", (None, 300, 0, 1, None, None)),
        ("date", "2022-03/..", (None, None, None, None, "2022-03-01", None)),
        ("yes-no", "yes", (None,) * 6),
    ],
)
def test_the_ends_are_those_of_the_database(answer: Answer, written: str, ends: object) -> None:
    assert asking(answer).kind.meaning(written, None).ends == ends


def test_who_says_the_same_shares_a_meaning() -> None:
    kind = asking().kind
    first, again = kind.meaning("~300", "2020"), kind.meaning("~300", "2020")
    later, other = kind.meaning("~300", "2021"), kind.meaning("about 300", "2020")
    assert first is again
    assert first.key == other.key != later.key
    assert kind.compare(first, other).verdict == "same"
    assert not kind.conflict(first, later)
    assert kind.conflict(first, kind.meaning("500", None))


def test_a_meaning_is_in_the_words_of_a_reader() -> None:
    kind = AnswerKind(Asked("actor"), Tree(names={"army": "The Army", "ann": "Ann"}))
    assert kind.meaning("ann | army", None).words == "Ann or The Army"
    assert asking("date").kind.meaning("2022-03~", None).words == "about March 2022"
