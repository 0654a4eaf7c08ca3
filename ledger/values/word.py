"""Choices, yes or no, and free text: values that are words and nothing more."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.values.comparison import Comparison
from ledger.values.unreadable import UnreadableValue


@dataclass(frozen=True, slots=True)
class Word:
    """A value that is only equal to itself."""

    text: str


def parse_choice(text: str, options: tuple[str, ...]) -> Word:
    """Return the option that a value names. Raises UnreadableValue naming the options."""
    if text not in options:
        what = f"`{text}` is not one of the question's options"
        raise UnreadableValue(what, ", ".join(options))
    return Word(text)


def parse_yes_no(text: str) -> Word:
    """Return `yes` or `no`. Raises UnreadableValue for anything else."""
    if text not in {"yes", "no"}:
        what = f"`{text}` is neither yes nor no"
        raise UnreadableValue(what, "yes, no")
    return Word(text)


def compare_words(one: Word, other: Word, *, exclusive: bool) -> Comparison:
    """Return whether two words can both be true; free texts are for people to compare.

    `exclusive` says that two different words exclude each other: options, yes and no.
    """
    first, second = (" ".join(word.text.split()) for word in (one, other))
    if one == other:
        return Comparison("same", f"both say {first}".strip())
    if not exclusive:
        return Comparison("incomparable", "free texts are compared by people only")
    return Comparison("conflict", f"{first} and {second} exclude each other")
