"""Positions: the fewest sets of claims on one question that can all be true together.

Claims are taken by the upper ends of their values, and each joins the first position that it
conflicts with nobody in. For intervals that is the least number of points that pierce them all:
a claim opens a position only if it begins above every point so far.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import inf, isfinite
from typing import NamedTuple

from ledger.values import DateSpan, spans_meet
from ledger.weigh.answers import Asking, Claim, in_order
from ledger.weigh.conflicts import opponents
from ledger.weigh.detect import Detected, Dismissed, Pair, are_apart
from ledger.weigh.meanings import Bound, Key

Shared = dict[DateSpan | None, tuple[Bound, Bound]]
"""What intervals share, for each time that they hold for."""


@dataclass(slots=True)
class Position:
    """Claims that can all be true together, and what is needed to tell who else fits."""

    claims: list[Claim] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    by_key: dict[Key, list[Claim]] = field(default_factory=dict)
    shared: list[Shared] = field(default_factory=list)
    """One for each set of intervals that meet; dismissals let several stand together."""

    def add(self, claim: Claim) -> None:
        """Take a claim in."""
        self.claims.append(claim)
        self.ids.add(claim.id)
        self.by_key.setdefault(claim.key, []).append(claim)
        if claim.bounds is not None:
            shared = next((one for one in self.shared if _meets(claim, one)), None)
            if shared is None:
                self.shared.append(shared := {})
            low, high = shared.get(claim.key[1], claim.bounds)
            shared[claim.key[1]] = max(low, claim.bounds[0]), min(high, claim.bounds[1])

    def agrees(self, claim: Claim, detected: Detected) -> bool:
        """Return whether no value in the position conflicts with a claim's."""
        if detected.foes is not None:
            return self.by_key.keys().isdisjoint(detected.foes.get(claim.key, ()))
        return all(_meets(claim, one) for one in self.shared)

    def against(self, claim: Claim, detected: Detected) -> Iterator[Claim]:
        """Yield the claims of the position whose values conflict with a claim's."""
        foes = None if detected.foes is None else detected.foes.get(claim.key, set())
        for key, those in self.by_key.items():
            if key in foes if foes is not None else are_apart(claim, those[0]):
                yield from those


def _meets(claim: Claim, shared: Shared) -> bool:
    """Return whether a claim's interval meets each of some that meet each other."""
    if claim.bounds is None:
        return True
    low, high = claim.bounds
    time = claim.key[1]
    return all(
        low <= least and greatest <= high
        for other, (greatest, least) in shared.items()
        if time is None or other is None or spans_meet(time, other)
    )


@dataclass(slots=True)
class Laid:
    """The positions of a question: each claim's own, and others that it fits as well."""

    positions: list[Position] = field(default_factory=list)
    home: dict[str, int] = field(default_factory=dict)
    others: dict[str, list[int]] = field(default_factory=dict)


def lay(
    asking: Asking,
    claims: Sequence[Claim],
    detected: Detected,
    open_pairs: Collection[Pair] = (),
    dismissed: Dismissed | None = None,
) -> Laid:
    """Return the positions of a question's standing claims, numbered from 0.

    A claim without a value takes a position only if the question asks for text or somebody
    declared that it conflicts; of a disputed text question, only claims in a conflict do.
    A conflict that is dismissed parts no position.
    """
    if not open_pairs and not detected.degrees:
        return _in_agreement(claims, in_order(_taking(asking, claims, {}), asking.kind))
    admission = _Admission(detected, opponents(open_pairs), dismissed or {})
    taking = _taking(asking, claims, admission.against)
    laid = Laid()
    points: list[Bound] = []
    timeless = all(claim.key[1] is None for claim in taking)
    for claim in in_order(taking, asking.kind):
        # A position whose first claim lies wholly below lets nobody in: those are passed over.
        below = 0
        if claim.bounds is not None and timeless and claim.id not in admission.dismissed:
            below = bisect_left(points, claim.bounds[0])
        numbers = range(below, len(laid.positions))
        fitting = (one for one in numbers if admission.admits(laid.positions[one], claim))
        number = next(fitting, len(laid.positions))
        if number == len(laid.positions):
            laid.positions.append(Position())
            points.append(claim.bounds[1] if claim.bounds else (inf, 0))
        laid.positions[number].add(claim)
        laid.home[claim.id] = number
    if detected.complete:
        for claim in claims:
            if others := admission.others(laid, claim):
                laid.others[claim.id] = others
    return laid


