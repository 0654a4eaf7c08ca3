"""The exact line of something inside a record, found when a problem needs it.

Lines of keys are not kept after a file was read: a ledger has millions of keys and few problems.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from ledger.problems import Place
from ledger.read.text import decode
from ledger.read.yaml_file import Marks, line_of, parse_yaml


def line_in(folder: Path, record: Place, *keys: str | int) -> Place:
    """Return the place of what stands behind some keys of the record at a place.

    The record's own place where the file holds no such keys, or has one record a line.
    """
    if record.path.endswith(".jsonl"):
        return record
    marks = _marks(folder / record.path)
    found = _record_at(marks, record.line)
    return record if found is None else Place(record.path, line_of(found, keys))


@lru_cache(maxsize=8)
def _marks(file: Path) -> Marks:
    text, _ = decode(file.read_bytes(), file.name)
    return parse_yaml(text, file.name).marks


def _record_at(marks: Marks, line: int) -> Marks | None:
    """Return the first list or mapping inside another that begins on a line, or that other."""
    if isinstance(marks, int):
        return None
    own_line, held = marks
    for child in held.values() if isinstance(held, dict) else held:
        if isinstance(child, int):
            continue
        found = child if child[0] == line else _record_at(child, line)
        if found is not None:
            return found
    return marks if own_line == line else None
