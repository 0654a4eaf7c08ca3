"""Fewest: the positions of every kind of answer, held against every way to part a few claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from random import Random
from time import perf_counter
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.values import Asked, Tree, parse_parties
from ledger.weigh.alike import gather
from ledger.weigh.answers import Asking
from ledger.weigh.detect import detect
from ledger.weigh.fewest import MOST_TRIED, fewer_sets
from ledger.weigh.meanings import AnswerKind
from ledger.weigh.positions import lay
from ledger.weigh.together import Together, are_together
from ledger.words import Answer
from tests.values.acting import NODES, can_all_be_among, can_all_hold
from tests.weigh.parting import YEARS, Hold, Told, laid_of, sets_of, unlike_of
from tests.weigh.weighing import all_said, asking, said

PARTIES: Final = [
    *NODES,
    *(f"not {one}" for one in NODES),
    *(f"{one} | {other}" for one, other in combinations(NODES, 2)),
    *(f"{one} + {other}" for one, other in combinations(NODES, 2)),
    "a | b | c",
]

TREES: Final = [
    Tree(dict.fromkeys(NODES)),
    Tree({"a": None, "b": "a", "c": "a", "d": None}),
    Tree({"a": None, "b": "a", "c": "b", "d": "b"}),
]

QUANTITIES: Final = ["0", "1", "2", "0..1", "1..2", ">0", "<2", "0..2", ">1"]

DATES: Final = {
    "2001": {1},
    "2002": {2},
    "2003": {3},
    "2001/2002": {1, 2},
    "[2001,2003]": {1, 3},
    "[2001,2002]": {1, 2},
    "[2002,2003]": {2, 3},
}


def some_number(written: Sequence[str]) -> bool:
    """Return whether a number is all that some quantities can mean."""
    held = {
        "0": {0}, "1": {2}, "2": {4}, "0..1": {0, 1, 2}, "1..2": {2, 3, 4},
        ">0": {1, 2, 3, 4, 5}, "<2": {0, 1, 2, 3}, "0..2": {0, 1, 2, 3, 4}, ">1": {3, 4, 5},
    }  # fmt: skip # by halves, and more than 2 is 5
    return bool(set(range(6)).intersection(*(held[one] for one in written)))


def some_year(written: Sequence[str]) -> bool:
    """Return whether some dates share a year."""
    return bool({1, 2, 3}.intersection(*(DATES[one] for one in written)))


def the_same(written: Sequence[str]) -> bool:
    """Return whether some words are all the same."""
    return len(set(written)) <= 1


def anything(written: Sequence[str]) -> bool:
    """Return that texts exclude each other only where people say so, whatever they are."""
    return len(written) > 0


def of_parties(tree: Tree) -> Hold:
    """Return what tells whether some world makes answers about a tree true."""
    return lambda written: can_all_hold([parse_parties(one) for one in written], tree)


def among_parties(tree: Tree) -> Hold:
    """Return what tells the same where several answers can be true."""
    return lambda written: can_all_be_among([parse_parties(one) for one in written], tree)


def asking_of(answer: Answer, tree: Tree, *, many: bool = False) -> Asking:
    """Return a question that actors or places of a tree answer, or anything without one."""
    return Asking("q", AnswerKind(Asked(answer, many=many), tree), "dossier", ())


PARTY_KINDS: Final[list[tuple[Answer, Tree]]] = [
    ("actor", TREES[0]),
    ("actor", TREES[1]),
    ("place", TREES[2]),
]

KINDS: Final[list[tuple[Asking, Sequence[str], Hold]]] = [
    *((asking_of(answer, tree), PARTIES, of_parties(tree)) for answer, tree in PARTY_KINDS),
    (asking(), QUANTITIES, some_number),
    (asking("date"), list(DATES), some_year),
    (asking("choice", ("won", "lost", "drawn")), ("won", "lost", "drawn"), the_same),
    (asking("text"), ("greed", "fear", "need"), anything),
    (asking_of("actor", TREES[1], many=True), PARTIES, among_parties(TREES[1])),
    (asking_of("quantity", TREES[0], many=True), QUANTITIES, anything),
    (asking_of("date", TREES[0], many=True), list(DATES), anything),
]
"""Each kind of answer, some values, and what tells whether one world makes some of them true."""

NAMES: Final = "uvwxyz"

Drawn = tuple[Asking, Told]


@st.composite
def drawn(draw: st.DrawFn) -> Drawn:
    """Return what up to six claims say on a question, and what people say of some pairs."""
    asked, values, hold = draw(st.sampled_from(KINDS))
    saying = st.tuples(st.sampled_from(values), st.sampled_from(["", "", *YEARS]))
    sayings = dict(zip(NAMES, draw(st.lists(saying, min_size=1, max_size=6)), strict=False))
    pairs = list(combinations(sayings, 2))
    spoken = draw(st.sets(st.sampled_from(pairs), max_size=4)) if pairs else set()
    told = Told(sayings, {}, hold)
    return asked, Told(sayings, unlike_of(sorted(spoken), told), hold)


def taking(asked: Asking, told: Told) -> list[str]:
    """Return the claims that take a position: of a disputed text question those in a conflict."""
    among = {name for pair, state in told.unlike.items() if state == "open" for name in pair}
    return sorted(among or told.sayings) if asked.answer == "text" else sorted(told.sayings)


@settings(max_examples=200)
@given(drawn())
def test_positions_are_the_fewest_sets_that_can_be_true(world: Drawn) -> None:
    asked, told = world
    laid, alikes, detected = laid_of(told, asked)
    sets, names = sets_of(laid), taking(asked, told)
    assert sorted(name for one in sets for name in one) == names
    assert all(told.can_be(one) for one in sets)
    sayings = {name: told.sayings[name] for name in names}
    assert len(sets) == Told(sayings, told.unlike, told.hold).least()
    for alike in alikes:
        claims = {one.id for one in alike.claims}
        fitting = [nth for nth, one in enumerate(sets) if told.can_be(one | claims)]
        home = laid.home.get(alike)
        assert laid.others.get(alike, []) == [nth for nth in fitting if nth != home]
    agree = detected.first_open(alikes) is None and are_together(alikes, detected)
    assert agree is told.can_be(told.sayings)


@settings(max_examples=200)
@given(drawn(), st.permutations(NAMES))
def test_who_stands_with_whom_is_the_same_whatever_claims_are_called(
    world: Drawn, order: Sequence[str]
) -> None:
    asked, told = world
    names = dict(zip(told.sayings, order, strict=False))
    before = sets_of(laid_of(told, asked)[0])
    after = sets_of(laid_of(told.renamed(names), asked)[0])
    # Two that say the same and are held against the same ones can be swapped: nobody sees it.
    assert any(
        [{names[swap[name]] for name in one} for one in before] == after for swap in told.swaps()
    )


@pytest.mark.parametrize(
    ("answer", "values", "expected"),
    [
        ("actor", ["not a", "not b", "a | b"], [["a | b", "not a"], ["not b"]]),
        (
            "place",
            ["not a", "not b", "not c", "a | b | c"],
            [["a | b | c", "not a", "not b"], ["not c"]],
        ),
        ("actor", ["a | b", "b | c", "not b"], [["a | b", "b | c"], ["not b"]]),
        ("actor", ["a", "b", "a + b", "not b"], [["a", "not b"], ["a + b", "b"]]),
        ("actor", ["a", "b", "c", "a | b", "not a"], [["a", "a | b"], ["b", "not a"], ["c"]]),
        ("place", ["d", "a", "a | d", "not a", "not d"], [["a", "a | d", "not d"], ["d", "not a"]]),
    ],
)  # fmt: skip # each case on a line
def test_parties_stand_in_the_fewest_positions_that_one_world_makes_true(
    answer: Answer, values: list[str], expected: list[list[str]]
) -> None:
    asked = asking_of(answer, TREES[0])
    for turned in (values, values[::-1]):
        claims = all_said(asked, {f"n{nth}": value for nth, value in enumerate(turned)})
        alikes = gather(claims)
        laid = lay(asked, alikes, detect(alikes, asked.kind))
        found = [
            sorted(one.said.written for one in each.claims if one.said) for each in laid.positions
        ]
        assert found == expected


@pytest.mark.parametrize(
    ("values", "positions"),
    [
        # In turn 1..2 would join what is said of 2020, and leave 2 of 2021 alone with 2..3.
        ({"a": ("1", "2020"), "b": ("1..2", ""), "c": ("2", "2021"), "d": ("0", "2021")}, 2),
        ({"a": ("1", "2020"), "b": ("5", "2021"), "c": ("1", ""), "d": ("5", "")}, 2),
        ({"a": ("1", "2020"), "b": ("5", "2020"), "c": ("1", "2021"), "d": ("5", "2021")}, 2),
    ],
)
def test_quantities_that_hold_for_other_times_stand_together(
    values: Mapping[str, tuple[str, str]], positions: int
) -> None:
    asked = asking()
    alikes = gather([said(name, one, asked, as_of=time) for name, (one, time) in values.items()])
    assert len(lay(asked, alikes, detect(alikes, asked.kind)).positions) == positions


def test_fewer_sets_are_not_looked_for_among_more_than_are_tried() -> None:
    asked = asking("date")
    claims = [said(f"n{nth:03}", f"[{2000 + nth},4000]", asked) for nth in range(MOST_TRIED + 1)]
    alikes = gather(claims)
    assert fewer_sets(alikes, detect(alikes, asked.kind), len(alikes)) is None
    few = alikes[:MOST_TRIED]
    assert fewer_sets(few, detect(few, asked.kind), 2) == [tuple(few)]


def test_a_search_that_takes_too_many_steps_keeps_what_was_found_in_turn() -> None:
    random, asked = Random(3), asking("date")  # noqa: S311 # a test's own numbers
    years = range(2000, 2040)
    values = {f"[{','.join(map(str, random.sample(years, 3)))}]" for _ in range(MOST_TRIED)}
    alikes = gather(all_said(asked, {f"n{one}": value for one, value in enumerate(sorted(values))}))
    found = detect(alikes, asked.kind)
    began = perf_counter()
    laid = lay(asked, alikes, found)
    assert perf_counter() - began < 10  # seconds, of which it takes one
    together = Together.of(found)
    assert all(together.are(each.alikes) for each in laid.positions)
    assert len(laid.home) == len(alikes)
