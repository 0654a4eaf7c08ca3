"""Actors and places as values: `a`, `a + b` jointly, `a | b` one or the other, `not a`.

In which worlds a value holds: in a world some took part, and one of them is the one whom all
answers mean. `a` holds where that one is `a` or a part of it, `a | b` where it is one or the other
or a part of them, `a + b` the same where each of them, or a part, took part, and `not a` where
nobody who took part is `a` or a part of it. A whole may act by a part that no register has.

So answers that name nobody in common exclude each other, though all may have taken part: `a` and
`b`, and of three `a + b`, `b + c` and `a + c`. `a + b` and `b + c` can both be true.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from ledger.values.comparison import Comparison
from ledger.values.kind import Asked, Comparing, Kind, Room, Turn, UnreadableValue
from ledger.values.tree import Tree

FORMS: Final = "an id, `a + b` (jointly), `a | b` (one or the other), `not a`"

_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

Manner = Literal["one", "jointly", "either", "not"]

Ids = frozenset[str]


@dataclass(frozen=True, slots=True)
class Parties:
    """Actors or places, by id, and in which manner they are meant."""

    manner: Manner
    ids: frozenset[str]


@lru_cache(maxsize=65_536)
def parse_parties(text: str) -> Parties:
    """Return the actors or places that a value names; whether they exist is checked elsewhere.

    Raises UnreadableValue with the forms accepted.
    """
    written = " ".join(text.split())
    if written.startswith("not "):
        return Parties("not", frozenset([_id(written.removeprefix("not "), written)]))
    if "+" in written and "|" in written:
        what = f"`{written}` mixes `+` and `|`"
        raise UnreadableValue(what, FORMS)
    manner: Manner = "jointly" if "+" in written else "either"
    ids = _ids(written, "+" if manner == "jointly" else "|")
    return Parties("one" if len(ids) == 1 else manner, ids)


def parties_in_words(parties: Parties, tree: Tree) -> str:
    """Return actors or places by their names, as a reader says them."""
    sign = " and " if parties.manner == "jointly" else " or "
    names = sign.join(tree.name(one) for one in sorted(parties.ids))
    return f"not {names}" if parties.manner == "not" else names


def _compare_denials(one: Parties, other: Parties, tree: Tree) -> Comparison:
    words = parties_in_words(one, tree), parties_in_words(other, tree)
    if one.manner == other.manner:
        return Comparison("compatible", f"{words[0]} leaves room for {words[1]}")
    denial, named = (one, other) if one.manner == "not" else (other, one)
    (denied,) = denial.ids
    excluded = [name for name in sorted(named.ids) if tree.is_at_or_below(name, denied)]
    # Jointly, one that is excluded is enough; of one or the other, all must be.
    enough = 1 if named.manner != "either" else len(named.ids)
    if len(excluded) < enough:
        return Comparison("compatible", f"{words[0]} leaves room for {words[1]}")
    whole = "" if excluded[0] == denied else f", which belongs to {tree.name(denied)}"
    because = f"the one names {tree.name(excluded[0])}{whole}, which the other denies"
    return Comparison("conflict", because)


def _compare_named(one: Parties, other: Parties, tree: Tree) -> Comparison:
    words = parties_in_words(one, tree), parties_in_words(other, tree)
    for first in sorted(one.ids):
        for second in sorted(other.ids):
            if first == second:
                return Comparison("compatible", f"both name {tree.name(first)}")
            if tree.are_related(first, second):
                part, whole = first, second
                if tree.is_at_or_below(second, first):
                    part, whole = second, first
                because = f"{tree.name(part)} belongs to {tree.name(whole)}"
                return Comparison("compatible", because)
    if one.manner == other.manner == "one":
        because = f"{words[0]} is not {words[1]}, and neither belongs to the other"
        return Comparison("conflict", because)
    because = f"{words[0]} on one side and {words[1]} on the other have nothing in common"
    return Comparison("conflict", because)


def _ids(written: str, sign: str) -> frozenset[str]:
    return frozenset(_id(part, written) for part in written.split(sign))


def _id(part: str, written: str) -> str:
    name = part.strip()
    if _SLUG.fullmatch(name) is None:
        what = f"`{written}` is not an id or a set of ids"
        raise UnreadableValue(what, FORMS)
    return name


@dataclass(frozen=True, slots=True)
class WhoMayBeMeant:
    """Whom some answers can all mean: one of those within, or anybody, but none that is denied."""

    within: frozenset[str] | None
    denied: frozenset[str] = frozenset()

    def shared(self, other: WhoMayBeMeant) -> WhoMayBeMeant | None:
        """Return whom both can mean; None if there is nobody."""
        denied = self.denied | other.denied
        told = [one.within for one in (self, other) if one.within is not None]
        if not told:
            return WhoMayBeMeant(None, denied)
        within = told[0].intersection(*told) - denied
        return WhoMayBeMeant(within, denied) if within else None


@dataclass(frozen=True, slots=True)
class WhoMayTakePart:
    """Of whom answers say that one or the other is among several, and who is denied."""

    some: frozenset[Ids]
    denied: frozenset[str]

    def shared(self, other: WhoMayTakePart) -> WhoMayTakePart | None:
        """Return what both say; None if all are denied of whom one is said to be among them."""
        both = WhoMayTakePart(self.some | other.some, self.denied | other.denied)
        return None if any(ids <= both.denied for ids in both.some) else both


class _PartyKind(Kind[Parties]):
    """What actors and places have in common: they are named by id and compared by their trees."""

    forms = FORMS
    printed_as = "names"
    denies = True

    def parse(self, text: str, asked: Asked) -> Parties:
        return parse_parties(text)

    def compare(
        self, one: Parties, other: Parties, written: tuple[str, str], question: Comparing
    ) -> Comparison:
        """Return whether two answers that name actors or places can both be true.

        They can if one of the first is one of the second, or above or below it in the tree. `not a`
        excludes `a` and what is below it. Where several answers can be true, only that excludes.
        """
        tree = question.tree
        words = parties_in_words(one, tree), parties_in_words(other, tree)
        if one == other:
            because = f"both say {words[0]}" if one.manner == "not" else f"both name {words[0]}"
            return Comparison("same", because)
        if one.manner == "not" or other.manner == "not":
            return _compare_denials(one, other, tree)
        if question.asked.many:
            because = f"{words[0]} and {words[1]} can both be among the answers"
            return Comparison("compatible", because)
        return _compare_named(one, other, tree)

    def room(self, value: Parties, question: Comparing) -> Room:
        """Return whom a value can mean or, where several answers can be true, who it says are some.

        Whether somebody that is named jointly is denied two by two tell.
        """
        named = value.ids.union(*(question.tree.parts_of(one) for one in value.ids))
        if question.asked.many:
            denied = named if value.manner == "not" else frozenset[str]()
            some = frozenset([value.ids]) if value.manner == "either" else frozenset[Ids]()
            return WhoMayTakePart(some, denied)
        return WhoMayBeMeant(None, named) if value.manner == "not" else WhoMayBeMeant(named)

    def in_parts(self, value: Parties) -> bool:
        """Return whether it can mean one or the other, of which other answers leave either."""
        return value.manner in {"either", "jointly"}

    def in_words(self, written: str, tree: Tree) -> str:
        return parties_in_words(parse_parties(written), tree)

    def turn(self, value: Parties, asked: Asked, tree: Tree) -> Turn:
        """Return the turn of actors or places: from the parts to the wholes, denials last.

        Of those who name the same, who name them jointly come after who name one or the other.
        """
        deepest = max(tree.depth(one) for one in value.ids)
        return value.manner == "not", -deepest, sorted(value.ids), value.manner


class ActorKind(_PartyKind):
    """Actors: one or several from their register, where one may be a part of another."""

    name = "actor"
    wanted = "an actor"
    hint = "an id or a name; a + b jointly, a | b one or the other, not a"
    examples = (("army", "rebels"), ("brigade", "army"), ("not army", "brigade"))
    register = "actor"


class PlaceKind(_PartyKind):
    """Places: one or several from their register, where one may lie within another."""

    name = "place"
    wanted = "a place"
    hint = "an id or a name; a | b one or the other, not a"
    examples = (("harbour", "valley"), ("harbour", "town"))
    register = "place"
