"""Likeness: which of some candidates a text was probably meant to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal

LIKENESS: Final = 70
"""From which likeness (0 to 100) on a near match is offered."""

Measure = Literal["ratio", "partial_ratio", "WRatio"]
"""What of two texts is alike: the whole, a part of the longer one, or the best of several."""


def near_match(text: str, candidates: Sequence[str]) -> str | None:
    """Return the candidate that a text was probably meant to be."""
    return next(iter(likeliest(text, {one: one for one in candidates}, "ratio", LIKENESS, 1)), None)


def likeliest(
    text: str, candidates: Mapping[str, str], measure: Measure, at_least: float, limit: int | None
) -> list[str]:
    """Return the keys of the candidates that are like a text, the likeliest first.

    `at_least` is a likeness from 0 to 100. Of those equally alike the earlier comes first.
    """
    # Imported here: it takes time, and only mistakes and choices need it.
    from rapidfuzz import fuzz, process  # noqa: PLC0415 # as above

    scorer = getattr(fuzz, measure)
    found = process.extract(text, candidates, scorer=scorer, score_cutoff=at_least, limit=limit)
    return [str(key) for _, _, key in found]
