"""Changes to a YAML text that leave everything else as it is: comments, order, layout, line ends.

Each change is proved before it is returned: the new text, read again, must hold what the old
one held and the change, and nothing else.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ledger.edit.layout import Node, find_all, lay_out
from ledger.edit.render import behind, block, dashed, entry, flow, flow_entry, refuse_unsafe
from ledger.problems import LedgerError
from ledger.read.yaml_file import Data, parse_yaml_once

Keys = Sequence[str | int]
"""What leads to a value: the keys of mappings and the numbers, from 0, of entries of lists."""

MANY_KEYS: Final = 3
"""An entry of a list with more keys than this is set off by a blank line."""


def put(text: str, keys: Keys, value: Data, order: Sequence[str] = ()) -> str:
    """Return a text in which a value stands behind some keys, in place of what stood there.

    Keys that are not there are added: in the place that `order` gives them, in alphabetical
    order if the mapping has it, else at its end. Raises LedgerError where that cannot be done
    without changing anything else.
    """
    refuse_unsafe(value)
    path = find_all(lay_out(text), keys)
    depth = max(len(path) - 1, 0)
    wanted: Data = value
    for key in reversed(keys[depth + bool(path) :]):
        wanted = {str(key): wanted}
    if not path:
        changed = _added_to_nothing(text, block(wanted))
    elif depth == len(keys):
        changed = _replaced(text, path, keys, value)
    else:
        changed = _added(text, path, keys[:depth], (str(keys[depth]), wanted), order)
    return _proved(text, changed, keys, value)


def append(text: str, keys: Keys, *items: Data) -> str:
    """Return a text in which a list behind some keys has more entries, at its end.

    Where no list is, one is begun. Raises LedgerError where that cannot be done without
    changing anything else.
    """
    refuse_unsafe(list(items))
    path = find_all(lay_out(text), keys)
    there = path[-1] if len(path) == len(keys) + 1 else None
    if there is None or there.is_empty:
        return put(text, keys, list(items))
    if there.kind != "sequence":
        raise _by_hand(keys, "is no list")
    if there.flow:
        changed = _into_brackets(text, there, ", ".join(map(flow, items)))
    else:
        airy = [""] if _is_airy(text, there) else []
        lines = [line for item in items for line in (*airy, *dashed(item, there.column))]
        changed = _after(text, _with_comments(text, there.end, there.column), lines)
    held = data_behind(text, keys)
    return _proved(text, changed, keys, [*(held if isinstance(held, list) else []), *items])


def remove(text: str, keys: Keys) -> str:
    """Return a text without a key and what stands behind it; a mapping left empty goes too.

    Raises LedgerError where that cannot be done without changing anything else.
    """
    path = find_all(lay_out(text), keys)
    if not keys or len(path) <= len(keys):
        raise _by_hand(keys, "is not there")
    around = path[-2]
    if around.kind == "mapping" and len(around.values) == 1 and len(keys) > 1:
        return remove(text, keys[:-1])
    nth = around.position(keys[-1])
    if around.kind != "mapping" or nth is None:
        raise _by_hand(keys, "is no key")
    key, value = around.keys[nth], around.values[nth]
    end = max(value.end, key.end + 1)
    if around.flow:
        first = nth == 0
        start = key.start if first else around.values[nth - 1].end
        end = around.keys[1].start if first and len(around.keys) > 1 else end
        changed = text[:start] + text[end:]
    else:
        start = _line_start(text, key.start)
        if text[start : key.start].strip():
            raise _by_hand(keys, "stands behind a dash")
        line_end = _line_end(text, end)
        changed = text[:start] + text[line_end:].removeprefix("\r").removeprefix("\n")
    left = parse_yaml_once(changed, "")
    if left.problems or (left.data or {}) != _without(parse_yaml_once(text, "").data, keys):
        raise _by_hand(keys, "cannot be removed without changing something else")
    return changed


def _replaced(text: str, path: list[Node], keys: Keys, value: Data) -> str:
    """Return a text with another value in the place of the last one on a path."""
    node, above = path[-1], path[:-1]
    if node.kind == "alias":
        raise _by_hand(keys, "is an alias")
    if any(one.flow for one in above):
        return text[: node.start] + flow(value) + text[node.end :]
    if not above or above[-1].kind == "sequence":
        raise _by_hand(keys, "has no key of its own")
    key = next(
        one for one, held in zip(above[-1].keys, above[-1].values, strict=True) if held is node
    )
    colon = text.find(":", key.end, max(node.start, key.end + 1)) + 1
    if not colon:
        raise _by_hand(keys, "is written with a question mark")
    inline, lines = behind(value, key.column, colon - _line_start(text, colon))
    end = max(node.end, colon)
    told = _comment_of_block_scalar(text, node)
    if not lines:
        return text[:colon] + inline + told + text[end:]
    # What stands behind the old value on its line, a comment, stays behind the key.
    line_end = _line_end(text, end)
    rest = told + text[end:line_end].rstrip()
    return text[:colon] + rest + _joined(text, ["", *lines]) + text[line_end:]


def _comment_of_block_scalar(text: str, node: Node) -> str:
    """Return the comment behind the | or > that begins a value, with the space before it."""
    if node.kind != "scalar" or text[node.start : node.start + 1] not in {"|", ">"}:
        return ""
    head = text[node.start : _line_end(text, node.start)].rstrip()
    sign = re.search(r"\s+#", head)
    return head[sign.start() :] if sign else ""


def _added(
    text: str, path: list[Node], keys: Keys, added: tuple[str, Data], order: Sequence[str]
) -> str:
    """Return a text with a key more in the last mapping on a path."""
    node = path[-1]
    if node.is_empty and node.flow and path[-2:-1] and path[-2].kind == "sequence":
        return _into_brackets(text, node, flow_entry(*added))
    if node.is_empty and len(path) > 1:
        return _replaced(text, path, keys, dict([added]))
    if node.is_empty:
        return _added_to_nothing(text[: node.start] + text[node.end :], entry(*added))
    if node.kind != "mapping":
        raise _by_hand(keys, "is no mapping")
    if node.flow:
        return _into_brackets(text, node, flow_entry(*added))
    nth = _turn(node, added[0], order)
    lines = entry(*added, node.column)
    if nth > 0 and order and len(path) == 1 and len(lines) > 1:
        lines.insert(0, "")  # a dossier's sections stand apart
    if nth > 0:
        return _after(text, max(node.values[nth - 1].end, node.keys[nth - 1].end + 1), lines)
    start = _line_start(text, node.keys[0].start)
    return text[:start] + _joined(text, [*lines, ""]) + text[start:]


def _turn(node: Node, key: str, order: Sequence[str]) -> int:
    """Return before which of a mapping's keys a new one belongs."""
    names = [one.text for one in node.keys]
    if key in order:
        before = set(order[: order.index(key)])
        return max((nth for nth, name in enumerate(names, start=1) if name in before), default=1)
    if len(names) > 1 and all(one < other for one, other in pairwise(names)):
        return bisect(names, key)
    return len(names)


