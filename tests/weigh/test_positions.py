"""Positions: the fewest sets of claims that can all be true together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Final, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.values import Quantity
from ledger.weigh.alike import gather
from ledger.weigh.answers import Asking, Claim
from ledger.weigh.detect import MANY, detect
from ledger.weigh.opponents import Pair, Position, pair_of
from ledger.weigh.positions import Laid, lay, shared_range, whole_range
from ledger.words import Answer
from tests.weigh.weighing import all_said, answers, asking, claim, said, said_of, weighed

NO_PAIRS: Final[Mapping[Pair, str]] = {}

ENDS = st.integers(0, 6)
INTERVALS = st.one_of(
    st.tuples(ENDS, st.integers(0, 3)).map(lambda one: f"{one[0]}..{sum(one)}"),
    ENDS.map(lambda end: f"{end}+"),
    ENDS.map(lambda end: f">{end}"),
    ENDS.map(lambda end: f"<{end}"),
    ENDS.map(lambda end: f"<={end}"),
)


def laid_of(asked: Asking, claims: Sequence[Claim], unlike: Mapping[Pair, str] = NO_PAIRS) -> Laid:
    """Return the positions of claims, where the state of some pairs is not as their values say."""
    alikes, spoken = said_of(claims, unlike)
    return lay(asked, alikes, detect(alikes, asked.kind, spoken))


def ids_of(position: Position) -> set[str]:
    """Return the ids of the claims that take a position."""
    return {claim.id for claim in position.claims}


def homes(laid: Laid) -> dict[str, int]:
    """Return the number of each claim's own position."""
    return {claim.id: number for one, number in laid.home.items() for claim in one.claims}


def others(laid: Laid) -> dict[str, list[int]]:
    """Return the positions that each claim fits beside its own, if there are any."""
    return {claim.id: numbers for one, numbers in laid.others.items() for claim in one.claims}


def holds(claim: Claim, number: float) -> bool:
    """Return whether a claim's value can mean a number."""
    value = cast("Quantity", claim.said and claim.said.value)
    above = number > value.low if value.low_open else number >= value.low
    return above and (number < value.high if value.high_open else number <= value.high)


def least_points(claims: list[Claim]) -> int:
    """Return with how few numbers every claim can be true, by trying all of them."""
    # All ends are whole numbers, so intervals that meet share a half or a whole.
    halves = [half / 2 for half in range(-2, 20)]
    held = {frozenset(one.id for one in claims if holds(one, half)) for half in halves}
    everybody = frozenset(one.id for one in claims)
    sizes = range(1, len(claims) + 1)
    return next(
        size
        for size in sizes
        if any(frozenset().union(*some) == everybody for some in combinations(held, size))
    )


@given(st.lists(INTERVALS, min_size=1, max_size=6))
def test_positions_are_the_least_number_of_points_that_pierce_every_interval(
    values: list[str],
) -> None:
    asked = asking()
    claims = all_said(asked, {f"n{nth}": value for nth, value in enumerate(values)})
    laid = laid_of(asked, claims)
    assert len(laid.positions) == least_points(claims)
    for position in laid.positions:
        assert least_points(position.claims) == 1


NTHS = st.integers(0, 6)


@given(
    st.lists(st.tuples(INTERVALS, st.sampled_from(["", "2020", "2021"])), min_size=1, max_size=7),
    st.sets(st.tuples(NTHS, NTHS), max_size=6),
    st.booleans(),
)
def test_a_claim_fits_every_position_that_it_conflicts_with_nobody_in(
    values: list[tuple[str, str]], dismissed: set[tuple[int, int]], crowded: bool
) -> None:
    asked = asking()
    claims = [said(f"n{nth}", one, asked, as_of=time) for nth, (one, time) in enumerate(values)]
    crowd = [said(f"x{nth}", "0..999", asked) for nth in range(MANY)] if crowded else []
    ends = [said("low", "-9", asked), said("high", "9999", asked)] if crowded else []
    different = [*claims, *crowd[:1], *ends]
    excluded = {
        pair_of(one.id, other.id)
        for one, other in combinations(different, 2)
        if one.meaning and other.meaning and asked.kind.conflict(one.meaning, other.meaning)
    }
    named = {pair_of(f"n{one}", f"n{other}") for one, other in dismissed if one != other}
    unlike = dict.fromkeys(named & excluded, "dismissed")
    laid = laid_of(asked, [*claims, *crowd, *ends], unlike)
    against = {frozenset(pair) for pair in excluded - unlike.keys()}
    for one in claims:
        home = homes(laid)[one.id]
        assert one.id in ids_of(laid.positions[home])
        free = [
            nth
            for nth, position in enumerate(laid.positions)
            if not any(
                {one.id, "x0" if name[0] == "x" else name} in against for name in ids_of(position)
            )
        ]
        assert home in free
        free.remove(home)
        assert others(laid).get(one.id, []) == ([] if crowded else free)


