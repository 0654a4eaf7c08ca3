"""Wholes: a part cannot exceed its whole, nor the whole of its whole."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.weigh.detect import MANY, WITNESSES
from ledger.weigh.opponents import pair_of
from ledger.weigh.wholes import exceeding
from tests.weigh.weighing import Record, asking, claim, problems_of, said, weighed

FOUND = (
    "SELECT claim_a, claim_b, question, kind, origin, strength, state, reason, gap FROM conflicts "
    "ORDER BY 1, 2"
)

BECAUSE = "A part cannot exceed its whole: 300 is more than up to 200."


def part_and_whole(part: Record | None = None, whole: Record | None = None) -> list[Record]:
    """Return a claim on the men that exceeds one on the dead, with what each declares."""
    return [
        claim("a", "men", "300") | (part or {}),
        claim("b", "deaths", "<=200") | (whole or {}),
    ]


@pytest.mark.parametrize(
    ("part", "whole", "found"),
    [
        ({}, {}, ("detected", "conflict", "open", BECAUSE)),
        ({"conflicts": {"b": "No."}}, {}, ("both", "conflict", "open", "No.")),
        ({}, {"conflicts": {"a": "No."}}, ("both", "conflict", "open", "No.")),
        (
            {"conflicts": {"b": {"because": "Hardly.", "strength": "tension"}}},
            {},
            ("both", "tension", "open", "Hardly."),
        ),
        (
            {},
            {"compatible": {"a": "Another day."}},
            ("detected", "conflict", "dismissed", f"{BECAUSE} Dismissed: Another day."),
        ),
    ],
)
def test_a_part_that_exceeds_its_whole_is_in_conflict(
    tmp_path: Path, part: Record, whole: Record, found: tuple[str, str, str, str]
) -> None:
    ledger = weighed(tmp_path, part_and_whole(part, whole))
    assert ledger.rows(FOUND) == [("a", "b", None, "quantity", *found, 100)]
    contested = found[2] == "open"
    assert ledger.by_id("n_conflicts") == {"a": contested, "b": contested}
    assert set(ledger.by_id("status").values()) == (
        {"contested"} if contested else {"single origin"}
    )


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ({"value": "200"}, {}),
        ({"value": "0+"}, {}),
        ({"as_of": "2020"}, {"as_of": "2021"}),
        ({"retracted": {"on": "2023", "because": "A mistake."}}, {}),
        ({}, {"value": "300"}),
        ({}, {"value": "500+"}),
    ],
)
def test_a_part_within_its_whole_is_in_no_conflict(
    tmp_path: Path, part: Record, whole: Record
) -> None:
    assert weighed(tmp_path, part_and_whole(part, whole)).rows(FOUND) == []


def test_a_part_at_an_open_end_of_its_whole_exceeds_it(tmp_path: Path) -> None:
    ledger = weighed(tmp_path, part_and_whole({"value": "200"}, {"value": "<200"}))
    assert [row[-1] for row in ledger.rows(FOUND)] == [0]


def test_a_dismissal_of_a_part_within_its_whole_is_a_problem(tmp_path: Path) -> None:
    claims = part_and_whole({"value": "200", "compatible": {"b": "Another day."}})
    assert problems_of(tmp_path, claims) == [
        "compatible-needless: nothing says that this claim and `b` conflict"
    ]


VALUES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), max_size=4)


@settings(deadline=None, max_examples=20)
@given(VALUES, VALUES, VALUES)
def test_no_part_is_above_any_of_its_wholes(
    deaths: list[tuple[int, int]], men: list[tuple[int, int]], boys: list[tuple[int, int]]
) -> None:
    said_on = {"deaths": deaths, "men": men, "boys": boys}
    spans = {
        f"{question}-{nth}": (question, low, low + more)
        for question, values in said_on.items()
        for nth, (low, more) in enumerate(values)
    }
    claims = [
        claim(name, question, f"{low}..{high}") for name, (question, low, high) in spans.items()
    ]
    above = {
        pair_of(one, other)
        for one, (part, low, _) in spans.items()
        for other, (whole, _, high) in spans.items()
        if (part, whole) in {("men", "deaths"), ("boys", "men"), ("boys", "deaths")} and low > high
    }
    across = "SELECT k.claim_a, k.claim_b FROM conflicts k JOIN claims a ON a.id = k.claim_a "
    across += "JOIN claims b ON b.id = k.claim_b WHERE a.question <> b.question"
    counted = """
    SELECT id FROM claims WHERE n_conflicts
    <> (SELECT count(*) FROM conflicts WHERE id IN (claim_a, claim_b))
    """
    with TemporaryDirectory() as folder:
        ledger = weighed(Path(folder), claims)
        assert set(ledger.rows(across)) == above
        assert ledger.rows(counted) == []


def test_of_many_parts_some_excesses_are_named_and_all_are_counted() -> None:
    asked = asking()
    parts = [said(f"p{nth:03}", f"{nth}", asked) for nth in range(MANY + 1)]
    wholes = [said(f"w{nth:03}", f"<{nth}", asked) for nth in range(MANY + 1)]
    found = exceeding(parts, wholes, {("p300", "w100")})
    assert found.degrees == {one.id: int(one.id[1:]) + 1 for one in parts} | {
        one.id: MANY + 1 - int(one.id[1:]) for one in wholes
    }
    named: dict[str, list[str]] = {}
    for excess in found.found:
        named.setdefault(excess.part.id, []).append(excess.whole.id)
    assert named.pop("p300") == ["w000", "w001", "w002", "w100"]
    assert max(len(wholes) for wholes in named.values()) == WITNESSES
