"""Detect: which claims on one question conflict by their values, without comparing every pair.

Claims that say the same are compared once. With few claims every conflicting pair is named. With
many, a question of 20,000 claims would have up to 200 million pairs: then each claim gets the
exact number of claims it conflicts with, for intervals by bisection, and a few of them as
witnesses. Dates that leave out days between their ends are compared with all others one by one.
A pair that somebody declared or expects is compared whether it is a witness or not, and whether
some claims conflict at all is told exactly.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import accumulate, chain, combinations, islice, product
from typing import Final

from ledger.values import Time, spans_meet, times_meet
from ledger.values.kind import Bound
from ledger.values.time import meeting
from ledger.weigh.alike import Alike
from ledger.weigh.answers import Claim
from ledger.weigh.meanings import AnswerKind, Meaning

MANY: Final = 300
"""From how many claims on one question pairs are no longer all named."""

WITNESSES: Final = 3
"""How many conflicting claims each claim is shown with, where not all are."""

Pair = tuple[str, str]
"""Two claims' ids in their order."""

Opposed = tuple[Alike, Alike]
"""Two groups of claims that conflict, the one whose first id comes first before the other."""

Against = dict[Alike, set[Alike]]
"""For some groups those that each stands in some relation to."""

NOBODY: Final[frozenset[Alike]] = frozenset()


@dataclass(frozen=True, slots=True)
class Spoken:
    """What people say of claims that is not what their values show, each a group by itself."""

    declared: Against = field(default_factory=dict)
    """Those held to conflict whose values can both be true."""
    dismissed: Against = field(default_factory=dict)
    """Those held to be compatible whose values exclude each other."""


NOTHING_SPOKEN: Final = Spoken()


@dataclass(slots=True)
class Detected:
    """The conflicts among some claims."""

    named: dict[Opposed, set[Pair]] = field(default_factory=dict)
    """The pairs of claims that are named, dismissed ones as well, by the groups they are of."""
    degrees: dict[Alike, int] = field(default_factory=dict)
    """With how many claims each of a group's is in an open conflict, if it is in any."""
    foes: Against = field(default_factory=dict)
    """The groups in an open conflict; `by_ends` only those that the ends do not tell."""
    dismissed: Against = field(default_factory=dict)
    """The groups whose conflict was dismissed."""
    complete: bool = True
    """Whether every conflicting pair is named."""
    by_ends: bool = False
    """Whether the ends of intervals tell who conflicts beside those in `foes`."""


def pair_of(one: str, other: str) -> Pair:
    """Return two claims' ids in their order, as conflicts are stored."""
    return (one, other) if one < other else (other, one)


def detect(alikes: Sequence[Alike], kind: AnswerKind, spoken: Spoken = NOTHING_SPOKEN) -> Detected:
    """Return which of the claims on a question conflict; those without a value only if declared.

    A pair that is dismissed is named as well, but as no witness while there are others.
    """
    found = Detected(dismissed=spoken.dismissed)
    _compare([one for one in alikes if one.meaning is not None], kind, found)
    for one, others in spoken.declared.items():
        found.degrees[one] = found.degrees.get(one, 0) + len(others)
        found.foes[one] = found.foes.get(one, set()) | others
    for one, others in spoken.dismissed.items():
        found.degrees[one] -= len(others)
        found.foes[one] = found.foes.get(one, set()) - others
        if not found.degrees[one]:
            del found.degrees[one]
    return found


def _compare(valued: Sequence[Alike], kind: AnswerKind, found: Detected) -> None:
    in_intervals = kind.rules.in_intervals
    in_parts = in_intervals and any(one.in_parts for one in valued)
    if in_intervals and not in_parts and not _parted(valued):
        return
    found.complete = sum(len(one.claims) for one in valued) <= MANY
    if in_intervals and not found.complete:
        _by_ends([one for one in valued if not one.in_parts], found)
        if in_parts:
            _in_parts(valued, found)
        found.complete = not found.degrees
    elif not kind.rules.for_people:
        _by_value(valued, are_apart if in_intervals else kind.conflict, found)


