"""Changes to one line of a bulk file: only what must change of it does, and no other line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ledger.edit.render import refuse_unsafe
from ledger.edit.splice import Splice, spliced
from ledger.problems import LedgerError, Place
from ledger.read.jsonl_file import parse_json_line
from ledger.read.yaml_file import Data

_DECODER: Final = json.JSONDecoder()
_BLANKS: Final = re.compile(r"[ \t\r\n]*")


class _Entry(NamedTuple):
    """A value inside brackets: its key, where that or itself begins, and its own span."""

    key: str
    at: int
    start: int
    end: int


def put_in_line(text: str, number: int, keys: Sequence[str], value: Data) -> str:
    """Return a text in whose line `number`, from 1, a value stands behind some keys.

    Raises LedgerError if that line is no JSON object.
    """
    refuse_unsafe(value)
    line, data = _line(text, number)
    wanted: Data = value
    for key, held in reversed([*zip(keys, _around(data, number, keys), strict=True)]):
        wanted = {**held, key: wanted}
    changed = spliced(line, _revisions(line, _after_blanks(line, 0), data, wanted))
    return _with_line(text, number, changed, wanted)


def remove_in_line(text: str, number: int, keys: Sequence[str]) -> str:
    """Return a text in whose line `number`, from 1, a key is no more; nor a mapping left empty.

    Raises LedgerError if that line is no JSON object, or the key is not there.
    """
    line, data = _line(text, number)
    around = _around(data, number, keys)
    if keys[-1] not in around[-1]:
        message = f"`{'.'.join(keys)}` is not there: edit line {number} by hand"
        raise LedgerError(message)
    # A mapping that only holds what goes, goes with it.
    depth = max((nth for nth, held in enumerate(around) if len(held) > 1), default=0)
    left: Data = {key: held for key, held in around[depth].items() if key != keys[depth]}
    for key, held in reversed([*zip(keys[:depth], around[:depth], strict=True)]):
        left = {**held, key: left}
    changed = spliced(line, _revisions(line, _after_blanks(line, 0), data, left))
    return _with_line(text, number, changed, left)


def _around(data: dict[str, Data], number: int, keys: Sequence[str]) -> list[dict[str, Data]]:
    """Return the mappings that some keys lead through, empty where nothing is."""
    around = [data]
    for key in keys[:-1]:
        inner = around[-1].get(key, {})
        if not isinstance(inner, dict):
            message = f"`{key}` is no mapping: edit line {number} by hand"
            raise LedgerError(message)
        around.append(inner)
    return around


def _line(text: str, number: int) -> tuple[str, dict[str, Data]]:
    """Return a line and what it holds, every number as the digits that were written."""
    line = text.split("\n")[number - 1].removesuffix("\r")
    data = parse_json_line(line, Place("", number))
    if not isinstance(data, dict):
        message = f"line {number} is no claim in JSON; `ledger check` says why"
        raise LedgerError(message)
    return line, data


def _with_line(text: str, number: int, changed: str, wanted: Data) -> str:
    """Return a text with another line, which must hold what it should."""
    if parse_json_line(changed, Place("", number)) != wanted:
        message = f"line {number} cannot be changed without changing something else: edit it"
        raise LedgerError(message)
    lines = text.split("\n")
    ending = "\r" if lines[number - 1].endswith("\r") else ""
    lines[number - 1] = changed + ending
    return "\n".join(lines)


def _revisions(line: str, start: int, old: Data, new: Data) -> Iterator[Splice]:
    """Yield what gives way so that a value, which begins somewhere, holds another."""
    if old == new:
        return
    entries = _entries(line, start) if line[start] in "{[" else []
    if entries and isinstance(old, dict) and isinstance(new, dict) and old.keys() & new:
        yield from _removals(entries, {one.key for one in entries} - new.keys())
        for one in entries:
            if one.key in new:
                yield from _revisions(line, one.start, old[one.key], new[one.key])
        added = [_pair(line, key, value) for key, value in new.items() if key not in old]
        yield from _added(line, [one for one in entries if one.key in new][-1].end, added)
    elif entries and isinstance(old, list) and isinstance(new, list) and new[: len(old)] == old:
        yield from _added(line, entries[-1].end, [_json(line, one) for one in new[len(old) :]])
    else:
        yield Splice(start, _end(line, start), _json(line, new))


def _added(line: str, end: int, written: Sequence[str]) -> Iterator[Splice]:
    if written:
        yield Splice(end, end, "".join(f",{_space(line)}{one}" for one in written))


def _removals(entries: Sequence[_Entry], gone: set[str]) -> Iterator[Splice]:
    """Yield what goes with some keys, of which some others stay, with a comma each."""
    stayed = False
    for nth, one in enumerate(entries):
        if one.key not in gone:
            stayed = True
        elif stayed:
            yield Splice(entries[nth - 1].end, one.end)
        else:
            yield Splice(one.at, entries[nth + 1].at)


def _pair(line: str, key: str, value: Data) -> str:
    return f"{_json(line, key)}:{_space(line)}{_json(line, value)}"


def _json(line: str, value: Data) -> str:
    space = _space(line)
    return json.dumps(value, ensure_ascii=False, separators=(f",{space}", f":{space}"))


def _space(line: str) -> str:
    """Return what a line has behind a colon: a blank, unless it saves them."""
    entries = _entries(line, _after_blanks(line, 0))
    return "" if entries and line[entries[0].start - 1] == ":" else " "


def _entries(line: str, start: int) -> list[_Entry]:
    """Return the values in the brackets that open somewhere in a line that is JSON."""
    closing, at = {"{": "}", "[": "]"}[line[start]], _after_blanks(line, start + 1)
    found = []
    while line[at] != closing:
        begins, key = at, ""
        if closing == "}":
            key, at = _DECODER.raw_decode(line, at)
            at = _after_blanks(line, _after_blanks(line, at) + 1)
        found.append(_Entry(key, begins, at, _end(line, at)))
        at = _after_blanks(line, found[-1].end)
        if line[at] == ",":
            at = _after_blanks(line, at + 1)
    return found


def _end(line: str, start: int) -> int:
    """Return where a value ends."""
    return _DECODER.raw_decode(line, start)[1]


def _after_blanks(line: str, at: int) -> int:
    blanks = _BLANKS.match(line, at)
    return blanks.end() if blanks else at


def line_with(text: str, claim: str) -> int | None:
    """Return the number of the line that holds a claim, from 1; None if no line does."""
    for number, line in enumerate(text.split("\n"), start=1):
        if f'"{claim}"' in line and _id_in(line) == claim:
            return number
    return None


def _id_in(line: str) -> object:
    data = parse_json_line(line, Place(""))
    return data.get("id") if isinstance(data, dict) else None
