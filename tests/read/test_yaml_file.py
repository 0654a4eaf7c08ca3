"""YAML: every scalar the text that was written, every key with its line, nothing that explodes."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.problems import Place
from ledger.read.yaml_file import DEEPEST, MOST_REPEATED, Data, line_of, parse_yaml
from ledger.text import UNSAFE

SAMPLE = """\
# a comment
title: Moura

questions:
  deaths:
    asks: >
      How many were
      killed?
claims:
- id: first
  found: [page#1,
    page#2]
-
  id: second
  cites:
  - {outlet: daily,
     title: A title}
"""

WORDS = """
NO no yes on true null ~ Null 0555 0x1F 1_000 12:30 1.50 1e3 .inf .nan = << ~300 500+ -8
2022-03-27 2022-03-27T10:00:00Z
"""


def codes_of(text: str) -> list[tuple[int, str]]:
    """Return the line and code of everything wrong with a text."""
    return [(one.place.line, one.code) for one in parse_yaml(text, "a.yaml").problems]


@pytest.mark.parametrize("word", WORDS.split())
def test_a_word_stays_the_text_that_was_written(word: str) -> None:
    assert parse_yaml(f"{word}: [{word}]", "a.yaml").data == {word: [word]}


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("", ""),
        ("# none", ""),
        ("''", ""),
        ("'it''s'", "it's"),
        (r'"\u00e9\t\x41"', "é\tA"),
        ("|\n  two\n  lines", "two\nlines\n"),
        (">-\n  one\n  line", "one line"),
        ("one\n  line", "one line"),
        ("a #b", "a"),
        ("a#b", "a#b"),
    ],
)
def test_a_text_is_read_in_every_style_of_yaml(written: str, text: str) -> None:
    assert parse_yaml(f"key: {written}\n", "a.yaml").data == {"key": text}


@pytest.mark.parametrize("text", ["", "\n\n", "# only\n# comments\n", "   "])
def test_a_file_may_hold_nothing(text: str) -> None:
    parsed = parse_yaml(text, "a.yaml")
    assert (parsed.data, parsed.marks, parsed.problems) == (None, 1, [])


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ((), 2),
        (("title",), 2),
        (("questions", "deaths"), 5),
        (("questions", "deaths", "asks"), 6),
        (("claims",), 9),
        (("claims", 0), 10),
        (("claims", 0, "found"), 11),
        (("claims", 0, "found", 0), 11),
        (("claims", 0, "found", 1), 12),
        (("claims", 1), 14),
        (("claims", 1, "cites", 0, "title"), 17),
        (("nothing",), 2),
        (("claims", 7), 9),
        (("claims", "id"), 9),
        (("questions", "deaths", "unit"), 5),
        (("title", "inside", 3), 2),
    ],
)
def test_a_key_has_its_own_line_or_that_of_the_nearest_thing_around(
    keys: tuple[str | int, ...], line: int, line_end: str
) -> None:
    marks = parse_yaml(SAMPLE.replace("\n", line_end), "a.yaml").marks
    assert line_of(marks, keys) == line


def test_a_second_equal_key_is_told_and_the_first_value_kept() -> None:
    parsed = parse_yaml("a: 1\nb: {c: 1, c: 2}\na: 2\na: 3\n", "a.yaml")
    assert parsed.data == {"a": "1", "b": {"c": "1"}}
    assert [(one.place.line, one.code) for one in parsed.problems] == [
        (2, "duplicate-key"),
        (3, "duplicate-key"),
        (4, "duplicate-key"),
    ]
    assert "line 1" in parsed.problems[1].what


@pytest.mark.parametrize(
    "text", ["- {a: 1}\n- {a: 1}\n", "a: {a: {a: 1}}", "A: 1\na: 1\n", "1: a\n'01': a\n"]
)
def test_equal_keys_of_different_mappings_are_welcome(text: str) -> None:
    assert codes_of(text) == []


def test_an_alias_repeats_what_was_marked_and_has_its_own_keys_line() -> None:
    parsed = parse_yaml("a: &list\n- b\n- &c {d: e}\nf: *list\ng: *c\n", "a.yaml")
    assert parsed.data == {"a": ["b", {"d": "e"}], "f": ["b", {"d": "e"}], "g": {"d": "e"}}
    assert parsed.problems == []
    assert (line_of(parsed.marks, ("f",)), line_of(parsed.marks, ("g",))) == (4, 5)


def test_aliases_may_repeat_up_to_the_limit_and_no_further() -> None:
    marked = "- &hundred [" + ", ".join("x" * 99) + "]\n"
    repeated = "- *hundred\n" * (MOST_REPEATED // 100)
    assert codes_of(marked + repeated) == []
    assert codes_of(marked + repeated + "- *hundred\n") == [(12, "aliases-explode")]


def test_a_file_that_would_become_huge_is_told_at_once() -> None:
    lines = ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    assert codes_of("\n".join(lines)) == [(3, "aliases-explode")]


@pytest.mark.parametrize("text", ["a: *b", "a: &b [*b]", "&a {b: {c: *a}}", "- *b\n- &b c\n"])
def test_an_alias_for_what_stands_below_or_around_it_is_refused(text: str) -> None:
    assert codes_of(text) == [(1, "unknown-alias")]


@pytest.mark.parametrize(
    ("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("- ", "")], ids=["lists", "mappings", "-"]
)
def test_lists_and_mappings_nest_down_to_the_deepest_and_no_deeper(
    opening: str, closing: str
) -> None:
    assert codes_of(opening * DEEPEST + "x" + closing * DEEPEST) == []
    for depth in (DEEPEST + 1, 100_000):
        text = opening * depth + "x" + closing * depth
        assert codes_of(text) == [(1, "nested-too-deeply")]


@pytest.mark.parametrize("deep", ["[" * 100_000, "[" * 5_000 + "]" * 5_000, "{a: [" * 2_000])
def test_what_nests_too_deeply_is_told_where_it_stands(deep: str) -> None:
    assert codes_of(f"a: b\nc:\n- {deep}\n") == [(3, "nested-too-deeply")]


def test_brackets_over_many_lines_are_told_on_the_line_that_passes_the_deepest() -> None:
    assert codes_of("[\n" * 100_000) == [(DEEPEST + 1, "nested-too-deeply")]
    assert codes_of("[[\n" * 100_000) == [(DEEPEST // 2 + 1, "nested-too-deeply")]


@pytest.mark.parametrize("text", ["!!str a", "!a b", "! a", "a: !!set {b}", "- !!python/none []"])
def test_no_tag_is_obeyed(text: str) -> None:
    assert codes_of(text) == [(1, "custom-tag")]


@pytest.mark.parametrize("text", ["[a]: b", "? [a]\n: b", "? {a: b}\n: c", "&a x: 1\n*a : 2"])
def test_a_key_is_a_word(text: str) -> None:
    assert [code for _, code in codes_of(text)] == ["key-not-a-word"]


@pytest.mark.parametrize("text", ["---\na: b\n", "a: b\n...\n", "%YAML 1.1\n---\na: b\n"])
def test_one_document_may_be_marked_as_such(text: str) -> None:
    parsed = parse_yaml(text, "a.yaml")
    assert (parsed.data, parsed.problems) == ({"a": "b"}, [])


@pytest.mark.parametrize("text", ["a: b\n---\nc: d\n", "---\n---\nc: d\n", "a: b\n...\n---\n"])
def test_a_second_document_is_refused(text: str) -> None:
    assert [code for _, code in codes_of(text)] == ["more-than-one-document"]


@pytest.mark.parametrize(
    "escape", [r"\0", r"\a", r"\b", r"\e", r"\N", r"\L", r"\P", r"\u202e", r"\ufeff", r"\U0000ffff"]
)
def test_no_escape_brings_in_an_invisible_character(escape: str) -> None:
    assert codes_of(f'a:\n- "{escape}"\n') == [(2, "control-character")]
    assert codes_of(f'a: b\n"{escape}": c\n') == [(2, "control-character")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("title: Mali: a coup\n", 1),
        ("a: b\n\tc: d\n", 2),
        ("a:\n\t- b\n", 2),
        ("a: b\nvalue: >300\n", 2),
        ("a: b\nvalue: @300\n", 2),
        ("a: 'b\nc: d\n\n", 1),
        ("a: b\nc\n", 2),
        ("a: b\nc: [d, e\n", 3),
        ("a: b\nc: 'd' e\n", 2),
        (r'a: "\ud800"', 1),
        ("a: ]", 1),
        ("a: *", 1),
    ],
)
def test_what_is_not_yaml_is_told_with_its_line_and_nothing_is_read(text: str, line: int) -> None:
    parsed = parse_yaml(text, "a.yaml")
    assert parsed.data is None
    assert [(one.place, one.code) for one in parsed.problems] == [
        (Place("a.yaml", line), "not-yaml")
    ]


def test_what_was_wrong_before_the_file_broke_off_is_told_too() -> None:
    assert codes_of("a: 1\na: 2\nb: [\n") == [(2, "duplicate-key"), (4, "not-yaml")]


yamlish = st.text(alphabet=" \n\r\t-:{}[]&*!|>'\"%@`#?,~=.abcNO01\\u\x00\x85\u2028\ufeff\uffff")


@settings(deadline=None)
@given(text=st.text() | yamlish)
def test_any_text_is_read_as_a_plain_reader_does_or_told_in_one_of_its_lines(text: str) -> None:
    parsed = parse_yaml(text, "a.yaml")
    if not parsed.problems:
        plain = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 # it makes texts only
        assert parsed.data == plain
    for problem in parsed.problems:
        assert problem.place.path == "a.yaml"
        assert 1 <= problem.place.line <= len(text.splitlines()) + 1


safe = st.text().filter(lambda text: UNSAFE.search(text) is None)
trees = st.recursive(safe, lambda held: st.lists(held) | st.dictionaries(safe, held), max_leaves=20)


@settings(deadline=None)
@given(data=trees)
def test_texts_lists_and_mappings_written_as_yaml_are_read_as_they_were(data: Data) -> None:
    written = yaml.safe_dump(data, default_style='"', allow_unicode=True)
    parsed = parse_yaml(written, "a.yaml")
    assert (parsed.data, parsed.problems) == (data, [])
