"""JSON lines: one claim a line, with the keys it would have in a dossier."""

from __future__ import annotations

import json
from typing import Any, Final

from ledger.problems import Place, Problem, documented
from ledger.read.yaml_file import DEEPEST, Data, duplicate_key, nested_too_deeply
from ledger.text import UNSAFE, control_character


class _Duplicate(ValueError):  # noqa: N818 # caught in this module
    """A JSON object has the same key twice."""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _Duplicate(key)
            seen.add(key)
    return found


# Numbers stay the text that was written; true, false and null are left to the model to refuse.
_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_pairs, parse_int=str, parse_float=str, parse_constant=str
)


def parse_json_line(line: str, place: Place) -> Data | Problem:
    """Return what one line holds, every number as text, or what is wrong with it."""
    try:
        data: Data = _DECODER.decode(line)
    except _Duplicate as duplicate:
        return duplicate_key(place, str(duplicate), place.line)
    except RecursionError:
        return nested_too_deeply(place)
    except json.JSONDecodeError as error:
        return not_json(place, f"{error.msg.removesuffix(' at')} at column {error.colno}")
    if line.count("{") + line.count("[") > DEEPEST and _nests(data, DEEPEST):
        return nested_too_deeply(place)
    # Only an escape can bring in a character that the file's own text does not show.
    if "\\" in line and (unsafe := UNSAFE.search(_texts(data))):
        return control_character(place, unsafe[0])
    return data


def _nests(data: object, levels: int) -> bool:
    """Return whether lists and objects nest deeper than some levels."""
    if not isinstance(data, dict | list):
        return False
    held = data.values() if isinstance(data, dict) else data
    return levels == 0 or any(_nests(inner, levels - 1) for inner in held)


def _texts(data: object) -> str:
    """Return all texts of some data in one."""
    if isinstance(data, dict):
        return "".join(key + _texts(value) for key, value in data.items())
    if isinstance(data, list):
        return "".join(map(_texts, data))
    return str(data)


@documented
def not_json(place: Place, why: str) -> Problem:
    """A line of a .jsonl file is not a JSON value.

    Such a file holds one claim a line, each an object with the keys of a claim in a dossier.
    """
    return Problem(
        place,
        "not-json",
        f"the line is not JSON: {why}",
        'Write one claim a line: {"id": "…", "text": "…", "found": "document#1"}.',
    )
