"""Detect: which claims on one question conflict by their values, without comparing every pair.

With few claims every conflicting pair is named. With many, a question of 20,000 claims would
have up to 200 million pairs: then each claim gets the exact number of claims it conflicts with,
by bisection, and a few of them as witnesses. A pair that somebody declared or expects is compared
whether it is a witness or not, and whether some claims conflict at all is told exactly.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations, islice
from typing import Final

from ledger.values import DateSpan, spans_meet
from ledger.weigh.answers import Claim
from ledger.weigh.meanings import Bound, Key, Kind, Meaning

MANY: Final = 300
"""From how many claims on one question pairs are no longer all named."""

WITNESSES: Final = 3
"""How many conflicting claims each claim is shown with, where not all are."""

Pair = tuple[str, str]

Dismissed = Mapping[str, Collection[str]]
"""For each claim, those that an editor holds to be compatible with it."""


@dataclass(slots=True)
class Detected:
    """The conflicts among some claims: pairs, and each claim's exact number of conflicts."""

    pairs: list[Pair] = field(default_factory=list)
    degrees: Counter[str] = field(default_factory=Counter)
    complete: bool = True
    foes: Mapping[Key, set[Key]] | None = None
    """Which values exclude which, for kinds that are not intervals."""


def pair_of(one: str, other: str) -> Pair:
    """Return two claims' ids in their order, as conflicts are stored."""
    return (one, other) if one < other else (other, one)


def detect(claims: Sequence[Claim], kind: Kind, dismissed: Dismissed | None = None) -> Detected:
    """Return which of the claims on a question conflict; those without a value do not.

    A conflict that is dismissed counts as well, but is no witness while there are others.
    """
    valued = [claim for claim in claims if claim.meaning is not None]
    if not kind.in_intervals:
        return _by_value(valued, kind, dismissed or {})
    if not _parted(valued):
        return Detected()
    return _by_bisection(valued, dismissed or {}) if len(valued) > MANY else _every_pair(valued)


def conflicting(claims: Iterable[Claim], detected: Detected) -> Iterator[Pair]:
    """Yield the conflicting pairs among some of the claims that were looked at, found one by one.

    A pair may come twice. To ask only for the first takes no longer than sorting the claims,
    however many pairs there are.
    """
    valued = [claim for claim in claims if claim.meaning is not None]
    if detected.foes is not None:
        by_key = _by_key(valued)
        for key, mine in by_key.items():
            foes = detected.foes.get(key, ())
            theirs = [other for foe, those in by_key.items() if foe in foes for other in those]
            yield from (pair_of(one.id, other.id) for one in mine for other in theirs)
    elif _parted(valued):
        for claim, meeting in _with_ends(valued):
            for ends in meeting:
                for other in chain(*ends.beyond(claim)):
                    yield pair_of(claim.id, other)


def are_apart(one: Claim, other: Claim) -> bool:
    """Return whether two intervals that hold for the same time share nothing."""
    if one.bounds is None or other.bounds is None or not same_time(one, other):
        return False
    return one.bounds[0] > other.bounds[1] or other.bounds[0] > one.bounds[1]


def same_time(one: Claim, other: Claim) -> bool:
    """Return whether two claims hold for times that meet; one without a time holds for any."""
    return _times_meet(one.key[1], other.key[1])


def _times_meet(one: DateSpan | None, other: DateSpan | None) -> bool:
    return one is None or other is None or spans_meet(one, other)


def _parted(claims: Sequence[Claim]) -> bool:
    """Return whether any two intervals are apart: the greatest low lies above the least high."""
    bounds = [one.bounds for claim in claims if (one := claim.meaning) and one.bounds]
    if not bounds:
        return False
    lows, highs = zip(*bounds, strict=True)
    return bool(max(lows) > min(highs))


def _every_pair(claims: Sequence[Claim]) -> Detected:
    found = Detected()
    for one, other in combinations(claims, 2):
        if are_apart(one, other):
            found.pairs.append(pair_of(one.id, other.id))
            found.degrees[one.id] += 1
            found.degrees[other.id] += 1
    found.pairs.sort()
    return found


def _by_key(claims: Iterable[Claim]) -> dict[Key, list[Claim]]:
    by_key: dict[Key, list[Claim]] = {}
    for claim in claims:
        by_key.setdefault(claim.key, []).append(claim)
    return by_key


