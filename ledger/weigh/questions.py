"""Questions one by one: their conflicts, their positions, each claim's status, their own state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from math import isfinite
from typing import Final

from ledger.draft import Draft, as_json
from ledger.problems import Problem
from ledger.values import Quantity, parse_parties
from ledger.weigh.answers import Asking, Beside, Claim, Weighing
from ledger.weigh.conflicts import (
    ON_QUESTIONS,
    Declaration,
    Settled,
    by_pair,
    opponents,
    settle,
    state_of_pair,
)
from ledger.weigh.detect import Detected, Dismissed, Pair, conflicting, detect
from ledger.weigh.hinges import hinges, state_of
from ledger.weigh.meanings import Meaning
from ledger.weigh.origins import Backing, Parties
from ledger.weigh.positions import Laid, Position, lay, shared_range, whole_range
from ledger.weigh.remarks import remarks_on, said_both

PARTIES: Final = """
SELECT DISTINCT q.dossier, c.value FROM draft_question q JOIN draft_claim c ON c.question = q.id
WHERE q.answer = 'actor' AND c.value IS NOT NULL
"""

MOST_NAMED: Final = 4
"""How many different values a position's label names."""


IN_AGREEMENT: Final = Settled()
"""What settling comes to where no claims conflict and nobody declared anything."""


@dataclass(slots=True)
class Outcome:
    """What weighing one question came to."""

    asking: Asking
    claims: list[Claim]
    standing: list[Claim]
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
        self._named = named_in_dossiers(self.draft)
        self._parties = lru_cache(maxsize=1_024)(self._parties_of)

    def weigh_all(self) -> list[Problem]:
        """Weigh every question and every claim; return what is worth a remark."""
        for claim in self.weighing.unasked():
            conflicts = self.across.get(claim.id, 0)
            status = claim.fallen or _status(claim, conflicts, 1)
            weight = (claim.id, None, None, status, len(claim.origins), conflicts, None)
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
        dismissed: Dismissed = {}
        if declared:
            dismissed = opponents(
                pair for pair, said in declared.items() if state_of_pair(said) == "dismissed"
            )
        detected = detect(standing, asking.kind, dismissed)
        settled = IN_AGREEMENT
        if detected.degrees or declared:
            by_id = {claim.id: claim for claim in standing}
            pairs: list[Pair] = []
            if not detected.complete:
                pairs += [pair for pair in self.expected if by_id.keys() >= set(pair)]
                pairs += said_both(standing, detected, declared)
            settled = settle(asking, by_id, detected, declared, pairs)
            self.remarks += remarks_on(self.draft, settled, by_id, complete=detected.complete)
        laid = lay(asking, standing, detected, settled.opened, dismissed)
        backings = [Backing.of(position.claims) for position in laid.positions]
        return Outcome(asking, claims, standing, detected, settled, laid, backings)

    def _add(self, outcome: Outcome) -> None:
        for conflict in outcome.settled.conflicts:
            self.draft.add("conflict", conflict)
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
                label(position.claims),
                *shared_range(position.claims).row(),
                len(position.claims),
                len(backing.origins),
                len(backing.outlets),
                self._parties(outcome.asking.dossier).interest_of(backing.origins),
            ),
        )

    def _add_claims(self, outcome: Outcome) -> None:
        laid, degrees = outcome.laid, outcome.settled.degrees
        interest_of = self._parties(outcome.asking.dossier).interest_of
        names = [position_id(outcome.asking, number) for number in range(len(laid.positions))]
        in_words = outcome.asking.answer == "text"  # which nobody but a reader can compare
        agreeing = [0 if in_words else len(one.origins) for one in outcome.backings]
        home_of, across, rows = laid.home.get, self.across.get, []
        for claim in outcome.claims:
            name, origins = claim.id, claim.origins
            home = home_of(name)
            conflicts = across(name, 0) + degrees.get(name, 0)
            rows.append(
                (
                    name,
                    None if home is None else names[home],
                    self._row_of(claim.meaning),
                    claim.fallen
                    or _status(claim, conflicts, 0 if home is None else agreeing[home]),
                    len(origins),
                    conflicts,
                    interest_of(origins),
                )
            )
        self.draft.extend("claim_weight", rows)
        for name, numbers in laid.others.items():
            self.draft.extend("claim_position", [(name, names[one], 0) for one in numbers])

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
        standing, settled = outcome.standing, outcome.settled
        backing = _backing(outcome)
        open_pair = partial(_open_pair, outcome)
        self.draft.add(
            "question_weight",
            (
                outcome.asking.id,
                state_of(backing.origins, disputed=bool(settled.degrees)),
                "all" if outcome.detected.complete else "witnesses",
                len(outcome.laid.positions),
                len(outcome.claims),
                sum(settled.degrees.values()) // 2,
                len(backing.origins),
                len(backing.outlets),
                _gap(settled),
                _spread(outcome),
                _support(outcome.backings),
                as_json(hinges(standing, backing.origins, open_pair)),
                *whole_range(standing).row(),
            ),
        )

    def _parties_of(self, dossier: str) -> Parties:
        """Return the actors that a dossier's questions are about: those its answers name."""
        return Parties(self._named.get(dossier, ()), self.weighing.actors)


