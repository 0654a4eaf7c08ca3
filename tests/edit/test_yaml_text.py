"""Changes to YAML texts: what is asked for changes, and not a character of anything else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from random import Random
from typing import Final

import pytest
import yaml
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ledger.edit.yaml_text import append, data_behind, put, remove
from ledger.problems import LedgerError
from ledger.read.yaml_file import Data, parse_yaml
from tests.edit.layouts import KEYS, Layout, draw_data, draw_mapping

Keys = tuple[str | int, ...]

thoroughly = settings(
    max_examples=3 * settings().max_examples,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    print_blob=True,
)

anything = st.randoms(use_true_random=False)


def draw_text(rng: Random) -> tuple[str, dict[str, Data]]:
    """Return a text that is read without problems, and its data."""
    data = draw_mapping(rng)
    text = Layout(rng).text(data)
    parsed = parse_yaml(text, "")
    # What the layout could not write faithfully is no test of what changes it.
    assume(not parsed.problems and (parsed.data or {}) == data)
    return text, data


def places(data: Data, keys: Keys = ()) -> Iterator[tuple[Keys, Data]]:
    """Yield everything in some data with the keys that lead to it."""
    yield keys, data
    if isinstance(data, str):
        return
    inside = data.items() if isinstance(data, dict) else enumerate(data)
    for key, held in inside:
        yield from places(held, (*keys, key))


def read(text: str) -> Data | None:
    parsed = parse_yaml(text, "")
    assert parsed.problems == []
    return parsed.data


def changed(data: Data, keys: Keys, change: Callable[[Data], Data]) -> Data:
    """Return data in which what stands behind some keys is another."""
    if not keys:
        return change(data)
    data = deepcopy(data)
    if isinstance(data, dict) and isinstance(keys[0], str):
        data[keys[0]] = changed(data.get(keys[0], {}), keys[1:], change)
    elif isinstance(data, list) and isinstance(keys[0], int):
        data[keys[0]] = changed(data[keys[0]], keys[1:], change)
    return data


def span(text: str, keys: Sequence[str | int]) -> range:
    """Return the numbers, from 0, of the lines on which a value and its key stand."""
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    first = 0
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            ((key_node, node),) = [pair for pair in node.value if pair[0].value == key]
            first = key_node.start_mark.line
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int):
            node = node.value[key]
            first = node.start_mark.line
    if node is None:
        return range(0)
    end = node.end_mark
    return range(first, end.line + (end.column > 0))


def lines_of(text: str, line_break: str) -> list[str]:
    """Return a text's lines; the last may lack its break, which another line after it gives it."""
    lines = text.splitlines(keepends=True)
    if lines and not text.endswith("\n"):
        lines[-1] += line_break
    return lines


def altered(old: str, new: str) -> range:
    """Return the numbers, from 0, of the lines of an old text that a new one does not have."""
    line_break = "\r\n" if "\r\n" in old else "\n"
    ours, theirs = lines_of(old, line_break), lines_of(new, line_break)
    first = 0
    while first < min(len(ours), len(theirs)) and ours[first] == theirs[first]:
        first += 1
    last = 0
    most = min(len(ours), len(theirs)) - first
    while last < most and ours[-1 - last] == theirs[-1 - last]:
        last += 1
    return range(first, len(ours) - last)


def assert_rest_stays(old: str, new: str, allowed: range) -> None:
    """Hold a new text against an old one, of which only some lines may be others."""
    gone = altered(old, new)
    assert not gone or (gone[0] >= allowed.start and gone[-1] < allowed.stop), (old, new)
    assert "\r\n" not in old or "\n" not in new.replace("\r\n", "")
    assert "\r" in old or "\r" not in new


@thoroughly
@given(anything)
def test_a_value_is_replaced_and_all_other_lines_stay(rng: Random) -> None:
    text, data = draw_text(rng)
    assume(data)
    keys, _ = rng.choice([one for one in places(data) if one[0]])
    value = draw_data(rng, 2)
    try:
        new = put(text, keys, value)
    except LedgerError:
        return
    assert read(new) == changed(data, keys, lambda _: value)
    assert_rest_stays(text, new, span(text, keys))


@thoroughly
@given(anything)
def test_a_key_is_added_and_every_old_line_stays(rng: Random) -> None:
    text, data = draw_text(rng)
    inside = [(keys, held) for keys, held in places(data) if isinstance(held, dict)]
    keys, held = rng.choice(inside)
    left = [key for key in KEYS if key not in held]
    assume(left)
    key, value = rng.choice(left), draw_data(rng, 2)
    order = rng.choice([(), ("id", "text", "note", "k1", "k2"), ("zz", "id")])
    try:
        new = put(text, (*keys, key), value, order)
    except LedgerError:
        return
    assert read(new) == changed(data, (*keys, key), lambda _: value)
    if held and not is_flow(text, keys):
        assert not altered(text, new), (text, new)
    assert_rest_stays(text, new, span(text, keys))


