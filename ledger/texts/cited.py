"""What each paragraph of a text cites: its source groups, its notes, a text reprinted with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ledger.texts.footnotes import marked_notes, notes_in
from ledger.texts.groups import take_groups
from ledger.texts.references import is_reference, outlets_named, repeats_the_one_before
from ledger.texts.resolve import Names, split_names

_ACCOMPANYING: Final = re.compile(
    r"\baccompanying(?:\s+\w+){0,3}\s+(?:article|report|text|excerpt|passage|story|interview)\b",
    re.I,
)


def cited_in(paragraphs: Sequence[str], names: Names) -> dict[int, list[str]]:
    """Return the outlets that each paragraph cites, as printed, repeats kept, by its number.

    A paragraph cites, in this order: an accompanying article that it speaks of; the outlets of
    its notes; those of the source groups at its end. A note, and a paragraph that is nothing
    but a reference, cites what it names; an accompanying article, what its reference names.
    """
    notes = _outlets_of_notes(paragraphs, names)
    marked = marked_notes(paragraphs)
    reprinted, spoken_of = _reprinted(paragraphs, names)
    cited: dict[int, list[str]] = {}
    for number, paragraph in enumerate(paragraphs, start=1):
        if number in notes:
            cited[number] = notes[number]
            continue
        found = list(reprinted.get(number, spoken_of.get(number, [])))
        for note in marked.get(number, []):
            found += notes[note.number]
        for group in take_groups(paragraph).groups:
            found += split_names(group, names.knows)
        cited[number] = found
    return cited


def _outlets_of_notes(paragraphs: Sequence[str], names: Names) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    before: list[str] = []
    for number, note in notes_in(paragraphs).items():
        again = repeats_the_one_before(note.text)
        before = before[-1:] if again else outlets_named(note.text, names)
        found[number] = before
    return found


def _reprinted(
    paragraphs: Sequence[str], names: Names
) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Return the outlets of reprinted paragraphs, and of those that speak of a reprinted text.

    A reference that is a paragraph of its own heads a reprinted text, down to the next note or
    reference, if an earlier paragraph speaks of the accompanying article. If none does, it is
    only a reference.
    """
    notes = notes_in(paragraphs)
    reprinted: dict[int, list[str]] = {}
    spoken_of: dict[int, list[str]] = {}
    waiting: list[int] = []
    outlets: list[str] = []
    for number, paragraph in enumerate(paragraphs, start=1):
        if number in notes:
            outlets = []
        elif is_reference(paragraph):
            named = outlets_named(paragraph, names)
            outlets = named if waiting or outlets else []
            spoken_of |= dict.fromkeys(waiting, named)
            reprinted[number] = named
            waiting = []
        elif outlets:
            reprinted[number] = outlets
        elif _ACCOMPANYING.search(paragraph):
            waiting.append(number)
    return reprinted, spoken_of
