"""Marks: the small pieces of markup for states, positions and values that pages are full of.

They are filters rather than macros: a page calls for hundreds of them, and a filter costs a
fraction of a macro's call.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

from markupsafe import Markup

from ledger.site.answering.words import counted
from ledger.values.kind import with_unit


@lru_cache(maxsize=256)
def status(word: str) -> Markup:
    """Return a claim's or question's state."""
    name = word.replace(" ", "-")
    return Markup('<span class="status status-{}">{}</span>').format(name, word)


def letter(side: Mapping[str, Any]) -> Markup:
    """Return a position's letter, from a side with letter and colour (see answering/sides.py)."""
    return _letter(side["letter"], side["colour"])


@lru_cache(maxsize=256)
def _letter(letter: str, colour: str) -> Markup:
    said = Markup('<span class="hidden">Position </span>{}').format(letter)
    return Markup('<span class="letter {}">{}</span>').format(colour, said)


def strength(conflict: Mapping[str, Any]) -> Markup:
    """Return what kind of opposition a conflict is."""
    return _strength(conflict["strength"], conflict["state"] == "dismissed")


@lru_cache(maxsize=16)
def _strength(word: str, dismissed: bool) -> Markup:  # the cache knows arguments by their places
    name, told = ("dismissed", f"dismissed {word}") if dismissed else (word, word)
    return Markup('<span class="strength {}">{}</span>').format(name, told)


def weight(thing: Mapping[str, Any]) -> str:
    """Return origins beside outlets, never one without the other: `5 outlets, 1 origin`."""
    return f"{counted(thing['n_origins'], 'origin')}, {counted(thing['n_outlets'], 'outlet')}"


def value(claim: Mapping[str, Any]) -> Markup | str:
    """Return a value in words with its unit, of facts that have value_in_words; or nothing."""
    if not claim["value_in_words"]:
        return ""
    return Markup('<span class="value">{}</span>').format(
        with_unit(claim["value_in_words"], claim["unit"])
    )


MARKS: Final[dict[str, Callable[..., str]]] = {
    "ledger_status": status,
    "ledger_letter": letter,
    "ledger_strength": strength,
    "ledger_weight": weight,
    "ledger_value": value,
}
"""The filters of templates, by name."""
