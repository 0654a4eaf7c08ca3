"""Together: dates that leave out days between, and one or the other, are weighed as what they are.

An oracle that knows nothing of ends, runs or turns tries every way to part a few claims.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain, combinations
from pathlib import Path
from random import Random
from typing import Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ledger.weigh.alike import Alike, gather
from ledger.weigh.answers import Claim
from ledger.weigh.detect import MANY, detect
from ledger.weigh.opponents import Detected, Pair, are_apart, pair_of
from ledger.weigh.positions import Laid, lay, whole_range
from ledger.weigh.together import Together, are_together, shared_by
from tests.values.strategies import unhurried
from tests.weigh.parting import partitions
from tests.weigh.weighing import all_said, answers, asking, claim, said, said_of, weighed

ASKED: Final = asking("date")

DAYS: Final = range(1, 6)

Days = frozenset[int]

Saying = tuple[Days, Days]
"""The days that a claim names, and those that it holds for."""


def written(days: Days) -> str:
    """Return some days as a date: a choice, an interval or a day."""
    named = [f"2020-01-0{day}" for day in sorted(days)]
    if len(named) == 1:
        return named[0]
    whole = max(days) - min(days) == len(days) - 1
    return f"{named[0]}/{named[-1]}" if whole else f"[{','.join(named)}]"


def can_be(names: Sequence[str], sayings: Mapping[str, Saying], unlike: Mapping[Pair, str]) -> bool:
    """Return whether on each day some world has all that holds for it, but what is dismissed."""
    pairs = [pair_of(*pair) for pair in combinations(names, 2)]
    if any(unlike.get(pair) == "open" for pair in pairs):
        return False
    for at in DAYS:
        holding = [name for name in names if at in sayings[name][1]]
        for some in chain.from_iterable(
            combinations(holding, size) for size in range(2, len(holding) + 1)
        ):
            spoken = {unlike.get(pair_of(*pair)) for pair in combinations(some, 2)}
            shared = frozenset[int](DAYS).intersection(*(sayings[name][0] for name in some))
            if "dismissed" not in spoken and not shared:
                return False
    return True


def laid_of(
    sayings: Mapping[str, Saying], unlike: Mapping[Pair, str]
) -> tuple[Laid, list[Alike], Detected]:
    """Return the positions of what is said."""
    claims = [
        said(name, written(days), ASKED, as_of=written(time) if len(time) < len(DAYS) else "")
        for name, (days, time) in sayings.items()
    ]
    alikes, spoken = said_of(claims, unlike)
    detected = detect(alikes, ASKED.kind, spoken)
    return lay(ASKED, alikes, detected), alikes, detected


days = st.frozensets(st.sampled_from(DAYS), min_size=1, max_size=3)

times = st.just(frozenset(DAYS)) | st.just(frozenset(DAYS)) | days


@st.composite
def worlds(draw: st.DrawFn) -> tuple[dict[str, Saying], dict[Pair, str]]:
    """Return what up to six claims say, and pairs whose state is not as their values."""
    sayings = dict(zip("abcdef", draw(st.lists(st.tuples(days, times), max_size=6)), strict=False))
    unlike: dict[Pair, str] = {}
    for one, other in combinations(sayings, 2):
        if draw(st.integers(0, 9)) == 0:
            apart = not sayings[one][0] & sayings[other][0]
            apart = apart and bool(sayings[one][1] & sayings[other][1])
            unlike[one, other] = "dismissed" if apart else "open"
    return sayings, unlike


def sets_of(laid: Laid, sayings: Mapping[str, Saying]) -> list[list[Saying]]:
    """Return what is said in each position."""
    return [sorted((sayings[one.id] for one in each.claims), key=str) for each in laid.positions]


@unhurried
@given(worlds())
def test_positions_are_the_fewest_sets_that_can_be_true_together(
    world: tuple[dict[str, Saying], dict[Pair, str]],
) -> None:
    sayings, unlike = world
    assume(any(written(one)[0] == "[" for one, _ in sayings.values()))
    laid, alikes, detected = laid_of(sayings, unlike)
    parts = [[one.id for one in each.claims] for each in laid.positions]
    assert sorted(chain.from_iterable(parts)) == sorted(sayings)
    assert all(can_be(part, sayings, unlike) for part in parts)
    ways = (
        way for way in partitions(list(sayings)) if all(can_be(p, sayings, unlike) for p in way)
    )
    assert len(parts) == min(map(len, ways))
    for alike, numbers in laid.others.items():
        home = laid.home[alike]
        names = [one.id for one in alike.claims]
        fitting = [
            nth
            for nth, part in enumerate(parts)
            if nth != home and can_be([*part, *names], sayings, unlike)
        ]
        assert numbers == fitting
    whole = can_be(list(sayings), sayings, unlike)
    assert (detected.first_open(alikes) is None and are_together(alikes, detected)) is whole


@unhurried
@given(worlds(), st.randoms(use_true_random=False))
def test_who_stands_with_whom_is_the_same_whatever_the_ids(
    world: tuple[dict[str, Saying], dict[Pair, str]], random: Random
) -> None:
    sayings, _ = world
    named = dict(zip(random.sample(list(sayings), len(sayings)), sayings.values(), strict=True))
    assert sets_of(laid_of(sayings, {})[0], sayings) == sets_of(laid_of(named, {})[0], named)


@unhurried
@given(worlds())
def test_two_conflict_exactly_if_they_share_no_day_at_a_time_that_both_hold_for(
    world: tuple[dict[str, Saying], dict[Pair, str]],
) -> None:
    sayings, _ = world
    _, alikes, detected = laid_of(sayings, {})
    among = {one.id: alike for alike in alikes for one in alike.claims}
    pairs = {pair for named in detected.named.values() for pair in named}
    for one, other in combinations(sayings, 2):
        apart = not can_be([one, other], sayings, {})
        assert (pair_of(one, other) in pairs) is apart
        first, second = among[one].meaning, among[other].meaning
        assert first
        assert second
        assert are_apart(first, second) is apart
        compared = ASKED.kind.compare(first, second)
        assert (compared.verdict == "conflict") is apart


@pytest.mark.parametrize(
    ("values", "positions"),
    [
        (["2022", "[2021,2023]"], [["[2021,2023]"], ["2022"]]),
        (["2022-XX-15", "2022-03-20"], [["2022-03-20"], ["2022-XX-15"]]),
        (["2022-XX-15", "2022-03-15", "2022-03"], [["2022-03-15", "2022-03", "2022-XX-15"]]),
        (
            ["[2024-02-01,2024-02-20]", "2024-02-03", "2024-02-20"],
            [["2024-02-03"], ["2024-02-20", "[2024-02-01,2024-02-20]"]],
        ),
        (
            ["[2021,2023]", "[2022,2024]", "2021", "2022", "[2023,2024]"],
            [["2021", "[2021,2023]"], ["2022", "[2022,2024]"], ["[2023,2024]"]],
        ),
        # In turn these would be three: the first two share 2021, but each has another partner.
        (
            ["[2021,2023]", "[2021,2024]", "2023", "2024"],
            [["[2021,2023]", "2023"], ["[2021,2024]", "2024"]],
        ),
    ],
)
def test_dates_stand_together_that_name_a_day_in_common(
    values: list[str], positions: list[list[str]]
) -> None:
    for turned in (values, values[::-1]):
        claims = all_said(ASKED, {f"n{nth}": value for nth, value in enumerate(turned)})
        alikes = gather(claims)
        laid = lay(ASKED, alikes, detect(alikes, ASKED.kind))
        found = [
            sorted(one.said.written for one in each.claims if one.said) for each in laid.positions
        ]
        assert sorted(found) == sorted(sorted(one) for one in positions)


def test_three_that_go_together_by_twos_and_not_all_at_once_are_a_dispute(tmp_path: Path) -> None:
    claims = answers("day", a="[2021,2022]", b="[2022,2023]", c="[2021,2023]")
    claims = [
        one | {"claimant": who} for one, who in zip(claims, ("ann", "bob", "cleo"), strict=True)
    ]
    built = weighed(tmp_path, claims)
    sql = "SELECT state, n_positions, n_conflicts, hinges FROM questions WHERE id = 'day'"
    assert built.row(sql) == ("disputed", 2, 0, '["ann", "bob", "cleo"]')
    assert built.row("SELECT state FROM disputes") == ("conflict",)
    ranges = built.rows("SELECT earliest, latest FROM positions ORDER BY id")
    assert ranges == [("2021-01-01", "2021-12-31"), ("2022-01-01", "2023-12-31")]


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("killers", ("army | rebels", "not rebels", "not army")),
        ("killers", ("brigade | rebels", "not state", "not rebels")),
        ("site", ("town | south", "not north", "not south")),
    ],
)
def test_one_or_the_other_of_whom_each_is_denied_is_a_dispute(
    tmp_path: Path, question: str, values: tuple[str, str, str]
) -> None:
    claims = answers(question, **dict(zip("abc", values, strict=True)))
    built = weighed(tmp_path, claims)
    sql = "SELECT state, n_positions, n_conflicts FROM questions WHERE id = ?"
    assert built.row(sql, question) == ("disputed", 2, 0)
    without = weighed(tmp_path / "two", claims[:2])
    assert without.row(sql, question) == ("single origin", 1, 0)


def test_the_ends_of_a_set_of_days_stay_its_first_and_last(tmp_path: Path) -> None:
    claims = answers("day", a="2022-XX-15", b="2022-02-15/2022-04")
    built = weighed(tmp_path, claims)
    assert built.row("SELECT earliest, latest FROM claims WHERE id = 'a'") == (
        "2022-01-15",
        "2022-12-15",
    )
    assert built.row("SELECT earliest, latest FROM positions") == ("2022-02-15", "2022-04-15")


def test_among_many_claims_sets_of_days_are_compared_as_such_too() -> None:
    random = Random(1)  # noqa: S311 # a test's own numbers, the same each time
    masks = ("2020-XX-15", "[2020-01,2020-03]", "2020-X1", "{2020-02-03,2020-05..2020-06}")
    whole = [f"2020-{month:02}" for month in range(1, 13)] + ["2020-01-15", "2020-03/2020-06"]
    asked = asking("date")
    values = [random.choice([*whole, *masks]) for _ in range(MANY + 20)]
    claims = [said(f"n{nth:03}", value, asked) for nth, value in enumerate(values)]
    alikes = gather(claims)
    found = detect(alikes, asked.kind)
    degrees = {one: found.degrees.get(alike, 0) for alike in alikes for one in ids_of(alike)}
    for one in claims[:40]:
        assert one.meaning
        apart = (
            asked.kind.conflict(one.meaning, other.meaning) for other in claims if other.meaning
        )
        assert degrees[one.id] == sum(apart)
    assert not found.complete
    named = {name for pairs in found.named.values() for pair in pairs for name in pair}
    assert named == {name for name, degree in degrees.items() if degree}
    by_id = {one.id: one for one in claims}
    for name, other in {pair for pairs in found.named.values() for pair in pairs}:
        first, second = by_id[name].meaning, by_id[other].meaning
        assert first
        assert second
        assert asked.kind.conflict(first, second)
    laid = lay(asked, alikes, found)
    together = Together.of(found)
    assert all(shared_by(each.alikes) for each in laid.positions)
    assert all(together.are(each.alikes) for each in laid.positions)
    assert sum(len(each.claims) for each in laid.positions) == len(claims)


def ids_of(alike: Alike) -> list[str]:
    """Return the ids of a group's claims."""
    return [one.id for one in alike.claims]


