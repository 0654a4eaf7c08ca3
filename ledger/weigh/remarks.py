"""What weighing notices: declarations that the values do not bear out, claimants who say both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain, islice, product
from typing import Final

from ledger.draft import Draft
from ledger.problems import Place, Problem, documented
from ledger.read import line_in
from ledger.values import Comparison
from ledger.values.date import is_before
from ledger.weigh.alike import Alike
from ledger.weigh.answers import Claim
from ledger.weigh.conflicts import Conflict, Declaration, Settled
from ledger.weigh.detect import WITNESSES
from ledger.weigh.opponents import Detected, Pair, pair_of

MADE: Final = "SELECT made FROM draft_claim WHERE id = ? AND made IS NOT NULL"
PLACE: Final = "SELECT path, line FROM draft_claim WHERE id = ?"


def remarks_on(
    draft: Draft, settled: Settled, claims: Mapping[str, Claim], *, complete: bool = True
) -> Iterator[Problem]:
    """Yield what is worth a look among a question's conflicts.

    Where not every pair is named, each claimant is told of a few.
    """
    told: Counter[str] = Counter()
    for declaration, comparison in settled.not_borne_out:
        yield not_borne_out(draft, declaration, comparison)
    for declaration in settled.needless:
        yield compatible_needless(draft, declaration)
    for conflict in settled.conflicts if complete else sorted(settled.conflicts):
        if conflict.origin == "detected" and conflict.state == "open":
            one, other = claims[conflict.claim_a], claims[conflict.claim_b]
            same = one.claimant == other.claimant and one.origins == other.origins
            if one.claimant is not None and same:
                told[one.claimant] += 1
                if complete or told[one.claimant] <= WITNESSES:
                    yield says_both(draft, conflict, one, other)


def said_both(
    alikes: Iterable[Alike], detected: Detected, declared: Collection[Pair]
) -> Iterator[Pair]:
    """Yield a conflicting pair for each claimant who says both and of whom nobody declared it.

    For questions with many claims, where the witnesses may miss it.
    """
    by_claimant: dict[str, dict[Alike, list[str]]] = {}
    for alike in alikes:
        for claim in alike.claims:
            if claim.claimant is not None:
                by_claimant.setdefault(claim.claimant, {}).setdefault(alike, []).append(claim.id)
    for said in by_claimant.values():
        both = (product(said[one], said[other]) for one, other in detected.opposed(list(said)))
        found = (pair_of(*ids) for ids in chain.from_iterable(both))
        yield from islice((pair for pair in found if pair not in declared), 1)


@documented
def not_borne_out(draft: Draft, declared: Declaration, comparison: Comparison) -> Problem:
    """A conflict is declared between claims whose values can both be true.

    A remark: the declaration is kept, as a tension. Say `strength: tension` to agree, or
    `strength: conflict` if the claims exclude each other for a reason that the values do not
    show; or correct a value.
    """
    return Problem(
        _place(draft, declared, "conflicts"),
        "not-borne-out",
        f"a conflict with `{declared.other}` is declared, but {comparison.because}",
        "Add `strength: tension` or `strength: conflict`, or correct a value.",
        "remark",
    )


@documented
def compatible_needless(draft: Draft, declared: Declaration) -> Problem:
    """A claim is declared compatible with one that nothing says it contradicts.

    `compatible` dismisses a conflict, with a reason. Where there is none it only confuses.
    """
    return Problem(
        _place(draft, declared, "compatible"),
        "compatible-needless",
        f"nothing says that this claim and `{declared.other}` conflict",
        "Remove it.",
    )


def _place(draft: Draft, declared: Declaration, key: str) -> Place:
    return line_in(draft.source, _place_of(draft, declared.declared_by), key, declared.other)


def _place_of(draft: Draft, claim: str) -> Place:
    path, line = next(draft.rows(PLACE, [claim]))
    return Place(str(path), int(str(line)))


@documented
def says_both(draft: Draft, conflict: Conflict, one: Claim, other: Claim) -> Problem:
    """A claimant says two things that cannot both be true, and no editor has said so.

    A remark. If the one is a later word that replaces the other, write `supersedes`; if the
    claimant contradicts itself, declare the conflict with a reason; if both can be true,
    dismiss it with `compatible`.
    """
    first, second = sorted((one, other), key=lambda claim: _place_of(draft, claim.id))
    if _is_made_before(draft, second, first):
        first, second = second, first
    return Problem(
        _place_of(draft, second.id),
        "says-both",
        f"`{one.claimant}` says this and `{first.id}`: {conflict.explanation}".removesuffix("."),
        f"Write `supersedes: {first.id}`, or declare or dismiss the conflict with a reason.",
        "remark",
    )


@documented
def contested_unasked(draft: Draft, claim: Claim) -> Problem:
    """A claim that is in an open conflict answers no question.

    A remark: readers find disputes by their questions. Ask one that the claim and those against it
    answer, or let it answer one that is there.
    """
    return Problem(
        _place_of(draft, claim.id),
        "contested-unasked",
        f"`{claim.id}` is contested, and no question's page tells of it",
        "Give it the `question` that it answers.",
        "remark",
    )


def _is_made_before(draft: Draft, one: Claim, other: Claim) -> bool:
    made = [str(day) for claim in (one, other) for (day,) in draft.rows(MADE, [claim.id])]
    return len(made) == 2 and is_before(*made)  # noqa: PLR2004 # the two claims'
