"""Effect: what a change to the files would bring: problems, conflicts, positions, origins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from ledger.due import Due
from ledger.kept import Kept
from ledger.problems import Problem
from ledger.renew import Renewed, open_renewed, open_whole

Pair = tuple[str, str]

CONFLICTS: Final = """
SELECT claim_a, claim_b, strength, coalesce(explanation, reason), origin FROM draft_conflict
WHERE state = 'open'
"""

STANDING: Final = """
SELECT w.claim, w.status, w.position, p.label, p.n_claims, p.n_origins, p.n_independent,
    p.n_outlets, p.n_outlets_nearby
FROM draft_claim_weight w LEFT JOIN draft_position p ON p.id = w.position
"""

STATES: Final = "SELECT question, state, n_positions FROM draft_question_weight"


class Contradiction(NamedTuple):
    """An open conflict of two claims: how strong it is, and why in a sentence."""

    strength: str
    because: str
    origin: str


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
    """How a question stands: its state and how many positions its claims take."""

    state: str
    n_positions: int


@dataclass(slots=True)
class View:
    """What weighing what is due came to."""

    found: list[Problem]
    weighed: bool
    conflicts: dict[Pair, Contradiction] = field(default_factory=dict)
    claims: dict[str, Standing] = field(default_factory=dict)
    questions: dict[str, State] = field(default_factory=dict)


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
