"""Source groups: `(Sources: A, B, B)` at the end of a paragraph, however it is spaced."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_OPENING: Final = re.compile(r"[(\[]\s*sources?\s*[::]", re.I)
_CLOSED_BY: Final = {"(": ")", "[": "]"}
_AFTER: Final = re.compile(r"(?:[\s.,;)\]…\"'”’»]|\[[\w*†‡, ]{1,12}\])*")


@dataclass(frozen=True, slots=True)
class Grouped:
    """A paragraph without the source groups at its end, and what each group lists, in order."""

    text: str
    groups: tuple[str, ...]


def take_groups(paragraph: str) -> Grouped:
    """Return a paragraph parted from its source groups.

    A group that is never closed ends with the paragraph. Marks of notes and full stops may
    stand behind a group; words may not.
    """
    groups: list[str] = []
    text = paragraph
    while group := _last_group(text):
        start, listed, after = group
        groups.insert(0, listed)
        text = text[:start].rstrip() + after
    return Grouped(text, tuple(groups))


def _last_group(text: str) -> tuple[int, str, str] | None:
    """Return where the last group begins, what it lists and what follows it; None if none ends."""
    for opening in reversed(list(_OPENING.finditer(text))):
        end = _end_of(text, opening.start())
        after = text[end + 1 :]
        if _AFTER.fullmatch(after):
            return opening.start(), text[opening.end() : end], after.strip(" .,;…\t\xa0")
    return None


def _end_of(text: str, start: int) -> int:
    """Return where the bracket that opens at a place is closed, or the text's end."""
    opens = text[start]
    closes = _CLOSED_BY[opens]
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] == opens) - (text[at] == closes)
        if depth == 0:
            return at
    return len(text)
