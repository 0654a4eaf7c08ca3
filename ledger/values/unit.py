"""Units: a value in words with what it counts, as a reader says it."""

from __future__ import annotations

from typing import Final

VAGUE: Final = frozenset({"dozens", "scores", "hundreds", "thousands", "millions", "billions"})
"""Words that stand for a number only roughly; what they count comes after an `of`."""

SINGULAR: Final = {"people": "person", "countries": "country"}
"""Units whose singular is more than an s less."""


def with_unit(value: str | None, unit: str | None) -> str:
    """Return a value in words with its unit: `dozens of people`, `88% of those asked`."""
    if not value or not unit:
        return value or ""
    if value.endswith("%"):
        unit = unit.removeprefix("percent").strip()
    elif value.rpartition(" ")[2] in VAGUE and not unit.startswith("of "):
        unit = f"of {unit}"
    elif value == "1" and " " not in unit:
        unit = SINGULAR.get(unit) or unit.removesuffix("s")
    return f"{value} {unit}".strip()


def distance(gap: float, answer: object, unit: object) -> str:
    """Return how far two answers are apart, dates in days: `170 people`, `1 day`."""
    return with_unit(f"{gap:,.12g}", "days" if answer == "date" else str(unit or ""))