def _added_to_nothing(text: str, lines: Sequence[str]) -> str:
    """Return a text that held nothing, or only comments, with some lines at its end."""
    between = "" if not text or text.endswith("\n") else _line_break(text)
    return text + between + _joined(text, [*lines, ""])


def _into_brackets(text: str, node: Node, written: str) -> str:
    """Return a text with one entry more before a closing bracket or brace."""
    inside = text[node.start + 1 : node.end - 1]
    kept = inside.rstrip()
    comma = ", " if kept and not kept.endswith(",") else " " if kept else ""
    at = node.start + 1 + len(kept)
    return text[:at] + comma + written + text[at:]


def _after(text: str, end: int, lines: Sequence[str]) -> str:
    """Return a text with some lines after the one on which something ends."""
    line_end = _line_end(text, end)
    added = _joined(text, ["", *lines])
    if line_end == len(text):
        added += _line_break(text)
    return text[:line_end] + added + text[line_end:]


def _with_comments(text: str, end: int, column: int) -> int:
    """Return where the comments end that follow what ends, indented deeper than a list's dashes."""
    while (at := _line_end(text, end)) < len(text):
        following = text[at:].removeprefix(_line_break(text)).split("\n", 1)[0]
        bare = following.strip(" \r")
        if not bare.startswith("#") or len(following) - len(following.lstrip(" ")) <= column:
            break
        end = at + len(_line_break(text)) + len(following.rstrip("\r"))
    return end


def _is_airy(text: str, node: Node) -> bool:
    """Return whether blank lines divide a list's entries, or would if there were two."""
    if len(node.values) > 1:
        last, one = node.values[-1], node.values[-2]
        return "" in [line.strip() for line in text[one.end : last.start].splitlines()[1:-1]]
    return len(node.values[0].keys) > MANY_KEYS


def _line_end(text: str, at: int) -> int:
    """Return where the line of a character ends, before its line break."""
    end = text.find("\n", at)
    if end < 0:
        return len(text)
    return end - 1 if end > at and text[end - 1] == "\r" else end


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_break(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _joined(text: str, lines: Sequence[str]) -> str:
    """Return lines joined by the line breaks that a text has."""
    return _line_break(text).join(lines)


def _proved(old: str, new: str, keys: Keys, value: Data) -> str:
    """Return a changed text if it holds exactly what it should."""
    if parse_yaml_once(new, "").data != _with(parse_yaml_once(old, "").data, keys, value):
        raise _by_hand(keys, "cannot be changed without changing something else")
    return new


def _with(data: Data | None, keys: Keys, value: Data) -> Data:
    """Return data in which a value stands behind some keys."""
    if not keys:
        return value
    key, *others = keys
    if isinstance(key, int):
        if not isinstance(data, list) or key >= len(data):
            raise _by_hand(keys, "is not there")
        return [_with(held, others, value) if nth == key else held for nth, held in enumerate(data)]
    held = data if isinstance(data, dict) else {}
    return {**held, key: _with(held.get(key), others, value)}


def _without(data: Data | None, keys: Keys) -> Data:
    """Return data without a key."""
    held = dict(data) if isinstance(data, dict) else {}
    key, *others = keys
    if isinstance(key, int) and isinstance(data, list):
        return [_without(one, others) if nth == key else one for nth, one in enumerate(data)]
    if others:
        return {**held, str(key): _without(held.get(str(key)), others)}
    held.pop(str(key), None)
    return held


def data_behind(text: str, keys: Keys) -> Data | None:
    """Return what stands behind some keys; None if nothing does."""
    data = parse_yaml_once(text, "").data
    for key in keys:
        if isinstance(data, dict) and isinstance(key, str):
            data = data.get(key)
        elif isinstance(data, list) and isinstance(key, int) and key < len(data):
            data = data[key]
        else:
            return None
    return data


def _by_hand(keys: Keys, why: str) -> LedgerError:
    message = f"`{'.'.join(map(str, keys))}` {why}: edit the file by hand"
    return LedgerError(message)
