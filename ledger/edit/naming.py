"""Naming: from what somebody types to the outlet, actor or place that is meant.

The same name in another case, without accents or without a leading "the" is the same name;
whatever else looks alike is only offered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ledger.likeness import LIKENESS, likeliest
from ledger.texts.resolve import key_of, slug_of

__all__ = ["find_named", "near_names", "slug_of"]

OFFERED: Final = 3
"""How many names are offered at most."""

Names = Mapping[str, Sequence[str]]
"""The name and the aliases of everything in a register, by id."""


def find_named(names: Names, written: str) -> list[str]:
    """Return the ids of what a text names: the one whose id it is, else all that have the name."""
    if written in names:
        return [written]
    key = key_of(written)
    return sorted(name for name, called in names.items() if key in map(key_of, called))


def near_names(names: Names, written: str) -> list[str]:
    """Return the ids of what a text was probably meant to name, the likeliest first."""
    called = {
        f"{nth} {name}": key
        for name, aliases in names.items()
        for nth, key in enumerate([name, *map(key_of, aliases)])
    }
    called_alike = likeliest(key_of(written), called, "ratio", LIKENESS, None)
    ids = (which.partition(" ")[2] for which in called_alike)
    return list(dict.fromkeys(ids))[:OFFERED]
