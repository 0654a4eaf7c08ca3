"""Relays: what alters the words that it repeats does not go back to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.weigh.weighing import Record, claim, weighed

FIRST = claim("a", "deaths", "203", claimant="ann")


@pytest.mark.parametrize(
    ("relay", "altered", "origin"),
    [
        (claim("b", "deaths", "203", claimant="bob"), 0, "ann"),
        (claim("b", "deaths", "200+", claimant="bob"), 0, "ann"),
        (claim("b", "deaths", "300", claimant="bob"), 1, "bob"),
        (claim("b", "deaths", "300", claimant="bob", as_of="2020"), 1, "bob"),
        (claim("b", "deaths", "300", claimant="bob", compatible={"a": "Another day."}), 0, "ann"),
        (claim("b", "deaths", "203", claimant="bob", conflicts={"a": "Other words."}), 1, "bob"),
        (claim("b", "men", "300", claimant="bob"), 1, "bob"),
        (claim("b", "boys", "300", claimant="bob"), 1, "bob"),
        (claim("b", "boys", "30", claimant="bob"), 0, "ann"),
        (claim("b", "site", "town", claimant="bob"), 0, "ann"),
        (claim("b", None, None, claimant="bob"), 0, "ann"),
        (claim("b", None, None, claimant="bob", conflicts={"a": "Never."}), 1, "bob"),
    ],
)
def test_a_relay_that_conflicts_with_what_it_repeats_is_an_origin_itself(
    tmp_path: Path, relay: Record, altered: int, origin: str
) -> None:
    ledger = weighed(tmp_path, [FIRST, relay | {"based_on": "a"}])
    assert ledger.rows("SELECT * FROM claim_bases") == [("b", "a", altered)]
    assert ledger.row("SELECT origin FROM claim_origins WHERE claim = 'b'") == (origin,)
    assert ledger.rows("SELECT DISTINCT nature FROM conflicts WHERE state = 'open'") == (
        [("retelling",)] if altered else []
    )


def test_what_no_longer_stands_is_altered_by_nobody(tmp_path: Path) -> None:
    gone = FIRST | {"retracted": {"on": "2023", "because": "A mistake."}}
    ledger = weighed(tmp_path, [gone, claim("b", "deaths", "300", claimant="bob", based_on="a")])
    assert ledger.rows("SELECT * FROM claim_bases") == [("b", "a", 0)]


def test_a_relay_of_two_goes_back_to_the_one_that_it_repeats_faithfully(tmp_path: Path) -> None:
    claims = [
        FIRST,
        claim("b", "deaths", "300", claimant="bob"),
        claim("c", "deaths", "300", claimant="cleo", based_on=["a", "b"]),
        claim("d", "deaths", "300", claimant="page", based_on="c"),
    ]
    ledger = weighed(tmp_path, claims)
    sql = "SELECT claim, origin FROM claim_origins ORDER BY 1, 2"
    assert ledger.rows(sql) == [("a", "ann"), ("b", "bob"), ("c", "bob"), ("d", "bob")]
    natures = "SELECT claim_a, claim_b, nature FROM conflicts ORDER BY 1, 2"
    assert ledger.rows(natures) == [
        ("a", "b", "sides"),
        ("a", "c", "retelling"),
        ("a", "d", "retelling"),
    ]