def _in_agreement(claims: Iterable[Claim], taking: list[Claim]) -> Laid:
    """Return the only position where nobody conflicts; claims without a value fit it too."""
    if not taking:
        return Laid()
    home = dict.fromkeys((claim.id for claim in taking), 0)
    others = {claim.id: [0] for claim in claims if claim.id not in home}
    return Laid([Position(taking, set(home))], home, others)


def _taking(
    asking: Asking, claims: Sequence[Claim], against: Mapping[str, set[str]]
) -> Sequence[Claim]:
    """Return the claims that take a position."""
    if asking.answer == "text":
        return [claim for claim in claims if claim.id in against] if against else claims
    return [claim for claim in claims if claim.meaning is not None or claim.id in against]


@dataclass(frozen=True, slots=True)
class _Admission:
    """Which claims are let into which positions."""

    detected: Detected
    against: Mapping[str, set[str]]
    dismissed: Dismissed

    def admits(self, position: Position, claim: Claim) -> bool:
        """Return whether a claim is in an open conflict with nobody in a position."""
        if not self.against.get(claim.id, set()).isdisjoint(position.ids):
            return False
        if self.detected.complete:
            return True
        if position.agrees(claim, self.detected):
            return True
        dismissed = self.dismissed.get(claim.id, ())
        return bool(dismissed) and all(
            other.id in dismissed for other in position.against(claim, self.detected)
        )

    def others(self, laid: Laid, claim: Claim) -> list[int]:
        """Return the positions that a claim fits beside its own."""
        home = laid.home.get(claim.id)
        return [
            number
            for number, position in enumerate(laid.positions)
            if number != home and self.admits(position, claim)
        ]


class Range(NamedTuple):
    """The ends of a range; None is an open end."""

    low: float | None = None
    high: float | None = None
    earliest: date | None = None
    latest: date | None = None

    def row(self) -> tuple[object, ...]:
        """Return the ends in the order of the draft's columns."""
        first, last = self.earliest, self.latest
        return (
            self.low,
            self.high,
            first.isoformat() if first else None,
            last.isoformat() if last else None,
        )


def shared_range(claims: Iterable[Claim]) -> Range:
    """Return the range that all values of some claims share; nothing if they share none."""
    lows, highs, in_days = _ends(claims)
    if not lows or max(lows) > min(highs):
        return Range()
    return _range(max(lows), min(highs), in_days=in_days)


def whole_range(claims: Iterable[Claim]) -> Range:
    """Return the range from the least to the greatest of what some claims say."""
    lows, highs, in_days = _ends(claims)
    return _range(min(lows), max(highs), in_days=in_days) if lows else Range()


def _ends(claims: Iterable[Claim]) -> tuple[list[float], list[float], bool]:
    """Return the lower and the upper ends of intervals, and whether they are days."""
    meanings = [one for claim in claims if (one := claim.meaning) and one.bounds]
    bounds = [one.bounds for one in meanings if one.bounds]
    in_days = bool(meanings) and isinstance(meanings[0].said.value, DateSpan)
    return [low for (low, _), _ in bounds], [high for _, (high, _) in bounds], in_days


def _range(low: float, high: float, *, in_days: bool) -> Range:
    if in_days:
        return Range(earliest=_day(low), latest=_day(high))
    return Range(_closed(low), _closed(high))


def _day(ordinal: float) -> date | None:
    return date.fromordinal(int(ordinal)) if isfinite(ordinal) else None


def _closed(number: float) -> float | None:
    return number if isfinite(number) else None
