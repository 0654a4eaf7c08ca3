"""Questions one by one: their conflicts, their positions, each claim's status, their own state."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import inf, isfinite
from typing import Final

from ledger.draft import Draft, as_json
from ledger.problems import Problem
from ledger.values import Time
from ledger.values.time import meeting
from ledger.weigh.across import Across
from ledger.weigh.alike import Alike, by_claim, claims_of, gather
from ledger.weigh.answers import Asking, Beside, Claim, Weighing
from ledger.weigh.conflicts import (
    ON_QUESTIONS,
    Declaration,
    Settled,
    by_pair,
    row_of,
    settle,
    spoken_of,
    unlike_values,
)
from ledger.weigh.detect import NOTHING_SPOKEN, Spoken, detect
from ledger.weigh.hinges import Stand, are_timeless, hinges, state_of, told_by
from ledger.weigh.meanings import Meaning
from ledger.weigh.natures import Natures, gravest
from ledger.weigh.opponents import Detected, Pair, Position
from ledger.weigh.origins import Backing, Interests, parties_by_dossier
from ledger.weigh.positions import Laid, lay, shared_range, whole_range
from ledger.weigh.remarks import contested_unasked, remarks_on, said_both

MOST_NAMED: Final = 4
"""How many different values a position's label names."""


NOBODY_AGREES: Final[Mapping[Time | None, int]] = {}


@dataclass(slots=True)
class Outcome:
    """What weighing one question came to."""

    asking: Asking
    claims: list[Claim]
    alikes: list[Alike]
    """The claims that stand, in groups that say the same."""
    detected: Detected
    settled: Settled
    laid: Laid
    names: list[str]
    """The id of each position."""
    backings: list[Backing]
    """Who stands behind each position."""
    timeless: bool
    """Whether no claim says which time it holds for."""
    elsewhere: list[Claim]
    """The claims that are in open conflict with some that do not answer the question."""


