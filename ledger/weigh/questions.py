"""Questions one by one: their conflicts, their positions, each claim's status, their own state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from math import isfinite
from typing import Final

from ledger.draft import Draft, as_json
from ledger.problems import Problem
from ledger.values import DateSpan, Parties, Quantity, parse_parties
from ledger.values.date import date_in_words
from ledger.values.party import parties_in_words
from ledger.values.quantity import quantity_in_words
from ledger.weigh.answers import Asking, Claim, Weighing
from ledger.weigh.conflicts import Settled, declarations_on, settle
from ledger.weigh.detect import Detected, Pair, detect
from ledger.weigh.hinges import hinges, state_of
from ledger.weigh.origins import is_party, origins_of, outlets_of
from ledger.weigh.positions import Laid, Position, lay, shared_range, whole_range
from ledger.weigh.remarks import remarks_on

PARTIES: Final = """
SELECT DISTINCT c.value FROM draft_question q JOIN draft_claim c ON c.question = q.id
WHERE q.dossier = ? AND q.answer = 'actor' AND c.value IS NOT NULL
"""

DECLARED_ON: Final = """
SELECT DISTINCT question FROM draft_claim
WHERE id IN (SELECT claim FROM draft_declared) AND question IS NOT NULL
"""

MOST_NAMED: Final = 4
"""How many different values a position's label names."""


@dataclass(slots=True)
class Outcome:
    """What weighing one question came to."""

    asking: Asking
    claims: list[Claim]
    standing: list[Claim]
    detected: Detected
    settled: Settled
    laid: Laid


class Questions:
    """Weighs the questions of a ledger, and adds the rows that come of it to the draft."""

    def __init__(self, weighing: Weighing, across: Counter[str]) -> None:
        self.weighing = weighing
        self.draft: Draft = weighing.draft
        self.across = across
        self.remarks: list[Problem] = []
        self._parties = lru_cache(maxsize=1_024)(self._parties_of)
        self._is_party = lru_cache(maxsize=8_192)(self._is_party_to)
        self._declared = {str(row[0]) for row in self.draft.rows(DECLARED_ON)}

    def weigh_all(self) -> list[Problem]:
        """Weigh every question and every claim; return what is worth a remark."""
        answered: set[str] = set()
        for asking, claims in self.weighing.groups():
            if asking is None:
                self._add_claims(claims, None)
                continue
            answered.add(asking.id)
            self._add(self._weigh(asking, claims))
        for (question,) in list(self.draft.rows("SELECT id FROM draft_question ORDER BY id")):
            if question not in answered:
                unanswered = (question, "unanswered", "all", *[0] * 5, None, None, 0, "[]")
                self.draft.add("question_weight", (*unanswered, *[None] * 4))
        return self.remarks

    def _weigh(self, asking: Asking, claims: list[Claim]) -> Outcome:
        standing = [claim for claim in claims if claim.fallen is None]
        detected = detect(standing, asking.comparing)
        by_id = {claim.id: claim for claim in standing}
        declared = {}
        if asking.id in self._declared:
            declared = declarations_on(self.draft, asking.id)
        settled = settle(asking, by_id, detected, declared)
        self.remarks += remarks_on(self.draft, settled, by_id)
        laid = lay(asking, standing, detected, settled.open_pairs())
        return Outcome(asking, claims, standing, detected, settled, laid)

    def _add(self, outcome: Outcome) -> None:
        for conflict in outcome.settled.conflicts:
            self.draft.add("conflict", conflict.row())
        for number, position in enumerate(outcome.laid.positions):
            self._add_position(outcome, number, position)
        self._add_claims(outcome.claims, outcome)
        self._add_question(outcome)

    def _add_position(self, outcome: Outcome, number: int, position: Position) -> None:
        origins = origins_of(position.claims)
        interested = self._is_interested(origins, outcome)
        self.draft.add(
            "position",
            (
                position_id(outcome.asking, number),
                outcome.asking.id,
                self._label(outcome.asking, position.claims),
                *shared_range(position.claims).row(),
                len(position.claims),
                len(origins),
                len(outlets_of(position.claims)),
                "self" if interested else None,
            ),
        )

    def _is_interested(self, origins: Iterable[str], outcome: Outcome | None) -> bool:
        if outcome is None:
            return False
        return all(self._is_party(origin, outcome.asking.dossier) for origin in origins)

    def _is_party_to(self, origin: str, dossier: str) -> bool:
        return is_party(origin, self._parties(dossier), self.weighing.actors)

    def _add_claims(self, claims: Sequence[Claim], outcome: Outcome | None) -> None:
        agreeing = _agreeing(outcome)
        for claim in claims:
            home = outcome.laid.home.get(claim.id) if outcome else None
            conflicts = self.across[claim.id] + (
                outcome.settled.degrees[claim.id] if outcome else 0
            )
            self.draft.add(
                "claim_weight",
                (
                    claim.id,
                    position_id(outcome.asking, home) if outcome and home is not None else None,
                    outcome.asking.asked.answer if outcome else None,
                    *_ends(claim),
                    claim.fallen or _status(claim, conflicts, agreeing.get(claim.id, 1)),
                    len(claim.origins),
                    conflicts,
                    "self" if self._is_interested(claim.origins, outcome) else None,
                ),
            )
            for number in outcome.laid.fits.get(claim.id, []) if outcome else []:
                position = position_id(outcome.asking, number) if outcome else ""
                self.draft.add("claim_position", (claim.id, position, int(number == home)))

    def _add_question(self, outcome: Outcome) -> None:
        pairs = outcome.settled.open_pairs()
        standing = outcome.standing
        gaps = [one.gap for one in outcome.settled.conflicts if one.state == "open"]
        support = sorted(len(origins_of(one.claims)) for one in outcome.laid.positions)
        self.draft.add(
            "question_weight",
            (
                outcome.asking.id,
                state_of(origins_of(standing), disputed=bool(pairs)),
                "all" if outcome.detected.complete else "witnesses",
                len(outcome.laid.positions),
                len(outcome.claims),
                sum(outcome.settled.degrees.values()) // 2,
                len(origins_of(standing)),
                len(outlets_of(standing)),
                max((gap for gap in gaps if gap is not None), default=None),
                _spread(outcome),
                support[-2] if len(support) > 1 else 0,
                as_json(hinges(standing, partial(_open_pair, outcome))),
                *whole_range(standing).row(),
            ),
        )

    def _parties_of(self, dossier: str) -> frozenset[str]:
        """Return the actors that a dossier's questions are about: those its answers name."""
        values = [str(row[0]) for row in self.draft.rows(PARTIES, [dossier])]
        return frozenset().union(*(parse_parties(value).ids for value in values))

    def _label(self, asking: Asking, claims: Iterable[Claim]) -> str:
        """Return what a position says in a few words: its values as a reader says them."""
        said = dict.fromkeys(in_words(claim, asking) for claim in claims if claim.said is not None)
        named = list(said)[:MOST_NAMED]
        more = " …" if len(said) > MOST_NAMED else ""
        return " · ".join(named) + more or "in words only"


