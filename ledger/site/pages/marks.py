"""Marks: the small pieces of markup for states, positions and values that pages are full of.

They are filters rather than macros: a page calls for hundreds of them, and a filter costs a
fraction of a macro's call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any, Final

from markupsafe import Markup, escape

from ledger.reports.claims import BriefClaim, Claim, Opposite, told_by
from ledger.reports.naming import capitalized
from ledger.reports.origins import Backed, origins_in_words, outlets_in_words, wholes_in_words
from ledger.reports.questions import Pair, Position, Question, letter_of
from ledger.reports.together import Across
from ledger.site.answering.addresses import question_path
from ledger.site.answering.words import apart, number
from ledger.site.drawings.plot import Plot, plot_of
from ledger.values.kind import with_unit
from ledger.words import NATURE_NAMES, NATURES

SHAPES: Final[dict[str, Markup]] = {
    # Two that point at each other; one that turns away on its way; one that comes apart.
    "sides": Markup('<path d="M0 1L6 6L0 11ZM16 1L10 6L16 11Z"/>'),
    "retelling": Markup('<path d="M0 5H7L11 1H16V3H12L8 7H0ZM8 8.5L12 11H16V9H12.5L10 7.5Z"/>'),
    "itself": Markup('<path d="M7 0A6 6 0 0 0 7 12ZM9 0A6 6 0 0 1 9 12Z"/>'),
}
"""The shape of each kind of dispute, which tells them apart without their colours."""

COLOURS: Final = 8
"""How many colours there are for positions; the letters still tell those of one colour apart."""


@lru_cache(maxsize=256)
def status(word: str) -> Markup:
    """Return a claim's or question's state."""
    name = word.replace(" ", "-")
    return Markup('<span class="status status-{}">{}</span>').format(name, word)


@lru_cache(maxsize=16)
def nature(word: str | None) -> Markup:
    """Return what kind of dispute it is, as a shape and in words; nothing if it is none."""
    if not word:
        return Markup()
    shape = Markup('<svg class="shape" viewBox="0 0 16 12" aria-hidden="true" focusable="false">')
    drawn = shape + SHAPES[word] + Markup("</svg>")
    meaning = NATURES[word]
    return Markup('<span class="nature nature-{}" title="{}">{}{}</span>').format(
        word, meaning, drawn, NATURE_NAMES[word]
    )


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


def strength(conflict: Pair | Opposite | Across) -> Markup:
    """Return what kind of opposition a conflict is."""
    return _strength(conflict.strength, conflict.state == "dismissed")


@lru_cache(maxsize=16)
def _strength(word: str, dismissed: bool) -> Markup:  # the cache knows arguments by their places
    name, told = ("dismissed", f"dismissed {word}") if dismissed else (word, word)
    return Markup('<span class="strength {}">{}</span>').format(name, told)


def weight(thing: Backed) -> str:
    """Return origins beside outlets, never one without the other: `1 origin; 5 outlets`."""
    return f"{origins_in_words(thing)}; {outlets_in_words(thing)}"


def distance(asked: Question) -> str:
    """Return how far the claims on a question are apart: `a factor of 2.5`, `170 people apart`.

    Nothing is said where one of them is a word such as dozens, whose ends are a table's.
    """
    if asked.vague:
        return ""
    if asked.spread and asked.spread > 1:
        return f"a factor of {number(round(asked.spread, 1))}"
    return apart(asked.gap, asked.answer, asked.unit)


def value(claim: BriefClaim | Claim | Opposite) -> Markup | str:
    """Return a claim's value in words with its unit; nothing if it has none."""
    if not claim.value_in_words:
        return ""
    told = escape(with_unit(claim.value_in_words, claim.unit))
    # Formatting markup takes ten times as long, and a page has hundreds.
    return Markup(f'<span class="value">{told}</span>')  # noqa: S704 # what is told is escaped


MARKS: Final[dict[str, Callable[..., Any]]] = {
    "ledger_status": status,
    "ledger_nature": nature,
    "ledger_told_by": told_by,
    "ledger_capitalized": capitalized,
    "ledger_wholes": wholes_in_words,
    "ledger_letter": letter,
    "ledger_colour": colour,
    "ledger_plot": plot,
    "ledger_question_path": question_path,
    "ledger_strength": strength,
    "ledger_weight": weight,
    "ledger_distance": distance,
    "ledger_value": value,
}
"""The filters of templates, by name."""