def opposed(alikes: Sequence[Alike], detected: Detected) -> Iterator[Opposed]:
    """Yield the conflicting groups among some of those that were looked at, found one by one.

    Two may come twice. To ask only for the first takes no longer than sorting the groups,
    however many conflict. What was dismissed by ends comes too.
    """
    among = set(alikes)
    for one in alikes:
        foes = detected.foes.get(one, NOBODY)
        if not foes.isdisjoint(among):
            yield from (_in_turn(one, other) for other in alikes if other in foes)
    valued = [one for one in alikes if one.bounds is not None and not one.in_parts]
    if detected.by_ends and _parted(valued):
        for one, among_ends in _with_ends(valued):
            for other, _ in chain.from_iterable(
                chain(ends.below(one), ends.above(one)) for ends in among_ends
            ):
                yield _in_turn(one, other)


def first_open(alikes: Sequence[Alike], detected: Detected) -> Opposed | None:
    """Return two groups in an open conflict, if any two of some are."""
    if not detected.degrees:
        return None
    dismissed = detected.dismissed
    found = opposed(alikes, detected)
    return next((pair for pair in found if pair[1] not in dismissed.get(pair[0], NOBODY)), None)


def are_apart(one: Meaning, other: Meaning) -> bool:
    """Return whether two intervals or dates that hold for the same time share nothing."""
    if one.bounds is None or other.bounds is None:
        return False
    if one.bounds[0] <= other.bounds[1] and other.bounds[0] <= one.bounds[1]:
        if not one.in_parts and not other.in_parts:
            return False
        days, others = one.days, other.days
        if days is None or others is None or spans_meet(days, others):
            return False
    return times_meet(one.key[1], other.key[1])


def same_time(one: Claim, other: Claim) -> bool:
    """Return whether two claims hold for times that meet; one without a time holds for any."""
    return times_meet(one.key[1], other.key[1])


def _in_turn(one: Alike, other: Alike) -> Opposed:
    return (one, other) if one.claims[0].id < other.claims[0].id else (other, one)


def _parted(alikes: Sequence[Alike]) -> bool:
    """Return whether any two intervals are apart: the greatest low lies above the least high."""
    bounds = [one.bounds for alike in alikes if (one := alike.meaning) and one.bounds]
    if not bounds:
        return False
    lows, highs = zip(*bounds, strict=True)
    return bool(max(lows) > min(highs))


def _by_value(
    alikes: Sequence[Alike], excludes: Callable[[Meaning, Meaning], bool], found: Detected
) -> None:
    """Compare every two values."""
    for one, other in combinations(alikes, 2):
        if one.meaning and other.meaning and excludes(one.meaning, other.meaning):
            _add_foes(found, one, other)
            if found.complete:
                found.named[one, other] = {
                    pair_of(mine.id, theirs.id)
                    for mine, theirs in product(one.claims, other.claims)
                }
    if not found.complete:
        for one in found.foes:
            _name(found, one, _first_foes(one, found))


def _in_parts(alikes: Sequence[Alike], found: Detected) -> None:
    """Compare each date that leaves out days between its ends with all others."""
    apart = [one for one in alikes if one.in_parts]
    rest = [one for one in alikes if not one.in_parts]
    for one, other in chain(combinations(apart, 2), product(apart, rest)):
        if one.meaning and other.meaning and are_apart(one.meaning, other.meaning):
            _add_foes(found, one, other)
    for one in found.foes:
        _name(found, one, _first_foes(one, found))


def _add_foes(found: Detected, one: Alike, other: Alike) -> None:
    for mine, theirs in ((one, other), (other, one)):
        found.foes.setdefault(mine, set()).add(theirs)
        found.degrees[mine] = found.degrees.get(mine, 0) + len(theirs.claims)


def _first_foes(alike: Alike, found: Detected) -> list[tuple[Alike, Claim]]:
    """Return the first claims by id that conflict with those of a group."""
    foes = found.foes[alike] - found.dismissed.get(alike, NOBODY)
    return nsmallest(
        WITNESSES,
        ((other, claim) for other in foes for claim in other.claims),
        key=lambda found: found[1].id,
    )


