"""JSON lines: numbers stay the text that was written, and one line never brings down the rest."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.problems import Place, Problem
from ledger.read.jsonl_file import parse_json_line
from ledger.read.yaml_file import DEEPEST
from ledger.text import UNSAFE

HERE = Place("bulk.jsonl", 7)

INVISIBLE = r"""
"\u0007" "\b" "\f" "\ud800" "\udc00\ud800" "\u202e" "\uffff" {"\u0000":1} [{"a":"\ufeff"}]
"""


def code_of(line: str) -> str | None:
    """Return the code of the problem that a line has, None if it can be read."""
    found = parse_json_line(line, HERE)
    if isinstance(found, Problem):
        assert found.place == HERE
        return found.code
    return None


@pytest.mark.parametrize(
    "number",
    ["0", "-0", "12", "1.50", "1e3", "-1E-7", "1" * 5_000, "1e999", "NaN", "Infinity", "-Infinity"],
    ids=lambda number: number[:12],
)
def test_a_number_stays_the_text_that_was_written(number: str) -> None:
    assert parse_json_line(f'{{"value": [{number}]}}', HERE) == {"value": [number]}


@pytest.mark.parametrize(
    ("line", "data"),
    [
        ('{"a": true, "b": [false, null]}', {"a": True, "b": [False, None]}),
        ('{"a": {"b": [{"c": []}]}}\r', {"a": {"b": [{"c": []}]}}),
        (r'"\u00e9\ud83d\ude80\n\t\"\/"', 'é🚀\n\t"/'),
        ('"NO 0555 12:30"', "NO 0555 12:30"),
        (" [] ", []),
    ],
)
def test_a_line_is_read_as_json(line: str, data: object) -> None:
    assert parse_json_line(line, HERE) == data


@pytest.mark.parametrize(
    "line", ["", "{", "}", "id: a", "{'id': 1}", '{"a": 1,}', "{} {}", '"a\tb"', r'"\x41"', "nul"]
)
def test_what_is_not_json_is_told(line: str) -> None:
    assert code_of(line) == "not-json"


def test_what_is_not_json_is_told_with_the_column() -> None:
    problem = parse_json_line('{"id": "a" "text": "b"}', HERE)
    assert isinstance(problem, Problem)
    assert problem.what.endswith("at column 12")


@pytest.mark.parametrize("line", ['{"a": 1, "a": 1}', '[{"b": {"a": 1, "c": 2, "a": 3}}]'])
def test_a_key_stands_once(line: str) -> None:
    assert code_of(line) == "duplicate-key"


@pytest.mark.parametrize("line", INVISIBLE.split())
def test_no_escape_brings_in_an_invisible_character(line: str) -> None:
    assert code_of(line) == "control-character"


@pytest.mark.parametrize(
    ("opening", "closing"), [("[", "]"), ('{"a":', "}")], ids=["lists", "objects"]
)
def test_lists_and_objects_nest_down_to_the_deepest_and_no_deeper(
    opening: str, closing: str
) -> None:
    assert code_of(opening * DEEPEST + r'"\u0041"' + closing * DEEPEST) is None
    for depth in (DEEPEST + 1, 600, 900, 100_000):
        line = opening * depth + r'"\u0041"' + closing * depth
        assert code_of(line) == "nested-too-deeply"


def test_many_short_lists_beside_each_other_are_not_deep() -> None:
    assert code_of("[" + ", ".join(["[]", "{}"] * 100) + "]") is None


jsonish = st.text(alphabet=' \t{}[]",:\\u0dD8/bn-+.eE1trufalsN\x00\ufeff')


@settings(deadline=None)
@given(line=st.text() | jsonish)
def test_any_line_is_read_as_json_reads_it_or_told(line: str) -> None:
    if code_of(line) is None:
        plain = json.loads(line, parse_int=str, parse_float=str, parse_constant=str)
        assert parse_json_line(line, HERE) == plain


safe = st.text().filter(lambda text: UNSAFE.search(text) is None)
trees = st.recursive(
    safe | st.booleans() | st.none(),
    lambda held: st.lists(held) | st.dictionaries(safe, held),
    max_leaves=20,
)


@settings(deadline=None)
@given(data=trees, ascii_only=st.booleans())
def test_what_was_written_as_json_is_read_as_it_was(data: object, ascii_only: bool) -> None:
    assert parse_json_line(json.dumps(data, ensure_ascii=ascii_only), HERE) == data
