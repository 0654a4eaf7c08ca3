"""Loops: every one reported is one, and nothing that leads back to itself is left out."""

from __future__ import annotations

from collections import deque
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.check.loops import find_loops
from tests.check.checking import REGISTERS, dossier, problems_of, told_of

Graph = dict[str, list[str]]

names = st.sampled_from("abcdefg")
graphs = st.dictionaries(names, st.lists(names, max_size=4))


def reached_from(graph: Graph, start: str) -> set[str]:
    """Return whatever can be reached from a start in one step or more."""
    reached: set[str] = set()
    waiting = deque(graph.get(start, []))
    while waiting:
        at = waiting.popleft()
        if at not in reached:
            reached.add(at)
            waiting.extend(graph.get(at, []))
    return reached


@pytest.mark.parametrize(
    ("graph", "loops"),
    [
        ({}, []),
        ({"a": ["b"], "b": ["c"]}, []),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"]}, []),
        ({"a": ["a"]}, [["a"]]),
        ({"a": ["a", "a"]}, [["a"]]),
        ({"a": ["b"], "b": ["a"]}, [["a", "b"]]),
        ({"c": ["b"], "b": ["a"], "a": ["c"]}, [["a", "c", "b"]]),
        ({"x": ["a"], "a": ["b"], "b": ["a"]}, [["a", "b"]]),
        ({"a": ["a"], "c": ["d"], "d": ["c"]}, [["a"], ["c", "d"]]),
        ({"a": ["b"], "b": ["a", "c"], "c": ["b"]}, [["a", "b"], ["b", "c"]]),
    ],
)
def test_loops_are_found(graph: Graph, loops: list[list[str]]) -> None:
    assert find_loops(graph) == loops


@settings(deadline=None)
@given(graph=graphs)
def test_every_loop_leads_back_from_its_least_id_and_is_told_once(graph: Graph) -> None:
    loops = find_loops(graph)
    for loop in loops:
        assert all(following in graph[at] for at, following in pairwise([*loop, loop[0]]))
        assert len(set(loop)) == len(loop)
        assert loop[0] == min(loop)
    assert loops == sorted(loops)
    assert len({tuple(loop) for loop in loops}) == len(loops)


@settings(deadline=None)
@given(graph=graphs)
def test_whatever_leads_back_to_itself_does_so_with_one_of_the_loops(graph: Graph) -> None:
    begun = {loop[0] for loop in find_loops(graph)}
    for start in graph:
        reached = reached_from(graph, start)
        around = {one for one in begun & reached if start in reached_from(graph, one)}
        assert (start in reached) == bool(around)


@settings(deadline=None)
@given(graph=graphs)
def test_what_only_leads_on_has_no_loops(graph: Graph) -> None:
    onwards = {at: [one for one in leads if one > at] for at, leads in graph.items()}
    assert find_loops(onwards) == []


def test_a_chain_may_be_of_any_length() -> None:
    chain = {f"{nth:06}": [f"{nth + 1:06}"] for nth in range(100_000)}
    assert find_loops(chain) == []
    chain["100000"] = ["000000"]
    (loop,) = find_loops(chain)
    assert len(loop) == 100_001


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("outlets.yaml", "a: {name: A, part_of: a}", "part-of-loop"),
        ("actors.yaml", "a: {name: A, part_of: b}\nb: {name: B, part_of: a}", "part-of-loop"),
        ("places.yaml", "b:\n  name: B\n  within: a\na: {name: A, within: b}", "within-loop"),
    ],
)
def test_a_register_of_one_kind_has_no_loops(
    tmp_path: Path, path: str, text: str, code: str
) -> None:
    (problem,) = problems_of(tmp_path, {f"x/{path}": text, f"y/{path}": ""})
    assert problem.code == code
    assert problem.place.line == (4 if "within" in text else 1)


def test_an_actor_and_an_outlet_of_the_same_ids_are_no_loop(tmp_path: Path) -> None:
    files = {
        "actors.yaml": "a: {name: A, part_of: b}\nb: {name: B}\n",
        "outlets.yaml": "b: {name: B, part_of: a}\na: {name: A}\n",
    }
    assert told_of(tmp_path, files) == []


def test_a_loop_may_run_through_several_files(tmp_path: Path) -> None:
    line = '{"id": "b", "text": "B.", "found": "page#1", "based_on": "a"}\n'
    files = dossier(
        "id: a, text: A., found: page#1, based_on: [c, b]",
        "id: c, text: C., found: page#1, based_on: d",
        "id: d, text: D., found: page#1",
    )
    assert told_of(tmp_path, files | {"b.jsonl": line}) == ["dossier.yaml:4: based-on-loop"]


def test_a_loop_with_something_unknown_in_it_is_none(tmp_path: Path) -> None:
    files = REGISTERS | {"more/places.yaml": "a: {name: A, within: b}\nc: {name: C, within: a}\n"}
    assert told_of(tmp_path, files) == ["more/places.yaml:1: unknown-reference"]
