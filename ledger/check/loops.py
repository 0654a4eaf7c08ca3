"""Loops: chains of `part_of`, `same_as`, `within`, `based_on`, `supersedes` must come to an end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ledger.check.registry import check
from ledger.draft import Draft
from ledger.problems import Place, Problem
from ledger.read import line_in


@dataclass(slots=True)
class _Chain:
    """Where each record stands and which records of its kind it leads to."""

    leads_to: dict[str, list[str]]
    places: Mapping[str, Place]


def find_loops(leads_to: Mapping[str, list[str]]) -> list[list[str]]:
    """Return every loop once, each begun at its least id, in the order of those ids.

    A loop is found for each set of records that lead back to each other, not every way round.
    """
    loops: list[list[str]] = []
    done: set[str] = set()
    for start in sorted(leads_to):
        path: list[str] = []
        stack = [(start, iter(sorted(set(leads_to[start]))))] if start not in done else []
        on_path = {start}
        path.append(start)
        while stack:
            at, further = stack[-1]
            following = next(further, None)
            if following is None:
                stack.pop()
                done.add(path.pop())
                on_path.discard(at)
            elif following in on_path:
                loops.append(_from_least(path[path.index(following) :]))
            elif following not in done and following in leads_to:
                stack.append((following, iter(sorted(set(leads_to[following])))))
                path.append(following)
                on_path.add(following)
    return sorted(loops)


def _from_least(loop: list[str]) -> list[str]:
    first = loop.index(min(loop))
    return loop[first:] + loop[:first]


@check
def part_of_loop(draft: Draft) -> Iterator[Problem]:
    """Outlets, actors or questions are part of each other in a circle.

    `part_of` makes a tree: a brigade is part of an army, the army of a state. In a circle
    nothing is the whole.
    """
    registers = draft.registers
    outlets = {name: placed.record.part_of for name, placed in registers.outlets.items()}
    outlet_places = {name: placed.place for name, placed in registers.outlets.items()}
    yield from _loops(draft, "part_of", _Chain(_single(outlets), outlet_places))
    actors = {name: placed.record.part_of for name, placed in registers.actors.items()}
    actor_places = {name: placed.place for name, placed in registers.actors.items()}
    yield from _loops(draft, "part_of", _Chain(_single(actors), actor_places))
    sql = "SELECT id, part_of, path, line FROM draft_question WHERE part_of IS NOT NULL"
    yield from _loops(draft, "part_of", _chain(draft, sql))


@check
def same_as_loop(draft: Draft) -> Iterator[Problem]:
    """Questions are said to be the same as each other in a circle.

    That one of two says it is enough: name the one that was there first.
    """
    sql = "SELECT id, same_as, path, line FROM draft_question WHERE same_as IS NOT NULL"
    yield from _loops(draft, "same_as", _chain(draft, sql))


@check
def within_loop(draft: Draft) -> Iterator[Problem]:
    """Places lie within each other in a circle."""
    places = draft.registers.places
    leads_to = _single({name: placed.record.within for name, placed in places.items()})
    where = {name: placed.place for name, placed in places.items()}
    yield from _loops(draft, "within", _Chain(leads_to, where))


@check
def based_on_loop(draft: Draft) -> Iterator[Problem]:
    """Claims are based on each other in a circle: circular reporting.

    Each repeats the other, so that no claim is the origin of any of them. Find out who said
    it first and remove `based_on` there.
    """
    sql = (
        "SELECT b.claim, b.basis, c.path, c.line "
        "FROM draft_basis b JOIN draft_claim c ON c.id = b.claim"
    )
    yield from _loops(draft, "based_on", _chain(draft, sql))


@check
def supersedes_loop(draft: Draft) -> Iterator[Problem]:
    """Claims supersede each other in a circle, so that none is the latest word."""
    sql = "SELECT id, supersedes, path, line FROM draft_claim WHERE supersedes IS NOT NULL"
    yield from _loops(draft, "supersedes", _chain(draft, sql))


def _single(leads_to: Mapping[str, str | None]) -> dict[str, list[str]]:
    return {name: [other] for name, other in leads_to.items() if other is not None}


def _chain(draft: Draft, sql: str) -> _Chain:
    leads_to: dict[str, list[str]] = {}
    places: dict[str, Place] = {}
    for name, other, path, line in draft.rows(sql):
        leads_to.setdefault(str(name), []).append(str(other))
        places[str(name)] = Place(str(path), int(str(line)))
    return _Chain(leads_to, places)


def _loops(draft: Draft, key: str, chain: _Chain) -> Iterator[Problem]:
    for loop in find_loops(chain.leads_to):
        yield Problem(
            line_in(draft.source, chain.places[loop[0]], key),
            f"{key.replace('_', '-')}-loop",
            f"`{key}` leads back to where it began: {' → '.join([*loop, loop[0]])}",
            f"Remove `{key}` from one of them.",
        )