class Questions:
    """Weighs the questions of a ledger, and adds the rows that come of it to the draft.

    `expected` are pairs of claims on which a dossier says what must come of weighing.
    """

    def __init__(
        self,
        weighing: Weighing,
        natures: Natures,
        across: Across,
        expected: Iterable[Pair] = (),
    ) -> None:
        self.weighing = weighing
        self.natures = natures
        self.draft: Draft = weighing.draft
        self.across = across
        self.expected = list(expected)
        self.remarks: list[Problem] = []
        self._n_meanings = 0
        self._same: dict[str, list[str]] = defaultdict(list)
        for name, head in weighing.heads.items():
            self._same[head].append(name)
        self._by_dossier = parties_by_dossier(self.draft, all_asked_once=not weighing.heads)
        for dossier, parties in self._by_dossier.items():
            self.draft.extend("party", ((dossier, actor) for actor in parties))
        self._parties = lru_cache(maxsize=1_024)(self._parties_of)

    def weigh_all(self) -> list[Problem]:
        """Weigh every question and every claim; return what is worth a remark."""
        for dossier, claim in self.weighing.unasked():
            conflicts = self.across.degrees[claim.id]
            status = claim.fallen or _status(claim, conflicts)
            interest = self._parties(dossier).interest_of(claim.origins)
            numbers = len(claim.origins) or None, len(claim.wholes) or None
            weight = (claim.id, None, None, status, *numbers, conflicts, interest)
            self.draft.add("claim_weight", weight)
            if conflicts and not claim.fallen:
                self.remarks.append(contested_unasked(self.draft, claim))
                self.draft.add_remark(self.remarks[-1], None, claim.id)
        declared = Beside(self.draft.rows(ON_QUESTIONS))
        for asking, claims in self.weighing.groups():
            said = declared.of(asking.id)
            self._add(self._weigh(asking, claims, by_pair(said) if said else {}))
        return self.remarks

    def _weigh(
        self,
        asking: Asking,
        claims: list[Claim],
        declared: Mapping[Pair, Sequence[Declaration]],
    ) -> Outcome:
        standing = [claim for claim in claims if claim.fallen is None]
        alikes, spoken = _spoken_of(asking, standing, declared)
        detected = detect(alikes, asking.kind, spoken)
        settled = Settled()
        if detected.named or declared:
            settled = self._settle(asking, alikes, detected, declared)
        laid = lay(asking, alikes, detected)
        taking = [position.claims for position in laid.positions]
        names = [position_id(asking, position.alikes) for position in laid.positions]
        backings = [Backing.of(claims) for claims in taking]
        elsewhere: list[Claim] = []
        if self.across.degrees:
            degree = self.across.degrees.get
            elsewhere = [claim for claim in standing if degree(claim.id, 0) > 0]
        return Outcome(
            *(asking, claims, alikes, detected, settled, laid, names, backings),
            timeless=are_timeless(alikes),
            elsewhere=elsewhere,
        )

    def _settle(
        self,
        asking: Asking,
        alikes: list[Alike],
        detected: Detected,
        declared: Mapping[Pair, Sequence[Declaration]],
    ) -> Settled:
        among = by_claim(alikes)
        asked_for: list[Pair] = []
        if not detected.complete:
            asked_for += [pair for pair in self.expected if among.keys() >= set(pair)]
            asked_for += said_both(alikes, detected, declared)
        settled = settle(asking, detected, among, declared, asked_for)
        claims = {claim.id: claim for claim in claims_of(alikes)}
        for one in remarks_on(self.draft, settled, claims, complete=detected.complete):
            self.remarks.append(one)
            if one.level == "remark":
                self.draft.add_remark(one, asking.id)
        return settled

    def _add(self, outcome: Outcome) -> None:
        natures = self._add_conflicts(outcome)
        for number, position in enumerate(outcome.laid.positions):
            self._add_position(outcome, number, position)
        self._add_claims(outcome)
        self._add_question(outcome, natures)

    def _add_conflicts(self, outcome: Outcome) -> set[str]:
        """Add the conflicts of a question; return of what natures the open ones are."""
        found: set[str] = set()
        if not outcome.settled.conflicts:
            return found
        rows = []
        claims = {claim.id: claim for claim in claims_of(outcome.alikes)}
        for conflict in outcome.settled.conflicts:
            one, other = claims[conflict.claim_a], claims[conflict.claim_b]
            nature = self.natures.of(one, other)
            rows.append(row_of(conflict, one, other, nature))
            if conflict.state == "open":
                found.add(nature)
        self.draft.extend("conflict", rows)
        return found

    def _add_position(self, outcome: Outcome, number: int, position: Position) -> None:
        backing = outcome.backings[number]
        self.draft.add(
            "position",
            (
                outcome.names[number],
                outcome.asking.id,
                number + 1,
                _label(outcome.asking, position),
                *shared_range(position.alikes).row(),
                sum(len(one.claims) for one in position.alikes),
                *backing.numbers,
                self._parties(outcome.asking.dossier).interest_of(backing.origins),
            ),
        )

    def _add_claims(self, outcome: Outcome) -> None:
        laid = outcome.laid
        names = outcome.names
        in_words = outcome.asking.kind.rules.for_people
        agreeing_in: list[dict[Time | None, int]] = [
            {} if in_words else _agreeing(*one, timeless=outcome.timeless)
            for one in zip(laid.positions, outcome.backings, strict=True)
        ]
        for alike in outcome.alikes:
            home = laid.home.get(alike)
            position = None if home is None else names[home]
            agreeing = agreeing_in[home] if home is not None else {}
            self._weight(outcome, alike, position, agreeing)
            for claim in alike.claims if alike in laid.others else ():
                fitting = ((claim.id, names[one], 0) for one in laid.others[alike])
                self.draft.extend("claim_position", fitting)
        for claim in outcome.claims:
            if claim.fallen is not None:
                self._weight(outcome, Alike(claim.meaning, [claim]))

    def _weight(
        self,
        outcome: Outcome,
        alike: Alike,
        position: str | None = None,
        agreeing: Mapping[Time | None, int] = NOBODY_AGREES,
    ) -> None:
        """Add what claims that say the same weigh; so many wholes agree at their times."""
        row, degree = self._row_of(alike.meaning), outcome.detected.degrees.get(alike, 0)
        interest_of, across = (
            self._parties(outcome.asking.dossier).interest_of,
            self.across.degrees.get,
        )
        rows = []
        shared = agreeing.get(alike.meaning.key[1], 0) if alike.meaning is not None else None
        for claim in alike.claims:
            name = claim.id
            conflicts = degree + across(name, 0)
            agree = agreeing.get(claim.time, 0) if shared is None else shared
            rows.append(
                (
                    name,
                    position,
                    row,
                    claim.fallen or _status(claim, conflicts, agree),
                    len(claim.origins) or None,
                    len(claim.wholes) or None,
                    conflicts,
                    interest_of(claim.origins),
                )
            )
        self.draft.extend("claim_weight", rows)

    def _row_of(self, meaning: Meaning | None) -> int | None:
        """Return which row of the draft holds a meaning's ends; None if it has none."""
        if meaning is None or meaning.bounds is None:
            return None
        if meaning.row is None:
            self._n_meanings += 1
            meaning.row = self._n_meanings
            self.draft.add(
                "meaning", (meaning.row, *meaning.ends, meaning.kind.best(meaning.said.value))
            )
        return meaning.row

    def _add_question(self, outcome: Outcome, natures: set[str]) -> None:
        alikes, detected, elsewhere = outcome.alikes, outcome.detected, outcome.elsewhere
        backing = _backing(outcome)
        opposed = detected.first_open(alikes)
        disputed = opposed is not None or len(outcome.laid.positions) > 1
        stand = Stand(
            *(alikes, backing.wholes, detected, opposed, disputed, elsewhere, outcome.timeless)
        )
        told = told_by(hinges(stand), backing.origins, stand, self.weighing.wholes)
        row = (
            outcome.asking.id,
            state_of(stand),
            self._nature(outcome, natures) if disputed or elsewhere else None,
            "all" if detected.complete else "witnesses",
            len(outcome.laid.positions),
            sum(len(one.claims) * degree for one, degree in detected.degrees.items()) // 2,
            sum(self.across.degrees[claim.id] for claim in elsewhere),
            *backing.numbers,
            outcome.settled.gap,
            _spread(outcome),
            _support(outcome.backings),
            as_json(told),
            *whole_range(alikes).row(),
        )
        name = outcome.asking.id
        # All questions that are the same stand alike; each counts the claims that answer it.
        for one, n_claims in self._counted(name, outcome.claims).items():
            self.draft.add("question_weight", (one, *row, n_claims))

    def _counted(self, name: str, claims: Sequence[Claim]) -> dict[str, int]:
        """Return how many of the claims answer a question, and each that is the same."""
        if name not in self._same:
            return {name: len(claims)}
        answered = Counter(claim.question for claim in claims)
        return {one: answered[one] for one in (name, *self._same[name])}

    def _nature(self, outcome: Outcome, natures: set[str]) -> str | None:
        """Return the gravest nature of a dispute's pairs, `natures` being those on the question."""
        found = natures.union(*(self.across.natures[claim.id] for claim in outcome.elsewhere))
        if not outcome.detected.complete and "sides" not in found:
            found.update(filter(None, [self.natures.of_many(outcome.alikes, outcome.detected)]))
        return gravest(found) or self.natures.among(claims_of(outcome.alikes))

    def _parties_of(self, dossier: str) -> Interests:
        return Interests(self._by_dossier.get(dossier, ()), self.weighing.actors)


