"""How text, fields and rows are set in a terminal: at its width, and as well without one.

Width is counted in cells, so that wide and combining characters stand in line. Nothing needs
colour or lines to be understood: columns stand two spaces apart, and where they do not fit, each
row is set as a block of its own, every field behind its name.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import pairwise, zip_longest
from typing import Final, NamedTuple

import click

STRONG, MATCH, END = "\ufdd0", "\ufdd1", "\ufdd2"
"""Marks around what a terminal shows bold, or as a match: noncharacters, so no text has them."""

STYLES: Final = {STRONG: "\x1b[1m", MATCH: "\x1b[1;31m", END: "\x1b[0m"}

WIDEST: Final = 100
"""How wide running text is set at most, however wide the terminal is."""

GAP: Final = 2
"""How many cells stand between two columns."""

NARROW: Final = 16
"""How narrow a column of running text becomes before rows are set as blocks."""

_MARKS: Final = re.compile(f"[{STRONG}{MATCH}{END}]")
_UNSEEN: Final = re.compile(
    f"[\x00-\x08\x0e-\x1b\x7f-\x9f\u202a-\u202e\u2066-\u2069{STRONG}{MATCH}{END}]"
)
NEWLINE: Final = "\n"
"""What parts the paragraphs of a cell."""

# Latin letters, and the dashes, dots and quotation marks that go with them.
_SINGLE: Final = re.compile("[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027]*")
_JOINER: Final = "\u200d"


class Column(NamedTuple):
    """A column: its heading, whether figures stand in it, at the right."""

    heading: str
    right: bool = False


def strong(text: str) -> str:
    """Return a text that is bold on a terminal."""
    return f"{STRONG}{text}{END}" if text else text


def clean(text: object, *, marked: bool = False) -> str:
    """Return a text on one line whose control characters are spelled, so that none acts.

    The marks of this module are kept only in a text that is said to be marked.
    """
    kept = (STRONG, MATCH, END) if marked else ()
    spelled = _UNSEEN.sub(
        lambda found: found[0] if found[0] in kept else ascii(found[0])[1:-1], str(text)
    )
    return " ".join(spelled.split())


def terminal_width() -> int:
    """Return how many columns there are: COLUMNS, else those of a terminal, else 80."""
    given = os.environ.get("COLUMNS", "")
    if given.isascii() and given.isdigit() and int(given) > 0:
        return int(given)
    for number in (1, 2, 0):  # piped into a pager, only the last two are the terminal
        with suppress(OSError):
            if columns := os.get_terminal_size(number).columns:
                return columns
    return 80


def tell(lines: Iterable[str]) -> None:
    """Print lines, bold and colour only on a terminal that wants them."""
    styled = _is_styled()
    click.echo("\n".join(_painted(line, styled=styled) for line in lines), color=styled)


def cells(text: str) -> int:
    """Return how many cells of a terminal a text takes; marks take none."""
    if text.isascii():
        return len(text)
    plain = _MARKS.sub("", text)
    if _SINGLE.fullmatch(plain):
        return len(plain)
    from rich.cells import cell_len  # noqa: PLC0415 # most texts do without it

    return cell_len(plain)


def wrap(text: str, width: int, *, breaking: bool = False) -> list[str]:
    """Return a text in lines of at most some cells, at least one line; marks end with each line.

    A word that is wider stands on a line of its own, whole unless `breaking`: an address or an id
    is there to be copied.
    """
    lines: list[str] = []
    line, taken = "", 0
    for piece, spaced in _pieces(text, width if breaking else 0):
        size, space = cells(piece), 1 if spaced and line else 0
        if line and taken + space + size > width:
            lines.append(line)
            line, taken, space = "", 0, 0
        line += " " * space + piece
        taken += space + size
    return _closed([*lines, line])


def set_text(text: str, width: int, indent: int = 0, hang: int = 0) -> list[str]:
    """Return running text in lines, indented, every line but the first by `hang` more."""
    lines = wrap(text, max(min(width, WIDEST) - indent - hang, 1))
    return [" " * (indent + (hang if turn else 0)) + line for turn, line in enumerate(lines)]


def set_fields(fields: Sequence[tuple[str, str]], width: int) -> list[str]:
    """Return fields in lines, the names in one column and the values beside it.

    Fields without a value are left out.
    """
    told = [(name, value) for name, value in fields if value]
    taken = max((cells(name) for name, _ in told), default=0) + GAP
    room = max(min(width, WIDEST) - taken, NARROW)
    return [
        (f"{name}{' ' * (taken - cells(name))}" if turn == 0 else " " * taken) + line
        for name, value in told
        for turn, line in enumerate(wrap(value, room))
    ]


def set_table(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Return rows in lines under their headings, or as blocks where the columns do not fit.

    A cell may have several paragraphs. A row of more than one line stands between empty ones.
    """
    widths = _widths(columns, rows, width)
    if not rows:
        return []
    if widths is None:
        return _blocks(columns, rows, width)
    headings = [strong(column.heading) for column in columns]
    head, *body = [_row(columns, row, widths) for row in [headings, *rows]]
    lines = [*head]
    for before, row_lines in pairwise([[], *body]):
        lines += [""] if before and max(len(before), len(row_lines)) > 1 else []
        lines += row_lines
    return lines


