"""Compare: whether two answers to one question can both be true.

The comparison is symmetric, and says "conflict" only where a reader could not hold both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["same", "compatible", "conflict", "incomparable"]

Strength = Literal["conflict", "tension"]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A verdict on two values, a sentence that explains it, and how far apart they are.

    `gap` is in the question's unit for quantities and in days for dates, and None unless the
    two conflict.
    """

    verdict: Verdict
    because: str
    gap: float | None = None
    strength: Strength = "conflict"
    """Of two that conflict: whether both cannot be true, or hardly."""
