"""Choices, yes or no, and free text: values that are words and nothing more."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.values.comparison import Comparison
from ledger.values.kind import Asked, Kind, Turn, UnreadableValue
from ledger.values.tree import Tree


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


class _WordKind(Kind[Word]):
    """What all words have in common: they are what they are, and two of them the same or not."""

    exclusive = True
    """Whether two different words exclude each other."""

    def compare(
        self,
        one: Word,
        other: Word,
        written: tuple[str, str],
        tree: Tree,
    ) -> Comparison:
        """Return whether the two are the same or exclude each other."""
        return compare_words(one, other, exclusive=self.exclusive)


class ChoiceKind(_WordKind):
    """Choices: one of the options that the question lists, which exclude each other."""

    name = "choice"
    examples = (("shelling", "mines"),)
    has_options = True

    def parse(self, text: str, asked: Asked) -> Word:
        """Return the option that a value names."""
        return parse_choice(text, asked.options)

    def turn(self, written: str, value: Word, asked: Asked, tree: Tree) -> Turn:
        """Return the turn of an option: as the question lists them."""
        return asked.options.index(written), False


class YesNoKind(_WordKind):
    """Yes or no, which exclude each other."""

    name = "yes-no"
    hint = "yes or no"
    examples = (("yes", "no"),)

    @property
    def wanted(self) -> str:
        """What a question asks for."""
        return "yes or no"

    def parse(self, text: str, asked: Asked) -> Word:
        """Return yes or no."""
        return parse_yes_no(text)

    def turn(self, written: str, value: Word, asked: Asked, tree: Tree) -> Turn:
        """Return the turn of an answer: yes comes first."""
        return 0, written == "no"


class TextKind(_WordKind):
    """Texts: free words, which only people can compare; all have one turn."""

    name = "text"
    hint = "a few words"
    examples = (("a siege", "a blockade"),)
    for_people = True
    exclusive = False
    last_turn = (0, False)

    def parse(self, text: str, asked: Asked) -> Word:
        """Return the words."""
        return Word(text)
