"""Effect: what a change to the files would bring: problems, conflicts, positions, origins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from ledger.due import Due
from ledger.kept import Kept
from ledger.problems import Problem
from ledger.renew import Renewed, open_renewed, open_whole

Pair = tuple[str, str]

CONFLICTS: Final = """
SELECT claim_a, claim_b, strength, coalesce(explanation, reason), origin, nature,
    question_a, question_b, question
FROM draft_conflict WHERE state = 'open'
"""

ALTERED: Final = """
SELECT b.claim, b.basis, c.value, o.value FROM draft_basis b
JOIN draft_claim c ON c.id = b.claim JOIN draft_claim o ON o.id = b.basis WHERE b.altered = 1
"""

STANDING: Final = """
SELECT w.claim, w.status, w.position, p.label, p.n_claims, p.n_origins, p.n_independent,
    p.n_outlets, p.n_outlets_nearby
FROM draft_claim_weight w LEFT JOIN draft_position p ON p.id = w.position
"""

STATES: Final = """
SELECT question, state, nature, n_positions, n_conflicts_elsewhere FROM draft_question_weight
"""


class Contradiction(NamedTuple):
    """An open conflict of two claims: how strong it is, why in a sentence, and of what nature.

    The questions are those that the two answer, and the one that both do, if any.
    """

    strength: str
    because: str
    origin: str
    nature: str
    question_a: str | None
    question_b: str | None
    question: str | None


class Standing(NamedTuple):
    """How a claim stands: its status, and its position with that position's support."""

    status: str
    position: str | None
    label: str
    n_claims: int
    n_origins: int | None
    n_independent: int | None
    n_outlets: int
    n_outlets_nearby: int


class State(NamedTuple):
    """How a question stands: its state, the gravest of its conflicts, its positions.

    And how many conflicts its claims are in with claims that do not answer it.
    """

    state: str
    nature: str | None
    n_positions: int
    n_conflicts_elsewhere: int


@dataclass(slots=True)
class View:
    """What weighing what is due came to."""

    found: list[Problem]
    weighed: bool
    conflicts: dict[Pair, Contradiction] = field(default_factory=dict)
    claims: dict[str, Standing] = field(default_factory=dict)
    questions: dict[str, State] = field(default_factory=dict)
    altered: dict[Pair, tuple[str | None, str | None]] = field(default_factory=dict)
    """Claims that repeat others and say otherwise, each with the values as the two write them."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change brings: new problems and remarks, and the views before and after it."""

    found: list[Problem]
    before: View
    after: View

    @property
    def problems(self) -> list[Problem]:
        """Return the new problems, without the remarks."""
        return [one for one in self.found if one.level == "problem"]

    def new_conflicts(self) -> dict[Pair, Contradiction]:
        """Return the conflicts that the change brings."""
        return _without(self.after.conflicts, self.before.conflicts)

    def joined(self, claim: str) -> tuple[Standing, Standing | None] | None:
        """Return the position that a new claim takes, and that position before, if it was there.

        None if it takes none: it answers no question, or nothing was weighed.
        """
        now = self.after.claims.get(claim)
        if now is None or now.position is None:
            return None
        fellows = [
            name
            for name, standing in self.after.claims.items()
            if standing.position == now.position and name in self.before.claims
        ]
        then = (self.before.claims[name] for name in fellows)
        return now, max(then, key=lambda one: (one.n_claims, one.label), default=None)

    def new_altered(self) -> dict[Pair, tuple[str | None, str | None]]:
        """Return the relays that say otherwise since the change, with the values of the two."""
        before = self.before.altered
        return {pair: said for pair, said in self.after.altered.items() if pair not in before}

    def supported(self) -> Iterator[tuple[Standing, Standing]]:
        """Yield each position whose support changed and that no new claim takes, and that before.

        It is the position that some claim took before and takes now.
        """
        told: set[str] = set()
        for name, now in self.after.claims.items():
            then = self.before.claims.get(name)
            if then is None or now.position is None or now.position in told:
                continue
            told.add(now.position)
            if then.position is not None and now[4:] != then[4:] and now.n_claims <= then.n_claims:
                yield now, then

    def ended_conflicts(self) -> dict[Pair, Contradiction]:
        """Return the conflicts that the change ends."""
        return _without(self.before.conflicts, self.after.conflicts)


def effect_of(kept: Kept, texts: Mapping[str, bytes], coding: str = "plural") -> Effect:
    """Return what changes of files would bring; `texts` are what they would hold."""
    with open_renewed(kept, texts, _due_before(kept)) as renewed:
        due = renewed.due
        after = _view(renewed, due, coding)
    with open_renewed(kept, beside=due) if due else open_whole(kept) as renewed:
        before = _view(renewed, due, coding)
    return effect_between(before, after)


def _due_before(kept: Kept) -> Due | None:
    """Return what is due without the changes; None if nothing is, or everything."""
    if not kept.changed and not kept.deleted:
        return None
    with open_renewed(kept) as renewed:
        return renewed.due


def effect_between(before: View, after: View) -> Effect:
    """Return what lies between two views."""
    return Effect(_new_in(after.found, before.found), before, after)


def _view(renewed: Renewed, due: Due | None, coding: str) -> View:
    """Return what weighing shows of what is due; only the problems, if there are any."""
    weighed = renewed.weigh(coding)
    seen = View([*renewed.problems, *renewed.remarks], weighed)
    if not weighed:
        return seen
    renewed.draft.finish()
    rows = renewed.draft.connection.execute
    for claim_a, claim_b, *told in rows(CONFLICTS):
        if due is None or not due.claims.isdisjoint({claim_a, claim_b}):
            seen.conflicts[claim_a, claim_b] = Contradiction(*told)
    seen.claims = {
        name: Standing(*told) for name, *told in rows(STANDING) if due is None or name in due.claims
    }
    seen.questions = {
        name: State(*told) for name, *told in rows(STATES) if due is None or name in due.questions
    }
    seen.altered = {
        (claim, basis): (said, heard)
        for claim, basis, said, heard in rows(ALTERED)
        if due is None or claim in due.claims
    }
    return seen


def _new_in(after: Iterable[Problem], before: Iterable[Problem]) -> list[Problem]:
    """Return the problems that were not there before, whatever lines the others moved to."""
    old = Counter((one.place.path, one.code, one.what) for one in before)
    found = []
    for one in after:
        told = (one.place.path, one.code, one.what)
        old[told] -= 1
        if old[told] < 0:
            found.append(one)
    return found


def _without(some: dict[Pair, Contradiction], others: Iterable[Pair]) -> dict[Pair, Contradiction]:
    left = set(others)
    return {pair: told for pair, told in sorted(some.items()) if pair not in left}
