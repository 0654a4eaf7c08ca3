"""Choices, yes or no, and free text: values that are words and nothing more."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.values.comparison import Comparison
from ledger.values.kind import Asked, Comparing, Kind, Turn, UnreadableValue
from ledger.values.tree import Tree


@dataclass(frozen=True, slots=True)
class Word:
    """A value that is only equal to itself."""

    text: str


class _WordKind(Kind[Word]):
    """What all words have in common: two of them are the same, or exclude each other."""

    def compare(
        self, one: Word, other: Word, written: tuple[str, str], question: Comparing
    ) -> Comparison:
        """Return whether two words can both be true; free texts are for people to compare."""
        first, second = (" ".join(word.text.split()) for word in (one, other))
        if one == other:
            return Comparison("same", f"both say {first}".strip())
        if self.for_people:
            return Comparison("incomparable", "free texts are compared by people only")
        return Comparison("conflict", f"{first} and {second} exclude each other")


class ChoiceKind(_WordKind):
    """Choices: one of the options that the question lists, which exclude each other."""

    name = "choice"
    wanted = "a choice"
    examples = (("shelling", "mines"),)
    has_options = True

    def parse(self, text: str, asked: Asked) -> Word:
        """Return the option that a value names. Raises UnreadableValue naming the options."""
        if text not in asked.options:
            what = f"`{text}` is not one of the question's options"
            raise UnreadableValue(what, ", ".join(asked.options))
        return Word(text)

    def compare(
        self, one: Word, other: Word, written: tuple[str, str], question: Comparing
    ) -> Comparison:
        """Return whether two options can both be true; neighbours on a scale hardly."""
        compared = super().compare(one, other, written, question)
        asked = question.asked
        if compared.verdict != "conflict" or not asked.ordered:
            return compared
        places = [asked.options.index(word.text) for word in (one, other)]
        if abs(places[0] - places[1]) > 1:
            return compared
        because = f"{one.text} and {other.text} are neighbours on the question's scale"
        return Comparison("conflict", because, strength="tension")

    def turn(self, value: Word, asked: Asked, tree: Tree) -> Turn:
        """Return the turn of an option: as the question lists them."""
        return asked.options.index(value.text), False


class YesNoKind(_WordKind):
    """Yes or no, which exclude each other."""

    name = "yes-no"
    can_be_many = False
    wanted = "yes or no"
    hint = "yes or no"
    examples = (("yes", "no"),)

    def parse(self, text: str, asked: Asked) -> Word:
        """Return `yes` or `no`. Raises UnreadableValue for anything else."""
        if text not in {"yes", "no"}:
            what = f"`{text}` is neither yes nor no"
            raise UnreadableValue(what, "yes, no")
        return Word(text)

    def turn(self, value: Word, asked: Asked, tree: Tree) -> Turn:
        """Return the turn of an answer: yes comes first."""
        return 0, value.text == "no"


class TextKind(_WordKind):
    """Texts: free words, which only people can compare."""

    name = "text"
    wanted = "a text"
    hint = "a few words"
    examples = (("a siege", "a blockade"),)
    for_people = True

    def parse(self, text: str, asked: Asked) -> Word:
        return Word(text)
