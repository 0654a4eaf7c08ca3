"""Layout: where everything stands in a YAML text, so that one thing can change and no other.

Built on the parser's events: every value knows where it begins and where its last character is.
Comments and blank lines belong to nobody and stay where they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import yaml

from ledger.problems import LedgerError


@dataclass(slots=True)
class Node:
    """A value in a text: its kind, its span in characters and what it holds.

    `column` is where its first key or dash stands; `flow` says that it is written in brackets.
    `style` is the sign that a text in quotes, or in lines of its own, begins with.
    """

    kind: Literal["scalar", "alias", "mapping", "sequence"]
    start: int
    end: int
    column: int = 0
    flow: bool = False
    text: str = ""
    style: str = ""
    keys: list[Node] = field(default_factory=list)
    values: list[Node] = field(default_factory=list)

    def position(self, key: str | int) -> int | None:
        """Return at which position a key or a number stands; None if it does not."""
        if isinstance(key, int):
            return key if self.kind == "sequence" and key < len(self.values) else None
        found = (nth for nth, node in enumerate(self.keys) if node.text == key)
        return next(found, None) if self.kind == "mapping" else None

    def end_of(self, nth: int) -> int:
        """Return where the value at a position ends, with its key's colon if it is empty."""
        value = self.values[nth]
        if not self.keys or value.end > value.start:
            return value.end
        return max(value.end, self.keys[nth].end + (not self.flow))

    @property
    def is_empty(self) -> bool:
        """Return whether nothing is written: `key:`, `[]` or `{}`."""
        return not self.values and not self.text and self.kind != "alias"


def lay_out(text: str) -> Node | None:
    """Return the value that a YAML text holds; None if it holds nothing.

    Raises LedgerError if the text is not YAML.
    """
    try:
        events = list(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.YAMLError as error:
        message = "the file is not YAML; `ledger check` says where"
        raise LedgerError(message) from error
    builder = _Builder(text)
    for event in events:
        builder.take(event)
    return builder.root


def find_all(root: Node | None, keys: Sequence[str | int]) -> list[Node]:
    """Return the values on the way that some keys lead, as far as there are any, from the root."""
    path = [root] if root else []
    for key in keys:
        nth = path[-1].position(key) if path else None
        if nth is None:
            break
        path.append(path[-1].values[nth])
    return path


class _Builder:
    """Makes values of events."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Node | None = None
        self.open: list[Node] = []
        self.waiting: list[Node | None] = []

    def take(self, event: yaml.Event) -> None:
        """Take the next event."""
        start, end = _marks(event)
        if isinstance(event, yaml.ScalarEvent):
            ends = self._end_of_scalar(event)
            self._put(
                Node("scalar", start.at, ends, start.column, False, event.value, event.style or "")
            )
        elif isinstance(event, yaml.AliasEvent):
            self._put(Node("alias", start.at, end.at, start.column))
        elif isinstance(event, yaml.CollectionStartEvent):
            kind: Literal["mapping", "sequence"] = (
                "mapping" if isinstance(event, yaml.MappingStartEvent) else "sequence"
            )
            flow = bool(event.flow_style)
            self.open.append(Node(kind, start.at, end.at, start.column, flow))
            self.waiting.append(None)
        elif isinstance(event, yaml.CollectionEndEvent):
            closed = self.open.pop()
            self.waiting.pop()
            if closed.flow:
                closed.end = end.at
            elif closed.values:
                closed.end = closed.values[-1].end
                closed.column = closed.keys[0].column if closed.keys else closed.column
            self._put(closed)

    def _end_of_scalar(self, event: yaml.ScalarEvent) -> int:
        """Return where a scalar's last character is; block scalars end before their line's end."""
        start, end = (mark.at for mark in _marks(event))
        if event.style not in {"|", ">"}:
            return end
        kept = "+" in self.text[start : self.text.find("\n", start)]
        written = self.text[start:end]
        return start + len(
            written.removesuffix("\n").removesuffix("\r") if kept else written.rstrip()
        )

    def _put(self, node: Node) -> None:
        if not self.open:
            self.root = node
            return
        top = self.open[-1]
        if top.kind == "sequence":
            top.values.append(node)
        elif (key := self.waiting[-1]) is None:
            self.waiting[-1] = node
        else:
            top.keys.append(key)
            top.values.append(node)
            self.waiting[-1] = None


class _Mark(NamedTuple):
    """A place in a text: how many characters are before it, in the text and on its line."""

    at: int
    column: int


def _marks(event: yaml.Event) -> tuple[_Mark, _Mark]:
    """Return where an event begins and ends."""
    start, end = event.start_mark, event.end_mark
    if start is None or end is None:  # pragma: no cover # the parser sets both
        raise TypeError(event)
    return _Mark(start.index, start.column), _Mark(end.index, end.column)
