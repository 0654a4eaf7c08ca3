"""Conflicts: each pair of claims once, whichever side declared it, with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from ledger.draft import Draft

# A retracted claim and one that its claimant replaced no longer stand, so nothing conflicts
# with them; a claim and what it supersedes are a revision.
DECLARED: Final = """
SELECT min(d.claim, d.other) AS claim_a, max(d.claim, d.other) AS claim_b,
    d.key, d.because, d.strength,
    CASE WHEN a.question = b.question THEN a.question END AS question,
    CASE WHEN a.question = b.question THEN q.answer ELSE 'declared' END AS kind
FROM draft_declared d
JOIN draft_claim a ON a.id = min(d.claim, d.other)
JOIN draft_claim b ON b.id = max(d.claim, d.other)
LEFT JOIN draft_question q ON q.id = a.question
WHERE a.id NOT IN (SELECT claim FROM draft_fallen) AND b.id NOT IN (SELECT claim FROM draft_fallen)
ORDER BY claim_a, claim_b, d.key DESC, d.claim
"""

FALLEN: Final = """
CREATE TEMP TABLE draft_fallen AS
SELECT id AS claim, 'retracted' AS status FROM draft_claim WHERE retracted_on IS NOT NULL
UNION ALL
SELECT DISTINCT supersedes, 'superseded' FROM draft_claim WHERE supersedes IS NOT NULL
AND supersedes NOT IN (SELECT id FROM draft_claim WHERE retracted_on IS NOT NULL)
"""


@dataclass(frozen=True, slots=True)
class Declaration:
    """One side's word on a pair of claims; `key` is `conflicts` or `compatible`."""

    claim_a: str
    claim_b: str
    key: str
    because: str
    strength: str | None
    question: str | None
    kind: str


def settle_declared(draft: Draft) -> None:
    """Add a row to the draft for every pair of claims that somebody declared to conflict."""
    draft.connection.execute(FALLEN)
    draft.connection.execute("CREATE INDEX temp.draft_fallen_claim ON draft_fallen(claim)")
    declarations = (Declaration(*row) for row in draft.rows(DECLARED))  # type: ignore[arg-type] # SQLite's rows are untyped
    pairs = groupby(declarations, key=lambda said: (said.claim_a, said.claim_b))
    for row in (settled(said) for _, said in pairs):
        if row is not None:
            draft.add("conflict", row)


def settled(said: Iterable[Declaration]) -> tuple[object, ...] | None:
    """Return the conflict that all declarations about one pair amount to, if one was declared."""
    said = list(said)
    conflicts = [one for one in said if one.key == "conflicts"]
    if not conflicts:
        return None
    first = conflicts[0]
    dismissals = [one for one in said if one.key == "compatible"]
    tension = all(one.strength == "tension" for one in conflicts)
    return (
        first.claim_a,
        first.claim_b,
        first.question,
        first.kind,
        "tension" if tension else "conflict",
        "declared",
        "dismissed" if dismissals else "open",
        " ".join(_reasons(conflicts, dismissals)),
        None,
    )


def _reasons(conflicts: list[Declaration], dismissals: list[Declaration]) -> Iterator[str]:
    yield from dict.fromkeys(one.because for one in conflicts)
    for because in dict.fromkeys(one.because for one in dismissals):
        yield f"Dismissed: {because}"
