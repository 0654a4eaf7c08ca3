"""Revision: from one value of a YAML text to another, changing only the lines that must.

A mapping changes key by key, a list entry by entry, a text in the way it was written.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from ledger.edit.comments import has_comment
from ledger.edit.layout import Node
from ledger.edit.render import behind, flow, is_escaped, quoted, scalar
from ledger.edit.splice import Splice, joined, line_end, line_start, next_line
from ledger.problems import LedgerError
from ledger.read.yaml_file import Data

NARROWEST: Final = 40
"""How long the lines of a folded text are at least."""

_ANCHOR: Final = re.compile(r"&[\w-]+\s+")
_HEAD: Final = re.compile(r"([|>])([-+]?)")


class ByHandError(LedgerError):
    """A change cannot be made without changing anything else; with `keys` it tells where."""

    def __init__(self, why: str, keys: Sequence[str | int] = ()) -> None:
        told = f"`{'.'.join(map(str, keys))}` {why}: edit the file by hand" if keys else why
        super().__init__(told)
        self.is_told = bool(keys)


def revisions(text: str, path: Sequence[Node], old: Data, new: Data) -> Iterator[Splice]:
    """Yield what gives way so that the last value on a path, which holds `old`, holds `new`.

    Keys and entries that are not there yet are left to be added. Raises ByHandError where that
    cannot be.
    """
    node = path[-1]
    if old == new:
        return
    if (
        node.kind == "mapping"
        and isinstance(old, dict)
        and isinstance(new, dict)
        and old.keys() & new
    ):
        yield from _of_mapping(text, path, old, new)
    elif (
        node.kind == "sequence" and isinstance(old, list) and isinstance(new, list) and old and new
    ):
        yield from _of_list(text, path, old, new)
    else:
        in_its_way = isinstance(new, str) and _rewritten(text, path, new)
        yield in_its_way or replaced(text, path, new)


def _of_mapping(
    text: str, path: Sequence[Node], old: Mapping[str, Data], new: Mapping[str, Data]
) -> Iterator[Splice]:
    node = path[-1]
    gone = {nth for nth, key in enumerate(node.keys) if key.text not in new}
    yield from removals(text, node, gone)
    for key, value in zip(node.keys, node.values, strict=True):
        if key.text in new:
            yield from revisions(text, [*path, value], old[key.text], new[key.text])


def _of_list(
    text: str, path: Sequence[Node], old: Sequence[Data], new: Sequence[Data]
) -> Iterator[Splice]:
    node = path[-1]
    first = same_at_start(old, new)
    last = same_at_start(old[first:][::-1], new[first:][::-1])
    ours, theirs = range(first, len(old) - last), range(first, len(new) - last)
    for nth in range(first, min(ours.stop, theirs.stop)):
        yield from revisions(text, [*path, node.values[nth]], old[nth], new[nth])
    yield from removals(text, node, set(range(theirs.stop, ours.stop)))


def same_at_start(some: Sequence[Data], others: Sequence[Data]) -> int:
    """Return how many entries two lists have in common at their beginning."""
    pairs = enumerate(zip(some, others, strict=False))
    return next((nth for nth, (a, b) in pairs if a != b), min(len(some), len(others)))


def _rewritten(text: str, path: Sequence[Node], new: str) -> Splice | None:
    """Return a text written as the old one is; None where nothing, or something else, is."""
    node = path[-1]
    if node.kind != "scalar" or node.start == node.end:
        return None
    anchor = _ANCHOR.match(text, node.start, node.end)
    start = anchor.end() if anchor else node.start
    if node.style in {"|", ">"}:
        written = _in_lines(text, node, start, new)
    elif node.style:
        written = quoted(new, node.style)
    else:
        written = scalar(new, flow=any(one.flow for one in path[:-1]))
    return None if written is None else Splice(start, node.end, written)


def _in_lines(text: str, node: Node, start: int, new: str) -> str | None:
    """Return a text after | or > as the old one is; None if it cannot stand so."""
    body = new.removesuffix("\n")
    head_end = line_end(text, start)
    head = _HEAD.match(text, start)
    lines = [line for line in text[head_end : node.end].splitlines() if line.strip()]
    kept = head is None or head[2] == "+" or text[head.end() : head_end][:1].isdigit() or not lines
    as_it_is = body and not body[0].isspace() and not is_escaped(body.replace("\n", ""))
    if kept or head is None or not as_it_is or body.endswith("\n"):
        return None
    if body != new and node.end == len(text):  # its line has no break
        return None
    if head[1] == ">" and "\n" in body:
        return None
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip(" "))]
    width = max(*map(len, lines), NARROWEST) - len(indent)
    written = _folded(body, width) if head[1] == ">" and len(lines) > 1 else body.split("\n")
    ending = "" if body != new else "-"
    # Whatever else is written behind the sign, a comment, stays there.
    return joined(
        text,
        [
            f"{head[1]}{ending}{text[head.end() : head_end]}",
            *(indent + line if line else "" for line in written),
        ],
    )


def _folded(body: str, width: int) -> list[str]:
    """Return a text in lines that are read as one, or on one line if it cannot be parted."""
    lines = textwrap.wrap(body, width, break_long_words=False, break_on_hyphens=False)
    return lines if " ".join(lines) == body else [body]


def replaced(text: str, path: Sequence[Node], value: Data) -> Splice:
    """Return a value written anew in the place of the last one on a path."""
    node, above = path[-1], path[:-1]
    if node.kind == "alias":
        message = "is an alias"
        raise ByHandError(message)
    if any(one.flow for one in above):
        if node.start == node.end and text[node.start - 1] == ":":
            return Splice(node.start, node.end, f" {flow(value)}")
        return Splice(node.start, node.end, flow(value))
    if not above or above[-1].kind == "sequence":
        message = "has no key of its own"
        raise ByHandError(message)
    key = next(
        one for one, held in zip(above[-1].keys, above[-1].values, strict=True) if held is node
    )
    colon = text.find(":", key.end, max(node.start, key.end + 1)) + 1
    if not colon:
        message = "is written with a question mark"
        raise ByHandError(message)
    inline, lines = behind(value, key.column, colon - line_start(text, colon))
    end = max(node.end, colon)
    told = _comment_of_block_scalar(text, node)
    if not lines:
        if node.start == node.end and not text[end : line_end(text, end)].strip():
            end = line_end(text, end)
        return Splice(colon, end, inline + told)
    # What stands behind the old value on its line, a comment, stays behind the key.
    after = line_end(text, end)
    rest = told + text[end:after].rstrip()
    return Splice(colon, after, rest + joined(text, ["", *lines]))


def _comment_of_block_scalar(text: str, node: Node) -> str:
    """Return the comment behind the | or > that begins a value, with the space before it."""
    if node.style not in {"|", ">"}:
        return ""
    head = text[node.start : line_end(text, node.start)].rstrip()
    sign = re.search(r"\s+#", head)
    return head[sign.start() :] if sign else ""


def removals(text: str, node: Node, gone: Collection[int]) -> Iterator[Splice]:
    """Yield what goes with the keys or entries at some positions, of which some others stay.

    Comments behind them and in them go too; those in lines above them stay. Raises ByHandError
    where one cannot go without changing anything else.
    """
    if not gone:
        return
    if node.flow:
        yield from _out_of_brackets(text, node, gone)
        return
    for nth in sorted(gone):
        start = _beginning(text, node, nth)
        begins = line_start(text, start)
        if not text[begins:start].strip():
            yield Splice(begins, next_line(text, node.end_of(nth)), takes_comments=True)
        elif nth + 1 in gone or nth + 1 == len(node.values) or node.kind == "sequence":
            message = "stands behind a dash"
            raise ByHandError(message)
        else:
            after = node.keys[nth + 1].start
            if has_comment(text, node.end_of(nth), after):
                message = "stands behind a dash"
                raise ByHandError(message)
            yield Splice(start, after)


def _beginning(text: str, node: Node, nth: int) -> int:
    """Return where a key of a block begins, or an entry's dash."""
    if node.keys:
        return node.keys[nth].start
    at = line_start(text, node.values[nth].start) + node.column
    while text[at : at + 1] != "-" or text[line_start(text, at) : at].strip(" -"):
        at = line_start(text, line_start(text, at) - 1) + node.column
    return at