def _spoken_of(
    asking: Asking, claims: list[Claim], declared: Mapping[Pair, Sequence[Declaration]]
) -> tuple[list[Alike], Spoken]:
    """Return claims in groups that say the same, and what is said of them."""
    unlike = unlike_values(asking, claims, declared) if declared else {}
    if not unlike:
        return gather(claims), NOTHING_SPOKEN
    alikes = gather(claims, set(chain.from_iterable(unlike)))
    return alikes, spoken_of(unlike, by_claim(alikes))


def _backing(outcome: Outcome) -> Backing:
    """Return who stands behind a question's claims."""
    if len(outcome.laid.positions) == 1 and len(outcome.laid.home) == len(outcome.alikes):
        return outcome.backings[0]
    return Backing.of(claims_of(outcome.alikes))


def position_id(asking: Asking, alikes: Iterable[Alike]) -> str:
    """Return the id of the position that some claims take: no claim or question can have such.

    It lasts as long as the first by id of the claims that take it is the first of them.
    """
    return f"{asking.id}_{min([alike.claims[0].id for alike in alikes])}"


def _label(asking: Asking, position: Position) -> str:
    """Return an editor's name of a position, by the first of its claims that has one; or ours."""
    if asking.labels:
        taking = {claim.id for claim in position.claims}
        named = (name for claim, name in asking.labels.items() if claim in taking)
        return next(named, "") or label(position.alikes)
    return label(position.alikes)