def _widths(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int
) -> list[int] | None:
    """Return how wide each column is, or None if there is no room for the words of all."""
    held = [[column.heading, *(row[turn] for row in rows)] for turn, column in enumerate(columns)]
    wished = [max(cells(line) for text in texts for line in text.split(NEWLINE)) for texts in held]
    least = [
        max(
            min(wish, NARROW),
            max((cells(piece) for text in texts for piece, _ in _pieces(text, 0)), default=0),
        )
        for wish, texts in zip(wished, held, strict=True)
    ]
    room = width - GAP * (len(columns) - 1)
    if sum(wished) <= room:
        return wished
    spare = room - sum(least)
    if spare < 0:
        return None
    wanting = [wish - need for wish, need in zip(wished, least, strict=True)]
    return [need + spare * more // sum(wanting) for need, more in zip(least, wanting, strict=True)]


def _row(columns: Sequence[Column], row: Sequence[str], widths: Sequence[int]) -> list[str]:
    told = [
        [line for part in text.split(NEWLINE) for line in wrap(part, width)]
        for text, width in zip(row, widths, strict=True)
    ]
    lines = []
    for parts in zip_longest(*told, fillvalue=""):
        padded = [
            _padded(part, width, right=column.right)
            for part, width, column in zip(parts, widths, columns, strict=True)
        ]
        lines.append((" " * GAP).join(padded).rstrip())
    return lines


def _padded(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - cells(text))
    return f"{space}{text}" if right else f"{text}{space}"


def _blocks(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    lines: list[str] = []
    for turn, row in enumerate(rows):
        lines += [""] if turn else []
        first, *rest = row[0].split(NEWLINE)
        lines += set_text(strong(first), width)
        lines += [line for part in rest for line in set_text(part, width, 2, 2)]
        told = " · ".join(
            f"{column.heading}: {text.replace(NEWLINE, ', ')}"
            for column, text in zip(columns[1:], row[1:], strict=True)
            if text
        )
        lines += set_text(told, width, 2, 2) if told else []
    return lines


def _pieces(text: str, longest: int) -> Iterator[tuple[str, bool]]:
    """Yield what a line may end after, and whether a space stands before it.

    Those are words, every wide character of a word, and if `longest` is not 0, so many cells.
    """
    for word in text.split():
        parts = [word] if word.isascii() else _parted(word)
        if longest:
            parts = [chunk for part in parts for chunk in _chunks(part, longest)]
        for turn, part in enumerate(parts):
            yield part, turn == 0


def _parted(word: str) -> list[str]:
    """Return a word in parts that a line may end between: before and after wide characters."""
    parts: list[str] = []
    wide = False
    for sign in word:
        size = cells(sign)
        joined = bool(parts) and parts[-1].endswith(_JOINER)
        if not parts or (size and not joined and (wide or size > 1)):
            parts.append(sign)
        else:
            parts[-1] += sign
        wide = size > 1 if size else wide
    return parts


def _chunks(part: str, longest: int) -> list[str]:
    chunks = [""]
    for sign in part:
        if cells(chunks[-1] + sign) > longest and cells(sign) and chunks[-1]:
            chunks.append("")
        chunks[-1] += sign
    return chunks


def _closed(lines: list[str]) -> list[str]:
    """Return lines of which each ends the mark that is open at its end, and the next begins it."""
    if all(line.isascii() for line in lines):
        return lines
    closed, style = [], ""
    for line in lines:
        told = style + line
        for mark in _MARKS.findall(line):
            style = "" if mark == END else mark
        closed.append(told + END if style else told)
    return closed


def _is_styled() -> bool:
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return wanted and sys.stdout is not None and sys.stdout.isatty()


def _painted(line: str, *, styled: bool) -> str:
    return _MARKS.sub(lambda found: STYLES[found[0]] if styled else "", line)
