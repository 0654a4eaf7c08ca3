"""Answers: the claims of a question as they are weighed."""

from __future__ import annotations

from math import inf
from pathlib import Path

import pytest

from ledger.check import check_draft
from ledger.draft import open_draft
from ledger.read import read_folder
from ledger.values import Tree, parse_date
from ledger.weigh.answers import Weighing, bounds_of, in_order, list_fallen
from ledger.words import Answer
from tests.weigh.weighing import TREE, Record, all_said, asking, claim, said, weighed, write

RETRACTED: Record = {"retracted": {"on": "2023", "because": "A mistake."}}


def test_a_claim_that_was_withdrawn_or_replaced_says_so(tmp_path: Path) -> None:
    claims = [
        claim("first", "deaths", "10"),
        claim("second", "deaths", "20", supersedes="first"),
        claim("third", "deaths", "30", supersedes="second"),
        claim("gone", "deaths", "40", **RETRACTED),
        claim("fixed", "deaths", "30", supersedes="gone"),
        claim("lonely", None, None, **RETRACTED),
    ]
    ledger = weighed(tmp_path, claims)
    assert ledger.by_id("status || ' ' || coalesce(position, 'none')") == {
        "first": "superseded none",
        "second": "superseded none",
        "third": "single origin deaths_1",
        "gone": "retracted none",
        "fixed": "single origin deaths_1",
        "lonely": "retracted none",
    }
    question = "SELECT state, n_positions, n_claims, low, high FROM questions WHERE id = 'deaths'"
    assert ledger.row(question) == ("single origin", 1, 5, 30, 30)


def test_every_claim_is_read_with_its_question(tmp_path: Path) -> None:
    claims = [
        claim("a", "killers", "army", claimant="ann", as_of="2020"),
        claim("b", "end", "lost", found="page#2"),
        claim("c", None, "anything"),
        claim("d", "killers", None, claimant="bob", **RETRACTED),
        claim("e", "site", "town", based_on="a"),
    ]
    with open_draft(write(tmp_path, claims)) as draft:
        assert [*read_folder(draft), *check_draft(draft)] == []
        list_fallen(draft)
        weighing = Weighing(draft, "plural", {"e": frozenset(["ann"])}, TREE, Tree({"town": "x"}))
        groups = {asked.id if asked else None: claims for asked, claims in weighing.groups()}
        assert {name: [one.id for one in claims] for name, claims in groups.items()} == {
            None: ["c"],
            "end": ["b"],
            "killers": ["a", "d"],
            "site": ["e"],
        }
        killers, end = weighing.asking("killers"), weighing.asking("end")
        assert (end.asked.options, end.comparing.exclusive) == (("won", "lost", "drawn"), True)
        assert (killers.comparing.tree, killers.comparing.exclusive) == (TREE, False)
        assert weighing.asking("site").comparing.tree is weighing.places
        assert weighing.asking("boys").part_of == "men"
        first, second = weighing.claims_on(killers)
        assert (first.id, first.claimant, first.fallen, first.origins) == (
            "a",
            "ann",
            None,
            frozenset(["ann"]),
        )
        assert first.key[1] == parse_date("2020")
        assert (second.said, second.fallen, second.key) == (None, "retracted", (None, None))
        (relay,) = groups["site"]
        assert (relay.claimant, relay.outlets) == ("page", frozenset(["daily"]))
        assert relay.origins == {"ann"}


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
    assert bounds_of(one.said.value) == one.bounds == bounds


def test_a_claim_without_a_value_has_no_bounds() -> None:
    assert said("a", None, asking()).bounds is None


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
        ("text", {"b": "fear", "a": "greed"}, "ab"),
    ],
)
def test_claims_are_laid_in_an_order_of_their_values(
    answer: Answer, values: dict[str, str | None], order: str
) -> None:
    asked = asking(answer, ("won", "lost") if answer == "choice" else ())
    claims = all_said(asked, values)
    for some in (claims, claims[::-1]):
        assert "".join(one.id for one in in_order(some, asked)) == order
