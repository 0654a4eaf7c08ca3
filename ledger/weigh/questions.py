"""Questions one by one: their conflicts, their positions, each claim's status, their own state."""

from __future__ import annotations

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
from ledger.weigh.alike import Alike, by_claim, claims_of, gather
from ledger.weigh.answers import Asking, Beside, Claim, Weighing
from ledger.weigh.conflicts import (
    ON_QUESTIONS,
    Declaration,
    Settled,
    by_pair,
    settle,
    spoken_of,
    unlike_values,
)
from ledger.weigh.detect import NOTHING_SPOKEN, Spoken, detect
from ledger.weigh.hinges import hinges, state_of
from ledger.weigh.meanings import Meaning
from ledger.weigh.opponents import Detected, Pair, Position
from ledger.weigh.origins import Backing, Interests, parties_by_dossier
from ledger.weigh.positions import Laid, lay, shared_range, whole_range
from ledger.weigh.remarks import remarks_on, said_both

MOST_NAMED: Final = 4
"""How many different values a position's label names."""


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
    backings: list[Backing]
    """Who stands behind each position."""


class Questions:
    """Weighs the questions of a ledger, and adds the rows that come of it to the draft.

    `expected` are pairs of claims on which a dossier says what must come of weighing.
    """

    def __init__(
        self, weighing: Weighing, across: Mapping[str, int], expected: Iterable[Pair] = ()
    ) -> None:
        self.weighing = weighing
        self.draft: Draft = weighing.draft
        self.across = across
        self.expected = list(expected)
        self.remarks: list[Problem] = []
        self._n_meanings = 0
        self._by_dossier = parties_by_dossier(self.draft)
        self._parties = lru_cache(maxsize=1_024)(self._parties_of)

    def weigh_all(self) -> list[Problem]:
        """Weigh every question and every claim; return what is worth a remark."""
        for dossier, claim in self.weighing.unasked():
            conflicts = self.across.get(claim.id, 0)
            status = claim.fallen or _status(claim, conflicts, 1)
            interest = self._parties(dossier).interest_of(claim.origins)
            weight = (claim.id, None, None, status, len(claim.origins), conflicts, interest)
            self.draft.add("claim_weight", weight)
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
        backings = [Backing.of(position.claims) for position in laid.positions]
        return Outcome(asking, claims, alikes, detected, settled, laid, backings)

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
        self.draft.extend("conflict", outcome.settled.conflicts)
        for number, position in enumerate(outcome.laid.positions):
            self._add_position(outcome, number, position)
        self._add_claims(outcome)
        self._add_question(outcome)

    def _add_position(self, outcome: Outcome, number: int, position: Position) -> None:
        backing = outcome.backings[number]
        self.draft.add(
            "position",
            (
                position_id(outcome.asking, number),
                outcome.asking.id,
                label(position.alikes),
                *shared_range(position.alikes).row(),
                sum(len(one.claims) for one in position.alikes),
                len(backing.origins),
                len(backing.outlets),
                self._parties(outcome.asking.dossier).interest_of(backing.origins),
            ),
        )

    def _add_claims(self, outcome: Outcome) -> None:
        laid = outcome.laid
        names = [position_id(outcome.asking, number) for number in range(len(laid.positions))]
        in_words = outcome.asking.kind.rules.for_people
        for alike in outcome.alikes:
            home = laid.home.get(alike)
            position = None if home is None else names[home]
            agreeing = 0 if home is None or in_words else len(outcome.backings[home].origins)
            self._weight(outcome, alike, position, agreeing)
            for claim in alike.claims if alike in laid.others else ():
                fitting = ((claim.id, names[one], 0) for one in laid.others[alike])
                self.draft.extend("claim_position", fitting)
        for claim in outcome.claims:
            if claim.fallen is not None:
                self._weight(outcome, Alike(claim.meaning, [claim]))

    def _weight(
        self, outcome: Outcome, alike: Alike, position: str | None = None, agreeing: int = 0
    ) -> None:
        """Add what claims that say the same weigh; so many origins agree in their position."""
        row, degree = self._row_of(alike.meaning), outcome.detected.degrees.get(alike, 0)
        interest_of, across = self._parties(outcome.asking.dossier).interest_of, self.across.get
        rows = []
        for claim in alike.claims:
            name, origins = claim.id, claim.origins
            conflicts = degree + across(name, 0)
            rows.append(
                (
                    name,
                    position,
                    row,
                    claim.fallen or _status(claim, conflicts, agreeing),
                    len(origins),
                    conflicts,
                    interest_of(origins),
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
            self.draft.add("meaning", (meaning.row, *meaning.ends))
        return meaning.row

    def _add_question(self, outcome: Outcome) -> None:
        alikes, detected = outcome.alikes, outcome.detected
        backing = _backing(outcome)
        opposed = detected.first_open(alikes)
        disputed = opposed is not None or len(outcome.laid.positions) > 1
        self.draft.add(
            "question_weight",
            (
                outcome.asking.id,
                state_of(backing.origins, disputed=disputed),
                "all" if detected.complete else "witnesses",
                len(outcome.laid.positions),
                len(outcome.claims),
                sum(len(one.claims) * degree for one, degree in detected.degrees.items()) // 2,
                len(backing.origins),
                len(backing.outlets),
                outcome.settled.gap,
                _spread(outcome),
                _support(outcome.backings),
                as_json(hinges(alikes, backing.origins, opposed, detected)),
                *whole_range(alikes).row(),
            ),
        )

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


def position_id(asking: Asking, number: int) -> str:
    """Return the id of a question's position: no claim or question can have such an id."""
    return f"{asking.id}_{number + 1}"


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


def _status(claim: Claim, conflicts: int, agreeing_origins: int) -> str:
    if conflicts > 0:
        return "contested"
    if not claim.outlets:
        return "uncited"
    agreed = agreeing_origins > 1 or len(claim.origins) > 1
    return "corroborated" if agreed else "single origin"


def _support(backings: Sequence[Backing]) -> int:
    """Return how many origins stand behind the second best supported position."""
    return sorted(len(one.origins) for one in backings)[-2] if len(backings) > 1 else 0


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