def _open_pair(outcome: Outcome, claims: Sequence[Claim]) -> Pair | None:
    """Return a pair in an open conflict among some of a question's claims, if there is one."""
    ids = {claim.id for claim in claims}
    pairs = outcome.settled.open_pairs()
    found = next((pair for pair in pairs if ids.issuperset(pair)), None)
    if found is None and not outcome.detected.complete:
        # The pairs named so far are not all: among fewer claims others are.
        dismissed = {one.pair for one in outcome.settled.conflicts} - set(pairs)
        detected = detect(claims, outcome.asking.comparing).pairs
        return next((pair for pair in detected if pair not in dismissed), None)
    return found


def position_id(asking: Asking, number: int) -> str:
    """Return the id of a question's position: no claim or question can have such an id."""
    return f"{asking.id}_{number + 1}"


def in_words(claim: Claim, asking: Asking) -> str:
    """Return a claim's value as a reader says it."""
    if claim.said is None:
        return ""
    match claim.said.value:
        case Quantity():
            return quantity_in_words(claim.said.written)
        case DateSpan():
            return date_in_words(claim.said.written)
        case Parties() as parties:
            return parties_in_words(parties, asking.comparing.tree)
        case _:
            return claim.said.written


def _agreeing(outcome: Outcome | None) -> Mapping[str, int]:
    """Return for each claim how many origins stand behind its position."""
    if outcome is None or outcome.asking.asked.answer == "text":
        return {}
    agreeing: dict[str, int] = {}
    for position in outcome.laid.positions:
        origins = len(origins_of(position.claims))
        agreeing.update((claim.id, origins) for claim in position.claims)
    return agreeing


def _status(claim: Claim, conflicts: int, agreeing_origins: int) -> str:
    if conflicts > 0:
        return "contested"
    if not claim.outlets:
        return "uncited"
    origins = max(agreeing_origins, len(claim.origins))
    return "corroborated" if origins > 1 else "single origin"


def _ends(claim: Claim) -> tuple[object, ...]:
    """Return the ends of a claim's value in the order of the draft's columns."""
    value = claim.said.value if claim.said else None
    low_open, high_open = (
        (int(value.low_open), int(value.high_open)) if isinstance(value, Quantity) else (None, None)
    )
    low, high, earliest, latest = whole_range([claim]).row()
    return low, high, low_open, high_open, earliest, latest


def _spread(outcome: Outcome) -> float | None:
    """Return how many times the least of the highest values goes into the greatest of the lowest.

    Only claims in an open conflict count. 1.5 means that somebody says at least half as much
    again as somebody else's most.
    """
    contested = outcome.settled.degrees
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