@pytest.mark.parametrize(
    ("answer", "values", "expected"),
    [
        ("actor", {"a": "state", "b": "army", "c": "brigade", "d": "rebels"}, ["cba", "d"]),
        ("actor", {"a": "army | rebels", "b": "army", "c": "rebels"}, ["ba", "c"]),
        ("actor", {"a": "not army", "b": "brigade", "c": "rebels"}, ["b", "ca"]),
        ("actor", {"a": "state", "b": "army", "c": "police"}, ["ba", "c"]),
        ("choice", {"a": "lost", "b": "won", "c": "lost"}, ["b", "ac"]),
        ("yes-no", {"a": "no", "b": "yes", "c": "yes"}, ["bc", "a"]),
        ("yes-no", {"a": "no", "b": None}, ["a"]),
        ("text", {"a": "greed", "b": "fear", "c": None}, ["bac"]),
        ("date", {"a": "2022-03", "b": "2022-03-27", "c": "2022-04-01/.."}, ["ba", "c"]),
        ("quantity", {"a": "~300", "b": ">300", "c": "dozens", "d": "500+"}, ["c", "ab", "d"]),
    ],
)
def test_positions_have_an_order_of_their_own(
    answer: Answer, values: dict[str, str | None], expected: list[str]
) -> None:
    asked = asking(answer, ("won", "lost", "drawn") if answer == "choice" else ())
    claims = all_said(asked, values)
    for order in (claims, claims[::-1]):
        laid = laid_of(asked, order)
        assert ["".join(one.id for one in place.claims) for place in laid.positions] == expected


def test_only_disputed_claims_take_a_position_on_a_disputed_text_question() -> None:
    asked = asking("text")
    claims = all_said(asked, {"a": "greed", "b": "fear", "c": "need"})
    laid = laid_of(asked, claims, {("a", "b"): "open"})
    assert homes(laid) == {"b": 0, "a": 1}
    assert others(laid) == {"c": [0, 1]}


def test_a_claim_says_that_it_fits_several_positions(tmp_path: Path) -> None:
    ledger = weighed(tmp_path, answers("deaths", few="30", many="500", most="20+", some="<=40"))
    fits = "SELECT claim, position, home FROM claim_positions ORDER BY 1, 2"
    assert ledger.rows(fits) == [
        ("few", "deaths_few", 1),
        ("many", "deaths_many", 1),
        ("most", "deaths_few", 1),
        ("most", "deaths_many", 0),
        ("some", "deaths_few", 1),
    ]
    ranges = "SELECT id, label, low, high, n_claims, n_outlets FROM positions ORDER BY 1"
    assert ledger.rows(ranges) == [
        ("deaths_few", "30 · up to 40 · 20 or more", 30, 30, 3, 1),
        ("deaths_many", "500", 500, 500, 1, 1),
    ]