def test_many_claims_in_which_nobody_conflicts_are_one_position() -> None:
    claims = [said(f"n{nth:03}", f"[2020,2030,{3000 + nth}]", ASKED) for nth in range(MANY + 1)]
    alikes = gather(claims)
    found = detect(alikes, ASKED.kind)
    assert (found.complete, found.degrees) == (True, {})
    assert len(lay(ASKED, alikes, found).positions) == 1
    assert whole_range(alikes).row()[2:] == ("2020-01-01", "3300-12-31")


def test_a_claim_that_holds_for_a_time_of_several_parts_meets_just_those() -> None:
    asked = asking()
    claims: list[Claim] = [
        said("a", "300", asked, as_of="[2021,2023]"),
        said("b", "500", asked, as_of="2022"),
        said("c", "700", asked, as_of="2023"),
    ]
    alikes = gather(claims)
    found = detect(alikes, asked.kind)
    assert {pair for pairs in found.named.values() for pair in pairs} == {("a", "c")}


def test_declared_conflicts_and_dismissals_hold_for_sets_of_days(tmp_path: Path) -> None:
    claims = [
        claim("a", "day", "[2021,2023]", compatible={"b": "Another calendar."}),
        claim("b", "day", "2022"),
        claim("c", "day", "2021", conflicts={"a": {"because": "No.", "strength": "conflict"}}),
    ]
    built = weighed(tmp_path, claims)
    sides = built.by_id("position")
    assert sides["a"] == sides["b"] != sides["c"]
