"""Footnotes: marks such as `[i]`, `[1]` or `[a]` in the paragraphs, and the notes they lead to.

A note is a paragraph that begins with its mark. The numbering of notes may restart: notes that
follow each other without a mark coming again make a list, and a mark leads to the list that
ends its part of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

_ONE: Final = r"(?:[0-9]{1,3}|[ivxlc]{1,7}|[a-z]|[*†‡§]{1,3})"
_MARKS: Final = re.compile(rf"\[\s*({_ONE}(?:\s*,\s*{_ONE})*)\s*\]")
_NOTE: Final = re.compile(rf"\s*\[\s*({_ONE})\s*\][.:]?\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Note:
    """A note: the number of the paragraph that it is, its mark and its text without the mark."""

    number: int
    mark: str
    text: str


@dataclass(slots=True)
class _Part:
    """A run of paragraphs with the marks in them, and the lists of notes that end it."""

    marks: list[tuple[int, str]] = field(default_factory=list)
    lists: list[dict[str, Note]] = field(default_factory=list)


def notes_in(paragraphs: Sequence[str]) -> dict[int, Note]:
    """Return the notes of a text by the numbers of their paragraphs."""
    return {
        number: Note(number, match[1], paragraph[match.end() :].strip())
        for number, paragraph in enumerate(paragraphs, start=1)
        if (match := _NOTE.match(paragraph))
    }


def marked_notes(paragraphs: Sequence[str]) -> dict[int, list[Note]]:
    """Return the notes that each paragraph's marks lead to, in order, each once a paragraph."""
    notes = notes_in(paragraphs)
    found: dict[int, list[Note]] = {}
    earlier: list[dict[str, Note]] = []
    for part in _parts(paragraphs, notes):
        for number, note in _matched(part, earlier):
            held = found.setdefault(number, [])
            if note not in held:
                held.append(note)
        earlier = part.lists or earlier
    return found


def _parts(paragraphs: Sequence[str], notes: dict[int, Note]) -> Iterator[_Part]:
    """Yield the parts of a text, each of which ends with its notes."""
    part = _Part()
    for number, paragraph in enumerate(paragraphs, start=1):
        note = notes.get(number)
        if note is None:
            marks = list(_marks(paragraph))
            if marks and part.lists:
                yield part
                part = _Part()
            part.marks += [(number, mark) for mark in marks]
        elif part.lists and note.mark not in part.lists[-1]:
            part.lists[-1][note.mark] = note
        else:
            part.lists.append({note.mark: note})
    yield part


def _marks(paragraph: str) -> Iterator[str]:
    for match in _MARKS.finditer(paragraph):
        yield from re.split(r"\s*,\s*", match[1])


def _matched(part: _Part, earlier: list[dict[str, Note]]) -> Iterator[tuple[int, Note]]:
    """Yield each mark's paragraph and note.

    Where several lists stand together, the next one begins when all of a list's notes were
    marked and its first mark comes again.
    """
    lists = part.lists or earlier
    nth, seen = 0, set[str]()
    for number, mark in part.marks:
        if nth + 1 < len(lists) and seen >= lists[nth].keys() and mark == next(iter(lists[nth])):
            nth, seen = nth + 1, set()
        seen.add(mark)
        inside = next((held for held in lists[nth:] + lists[:nth] if mark in held), None)
        if inside is not None:
            yield number, inside[mark]