def _by_value(claims: Sequence[Claim], kind: Kind, dismissed: Dismissed) -> Detected:
    """Compare each value with each other once, however many claims share it."""
    found = Detected(complete=len(claims) <= MANY, foes={})
    if kind.asked.answer == "text":  # texts are for people to compare
        return found
    by_key = _by_key(claims)
    found.foes = _foes(by_key, kind)
    pairs: set[Pair] = set()
    for key, mine in by_key.items():
        if not (foes := found.foes[key]):
            continue
        opponents = sorted(claim.id for foe in foes for claim in by_key[foe])
        for claim in mine:
            found.degrees[claim.id] = len(opponents)
            shown = opponents
            if not found.complete:
                shown = _witnesses(opponents, dismissed.get(claim.id, ()), WITNESSES)
            pairs.update(pair_of(claim.id, other) for other in shown)
    found.pairs = sorted(pairs)
    return found


def _foes(by_key: Mapping[Key, Sequence[Claim]], kind: Kind) -> dict[Key, set[Key]]:
    """Return for each value those that exclude it."""
    foes: dict[Key, set[Key]] = {key: set() for key in by_key}
    meanings = [(key, claims[0].meaning) for key, claims in by_key.items()]
    for (one, first), (other, second) in combinations(meanings, 2):
        if first and second and kind.conflict(first, second):
            foes[one].add(other)
            foes[other].add(one)
    return foes


def _witnesses(opponents: Iterable[str], dismissed: Collection[str], number: int) -> list[str]:
    """Return the first of some opponents that nobody dismissed."""
    return list(islice((one for one in opponents if one not in dismissed), number))


@dataclass(slots=True)
class _Ends:
    """The sorted ends of claims that hold for one time, each with its claim."""

    highs: list[tuple[Bound, str]]
    lows: list[tuple[Bound, str]]

    @classmethod
    def of(cls, claims: Iterable[Claim]) -> _Ends:
        bounded = [(claim.bounds, claim.id) for claim in claims if claim.bounds]
        return cls(
            sorted((bounds[1], name) for bounds, name in bounded),
            sorted((bounds[0], name) for bounds, name in bounded),
        )

    def count(self, claim: Claim) -> tuple[int, int]:
        """Return how many claims lie wholly below and wholly above one."""
        if claim.bounds is None:
            return 0, 0
        low, high = claim.bounds
        below = bisect_left(self.highs, (low, ""))
        return below, len(self.lows) - bisect_right(self.lows, (high, "\U0010ffff"))

    def beyond(self, claim: Claim) -> tuple[Iterator[str], Iterator[str]]:
        """Return the claims below and those above one, on both sides the furthest first."""
        below, above = self.count(claim)
        return (
            (name for _, name in islice(self.highs, below)),
            (name for _, name in islice(reversed(self.lows), above)),
        )


def _with_ends(claims: Iterable[Claim]) -> Iterator[tuple[Claim, list[_Ends]]]:
    """Yield each claim with the ends of those that hold for times that meet its own."""
    by_time: dict[DateSpan | None, list[Claim]] = {}
    for claim in claims:
        by_time.setdefault(claim.key[1], []).append(claim)
    ends = {time: _Ends.of(group) for time, group in by_time.items()}
    for time, group in by_time.items():
        meeting = [those for other, those in ends.items() if _times_meet(time, other)]
        for claim in group:
            yield claim, meeting


def _by_bisection(claims: Sequence[Claim], dismissed: Dismissed) -> Detected:
    """Count conflicts by bisection in the sorted ends, for each time that claims hold for."""
    found = Detected(complete=False)
    pairs: set[Pair] = set()
    alike: dict[Meaning | None, tuple[int, list[str]]] = {}
    for claim, meeting in _with_ends(claims):
        known = dismissed.get(claim.id, ())
        # Who says the same is in conflict with the same.
        degree, witnesses = (not known and alike.get(claim.meaning)) or _against(
            claim, meeting, known
        )
        if not known:
            alike[claim.meaning] = degree, witnesses
        if degree:
            found.degrees[claim.id] = degree
            pairs.update(pair_of(claim.id, other) for other in witnesses)
    found.pairs = sorted(pairs)
    return found


def _against(
    claim: Claim, meeting: Iterable[_Ends], known: Collection[str]
) -> tuple[int, list[str]]:
    """Return with how many claims one conflicts, and the furthest that nobody dismissed."""
    degree = 0
    witnesses: list[str] = []
    for ends in meeting:
        degree += sum(ends.count(claim))
        for side in ends.beyond(claim):
            witnesses += _witnesses(side, known, 1)
    return degree, witnesses[:WITNESSES]
