"""Alike: claims on one question that say the same, which are weighed as one.

Twenty papers that say 300 conflict with whatever 300 conflicts with: values are compared, and
positions laid, once for all of them. Where somebody's word on two claims is not what their values
show, each is weighed by itself: what holds for it need not hold for those that say the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ledger.values.kind import Bounds
from ledger.weigh.answers import Claim
from ledger.weigh.meanings import Meaning


@dataclass(slots=True, eq=False)
class Alike:
    """Some claims that say the same, by id."""

    meaning: Meaning | None
    claims: list[Claim]

    @property
    def bounds(self) -> Bounds | None:
        """Return the ends of a quantity, or of a date in days; None for other kinds."""
        return self.meaning.bounds if self.meaning else None

    @property
    def in_parts(self) -> bool:
        """Return whether what they leave room for is in parts, as `[2021,2023]` or `a | b`."""
        return self.meaning is not None and self.meaning.in_parts


def gather(claims: Iterable[Claim], apart: Collection[str] = ()) -> list[Alike]:
    """Return claims, given by id, in groups that say the same, by the first id in each.

    Each claim in `apart` is a group of its own.
    """
    found: dict[Meaning | str | None, Alike] = {}
    for claim in claims:
        key = claim.id if claim.id in apart else claim.meaning
        alike = found.get(key)
        if alike is None:
            found[key] = Alike(claim.meaning, [claim])
        else:
            alike.claims.append(claim)
    return list(found.values())


def by_claim(alikes: Iterable[Alike]) -> dict[str, Alike]:
    """Return for each claim's id the group that it is in."""
    return {claim.id: alike for alike in alikes for claim in alike.claims}


def claims_of(alikes: Iterable[Alike]) -> list[Claim]:
    """Return the claims of some groups, group by group."""
    return [claim for alike in alikes for claim in alike.claims]