@thoroughly
@given(anything)
def test_an_entry_is_appended_and_every_old_line_stays(rng: Random) -> None:
    text, data = draw_text(rng)
    lists = [(keys, held) for keys, held in places(data) if isinstance(held, list)]
    assume(lists)
    keys, held = rng.choice(lists)
    item = draw_data(rng, 2)
    try:
        new = append(text, keys, item)
    except LedgerError:
        return
    assert read(new) == changed(data, keys, lambda _: [*held, item])
    if held and not is_flow(text, keys):
        assert not altered(text, new), (text, new)
    assert_rest_stays(text, new, span(text, keys))


@thoroughly
@given(anything)
def test_a_key_is_removed_and_all_other_lines_stay(rng: Random) -> None:
    text, data = draw_text(rng)
    keyed = [keys for keys, _ in places(data) if keys and isinstance(keys[-1], str)]
    assume(keyed)
    keys = rng.choice(keyed)
    try:
        new = remove(text, keys)
    except LedgerError:
        return
    gone = keys
    while len(gone) > 1 and isinstance(data_at(data, gone[:-1]), dict):
        if len(data_at(data, gone[:-1])) > 1:
            break
        gone = gone[:-1]
    assert (read(new) or {}) == without(data, gone)
    allowed = span(text, gone[:-1] if is_flow(text, gone[:-1]) else gone)
    lines = text.splitlines()
    if lines[allowed.start].lstrip().startswith("-"):  # the next key goes behind the dash
        below = (nth for nth in range(allowed.stop, len(lines)) if lines[nth].strip())
        allowed = range(allowed.start, next(below, allowed.stop) + 1)
    assert_rest_stays(text, new, allowed)


def test_what_can_be_done_is_hardly_ever_refused() -> None:
    tried = refused = 0
    for seed in range(400):
        rng = Random(seed)  # noqa: S311 # the same texts each time
        data = draw_mapping(rng)
        text = Layout(rng).text(data)
        parsed = parse_yaml(text, "")
        if parsed.problems or (parsed.data or {}) != data or text.endswith("..."):
            continue
        for keys, held in places(data):
            tried += 1
            try:
                if isinstance(held, list):
                    append(text, keys, "x")
                elif isinstance(held, dict):
                    put(text, (*keys, "new"), "x")
                elif isinstance(keys[-1], str):
                    put(text, keys, "x")
            except LedgerError:
                refused += 1
    assert tried > 1_000
    assert refused < tried / 50


def data_at(data: Data, keys: Keys) -> Data:
    for key in keys:
        data = data[key]  # type: ignore[index] # the keys come from the data
    return data


def without(data: Data, keys: Keys) -> Data:
    def drop(around: Data) -> Data:
        assert isinstance(around, dict)
        return {key: held for key, held in around.items() if key != keys[-1]}

    return changed(data, keys[:-1], drop)


def is_flow(text: str, keys: Keys) -> bool:
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            node = next(held for name, held in node.value if name.value == key)
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int):
            node = node.value[key]
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


CHARACTERS: Final = st.text(alphabet="ab:-#{}[],&*!|>'\"%@`?\n\r\t \\~=é😀.\x85\ufeff", max_size=40)


@settings(thoroughly, max_examples=6 * settings().max_examples)
@given(CHARACTERS, st.lists(st.sampled_from(["a", "b", "", 0, 1]), max_size=3), CHARACTERS)
def test_whatever_a_text_is_it_is_changed_as_asked_or_refused(
    text: str, keys: list[str | int], value: str
) -> None:
    before = parse_yaml(text, "").data
    changes: list[Callable[[], str]] = [
        lambda: put(text, keys, value),
        lambda: append(text, keys, value),
        lambda: remove(text, keys),
    ]
    for change in changes:
        try:
            after = parse_yaml(change(), "").data
        except LedgerError:
            continue
        assert after != before or data_behind(text, keys) == value


DOSSIER: Final = """\
# Kept by Ann.

title: A village   # as the map has it
topics: [harm,   aid]  # two
questions:
    deaths:   {asks: "How many?", answer: quantity}

claims:
# The first report.
-   id: a
    text: >-
      About 300
      died.
    found: &here page#2   # read twice

    # The second report.
-   id: b
    text: 'It''s 500.'
    found: *here
    conflicts: {a: They exclude each other.}
"""