def named_in_dossiers(draft: Draft) -> dict[str, set[str]]:
    """Return the actors that the answers of each dossier name."""
    named: dict[str, set[str]] = {}
    for dossier, value in draft.rows(PARTIES):
        named.setdefault(str(dossier), set()).update(parse_parties(str(value)).ids)
    return named


def _backing(outcome: Outcome) -> Backing:
    """Return who stands behind a question's claims."""
    if len(outcome.laid.positions) == 1 and len(outcome.laid.home) == len(outcome.standing):
        return outcome.backings[0]
    return Backing.of(outcome.standing)


def _open_pair(outcome: Outcome, claims: Sequence[Claim]) -> Pair | None:
    """Return a pair in an open conflict among some of a question's claims, if there is one."""
    if not outcome.settled.degrees:
        return None
    ids = {claim.id for claim in claims}
    found = next((pair for pair in outcome.settled.opened if ids.issuperset(pair)), None)
    if found is None and not outcome.detected.complete:
        # The pairs named so far are not all: among fewer claims others are.
        dismissed = set(outcome.settled.dismissed)
        among = conflicting(claims, outcome.detected)
        return next((pair for pair in among if pair not in dismissed), None)
    return found


def position_id(asking: Asking, number: int) -> str:
    """Return the id of a question's position: no claim or question can have such an id."""
    return f"{asking.id}_{number + 1}"


def label(claims: Iterable[Claim]) -> str:
    """Return what a position says in a few words: its values as a reader says them."""
    said: dict[str, None] = {}
    for claim in claims:
        if claim.meaning is not None:
            said[claim.meaning.words] = None
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


def _gap(settled: Settled) -> float | None:
    """Return how far the two claims in an open conflict are apart that are furthest apart."""
    gaps = [one.gap for one in settled.conflicts if one.state == "open" and one.gap is not None]
    return max(gaps, default=None)


def _support(backings: Sequence[Backing]) -> int:
    """Return how many origins stand behind the second best supported position."""
    return sorted(len(one.origins) for one in backings)[-2] if len(backings) > 1 else 0


def _spread(outcome: Outcome) -> float | None:
    """Return how many times the least of the highest values goes into the greatest of the lowest.

    Only claims in an open conflict count. 1.5 means that somebody says at least half as much
    again as somebody else's most.
    """
    contested = outcome.settled.degrees
    if not contested or outcome.asking.answer != "quantity":
        return None
    numbers = [
        claim.said.value
        for claim in outcome.standing
        if claim.id in contested and claim.said and isinstance(claim.said.value, Quantity)
    ]
    if not numbers:
        return None
    least, greatest = min(one.high for one in numbers), max(one.low for one in numbers)
    told = isfinite(greatest) and isfinite(least) and least > 0
    return round(greatest / least, 3) if told else None
