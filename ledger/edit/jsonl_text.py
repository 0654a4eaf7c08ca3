"""Changes to one line of a bulk file; all other lines stay as they are, byte for byte."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from ledger.edit.render import refuse_unsafe
from ledger.problems import LedgerError, Place
from ledger.read.jsonl_file import parse_json_line
from ledger.read.yaml_file import Data


def put_in_line(text: str, number: int, keys: Sequence[str], value: Data) -> str:
    """Return a text in whose line `number`, from 1, a value stands behind some keys.

    Raises LedgerError if that line is no JSON object.
    """
    refuse_unsafe(value)

    def put(data: dict[str, Data]) -> None:
        at = data
        for key in keys[:-1]:
            at = _inner(at.setdefault(key, {}), number, key)
        at[keys[-1]] = value

    return _with_line(text, number, put)


def remove_in_line(text: str, number: int, keys: Sequence[str]) -> str:
    """Return a text in whose line `number`, from 1, a key is no more; nor a mapping left empty.

    Raises LedgerError if that line is no JSON object, or the key is not there.
    """

    def remove(data: dict[str, Data]) -> None:
        around = [data]
        for key in keys[:-1]:
            around.append(_inner(around[-1].get(key, {}), number, key))
        if keys[-1] not in around[-1]:
            message = f"`{'.'.join(keys)}` is not there: edit line {number} by hand"
            raise LedgerError(message)
        for key, at in zip(reversed(keys), reversed(around), strict=True):
            if at is around[-1] or not at[key]:
                del at[key]

    return _with_line(text, number, remove)


def _inner(data: Data, number: int, key: str) -> dict[str, Data]:
    """Return the mapping behind a key. Raises LedgerError if something else stands there."""
    if not isinstance(data, dict):
        message = f"`{key}` is no mapping: edit line {number} by hand"
        raise LedgerError(message)
    return data


def _with_line(text: str, number: int, change: Callable[[dict[str, Data]], None]) -> str:
    lines = text.split("\n")
    line = lines[number - 1]
    ending = "\r" if line.endswith("\r") else ""
    # Read as the ledger does: a number stays the digits that were written.
    data = parse_json_line(line.removesuffix("\r"), Place("", number))
    if not isinstance(data, dict):
        message = f"line {number} is no claim in JSON; `ledger check` says why"
        raise LedgerError(message)
    change(data)
    lines[number - 1] = json.dumps(data, ensure_ascii=False) + ending
    return "\n".join(lines)


def line_with(text: str, claim: str) -> int | None:
    """Return the number of the line that holds a claim, from 1; None if no line does."""
    for number, line in enumerate(text.split("\n"), start=1):
        if f'"{claim}"' in line and _id_in(line) == claim:
            return number
    return None


def _id_in(line: str) -> object:
    data = parse_json_line(line, Place(""))
    return data.get("id") if isinstance(data, dict) else None