def _out_of_brackets(text: str, node: Node, gone: Collection[int]) -> Iterator[Splice]:
    """Yield what goes with entries in brackets, with the commas that would be too many."""
    ends = [node.end_of(nth) for nth in range(len(node.values))]
    starts = [one.start for one in (node.keys or node.values)]
    after = [*starts[1:], node.end - 1]
    stays = max(nth for nth in range(len(starts)) if nth not in gone)
    has_comma = comma_in(text, ends[-1], node.end - 1) >= 0
    are_last = stays < len(starts) - 1 and not has_comma
    if are_last and not has_comment(text, ends[stays], starts[stays + 1]):
        yield Splice(ends[stays], ends[-1], takes_comments=True)
        gone = [nth for nth in gone if nth < stays]
    for nth in sorted(gone):
        comma = comma_in(text, ends[nth], after[nth])
        yield _whole_lines(text, starts[nth], ends[nth] if comma < 0 else comma + 1)


def _whole_lines(text: str, start: int, end: int) -> Splice:
    """Return what goes with a part of a text: whole lines, if nothing else stands on them."""
    begins, ends = line_start(text, start), line_end(text, end)
    rest = text[end:ends].strip()
    if not text[begins:start].strip() and (not rest or rest.startswith("#")):
        return Splice(begins, next_line(text, end), takes_comments=True)
    while text[end : end + 1] == " ":
        end += 1
    return Splice(start, end, takes_comments=True)


def comma_in(text: str, start: int, end: int) -> int:
    """Return where a comma stands in a part of a text that holds no value; -1 if none does."""
    at = start
    while at < end:
        if text[at] == ",":
            return at
        at = line_end(text, at) if text[at] == "#" else at + 1
    return -1


def removed(text: str, path: Sequence[Node], key: str | int) -> Iterable[Splice]:
    """Return what goes with a key of the last mapping on a path, in which others stay."""
    nth = path[-1].position(key)
    if path[-1].kind != "mapping" or nth is None:
        message = "is no key"
        raise ByHandError(message)
    return removals(text, path[-1], {nth})
