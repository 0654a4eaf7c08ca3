"""YAML read by yamlrocks, where it is installed and the text leaves no doubt what it holds.

yamlrocks is several times as fast as PyYAML. It also guesses numbers, obeys tags, takes texts that
are no YAML, and is as slow as PyYAML where it is to tell lines. So it reads only what both are
known to read alike, and the lines are found by how far the text is indented. What does not stand
there as the data say is left to PyYAML, as is any other text; that also tells what is wrong.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ledger.text import UNSAFE

try:
    from yamlrocks import OPT_DUPLICATE_KEYS_ERROR, YAMLRocksError, loads
except ImportError:
    INSTALLED = False
else:
    INSTALLED = True

if TYPE_CHECKING:
    from ledger.read.yaml_file import Data, Held, Marks

LONGEST_KEY: Final = 400
"""How many characters a key may have; PyYAML takes up to 1,024, with its quotes and spaces."""

_DOUBTFUL: Final = (
    # A sign that begins a text: of an anchor, an alias, a tag, a directive, a key set apart, or of
    # a block of lines, of which only the plainest are known to end alike.
    re.compile(r"[&*!?%|>](?<![^ \n\[{,:?-].)(?<![^ \n\[{,:?-] .)(?!(?<=[|>])-?\n)"),
    # A colon that stands apart from its key, begins a text, or is close to what follows.
    re.compile(r":(?<=[ \n\[{,-].)"),
    re.compile(r":(?![ \n/\w])"),
    # A number for a key, which would be found out late: the paragraphs of a document have them.
    re.compile(r": (?:(?<=[ {,\n]\d: )|(?<=[ {,\n]\d\d: ))"),
    re.compile(r"<<"),  # merges mappings
    re.compile(r"\n(?:---|\.\.\.)"),  # divides documents
    UNSAFE,
)


class _Doubt(Exception):  # noqa: N818 # not an error: PyYAML reads the text
    """It is not certain that PyYAML would read the same."""


def read_fast(text: str, deepest: int) -> tuple[Data, Marks] | None:
    """Return what a YAML text holds, and its lines; None where only PyYAML can tell.

    Lists and mappings may nest `deepest` deep.
    """
    if not INSTALLED:
        return None
    text = text.replace("\r\n", "\n")  # which YAML reads as the same
    if _is_doubtful(text):
        return None
    try:
        data = loads(text, option=OPT_DUPLICATE_KEYS_ERROR)
        return data, _Outline(text.split("\n"), deepest).marks(data)
    except (_Doubt, YAMLRocksError):
        return None
    except (LookupError, TypeError, ValueError):  # a key that is no text; fewer lines than data
        return None


def _is_doubtful(text: str) -> bool:
    if not text.endswith("\n") or "\t" in text or "\r" in text or "\\" in text:
        return True
    if text.startswith(("---", "...", *"&*!?%|>:")) and not text.startswith("---\n"):
        return True
    return any(sign.search(text) for sign in _DOUBTFUL)


class _Span(NamedTuple):
    """Where a list or mapping stands: its first line, the line after its last, and its column."""

    start: int
    end: int
    column: int


class _Outline:
    """Finds the lines of some data in its text, and texts that were taken for numbers.

    What is part of a thing is indented further than the thing. So what begins in the column of a
    mapping is its keys, and there must be as many as in the data, and so for the hyphens of a list.
    """

    def __init__(self, lines: list[str], deepest: int) -> None:
        self.lines = lines
        self.deepest = deepest

    def marks(self, data: object) -> Marks:
        """Return the lines of all data, and put texts where numbers are."""
        start = self._content(1 if self.lines[0] == "---" else 0)
        return start + 1, self._held(data, self._span(start, len(self.lines), 0), 1)

    def _held(self, data: object, span: _Span, depth: int) -> Held:
        """Return the lines of what a list or mapping holds."""
        if depth > self.deepest or (sign := self.lines[span.start][span.column]) == " ":
            raise _Doubt
        if sign in "[{":
            return self._in_brackets(data, span, depth)
        if isinstance(data, dict):
            return self._mapping(data, span, depth)
        if isinstance(data, list):
            return self._list(data, span, depth)
        raise _Doubt

    def _mapping(self, data: dict[str, Any], span: _Span, depth: int) -> dict[str, Marks]:
        _see_keys(data)
        # Each key begins a line: where there are no more lines, nothing goes beyond its own.
        begun: range | list[int] = range(span.start, span.end + 1)
        line_each = len(begun) == len(data) + 1
        if not line_each:
            begun = self._begun(span, hyphens=False)
        marks: dict[str, Marks] = {}
        for (key, value), (start, end) in zip(data.items(), pairwise(begun), strict=True):
            marks[key] = start + 1
            if line_each and type(value) is str:
                continue
            behind = self._behind(key, start, span.column)
            if type(value) is str:
                continue
            inner = self._span(start, end, span.column)
            if isinstance(value, dict | list):
                marks[key] = start + 1, self._below(value, behind, inner, depth)[1]
            else:
                data[key] = _one_word(behind, inner)
        return marks

    def _list(self, data: list[Any], span: _Span, depth: int) -> list[Marks]:
        marks: list[Marks] = []
        begun = self._begun(span, hyphens=True)
        for nth, (value, (start, end)) in enumerate(zip(data, pairwise(begun), strict=True)):
            behind = _without_comment(self.lines[start][span.column + 1 :])
            if isinstance(value, dict | list):
                inner = self._span(start, end, span.column + 1)
                marks.append(self._below(value, behind, inner, depth))
                continue
            if not behind:
                raise _Doubt
            marks.append(start + 1)
            if type(value) is not str:
                data[nth] = _one_word(behind, self._span(start, end, span.column))
        return marks

    def _below(self, data: object, behind: str, around: _Span, depth: int) -> tuple[int, Held]:
        """Return the lines of a list or mapping behind a key or hyphen; first where it begins."""
        start, end, column = around
        if behind:
            inner = around._replace(column=self.lines[start].index(behind, column))
            return start + 1, self._held(data, inner, depth + 1)
        start = self._content(start + 1)
        inner = _Span(start, end, _indentation(self.lines[start]))
        same = inner.column == column and _is_hyphen(self.lines[start], column)
        if start >= end or not (inner.column > column or same):
            raise _Doubt
        return start + 1, self._held(data, inner, depth + 1)

    def _in_brackets(self, data: object, span: _Span, depth: int) -> Held:
        """Return the lines of a list or mapping in brackets, which are on one."""
        if depth > self.deepest or span.end - span.start != 1:
            raise _Doubt
        line = span.start + 1
        if isinstance(data, dict):
            _see_keys(data)
            return dict(zip(data, self._in_brackets(list(data.values()), span, depth), strict=True))
        if not isinstance(data, list):
            raise _Doubt
        marks: list[Marks] = []
        for value in data:
            if type(value) is str:
                marks.append(line)
            else:
                marks.append((line, self._in_brackets(value, span, depth + 1)))
        return marks

    def _begun(self, span: _Span, *, hyphens: bool) -> list[int]:
        """Return the lines that begin with a key, or with a hyphen; and that after the last."""
        start, end, column = span
        deeper = " " * (column + 1)
        begun = [start]
        if _is_hyphen(self.lines[start], column) != hyphens:
            raise _Doubt
        for at in range(start + 1, end):
            line = self.lines[at]
            if line.startswith(deeper) or _is_nothing(line):
                continue
            if _is_hyphen(line, column) == hyphens:
                begun.append(at)
            if not line.startswith(deeper[1:]) or (hyphens and begun[-1] != at):
                raise _Doubt
        return [*begun, end]

    def _behind(self, key: str, at: int, column: int) -> str:
        """Return what stands behind a key on its line."""
        line = self.lines[at]
        written = f"{key}:"
        if not line.startswith(written, column):
            written = f"{line[column]}{key}{line[column]}:"
            if line[column] not in "'\"" or not line.startswith(written, column):
                raise _Doubt
        return _without_comment(line[column + len(written) :])

    def _span(self, start: int, end: int, column: int) -> _Span:
        """Return where something stands, without what stands between it and the next."""
        while end - start > 1 and _is_nothing(self.lines[end - 1]):
            end -= 1
        return _Span(start, end, column)

    def _content(self, at: int) -> int:
        """Return the first line from some line on that holds something."""
        while _is_nothing(self.lines[at]):
            at += 1
        return at


def _see_keys(data: dict[str, Any]) -> None:
    """Raise where a key is no text, or one so long that PyYAML may not take it for a key."""
    if len("".join(data)) > LONGEST_KEY and len(max(data, key=len)) > LONGEST_KEY:
        raise _Doubt


def _one_word(behind: str, span: _Span) -> str:
    """Return the text of a number, a yes, a no or a nothing."""
    if span.end - span.start != 1 or " " in behind:
        raise _Doubt
    return behind


def _is_hyphen(line: str, column: int) -> bool:
    return line[column : column + 2] in {"-", "- "}


def _is_nothing(line: str) -> bool:
    line = line.lstrip(" ")
    return not line or line[0] == "#"


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _without_comment(text: str) -> str:
    return text.partition(" #")[0].strip(" ")
