"""Bytes to text: UTF-8, and no character that shows nothing or disguises what does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.problems import Place
from ledger.text import decode, name_not_text


def test_a_text_keeps_its_accents_scripts_tabs_and_line_ends() -> None:
    text = "Goïta\tباماكو\r\n👩🏽\u200d🚀 e\u0301\n"  # noqa: RUF001 # Arabic is meant
    assert decode(text.encode(), "a.yaml") == (text, [])


def test_a_leading_byte_order_mark_is_left_out() -> None:
    assert decode(b"\xef\xbb\xbftitle: A", "a.yaml") == ("title: A", [])


@pytest.mark.parametrize(
    ("raw", "line", "byte"),
    [
        (b"\xff", 1, "0xff"),
        ("title: A\nby: Gaëlle\n".encode("latin-1"), 2, "0xeb"),
        (b"\xff\xfet\x00i\x00", 1, "0xff"),
        (b"cut off \xc3", 1, "0xc3"),
        (b"a surrogate\n\xed\xa0\x80", 2, "0xed"),
        (b"overlong\n\n\xc0\xaf", 3, "0xc0"),
    ],
    ids=["a byte", "Latin-1", "UTF-16", "cut off", "surrogate", "overlong"],
)
def test_bytes_that_are_not_utf_8_are_told_with_their_line(
    raw: bytes, line: int, byte: str
) -> None:
    text, (problem,) = decode(raw, "a.yaml")
    assert (text, problem.place, problem.code) == ("", Place("a.yaml", line), "not-utf-8")
    assert byte in problem.what


@pytest.mark.parametrize(
    "character",
    bytes.fromhex("00 08 0B 0C 1B 7F 85 9F").decode("latin-1")
    + "\u2028\u2029\u202a\u202e\u2066\u2069\ufeff\ufffe\uffff",
    ids=lambda character: f"U+{ord(character):04X}",
)
def test_an_invisible_character_is_told_with_its_line(character: str) -> None:
    _, (problem,) = decode(f"one\ntwo {character}\n".encode(), "a.yaml")
    assert (problem.place, problem.code) == (Place("a.yaml", 2), "control-character")
    assert f"U+{ord(character):04X}" in problem.what


def test_every_line_with_an_invisible_character_is_told() -> None:
    _, problems = decode(b"\x07\nfine\n\x07\n", "a.yaml")
    assert [problem.place.line for problem in problems] == [1, 3]


@settings(deadline=None)
@given(raw=st.binary() | st.text().map(str.encode))
def test_any_bytes_are_either_read_as_they_are_or_told(raw: bytes) -> None:
    text, problems = decode(raw, "a.yaml")
    assert problems or text.encode() == raw.removeprefix(b"\xef\xbb\xbf")


@pytest.mark.parametrize("name", ["mali/moura-2022.yaml", "Goïta/une dossière.yaml", "مالي.yaml"])
def test_a_file_may_have_any_name_that_can_be_shown(name: str) -> None:
    assert name_not_text(name) is None


@pytest.mark.parametrize(
    ("name", "shown", "code", "strange"),
    [
        ("two\nlines.yaml", r"two\nlines.yaml", "control-character", "U+000A"),
        ("\x1b[2J.yaml", r"\x1b[2J.yaml", "control-character", "U+001B"),
        ("lmay\u202e.yaml", r"lmay\u202e.yaml", "control-character", "U+202E"),
        ("Ga\udceblle.yaml", r"Ga\udceblle.yaml", "not-utf-8", "0xeb"),
    ],
)
def test_a_file_whose_name_cannot_be_shown_is_told_in_escapes(
    name: str, shown: str, code: str, strange: str
) -> None:
    problem = name_not_text(name)
    assert problem is not None
    assert (problem.place, problem.code) == (Place(shown), code)
    assert strange in problem.what
