"""YAML read as text with a line for every key: nothing is guessed, nothing is executed.

Built on the parser's events rather than on a loader: every scalar stays the text that was
written (`NO` is not false, `0555` is not octal), and duplicate keys, tags and aliases that
explode are seen before anything is made of them. Where a faster parser is certain to read the
same, it does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import yaml

from ledger.problems import Place, Problem, documented
from ledger.read.fast_yaml import read_fast
from ledger.text import UNSAFE, control_character

Data = str | list["Data"] | dict[str, "Data"]
Held = list["Marks"] | dict[str, "Marks"]
Marks = int | tuple[int, Held]
"""The lines of some data, in its own shape: of a scalar its line, of a list or mapping its line
and those of what it holds. Whatever stands behind a key has the key's line."""

DEEPEST: Final = 30
"""How deep lists and mappings may nest; a dossier needs six."""

PARSERS_LIMIT: Final = "exceeded maximum nesting depth"
"""What libyaml says where brackets nest deeper than it follows, from PyYAML 6.0.4 on."""

MOST_REPEATED: Final = 1_000
"""How many values of a file may come from aliases."""


@dataclass(slots=True)
class Parsed:
    """A YAML file: its data (None: nothing in it), its lines, and what is wrong with it."""

    data: Data | None = None
    marks: Marks = 1
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read, and the key whose value is expected next."""

    data: list[Data] | dict[str, Data]
    marks: list[Marks] | dict[str, Marks]
    line: int
    anchor: str | None
    size_before: int
    key: str | None = None
    key_line: int = 0


class _Stop(Exception):  # noqa: N818 # not an error: the problem says what is wrong
    """The file cannot be read further; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.what)
        self.problem = problem


def parse_yaml(text: str, path: str) -> Parsed:
    """Return what a YAML text holds. Never raises for bad data: problems are in the result."""
    read = read_fast(text, DEEPEST)
    return parse_by_events(text, path) if read is None else Parsed(*read)


def parse_by_events(text: str, path: str) -> Parsed:
    """Return what a YAML text holds, as PyYAML reads it; everything else is to be equal to this."""
    reader = _Reader(path)
    try:
        reader.read(text)
    except _Stop as stop:
        reader.parsed.problems.append(stop.problem)
        reader.parsed.data = None
    except yaml.YAMLError as error:
        reader.parsed.problems.append(_problem_of(error, path))
        reader.parsed.data = None
    return reader.parsed


def parse_yaml_once(text: str, path: str) -> Parsed:
    """Return what a YAML text holds, from memory if it was parsed before; not to be changed.

    For those who look at the same few files again and again, before and after a change.
    """
    parsed = _remembered(text)
    return parse_yaml(text, path) if parsed.problems else parsed  # these name the path


@lru_cache(maxsize=64)
def _remembered(text: str) -> Parsed:
    return parse_yaml(text, "")


def line_of(marks: Marks, keys: tuple[str | int, ...]) -> int:
    """Return the line of what stands behind some keys, or of the nearest thing around it."""
    line = 1
    for key in (*keys, None):
        line, held = (marks, None) if isinstance(marks, int) else marks
        inner = None
        if isinstance(held, dict):
            inner = held.get(str(key))
        elif isinstance(held, list) and isinstance(key, int) and key < len(held):
            inner = held[key]
        if inner is None:
            break
        marks = inner
    return line