@pytest.mark.parametrize("ending", ["", "\n", "\n\n", "\n# The end."])
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_a_claim_is_put_after_the_last_one_with_the_space_of_the_others(
    line_break: str, ending: str
) -> None:
    text = (DOSSIER.removesuffix("\n") + ending).replace("\n", line_break)
    item: Data = {"id": "c", "text": "So: 5 #1.", "value": "~5"}
    added = ["", "- id: c", '  text: "So: 5 #1."', "  value: ~5"]
    expected = DOSSIER.removesuffix("\n").replace("\n", line_break) + line_break
    expected += line_break.join(added) + (ending.replace("\n", line_break) or line_break)
    assert append(text, ("claims",), item) == expected


def test_comments_beside_a_value_stay_when_it_changes() -> None:
    assert put(DOSSIER, ("title",), "A town").splitlines()[2] == (
        "title: A town   # as the map has it"
    )
    assert put(DOSSIER, ("topics",), ["x"]).splitlines()[3] == "topics: [x]  # two"
    text = "a: |  # as printed\n  one\n  two\nb: 1\n"
    assert put(text, ("a",), "three") == "a: |-  # as printed\n  three\nb: 1\n"
    assert put(text, ("a",), {"k": "v"}) == "a:  # as printed\n  k: v\nb: 1\n"


def test_what_an_alias_repeats_is_not_changed_behind_anybodys_back() -> None:
    with pytest.raises(LedgerError, match=r"`claims.1.found` is an alias: edit the file by hand"):
        put(DOSSIER, ("claims", 1, "found"), "page#3")
    with pytest.raises(LedgerError, match="without changing something else"):
        put(DOSSIER, ("claims", 0, "found"), "page#3")
    with pytest.raises(LedgerError, match="without changing something else"):
        remove(DOSSIER, ("claims", 0, "found"))


def test_an_only_key_goes_with_the_mapping_around_it() -> None:
    assert remove(DOSSIER, ("claims", 1, "conflicts", "a")) == DOSSIER[: DOSSIER.rindex("    conf")]
    assert remove("{a: 1}", ("a",)) == "{}"
    assert remove("a: 1\n", ("a",)) == ""


def test_a_key_takes_the_turn_that_it_is_given_or_the_alphabet_has() -> None:
    text = "title: T\nclaims: []\n"
    order = ("title", "when", "questions", "claims")
    assert put(text, ("when",), "2022", order) == "title: T\nwhen: 2022\nclaims: []\n"
    register = "afp: {name: AFP}\n# N.\nnyt: {name: NYT}\n"
    assert put(register, ("bbc",), {"name": "BBC"}) == (
        "afp: {name: AFP}\nbbc:\n  name: BBC\n# N.\nnyt: {name: NYT}\n"
    )
    assert put("b: 1\na: 2\n", ("aa",), "3") == "b: 1\na: 2\naa: 3\n"


def test_invisible_characters_are_refused() -> None:
    for value in ("a\u202eb", "\x00", "x\x85", "\ud800", ["\ufeff"], {"k": "\u2066"}):
        with pytest.raises(LedgerError, match="the text holds the invisible character U"):
            put("a: 1\n", ("a",), value)  # type: ignore[arg-type] # all of them are data
        with pytest.raises(LedgerError, match="the text holds the invisible character U"):
            append("a: [1]\n", ("a",), value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("a: [1", ("a",)),
        ("a: !tag x\n", ("b",)),
        ("a: 1\n---\na: 2\n", ("a",)),
        ("- a\n- b\n", ("a",)),
        ("text\n", ("a",)),
        ("a: 1\n", ("a", "b")),
        ("a: [1]\n", ("a", 3)),
        ("? [a]\n: 1\n", ("b",)),
    ],
)
def test_what_cannot_be_changed_safely_is_left_to_the_editor(text: str, keys: Keys) -> None:
    with pytest.raises(LedgerError):
        put(text, keys, "x")


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_a_comment_on_the_last_entry_stays_with_it(line_break: str) -> None:
    lines = [
        "claims:",
        "  - id: a",
        "    text: A.",
        "    # on a",
        "  # on the list",
        "title: T",
        "",
    ]
    old = line_break.join(lines)
    new = append(old, ("claims",), {"id": "b"})
    assert new == line_break.join([*lines[:4], "  - id: b", *lines[4:]])


def test_a_comment_at_the_end_of_the_text_stays_with_its_entry() -> None:
    assert append("a:\n- x\n  # on x", ("a",), "y") == "a:\n- x\n  # on x\n- y\n"
