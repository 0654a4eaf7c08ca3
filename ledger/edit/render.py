"""Render: data as the YAML that a person would write into a claims file."""

from __future__ import annotations

import re
from typing import Final

from ledger.problems import LedgerError
from ledger.read.yaml_file import Data
from ledger.text import UNSAFE

WIDEST: Final = 100
"""How long a list on one line may become before it stands one entry a line."""

_NEEDS_QUOTES: Final = re.compile(
    r"""^[-?:,\[\]{}#&*!|>'"%@`\s]|\s$|:(?=\s|$)|\s\#|[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]"""
)
_NEEDS_QUOTES_IN_FLOW: Final = re.compile(r"[,\[\]{}]|:$")
_NOTHING: Final = frozenset({"~", "null", "Null", "NULL"})
"""What other readers of YAML take for no text at all."""

_ESCAPED: Final = re.compile(r'[\\"\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]')
_NOT_AS_IT_IS: Final = re.compile(r"[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]")
_NAMED: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def refuse_unsafe(data: Data) -> None:
    """Raise LedgerError if some data holds a character that no file of the ledger may hold."""
    if isinstance(data, str):
        if found := UNSAFE.search(data):
            message = f"the text holds the invisible character U+{ord(found[0]):04X}; leave it out"
            raise LedgerError(message)
        return
    for held in data if isinstance(data, list) else (*data, *data.values()):
        refuse_unsafe(held)


def scalar(text: str, *, flow: bool = False) -> str:
    """Return a text as a YAML scalar on one line: as it is if it can stand so, else in quotes."""
    plain = text and text not in _NOTHING and not _NEEDS_QUOTES.search(text)
    if plain and not (flow and _NEEDS_QUOTES_IN_FLOW.search(text)):
        return text
    return quoted(text)


def quoted(text: str, sign: str = '"') -> str:
    """Return a text as a YAML scalar in quotes, in single ones if that can be."""
    if sign == "'" and not is_escaped(text):
        return f"'{text.replace(sign, sign * 2)}'"
    return f'"{_ESCAPED.sub(_escape, text)}"'


def is_escaped(text: str) -> bool:
    """Return whether a text has a character that only double quotes can hold on one line."""
    return bool(_NOT_AS_IT_IS.search(text))


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return _NAMED.get(character, f"\\u{ord(character):04x}")


def flow(data: Data) -> str:
    """Return data on one line, lists and mappings in brackets."""
    if isinstance(data, str):
        return scalar(data, flow=True)
    if isinstance(data, list):
        return f"[{', '.join(map(flow, data))}]"
    return "{" + ", ".join(flow_entry(key, value) for key, value in data.items()) + "}"


def flow_entry(key: str, value: Data) -> str:
    """Return a key and its value as they stand inside braces."""
    return f"{scalar(key, flow=True)}: {flow(value)}"


def block(data: Data, indent: int = 0) -> list[str]:
    """Return the lines of data, each thing on a line of its own, indented by some columns."""
    if isinstance(data, dict) and data:
        return [line for key, value in data.items() for line in entry(key, value, indent)]
    if isinstance(data, list) and data:
        return [line for item in data for line in dashed(item, indent)]
    return [" " * indent + flow(data) if not isinstance(data, str) else " " * indent + scalar(data)]


def entry(key: str, value: Data, indent: int = 0) -> list[str]:
    """Return the lines of a key and its value."""
    head = f"{' ' * indent}{scalar(key)}:"
    inline, lines = behind(value, indent, len(head))
    return [head + inline, *lines]


def behind(value: Data, indent: int, width: int) -> tuple[str, list[str]]:
    """Return what stands behind a key on its line, and the lines below it.

    `indent` is the key's column, `width` how far its line is filled.
    """
    if isinstance(value, str):
        return f" {scalar(value)}", []
    short = f" {flow(value)}"
    texts_only = isinstance(value, list) and all(isinstance(item, str) for item in value)
    if not value or (texts_only and width + len(short) <= WIDEST):
        return short, []
    # A list's dashes stand below its key, as everywhere in a claims folder.
    return "", block(value, indent if isinstance(value, list) else indent + 2)


def dashed(item: Data, indent: int = 0) -> list[str]:
    """Return the lines of one entry of a list."""
    first, *others = block(item, indent + 2)
    return [f"{' ' * indent}- {first[indent + 2 :]}", *others]
