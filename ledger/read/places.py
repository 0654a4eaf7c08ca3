"""The exact line of something inside a record, found when a problem needs it.

Lines of keys are not kept after a file was read: a ledger has millions of keys and few problems.
"""

from __future__ import annotations

from functools import lru_cache

from ledger.files import Source
from ledger.problems import Place
from ledger.read.yaml_file import Marks, line_of, parse_yaml_once
from ledger.text import decode


def line_in(source: Source, record: Place, *keys: str | int) -> Place:
    """Return the place of what stands behind some keys of the record at a place.

    The record's own place where the file holds no such keys, or has one record a line.
    """
    if record.path.endswith(".jsonl"):
        return record
    text = source.texts.get(record.path)
    try:
        file = source.folder / record.path
        content = file.read_bytes() if text is None else text
        begun = _begun(content, file.name).get(record.line, [])
    except OSError:  # moved away since it was read
        return record
    # Several may begin on one line: a dossier and its first list, or all of an inline mapping.
    holding = [marks for marks in begun if keys and keys[0] in marks[1]]
    return Place(record.path, line_of(holding[0], keys)) if holding else record


@lru_cache(maxsize=8)
def _begun(content: bytes, name: str) -> dict[int, list[tuple[int, dict[str, Marks]]]]:
    """Return the mappings of a file by the line they begin on, the outermost first."""
    text, _ = decode(content, name)
    begun: dict[int, list[tuple[int, dict[str, Marks]]]] = {}
    waiting: list[Marks] = [parse_yaml_once(text, name).marks]
    for marks in waiting:
        if not isinstance(marks, int):
            line, held = marks
            if isinstance(held, dict):
                begun.setdefault(line, []).append((line, held))
            waiting.extend(held.values() if isinstance(held, dict) else held)
    return begun
