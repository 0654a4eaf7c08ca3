"""Changes to a line of a bulk file: it is changed as asked, and every other stays."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.edit.jsonl_text import line_with, put_in_line, remove_in_line
from ledger.problems import LedgerError, Place
from ledger.read.jsonl_file import parse_json_line
from ledger.read.yaml_file import Data
from ledger.text import UNSAFE

TEXT = '{"id": "a", "value": 1.50}\r\n\n{ "id" :"b" }\n{"id": "c", "text": "Goïta 😀"}'


def test_only_the_line_changes_and_keeps_its_ending() -> None:
    assert put_in_line(TEXT, 1, ["note"], "é") == TEXT.replace(
        '{"id": "a", "value": 1.50}', '{"id": "a", "value": 1.50, "note": "é"}'
    )
    assert put_in_line(TEXT, 4, ["conflicts", "b"], "So.") == TEXT.replace(
        '😀"}', '😀", "conflicts": {"b": "So."}}'
    )
    assert remove_in_line(TEXT, 4, ["text"]).endswith('{ "id" :"b" }\n{"id": "c"}')


@pytest.mark.parametrize("number", ["1.50", "1e5", "12345678901234567890123", "0.10", "-0"])
def test_a_number_stays_the_digits_that_were_written(number: str) -> None:
    changed = put_in_line(f'{{"value": {number}}}', 1, ["note"], "x")
    assert parse_json_line(changed, Place("")) == {"value": number, "note": "x"}


ODD = (
    '{ "id" : "a",  "value":12, "text": "\\u00e9\\/", "cites": [ {"outlet": "x"} ], '
    '"n": {"b": 1.0, "c": "d" } }'
)


@pytest.mark.parametrize(
    ("keys", "value", "old", "new"),
    [
        (["n", "b"], "2", "1.0", '"2"'),
        (["n", "c"], "é", '"d"', '"é"'),
        (["n", "new"], {"k": ["v"]}, '"d"', '"d", "new": {"k": ["v"]}'),
        (["n"], {"b": "1.0", "c": "e"}, '"d"', '"e"'),
        (["n"], {"c": "d"}, '"b": 1.0, ', ""),
        (["n"], {"b": "1.0"}, ', "c": "d"', ""),
        (["n"], "x", '{"b": 1.0, "c": "d" }', '"x"'),
        (["cites"], [{"outlet": "x"}, {"outlet": "y"}], '"x"}', '"x"}, {"outlet": "y"}'),
        (["cites"], [], '[ {"outlet": "x"} ]', "[]"),
        (["value"], "12", "", ""),
        (["more"], "x", '"d" }', '"d" }, "more": "x"'),
    ],
)
def test_only_what_differs_changes_of_a_line(
    keys: list[str], value: Data, old: str, new: str
) -> None:
    assert put_in_line(ODD, 1, keys, value) == ODD.replace(old, new)


def test_only_what_is_removed_goes_from_a_line() -> None:
    assert remove_in_line(ODD, 1, ["n", "c"]) == ODD.replace(', "c": "d"', "")
    assert remove_in_line(ODD, 1, ["n", "b"]) == ODD.replace('"b": 1.0, ', "")
    assert remove_in_line(ODD, 1, ["id"]) == ODD.replace('"id" : "a",  ', "")
    assert remove_in_line('{"a":1,"b":{"c":2}}', 1, ["b", "c"]) == '{"a":1}'
    assert remove_in_line('{ "a": 1 }', 1, ["a"]) == "{}"


def test_a_line_that_saves_blanks_goes_on_to_save_them() -> None:
    line = '{"a":1,"b":[]}'
    assert put_in_line(line, 1, ["c"], ["x", "y"]) == '{"a":1,"b":[],"c":["x","y"]}'
    assert put_in_line("{}", 1, ["c"], ["x", "y"]) == '{"c": ["x", "y"]}'


def test_a_mapping_left_empty_goes_too() -> None:
    line = '{"id": "a", "conflicts": {"b": {"because": "x"}}}'
    assert remove_in_line(line, 1, ["conflicts", "b", "because"]) == '{"id": "a"}'


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        ("{", ["a"]),
        ("[1]", ["a"]),
        ("", ["a"]),
        ('{"a": 1, "a": 2}', ["a"]),
        ('{"a": "text"}', ["a", "b"]),
        ("[" * 100_000, ["a"]),
    ],
)
def test_what_is_no_claim_is_left_to_the_editor(line: str, keys: list[str]) -> None:
    with pytest.raises(LedgerError):
        put_in_line(line, 1, keys, "x")
    with pytest.raises(LedgerError):
        remove_in_line(line, 1, keys)


def test_what_is_not_there_cannot_be_removed() -> None:
    with pytest.raises(LedgerError, match=r"^`a.b` is not there: edit line 1 by hand$"):
        remove_in_line("{}", 1, ["a", "b"])


def test_invisible_characters_are_refused() -> None:
    with pytest.raises(LedgerError, match=r"U\+202E"):
        put_in_line("{}", 1, ["note"], "a\u202eb")


def test_a_claim_is_found_by_its_own_id_only() -> None:
    text = '{"id": "other", "based_on": ["a"]}\nno JSON "a"\n["a"]\n{"id": "a"}\n'
    assert line_with(text, "a") == 4
    assert line_with(text, "b") is None


words = st.text(max_size=5).filter(lambda text: not UNSAFE.search(text))


@given(st.lists(st.dictionaries(words, words, max_size=3), min_size=1, max_size=4), st.data())
def test_every_other_line_stays_byte_for_byte(
    lines: list[dict[str, str]], data: st.DataObject
) -> None:
    text = "\n".join(json.dumps(one) for one in lines) + data.draw(st.sampled_from(["", "\n"]))
    number = data.draw(st.integers(1, len(lines)))
    changed = put_in_line(text, number, ["note"], "new").split("\n")
    expected = text.split("\n")
    assert json.loads(changed[number - 1]) == lines[number - 1] | {"note": "new"}
    assert changed[: number - 1] + changed[number:] == expected[: number - 1] + expected[number:]