def _name(found: Detected, alike: Alike, witnesses: Iterable[tuple[Alike, Claim]]) -> None:
    """Add the pairs that each claim of a group makes with its witnesses."""
    for other, witness in witnesses:
        pairs = found.named.setdefault(_in_turn(alike, other), set())
        pairs.update(pair_of(claim.id, witness.id) for claim in alike.claims)


@dataclass(frozen=True, slots=True)
class _Side:
    """Some groups by their lower or their upper ends, from the least to the greatest."""

    ends: list[Bound]
    alikes: list[Alike]
    up_to: list[int]
    """How many claims the first so many groups have."""

    @classmethod
    def of(cls, ends: Iterable[tuple[Bound, str, Alike]]) -> _Side:
        """Return groups sorted by an end and, where that is the same, by the id beside it."""
        ranked = sorted(ends)
        alikes = [alike for _, _, alike in ranked]
        up_to = accumulate((len(alike.claims) for alike in alikes), initial=0)
        return cls([end for end, _, _ in ranked], alikes, list(up_to))


@dataclass(frozen=True, slots=True)
class _Ends:
    """The ends of groups that hold for one time."""

    highs: _Side
    lows: _Side

    @classmethod
    def of(cls, alikes: Iterable[Alike]) -> _Ends:
        bounded = [(*one.bounds, one) for one in alikes if one.bounds]
        return cls(
            _Side.of((high, one.claims[0].id, one) for _, high, one in bounded),
            _Side.of((low, one.claims[-1].id, one) for low, _, one in bounded),
        )

    def count(self, alike: Alike) -> int:
        """Return how many claims lie wholly below or wholly above those of a group."""
        below, above = self._places(alike)
        return self.highs.up_to[below] + self.lows.up_to[-1] - self.lows.up_to[above]

    def below(self, alike: Alike) -> Iterator[tuple[Alike, Claim]]:
        """Yield the groups that lie below one, the furthest first, each with its first claim."""
        below, _ = self._places(alike)
        return ((one, one.claims[0]) for one in islice(self.highs.alikes, below))

    def above(self, alike: Alike) -> Iterator[tuple[Alike, Claim]]:
        """Yield the groups that lie above one, the furthest first, each with its last claim."""
        _, above = self._places(alike)
        number = len(self.lows.alikes) - above
        return ((one, one.claims[-1]) for one in islice(reversed(self.lows.alikes), number))

    def _places(self, alike: Alike) -> tuple[int, int]:
        """Return how many upper ends lie below a group, and how many lower ends do not above."""
        if alike.bounds is None:
            return 0, len(self.lows.ends)
        low, high = alike.bounds
        return bisect_left(self.highs.ends, low), bisect_right(self.lows.ends, high)


def _with_ends(alikes: Iterable[Alike]) -> Iterator[tuple[Alike, list[_Ends]]]:
    """Yield each group with the ends of those that hold for times that meet its own."""
    by_time: dict[Time | None, list[Alike]] = {}
    for alike in alikes:
        by_time.setdefault(alike.meaning.key[1] if alike.meaning else None, []).append(alike)
    ends = {time: _Ends.of(group) for time, group in by_time.items()}
    beside = meeting(by_time)
    for time, group in by_time.items():
        among = [ends[other] for other in beside[time]]
        for alike in group:
            yield alike, among


def _by_ends(alikes: Sequence[Alike], found: Detected) -> None:
    """Count conflicts by bisection in the sorted ends, for each time that claims hold for."""
    found.by_ends = True
    for alike, among in _with_ends(alikes):
        if degree := sum(ends.count(alike) for ends in among):
            found.degrees[alike] = degree
            _name(found, alike, _furthest(alike, among, found.dismissed.get(alike, NOBODY)))


def _furthest(
    alike: Alike, among: Iterable[_Ends], dismissed: Collection[Alike]
) -> list[tuple[Alike, Claim]]:
    """Return the claims furthest below and above a group, of those that nobody dismissed."""
    sides = (side for ends in among for side in (ends.below(alike), ends.above(alike)))
    undismissed = (next((one for one in side if one[0] not in dismissed), None) for side in sides)
    return list(islice((one for one in undismissed if one), WITNESSES))
