"""Positions: the sets of claims on one question that can all be true together.

Claims that say the same stand together. The groups are then laid into as few positions as a
first-fit finds, in an order that depends on the claims alone, so that no two claims of a
position are in an open conflict.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf

from ledger.values import DateSpan, Quantity, Value


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim that stands: neither retracted nor superseded."""

    id: str
    written: str | None
    value: Value | None
    origins: frozenset[str]
    outlets: frozenset[str]


Pair = tuple[str, str]


def group_same(claims: Sequence[Standing]) -> list[list[Standing]]:
    """Return the claims in groups that say the same; a claim without a value stands alone."""
    groups: dict[object, list[Standing]] = {}
    for claim in claims:
        key = claim.value if claim.value is not None else claim.id
        groups.setdefault(key, []).append(claim)
    return sorted(groups.values(), key=_turn)


def lay_positions(
    groups: Sequence[list[Standing]], conflicts: Iterable[Pair]
) -> list[list[Standing]]:
    """Return the positions, each a list of claims none of which conflicts with another."""
    against: dict[str, set[str]] = {}
    for one, other in conflicts:
        against.setdefault(one, set()).add(other)
        against.setdefault(other, set()).add(one)
    positions: list[list[Standing]] = []
    opposed: list[set[str]] = []
    for group in (part for same in groups for part in _at_peace(same, against)):
        enemies = set().union(*(against.get(claim.id, set()) for claim in group))
        ids = {claim.id for claim in group}
        fits = (nth for nth, foes in enumerate(opposed) if not foes & ids)
        nth = next(fits, len(positions))
        if nth == len(positions):
            positions.append([])
            opposed.append(set())
        positions[nth] += group
        opposed[nth] |= enemies
    return positions


def _at_peace(group: list[Standing], against: dict[str, set[str]]) -> list[list[Standing]]:
    """Return a group whole, or its claims one by one if people say that two of them conflict."""
    ids = {claim.id for claim in group}
    if any(against.get(claim.id, set()) & ids for claim in group):
        return [[claim] for claim in group]
    return [group]


def _turn(group: list[Standing]) -> tuple[float, float, str]:
    """Return where a group comes: the smaller and the earlier first, then by id."""
    value = group[0].value
    if isinstance(value, Quantity):
        return value.low, value.high, group[0].id
    if isinstance(value, DateSpan):
        earliest = value.earliest.toordinal() if value.earliest else -inf
        return earliest, value.latest.toordinal() if value.latest else inf, group[0].id
    return 0.0, 0.0, group[0].id


@dataclass(frozen=True, slots=True)
class Range:
    """The ends of a range; None is an open end."""

    low: float | None = None
    high: float | None = None
    earliest: date | None = None
    latest: date | None = None


def shared_range(claims: Iterable[Standing]) -> Range:
    """Return the range that all values of some claims share; nothing if they share none."""
    values = [claim.value for claim in claims if claim.value is not None]
    numbers = [value for value in values if isinstance(value, Quantity)]
    spans = [value for value in values if isinstance(value, DateSpan)]
    if numbers:
        low, high = max(one.low for one in numbers), min(one.high for one in numbers)
        return Range(closed(low), closed(high)) if low <= high else Range()
    first = max((one.earliest for one in spans if one.earliest), default=None)
    last = min((one.latest for one in spans if one.latest), default=None)
    if first and last and first > last:
        return Range()
    return Range(earliest=first, latest=last)


def whole_range(claims: Iterable[Standing]) -> Range:
    """Return the range from the least to the greatest of what some claims say."""
    values = [claim.value for claim in claims if claim.value is not None]
    numbers = [value for value in values if isinstance(value, Quantity)]
    spans = [value for value in values if isinstance(value, DateSpan)]
    if numbers:
        low, high = min(one.low for one in numbers), max(one.high for one in numbers)
        return Range(closed(low), closed(high))
    starts = [one.earliest for one in spans]
    ends = [one.latest for one in spans]
    return Range(
        earliest=min((day for day in starts if day), default=None) if None not in starts else None,
        latest=max((day for day in ends if day), default=None) if None not in ends else None,
    )


def closed(number: float) -> float | None:
    """Return a number, or None for an end that is open."""
    return None if number in {inf, -inf} else number