class _Reader:
    """Builds data and lines from the events of one file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.parsed = Parsed()
        self.open: list[_Open] = []
        self.anchors: dict[str, tuple[Data, Marks, int]] = {}
        self.size = 0
        self.repeated = 0

    def read(self, text: str) -> None:
        """Read a whole text. Raises _Stop or yaml.YAMLError where it cannot go on."""
        next_event = yaml.CSafeLoader(text).get_event
        while not isinstance(event := next_event(), yaml.StreamEndEvent):
            # The commonest events first; the others only open and close the document.
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.CollectionStartEvent):
                self._start(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self._end()
            elif isinstance(event, yaml.AliasEvent):
                self._alias(event)
            elif isinstance(event, yaml.DocumentStartEvent) and self.parsed.data is not None:
                raise _Stop(more_than_one_document(self._place(event)))

    def _place(self, event: yaml.Event) -> Place:
        return Place(self.path, _line(event))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if event.tag is not None:
            raise _Stop(custom_tag(self._place(event), event.tag))
        value: str = event.value
        if event.style == '"' and (unsafe := UNSAFE.search(value)):
            raise _Stop(control_character(self._place(event), unsafe[0]))
        line = _line(event)
        if event.anchor:
            self.anchors[event.anchor] = (value, line, 1)
        self.size += 1
        top = self.open[-1] if self.open else None
        if top is not None and isinstance(top.data, dict) and top.key is None:
            top.key, top.key_line = value, line
        else:
            self._put(value, line)

    def _start(self, event: yaml.CollectionStartEvent) -> None:
        if event.tag is not None:
            raise _Stop(custom_tag(self._place(event), event.tag))
        if len(self.open) >= DEEPEST:
            raise _Stop(nested_too_deeply(self._place(event)))
        line = _line(event)
        top = self.open[-1] if self.open else None
        if top is not None and isinstance(top.data, dict):
            if top.key is None:
                raise _Stop(key_not_a_word(self._place(event)))
            line = top.key_line
        data: list[Data] | dict[str, Data]
        marks: list[Marks] | dict[str, Marks]
        data, marks = ([], []) if isinstance(event, yaml.SequenceStartEvent) else ({}, {})
        self.size += 1
        self.open.append(_Open(data, marks, line, event.anchor, self.size))

    def _end(self) -> None:
        closed = self.open.pop()
        marks: Marks = (closed.line, closed.marks)
        if closed.anchor:
            self.anchors[closed.anchor] = (closed.data, marks, self.size - closed.size_before + 1)
        self._put(closed.data, marks)

    def _alias(self, event: yaml.AliasEvent) -> None:
        known = self.anchors.get(event.anchor or "")
        if known is None:
            inside = any(opened.anchor == event.anchor for opened in self.open)
            raise _Stop(unknown_alias(self._place(event), event.anchor or "", inside))
        data, marks, size = known
        self.size += size
        self.repeated += size
        if self.repeated > MOST_REPEATED:
            raise _Stop(aliases_explode(self._place(event)))
        top = self.open[-1] if self.open else None
        if top is not None and isinstance(top.data, dict) and top.key is None:
            raise _Stop(key_not_a_word(self._place(event)))
        self._put(data, marks)

    def _put(self, value: Data, marks: Marks) -> None:
        if not self.open:
            self.parsed.data, self.parsed.marks = value, marks
            return
        top = self.open[-1]
        if isinstance(top.data, list) and isinstance(top.marks, list):
            top.data.append(value)
            top.marks.append(marks)
        elif isinstance(top.data, dict) and isinstance(top.marks, dict) and top.key is not None:
            key, top.key = top.key, None
            if key in top.data:
                first = line_of(top.marks[key], ())
                place = Place(self.path, top.key_line)
                self.parsed.problems.append(duplicate_key(place, key, first))
                return
            top.data[key] = value
            top.marks[key] = top.key_line if isinstance(marks, int) else (top.key_line, marks[1])


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    return mark.line + 1 if mark is not None else 1


def _problem_of(error: yaml.YAMLError, path: str) -> Problem:
    """Return what is wrong with a file that the parser refuses."""
    place = _place_of(error, path)
    # The parser has a limit of its own, far beyond ours. It looks ahead within a line only, so
    # that the line on which it gives up is the one on which ours is passed.
    if getattr(error, "problem", None) == PARSERS_LIMIT:
        return nested_too_deeply(place)
    return not_yaml(place, error)


def _place_of(error: yaml.YAMLError, path: str) -> Place:
    marks = [getattr(error, "problem_mark", None), getattr(error, "context_mark", None)]
    if getattr(error, "problem", None) in _BEGUN_ABOVE:
        marks.reverse()
    mark = next(filter(None, marks), None)
    return Place(path, mark.line + 1 if mark else 1)


_BEGUN_ABOVE: Final = frozenset({"found unexpected end of stream", "could not find expected ':'"})
"""What is noticed below the line that it is about, which is where its context begins."""

PLAINER: Final = {
    "found unexpected end of stream": "a quote is opened and never closed",
    "could not find expected ':'": "the line is no `key: value`",
    "mapping values are not allowed in this context": "a `: ` stands where no key can",
    "found character that cannot start any token": "a tab, or a text that begins with @ % or `",
    "did not find expected comment or line break": "a text begins with > or |",
    "did not find expected key": "the line does not fit what is above, or goes on after a quote",
    "did not find expected '-' indicator": "the indentation does not fit the list above",
    "did not find expected ',' or ']'": "a list in [ ] is not closed, or misses a comma",
    "did not find expected ',' or '}'": "a mapping in { } is not closed, or misses a comma",
}
"""What libyaml says most often, and what it means to somebody who writes claims."""


@documented
def not_yaml(place: Place, error: yaml.YAMLError) -> Problem:
    """A file is not YAML, so nothing in it could be read.

    Often a colon or a quote inside a text needs the whole text in quotes, or a value begins
    with one of the characters that YAML keeps for itself: > | & * ! % @ `.
    """
    why = " ".join(str(getattr(error, "problem", None) or error).split())
    return Problem(
        place,
        "not-yaml",
        f"the file is not YAML from here on: {PLAINER.get(why, why)}",
        "Check the indentation; quote a text that holds `: ` or begins with > | & * ! % @.",
    )


@documented
def more_than_one_document(place: Place) -> Problem:
    """A YAML file holds more than one document, divided by `---`.

    One file is one dossier or one register.
    """
    return Problem(
        place,
        "more-than-one-document",
        "a second YAML document begins here",
        "Move it to a file of its own.",
    )


@documented
def custom_tag(place: Place, tag: str) -> Problem:
    """A YAML value carries a tag such as !thing or !!str.

    Tags make a parser build something other than text; the ledger reads text only.
    """
    return Problem(
        place,
        "custom-tag",
        f"the value has the tag `{tag.replace('tag:yaml.org,2002:', '!!')}`",
        "Remove the tag; quote the value if it begins with an exclamation mark.",
    )


@documented
def unknown_alias(place: Place, name: str, inside: bool) -> Problem:
    """A YAML alias (`*name`) stands for something that was not defined before it, or for itself."""
    return Problem(
        place,
        "unknown-alias",
        f"`*{name}` repeats what it stands in" if inside else f"nothing above is marked `&{name}`",
        "Write the value out; quote it if it begins with an asterisk.",
    )


@documented
def aliases_explode(place: Place) -> Problem:
    """YAML aliases repeat so much that a short file becomes a huge one."""
    return Problem(
        place,
        "aliases-explode",
        f"aliases repeat more than {MOST_REPEATED:,} values",
        "Write the values out.",
    )


@documented
def nested_too_deeply(place: Place) -> Problem:
    """Lists and mappings stand inside each other deeper than any record needs."""
    return Problem(
        place,
        "nested-too-deeply",
        f"lists and mappings nest more than {DEEPEST} deep",
        "Remove the brackets or the indentation that are too many.",
    )


@documented
def key_not_a_word(place: Place) -> Problem:
    """A key of a mapping is itself a list or a mapping."""
    return Problem(
        place,
        "key-not-a-word",
        "a key is a list, a mapping or an alias",
        "Use a plain word as the key; quote it if it begins with [ { or *.",
    )


@documented
def duplicate_key(place: Place, key: str, first: int) -> Problem:
    """A mapping holds the same key twice, so that one of the two values would be lost."""
    where = "the same line" if first == place.line else f"line {first}"
    return Problem(
        place,
        "duplicate-key",
        f"`{key}` stands here a second time; the first is on {where}",
        "Keep one of the two.",
    )