def test_a_dismissed_conflict_parts_no_position(tmp_path: Path) -> None:
    dismissed = claim("b", "deaths", "500", compatible={"a": "Another day."})
    ledger = weighed(tmp_path, [claim("a", "deaths", "300"), dismissed])
    assert ledger.rows("SELECT id, low, high FROM positions") == [("deaths_a", None, None)]
    assert ledger.row("SELECT state, n_positions FROM questions WHERE id = 'deaths'") == (
        "single origin",
        1,
    )


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("deaths", ("0..1000", "300", "500", "9999")),
        ("day", ("2022", "2022-03-27", "2022-03-28", "1999")),
        ("killers", ("country", "army", "police", "rebels")),
        ("killers", ("country", "army", "not army", "rebels")),
    ],
)
@pytest.mark.parametrize("many", [False, True])
def test_among_many_claims_a_dismissed_conflict_parts_no_position_either(
    tmp_path: Path, question: str, values: tuple[str, str, str, str], many: bool
) -> None:
    crowd, one, other, far = values
    bulk = [claim(f"n{nth:03}", question, crowd) for nth in range(MANY if many else 3)]
    claims = [claim("a", question, one), claim("b", question, other), claim("c", question, other)]
    claims[1]["compatible"] = {"a": "Another day."}
    # Another dispute keeps the question one of many pairs.
    bulk.append(claim("far", question, far))
    ledger = weighed(tmp_path, claims, bulk)
    position = ledger.by_id("position")
    assert ledger.by_id("pairs", "questions")[question] == ("witnesses" if many else "all")
    assert position["a"] == position["b"] != position["c"]
    assert ledger.rows("SELECT state FROM conflicts WHERE claim_a = 'a' AND claim_b = 'b'") == [
        ("dismissed",)
    ]
    assert ledger.rows("SELECT 1 FROM conflicts WHERE claim_a = 'a' AND claim_b = 'c'") != []


@pytest.mark.parametrize("value", ["0", "army", "2022", "no", "won"])
def test_a_claim_without_a_value_takes_the_last_position_if_it_is_in_a_conflict(
    tmp_path: Path, value: str
) -> None:
    question = {"0": "deaths", "army": "killers", "2022": "day", "no": "armed"}.get(value, "end")
    claims = [claim("a", question, None, conflicts={"b": "No."}), claim("b", question, value)]
    ledger = weighed(tmp_path, claims)
    assert ledger.by_id("position") == {"a": f"{question}_a", "b": f"{question}_b"}
    numbers = "SELECT id, number FROM positions ORDER BY number"
    assert ledger.rows(numbers) == [(f"{question}_b", 1), (f"{question}_a", 2)]


@pytest.mark.parametrize(
    ("answer", "values", "shared", "whole"),
    [
        ("quantity", ["~300", ">300"], (300, 330, None, None), (270, None, None, None)),
        ("quantity", ["<=40", "20"], (20, 20, None, None), (None, 40, None, None)),
        ("quantity", ["20", "40"], (None, None, None, None), (20, 40, None, None)),
        (
            "date",
            ["2022-03/..", "../2022-04"],
            (None, None, "2022-03-01", "2022-04-30"),
            (None, None, None, None),
        ),
        (
            "date",
            ["2022-03-01", "2022-04"],
            (None, None, None, None),
            (None, None, "2022-03-01", "2022-04-30"),
        ),
        ("yes-no", ["yes"], (None, None, None, None), (None, None, None, None)),
    ],
)
def test_ranges_are_what_is_shared_and_what_is_said_in_all(
    answer: Answer, values: list[str], shared: tuple[object, ...], whole: tuple[object, ...]
) -> None:
    asked = asking(answer)
    alikes = gather([said(one, one, asked) for one in values])
    assert (shared_range(alikes).row(), whole_range(alikes).row()) == (shared, whole)


def test_who_is_declared_against_a_claim_is_not_all_that_it_conflicts_with() -> None:
    asked = asking()
    claims = all_said(asked, {"a": "300", "b": "200+", "c": "100"})
    assert homes(laid_of(asked, claims, {("a", "b"): "open"})) == {"c": 0, "a": 1, "b": 2}


def test_among_many_claims_each_meets_all_that_a_dismissal_lets_stand_together() -> None:
    asked = asking()
    crowd = [said(f"n{nth:03}", "0..999", asked, as_of="2020") for nth in range(MANY)]
    claims = [*crowd, *all_said(asked, {"a": "300", "b": "500", "c": "400..600"})]
    home = homes(laid_of(asked, claims, {("a", "b"): "dismissed"}))
    assert (home["a"], home["b"], home["c"]) == (0, 0, 1)


def test_where_nobody_conflicts_a_claim_without_a_value_fits_the_position(tmp_path: Path) -> None:
    ledger = weighed(tmp_path, answers("deaths", a="300", b=None))
    fits = "SELECT claim, position, home FROM claim_positions ORDER BY 1, 2"
    assert ledger.rows(fits) == [("a", "deaths_a", 1), ("b", "deaths_a", 0)]
