"""Changes to a YAML text that leave everything else as it is: comments, order, layout, line ends.

Only parts of lines that must change give way. Each change is proved before it is returned: the
new text, read again, must hold what the old one held and the change, and nothing else; and every
comment of the old one, in its order, but those that stood in or behind what was removed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from ledger.edit.comments import comments_in
from ledger.edit.insertion import added, inserted
from ledger.edit.layout import Node, find_all, lay_out
from ledger.edit.render import refuse_unsafe
from ledger.edit.revision import ByHandError, removals, removed, revisions, same_at_start
from ledger.edit.splice import Splice, spliced
from ledger.read.yaml_file import Data, parse_yaml_once

Keys = Sequence[str | int]
"""What leads to a value: the keys of mappings and the numbers, from 0, of entries of lists."""


def put(text: str, keys: Keys, value: Data, order: Sequence[str] = ()) -> str:
    """Return a text in which a value stands behind some keys, in place of what stood there.

    Of a value that is there, only what differs is written. Keys that are not there are added: in
    the place that `order` gives them, in alphabetical order if the mapping has it, else at its
    end. Raises LedgerError where that cannot be done without changing anything else.
    """
    refuse_unsafe(value)
    with _by_hand(keys):
        path = find_all(lay_out(text), keys)
        depth = max(len(path) - 1, 0)
        if path and depth == len(keys):
            old = data_behind(text, keys)
            splices = revisions(text, path, "" if old is None else old, value)
            changed = _completed(_spliced(text, path[0], splices), keys, value)
        else:
            wanted: Data = value
            for key in reversed(keys[depth + bool(path) :]):
                wanted = {str(key): wanted}
            pairs = {str(keys[depth]): wanted} if path else wanted
            if not isinstance(pairs, dict):
                message = "has no key of its own"
                raise ByHandError(message)
            changed = _spliced(text, path[0] if path else None, added(text, path, pairs, order))
        return _proved(text, changed, keys, value)


def append(text: str, keys: Keys, *items: Data) -> str:
    """Return a text in which a list behind some keys has more entries, at its end.

    Where no list is, one is begun. Raises LedgerError where that cannot be done without
    changing anything else.
    """
    refuse_unsafe(list(items))
    path = find_all(lay_out(text), keys)
    there = path[-1] if len(path) == len(keys) + 1 else None
    # Empty brackets make way for a list of lines, unless something is written in them.
    if there is None or (there.is_empty and "#" not in text[there.start : there.end]):
        return put(text, keys, list(items))
    with _by_hand(keys):
        if there.kind != "sequence":
            message = "is no list"
            raise ByHandError(message)
        changed = _spliced(text, path[0], inserted(text, there, len(there.values), items))
        held = data_behind(text, keys)
        return _proved(text, changed, keys, [*(held if isinstance(held, list) else []), *items])


def remove(text: str, keys: Keys) -> str:
    """Return a text without a key and what stands behind it; a mapping left empty goes too.

    So do the comments behind it and in it; those in lines above it stay. Raises LedgerError where
    that cannot be done without changing anything else.
    """
    with _by_hand(keys):
        path = find_all(lay_out(text), keys)
        if not keys or len(path) <= len(keys):
            message = "is not there"
            raise ByHandError(message)
        if path[-2].kind == "mapping" and len(path[-2].values) == 1:
            if len(keys) > 1:
                return remove(text, keys[:-1])
            changed = _spliced(text, path[0], _all(text, path[0]))
        else:
            changed = _spliced(text, path[0], removed(text, path[:-1], keys[-1]))
        left = parse_yaml_once(changed, "")
        if left.problems or (left.data or {}) != _without(parse_yaml_once(text, "").data, keys):
            message = "cannot be removed without changing something else"
            raise ByHandError(message)
        return changed


def _all(text: str, node: Node) -> Iterator[Splice]:
    """Yield what goes with the only key of a text."""
    if node.flow:
        yield Splice(node.keys[0].start, node.end_of(0), takes_comments=True)
    else:
        yield from removals(text, node, {0})


def _completed(text: str, keys: Keys, value: Data) -> str:
    """Return a text in which what is not there yet of a value stands behind some keys."""
    held = data_behind(text, keys)
    if isinstance(held, dict) and isinstance(value, dict):
        for key in held.keys() & value.keys():
            if held[key] != value[key]:
                text = _completed(text, (*keys, key), value[key])
        for run in _runs(held, value):
            path = find_all(lay_out(text), keys)
            text = _spliced(text, path[0], added(text, path, run, tuple(value)))
    elif isinstance(held, list) and isinstance(value, list) and held != value:
        first = same_at_start(held, value)
        if missing := value[first : first + len(value) - len(held)]:
            path = find_all(lay_out(text), keys)
            text = _spliced(text, path[0], inserted(text, path[-1], first, missing))
    return text


def _runs(held: Mapping[str, Data], value: Mapping[str, Data]) -> list[dict[str, Data]]:
    """Return the keys of a mapping that another has not, those together that stand together."""
    runs: list[dict[str, Data]] = [{}]
    for key, one in value.items():
        if key in held:
            runs.append({})
        else:
            runs[-1][key] = one
    return [run for run in runs if run]


def _spliced(text: str, root: Node | None, splices: Iterable[Splice]) -> str:
    """Return a text in which parts gave way. Raises ByHandError if a comment would be lost."""
    splices = list(splices)
    changed = spliced(text, splices)
    if any("#" in text[one.start : one.end] for one in splices):
        gone = [range(one.start, one.end) for one in splices if one.takes_comments]
        comments = comments_in(text, root)
        kept = [one.says for one in comments if not any(one.start in part for part in gone)]
        if kept != [one.says for one in comments_in(changed, lay_out(changed))]:
            message = "cannot be changed without losing a comment"
            raise ByHandError(message)
    return changed


def _proved(old: str, new: str, keys: Keys, value: Data) -> str:
    """Return a changed text if it holds exactly what it should."""
    if parse_yaml_once(new, "").data != _with(parse_yaml_once(old, "").data, keys, value):
        message = "cannot be changed without changing something else"
        raise ByHandError(message)
    return new


def _with(data: Data | None, keys: Keys, value: Data) -> Data:
    """Return data in which a value stands behind some keys."""
    if not keys:
        return value
    key, *others = keys
    if isinstance(key, int):
        if not isinstance(data, list) or key >= len(data):
            message = "is not there"
            raise ByHandError(message)
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


@contextmanager
def _by_hand(keys: Keys) -> Iterator[None]:
    """Tell of what cannot be changed where it stands."""
    try:
        yield
    except ByHandError as error:
        if error.is_told:
            raise
        raise ByHandError(str(error), keys) from error
