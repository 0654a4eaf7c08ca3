"""Insertion: where new keys and entries of a YAML text are written, in the way of the others."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from ledger.edit.layout import Node
from ledger.edit.render import block, dashed, entry, flow, flow_entry
from ledger.edit.revision import ByHandError, comma_in, replaced
from ledger.edit.splice import Splice, joined, line_break, line_end, line_start, next_line
from ledger.read.yaml_file import Data

MANY_KEYS: Final = 3
"""An entry of a list with more keys than this is set off by a blank line."""

MODELINE: Final = "# yaml-language-server:"
"""What a comment begins with that is about the whole file."""


def added(
    text: str, path: Sequence[Node], pairs: Mapping[str, Data], order: Sequence[str]
) -> list[Splice]:
    """Return what writes some keys, one after the other, into the last mapping on a path.

    They stand where `order` puts the first of them, or the alphabet if the mapping follows it.
    Raises ByHandError if it is no mapping.
    """
    if not path:
        return [added_to_nothing(text, block(dict(pairs)))]
    node = path[-1]
    if node.is_empty and node.flow and path[-2:-1] and path[-2].kind == "sequence":
        return _into_brackets(text, node, _flow_entries(pairs), 0)
    if node.is_empty and len(path) > 1:
        return [replaced(text, path, dict(pairs))]
    if node.is_empty:
        end = added_to_nothing(text, block(dict(pairs)))
        return [Splice(node.start, node.end), end]
    if node.kind != "mapping":
        message = "is no mapping"
        raise ByHandError(message)
    if node.flow:
        return _into_brackets(text, node, _flow_entries(pairs), len(node.values))
    return [_among_keys(text, path, pairs, order)]


def _flow_entries(pairs: Mapping[str, Data]) -> list[str]:
    return [flow_entry(key, value) for key, value in pairs.items()]


def inserted(text: str, node: Node, nth: int, items: Sequence[Data]) -> list[Splice]:
    """Return what writes entries into a list that has some, before the one at a position."""
    if node.flow:
        return _into_brackets(text, node, list(map(flow, items)), nth)
    airy = [""] if _is_airy(text, node) else []
    if nth == 0:
        lines = [line for item in items for line in (*dashed(item, node.column), *airy)]
        start = _above(text, line_start(text, node.values[0].start))
        return [Splice(start, start, joined(text, [*lines, ""]))]
    lines = [line for item in items for line in (*airy, *dashed(item, node.column))]
    return [_after(text, _with_comments(text, node.end_of(nth - 1), node.column), lines)]


def added_to_nothing(text: str, lines: Sequence[str]) -> Splice:
    """Return what writes some lines at the end of a text that held nothing, or only comments."""
    between = "" if not text or text.endswith("\n") else line_break(text)
    return Splice(len(text), len(text), between + joined(text, [*lines, ""]))


def _among_keys(
    text: str, path: Sequence[Node], pairs: Mapping[str, Data], order: Sequence[str]
) -> Splice:
    node = path[-1]
    nth = _turn(node, next(iter(pairs)), order)
    lines = [line for key, value in pairs.items() for line in entry(key, value, node.column)]
    if nth == 0:
        start = line_start(text, node.keys[0].start)
        above = _above(text, start)
        # A comment at the top may be about the first entry or about the file: both stay there.
        if above == start or not _is_top(text, above):
            return Splice(above, above, joined(text, [*lines, ""]))
        nth = 1
    if order and len(path) == 1 and len(lines) > 1:
        lines.insert(0, "")  # a dossier's sections stand apart
    return _after(text, _with_comments(text, node.end_of(nth - 1), node.column), lines)


def _turn(node: Node, key: str, order: Sequence[str]) -> int:
    """Return before which of a mapping's keys a new one belongs."""
    names = [one.text for one in node.keys]
    if key in order:
        before = set(order[: order.index(key)])
        return max((nth for nth, name in enumerate(names, start=1) if name in before), default=1)
    if len(names) > 1 and _is_sorted(names):
        return bisect(names, key)
    # The first may stand out of its turn, below a comment at the top.
    if len(names) > 2 and _is_sorted(names[1:]):  # noqa: PLR2004 # two that are in their order
        return bisect(names, key, lo=1)
    return len(names)


def _is_sorted(names: Iterable[str]) -> bool:
    return all(one < other for one, other in pairwise(names))


def _above(text: str, start: int) -> int:
    """Return where the comments begin that introduce a line: those right above it."""
    while start > 0:
        above = line_start(text, start - 1)
        line = text[above:start].strip()
        if not line.startswith("#") or line.startswith(MODELINE):
            break
        start = above
    return start


def _is_top(text: str, at: int) -> bool:
    """Return whether nothing stands above a line but what is about the whole file."""
    above = text[:at].splitlines()
    return all(line.startswith((MODELINE, "---")) for line in above)


def _into_brackets(text: str, node: Node, written: Sequence[str], nth: int) -> list[Splice]:
    """Return what writes entries into brackets, before the entry at a position."""
    if not node.values:
        opening = text.index("{" if node.kind == "mapping" else "[", node.start) + 1
        return [Splice(opening, opening, ", ".join(written))]
    starts = [one.start for one in (node.keys or node.values)]
    if nth < len(starts):
        return [Splice(starts[nth], starts[nth], "".join(f"{one}, " for one in written))]
    end = node.end_of(nth - 1)
    comma = comma_in(text, end, node.end - 1)
    if "\n" in text[end : node.end] and not text[line_start(text, starts[-1]) : starts[-1]].strip():
        return _on_lines_of_their_own(text, (starts[-1], end, comma), written)
    if comma >= 0:
        return [Splice(comma + 1, comma + 1, f" {', '.join(written)}")]
    return [Splice(end, end, "".join(f", {one}" for one in written))]


def _on_lines_of_their_own(
    text: str, last: tuple[int, int, int], written: Sequence[str]
) -> list[Splice]:
    """Return what writes entries below the last one, which has its line to itself.

    `last` is where that begins, where it ends, and where its comma is; -1 if it has none.
    """
    start, end, comma = last
    indent = text[line_start(text, start) : start]
    after = line_end(text, max(end, comma))
    lines = [f"{indent}{one}" for one in written]
    listed = f",{line_break(text)}".join(lines) + ("," if comma >= 0 else "")
    below = Splice(after, after, line_break(text) + listed)
    if comma >= 0:
        return [below]
    if after == end:
        return [Splice(end, end, "," + below.written)]
    return [Splice(end, end, ","), below]


def _after(text: str, end: int, lines: Sequence[str]) -> Splice:
    """Return what writes some lines after the one on which something ends."""
    at = line_end(text, end)
    written = joined(text, ["", *lines])
    return Splice(at, at, written + (line_break(text) if at == len(text) else ""))


def _with_comments(text: str, end: int, column: int) -> int:
    """Return where the comments end that follow what ends, indented deeper than a column."""
    while (at := line_end(text, end)) < len(text):
        begins = next_line(text, at)
        following = text[begins : line_end(text, begins)]
        indent = len(following) - len(following.lstrip(" "))
        if not following[indent:].startswith("#") or indent <= column:
            break
        end = begins + len(following)
    return end


def _is_airy(text: str, node: Node) -> bool:
    """Return whether blank lines divide a list's entries, or would if there were two."""
    if len(node.values) > 1:
        last, one = node.values[-1], node.values[-2]
        return "" in [line.strip() for line in text[one.end : last.start].splitlines()[1:-1]]
    return len(node.values[0].keys) > MANY_KEYS
