"""Marks: the small pieces of markup for states, positions and values that pages are full of.

They are filters rather than macros: a page calls for hundreds of them, and a filter costs a
fraction of a macro's call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Final

from markupsafe import Markup, escape

from ledger.reports.claims import BriefClaim, Claim, Opposite
from ledger.reports.origins import Backed, origins_in_words, outlets_in_words
from ledger.reports.questions import Pair, Position, letter_of
from ledger.site.answering.addresses import question_path
from ledger.site.drawings.plot import Plot, plot_of
from ledger.values.kind import with_unit

COLOURS: Final = 8
"""How many colours there are for positions; the letters still tell those of one colour apart."""


@lru_cache(maxsize=256)
def status(word: str) -> Markup:
    """Return a claim's or question's state."""
    name = word.replace(" ", "-")
    return Markup('<span class="status status-{}">{}</span>').format(name, word)


@lru_cache(maxsize=4_096)
def letter(number: int) -> Markup:
    """Return a position's letter, by its number."""
    said = Markup('<span class="hidden">Position </span>{}').format(letter_of(number))
    return Markup('<span class="letter {}">{}</span>').format(colour(number), said)


@lru_cache(maxsize=4_096)
def colour(number: int) -> str:
    """Return the class of a position's colour, by its number."""
    return f"p{(number - 1) % COLOURS + 1}"


def plot(positions: Iterable[Position]) -> Plot | None:
    """Return the plot of what some positions share; None if it is no numbers or days."""
    return plot_of({}, {one.id: one.reach for one in positions})


def strength(conflict: Pair | Opposite) -> Markup:
    """Return what kind of opposition a conflict is."""
    return _strength(conflict.strength, conflict.state == "dismissed")


@lru_cache(maxsize=16)
def _strength(word: str, dismissed: bool) -> Markup:  # the cache knows arguments by their places
    name, told = ("dismissed", f"dismissed {word}") if dismissed else (word, word)
    return Markup('<span class="strength {}">{}</span>').format(name, told)


def weight(thing: Backed) -> str:
    """Return origins beside outlets, never one without the other: `1 origin; 5 outlets`."""
    return f"{origins_in_words(thing)}; {outlets_in_words(thing)}"


def value(claim: BriefClaim | Claim | Opposite) -> Markup | str:
    """Return a claim's value in words with its unit; nothing if it has none."""
    if not claim.value_in_words:
        return ""
    told = escape(with_unit(claim.value_in_words, claim.unit))
    # Formatting markup takes ten times as long, and a page has hundreds.
    return Markup(f'<span class="value">{told}</span>')  # noqa: S704 # what is told is escaped


MARKS: Final[dict[str, Callable[..., Any]]] = {
    "ledger_status": status,
    "ledger_letter": letter,
    "ledger_colour": colour,
    "ledger_plot": plot,
    "ledger_question_path": question_path,
    "ledger_strength": strength,
    "ledger_weight": weight,
    "ledger_value": value,
}
"""The filters of templates, by name."""
