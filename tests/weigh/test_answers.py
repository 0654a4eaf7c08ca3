"""Answers: the claims of a question as they are weighed."""

from __future__ import annotations

from pathlib import Path

from ledger.check import check_draft
from ledger.draft import open_draft
from ledger.read import read_folder
from ledger.values import Tree, parse_time
from ledger.weigh.answers import Beside, Weighing, list_fallen
from ledger.weigh.independence import Wholes
from tests.weigh.weighing import (
    QUESTIONS,
    TREE,
    Record,
    asking,
    claim,
    said,
    weighed,
    write,
)

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
        "third": "single origin deaths_fixed",
        "gone": "retracted none",
        "fixed": "single origin deaths_fixed",
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
        fallen = list_fallen(draft)
        weighing = Weighing(
            draft,
            "plural",
            Wholes({}),
            {"e": frozenset(["ann"])},
            fallen,
            TREE,
            Tree({"town": "x"}),
        )
        groups = {asked.id: claims for asked, claims in weighing.groups()}
        assert list(groups) == sorted(QUESTIONS)
        assert {name: [one.id for one in claims] for name, claims in groups.items() if claims} == {
            "end": ["b"],
            "killers": ["a", "d"],
            "site": ["e"],
        }
        assert [(dossier, one.id) for dossier, one in weighing.unasked()] == [("dossier", "c")]
        killers, end = weighing.asking("killers"), weighing.asking("end")
        assert end.kind.asked.options == ("won", "lost", "drawn")
        assert killers.kind.tree is TREE
        assert weighing.asking("site").kind.tree is weighing.places
        assert weighing.asking("boys").kind is weighing.asking("men").kind
        assert weighing.asking("boys").part_of == ("men",)
        first, second = weighing.claims_on(killers)
        assert (first.id, first.claimant, first.fallen, first.origins) == (
            "a",
            "ann",
            None,
            frozenset(["ann"]),
        )
        assert first.key[1] == parse_time("2020")
        assert (second.said, second.fallen, second.key) == (None, "retracted", (None, None))
        (relay,) = groups["site"]
        assert (relay.claimant, relay.outlets) == ("page", frozenset(["daily"]))
        assert relay.origins == {"ann"}


def test_a_claim_without_a_value_has_no_meaning() -> None:
    silent = said("a", None, asking())
    assert (silent.said, silent.key, silent.bounds) == (None, (None, None), None)


def test_rows_are_handed_out_question_by_question() -> None:
    rows = Beside([("b", 1), ("b", 2), ("d", 3), ("e", 4), ("g", 5)])
    asked = {one: rows.of(one) for one in "abcegh"}
    assert asked == {
        "a": [],
        "b": [("b", 1), ("b", 2)],
        "c": [],
        "e": [("e", 4)],
        "g": [("g", 5)],
        "h": [],
    }
