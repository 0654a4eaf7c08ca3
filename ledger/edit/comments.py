"""Comments: what people have noted beside the values of a YAML text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from ledger.edit.layout import Node
from ledger.edit.splice import line_end

# Between values, every number sign begins a comment: no anchor has one in its name.
_COMMENT: Final = re.compile(r"#[^\r\n]*")


class Comment(NamedTuple):
    """A comment: where it begins, and what it says without blanks at its end."""

    start: int
    says: str


def comments_in(text: str, root: Node | None) -> list[Comment]:
    """Return the comments of a text whose value is laid out, in their order."""
    found, at = [], 0
    for node in sorted(_leaves(root), key=lambda one: one.start) if root else ():
        found += _between(text, at, node.start)
        if node.style in {"|", ">"}:
            found += _between(text, node.start, line_end(text, node.start))
        at = node.end
    return [*found, *_between(text, at, len(text))]


def has_comment(text: str, start: int, end: int) -> bool:
    """Return whether a comment stands in a part of a text that holds no value."""
    return bool(_between(text, start, end))


def _between(text: str, start: int, end: int) -> list[Comment]:
    found = _COMMENT.finditer(text, start, end)
    return [Comment(one.start(), one[0].rstrip()) for one in found]


def _leaves(node: Node) -> Iterator[Node]:
    """Yield the scalars and aliases of a value, keys among them."""
    if node.kind in {"scalar", "alias"}:
        if node.end > node.start:
            yield node
        return
    for one in (*node.keys, *node.values):
        yield from _leaves(one)
