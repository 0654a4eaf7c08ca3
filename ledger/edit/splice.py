"""Splice: parts of a text give way to others, and its lines and line breaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Splice(NamedTuple):
    """What is written in a text in the place of the characters from `start` up to `end`.

    With `takes_comments`, comments in that part go with it; else each must stand in `written`.
    """

    start: int
    end: int
    written: str = ""
    takes_comments: bool = False


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """Return a text in which parts gave way to others. They must not overlap."""
    parts, at = [], 0
    for one in sorted(splices, key=lambda one: one[:2]):
        parts += [text[at : one.start], one.written]
        at = one.end
    return "".join([*parts, text[at:]])


def line_end(text: str, at: int) -> int:
    """Return where the line of a character ends, before its line break."""
    end = text.find("\n", at)
    if end < 0:
        return len(text)
    return end - 1 if end > at and text[end - 1] == "\r" else end


def next_line(text: str, at: int) -> int:
    """Return where the line after that of a character begins; the end of the text if none does."""
    return text.find("\n", at) + 1 or len(text)


def line_start(text: str, at: int) -> int:
    """Return where the line of a character begins."""
    return text.rfind("\n", 0, at) + 1


def line_break(text: str) -> str:
    """Return the line breaks that a text has."""
    return "\r\n" if "\r\n" in text else "\n"


def joined(text: str, lines: Sequence[str]) -> str:
    """Return lines joined by the line breaks that a text has."""
    return line_break(text).join(lines)