def label(alikes: Iterable[Alike]) -> str:
    """Return what a position says in a few words: its values as a reader says them."""
    said: dict[str, None] = {}
    for alike in alikes:
        if alike.meaning is not None:
            said[alike.meaning.words] = None
            if len(said) > MOST_NAMED:
                break
    more = " …" if len(said) > MOST_NAMED else ""
    return " · ".join(list(said)[:MOST_NAMED]) + more or "in words only"


def _agreeing(position: Position, backing: Backing, *, timeless: bool) -> dict[Time | None, int]:
    """Return how many wholes agree in a position, for each time that its claims hold for.

    Claims corroborate each other only if the times that they hold for meet.
    """
    if timeless:
        return {None: len(backing.wholes)}
    wholes: dict[Time | None, set[str]] = {}
    for claim in position.claims:
        wholes.setdefault(claim.time, set()).update(claim.wholes)
    beside = meeting(wholes)
    return {time: len(set().union(*(wholes[one] for one in beside[time]))) for time in wholes}


def _status(claim: Claim, conflicts: int, agreeing: int = 0) -> str:
    """Return a standing claim's status; so many wholes agree, itself included."""
    if conflicts > 0:
        return "contested"
    if agreeing > 1 or len(claim.wholes) > 1:
        return "corroborated"
    return "single origin" if claim.origins else "origin not recorded"


def _support(backings: Sequence[Backing]) -> int:
    """Return how many wholes stand behind the second best supported position."""
    return sorted(len(one.wholes) for one in backings)[-2] if len(backings) > 1 else 0


def _spread(outcome: Outcome) -> float | None:
    """Return how many times one claim's highest value goes into another's lowest, at most.

    Only claims in an open conflict count, and only two that hold for times that meet. 1.5 means
    that somebody says at least half as much again as somebody else's most.
    """
    contested = outcome.detected.degrees
    if not contested or not outcome.asking.kind.rules.measured:
        return None
    ends: dict[Time | None, tuple[float, float]] = {}
    for alike in outcome.alikes:
        meaning = alike.meaning
        if alike in contested and meaning and meaning.bounds:
            (low, _), (high, _) = meaning.bounds
            greatest, least = ends.get(meaning.key[1], (-inf, inf))
            ends[meaning.key[1]] = max(greatest, low), min(least, high)
    beside = meeting(ends)
    found = (_ratio(ends[one][0], ends[other][1]) for one in ends for other in beside[one])
    return max((ratio for ratio in found if ratio is not None), default=None)


def _ratio(greatest: float, least: float) -> float | None:
    told = isfinite(greatest) and isfinite(least) and least > 0
    return round(greatest / least, 3) if told else None
