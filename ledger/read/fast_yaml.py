"""YAML read by yamlrocks, where it is installed and the text leaves no doubt what it holds.

yamlrocks is several times as fast as PyYAML. It also guesses numbers, obeys tags, takes texts
that are no YAML, and knows where a value stands but not where its key does. So it reads only what
both are known to read alike; the lines come from where values stand, and from the text. Any other
text is left to PyYAML, which tells what is wrong with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle
from typing import TYPE_CHECKING, Any, Final

from ledger.text import UNSAFE

try:
    from yamlrocks import OPT_DUPLICATE_KEYS_ERROR, OPT_ROUND_TRIP, YAMLRocksError, loads
except ImportError:
    INSTALLED = False
else:
    INSTALLED = True

if TYPE_CHECKING:
    from yamlrocks import YAMLRocksNode

    from ledger.read.yaml_file import Data, Held, Marks

LONGEST: Final = 1_000_000
"""How many characters a text may have: yamlrocks holds some 45 bytes for each while it reads."""

MOST_KEYS: Final = 2_000
"""How many keys a mapping may have that are asked where they stand: each is searched for."""

LONGEST_KEY: Final = 400
"""How many characters a key may have; PyYAML takes up to 1,024, with its quotes and spaces."""

_DOUBTFUL: Final = (
    # A sign that begins a text: of an anchor, an alias, a tag, a directive, a key set apart, or of
    # a block of lines, of which only the plainest are known to end alike.
    re.compile(r"[&*!?%|>](?<![^ \n\[{,:?-].)(?<![^ \n\[{,:?-] .)(?!(?<=[|>])-?\n)"),
    # A colon that stands apart from its key, begins a text, or is close to what follows.
    re.compile(r":(?<=[ \n\[{,-].)"),
    re.compile(r":(?![ \n/\w])"),
    re.compile(r"<<"),  # merges mappings
    re.compile(r"\n(?:---|\.\.\.)"),  # divides documents
    UNSAFE,
)

_BLOCK: Final = re.compile(r"[|>]-?\n")
"""The sign of a text that is written below it, where it ends its line."""


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
    raw = text.encode()
    try:
        document = loads(raw, option=OPT_ROUND_TRIP | OPT_DUPLICATE_KEYS_ERROR)
        data = document.to_dict()
        return data, _Finder(raw, deepest).marks(data, document.node, 1)
    except (_Doubt, YAMLRocksError):
        return None
    except (AttributeError, LookupError, TypeError):  # keys that are no texts; a later release
        return None


def _is_doubtful(text: str) -> bool:
    if len(text) > LONGEST or not text.endswith("\n"):
        return True
    if "\t" in text or "\r" in text or "\\" in text:
        return True
    if text.startswith(("---", "...", *"&*!?%|>:")) and not text.startswith("---\n"):
        return True
    if any(sign.search(text) for sign in _DOUBTFUL):
        return True
    return any("[" in line or "{" in line for line in _lines_above_blocks(text))


def _lines_above_blocks(text: str) -> Iterator[str]:
    """Yield each line below which a text is written; in brackets none can be."""
    for found in _BLOCK.finditer(text):
        yield text[text.rfind("\n", 0, found.start()) + 1 : found.start()]


class _Finder:
    """Finds the lines of some data in its text, and texts that were taken for numbers."""

    def __init__(self, raw: bytes, deepest: int) -> None:
        self.raw = raw
        self.deepest = deepest

    def marks(self, data: object, node: YAMLRocksNode, depth: int) -> tuple[int, Held]:
        """Return the lines of a list or mapping, and put texts where numbers are."""
        first, _, last, _ = node.range()
        flow = node.style == "flow"
        if depth > self.deepest or (flow and first != last):
            raise _Doubt
        if isinstance(data, dict):
            if flow and self.raw[node.offset : node.offset + 1] != b"{":
                raise _Doubt  # [key: value], of which only the key's end is known
            return first, self._of_mapping(data, node, depth, range(first, last + 1))
        if isinstance(data, list):
            return first, self._of_list(data, node, depth)
        raise _Doubt

    def _of_mapping(
        self, data: dict[str, Any], node: YAMLRocksNode, depth: int, lines: range
    ) -> dict[str, Marks]:
        _see_keys(data)
        # Each key of a block begins a line: where there are no more lines, no value goes beyond.
        line_each = len(lines) in {1, len(data)}
        keys = zip(data, cycle(lines), strict=False) if line_each else self._keys(data, node)
        marks: dict[str, Marks] = {}
        for key, line in keys:
            value = data[key]
            if type(value) is str:
                marks[key] = line
            elif isinstance(value, dict | list):
                held = self._on_one_line(value, line, depth + 1) if line_each else None
                marks[key] = line, held or self.marks(value, node[key], depth + 1)[1]
            else:
                data[key] = self._written(node[key])
                marks[key] = line
        return marks

    def _of_list(self, data: list[Any], node: YAMLRocksNode, depth: int) -> list[Marks]:
        marks: list[Marks] = []
        block = node.style != "flow"
        for nth, value in enumerate(data):
            inner = node[nth]
            if block and self.raw[inner.offset - 2 : inner.offset] != b"- ":
                self._see_hyphen(inner)
            if isinstance(value, dict | list):
                marks.append(self.marks(value, inner, depth + 1))
                continue
            marks.append(inner.line)
            if type(value) is not str:
                data[nth] = self._written(inner)
        return marks

    def _on_one_line(self, data: dict[str, Any] | list[Any], line: int, depth: int) -> Held | None:
        """Return the marks of what stands on one line; None where that is to be looked at."""
        if depth > self.deepest:
            return None
        marks: list[Marks] = []
        for value in data.values() if isinstance(data, dict) else data:
            if type(value) is str:
                marks.append(line)
                continue
            held = None
            # A mapping in a list may lack its braces, and then goes on below unnoticed.
            nests = isinstance(value, list) or (isinstance(value, dict) and isinstance(data, dict))
            if nests:
                held = self._on_one_line(value, line, depth + 1)
            if held is None:
                return None
            marks.append((line, held))
        if isinstance(data, dict):
            _see_keys(data)
            return dict(zip(data, marks, strict=True))
        return marks

    def _keys(self, data: dict[str, Any], node: YAMLRocksNode) -> Iterator[tuple[str, int]]:
        """Yield the keys of a block, each with its line."""
        if len(data) > MOST_KEYS:
            raise _Doubt
        for key in data:
            before, line = self._before(node[key])
            if before.lstrip(b" -").decode() not in {f"{key}:", f"'{key}':", f'"{key}":'}:
                raise _Doubt
            yield key, line

    def _see_hyphen(self, node: YAMLRocksNode) -> None:
        """Raise where a text goes on below a list: yamlrocks takes it for one more of the list."""
        before, _ = self._before(node)
        if before.strip(b" -") or not before.endswith(b"-"):
            raise _Doubt

    def _before(self, node: YAMLRocksNode) -> tuple[bytes, int]:
        """Return what a value stands behind (a key and its colon, a hyphen), and the line of it."""
        line, end = node.line, node.offset
        start = self.raw.rfind(b"\n", 0, end) + 1
        before = self.raw[start:end].rstrip(b" ")
        while not before:
            if not start or node.style != "block":
                raise _Doubt
            line, end = line - 1, start - 1
            start = self.raw.rfind(b"\n", 0, end) + 1
            before = (b" " + self.raw[start:end]).partition(b" #")[0].rstrip(b" ")
        return before, line

    def _written(self, node: YAMLRocksNode) -> str:
        """Return the text of a number, a yes, a no or a nothing."""
        if node.style != "plain":
            raise _Doubt
        return self.raw[node.offset : node.end_offset].decode()


def _see_keys(data: dict[str, Any]) -> None:
    """Raise where a key is no text, or one so long that PyYAML may not take it for a key."""
    if len("".join(data)) > LONGEST_KEY and len(max(data, key=len)) > LONGEST_KEY:
        raise _Doubt
