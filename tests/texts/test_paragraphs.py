"""Paragraphs: which lines count, and what their text is known by."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

import pytest

from ledger.problems import LedgerError
from ledger.texts.paragraphs import is_heading, read_text

TEXT = "A heading\n\nThe well was dry.\n \t\nIt rained.\n"


def written(folder: Path, raw: bytes, name: str = "text.txt") -> Path:
    """Return a file with some bytes in it."""
    file = folder / name
    file.write_bytes(raw)
    return file


def test_lines_that_are_not_blank_are_counted_from_1(tmp_path: Path) -> None:
    text = read_text(written(tmp_path, TEXT.encode()))
    assert text.paragraphs == ("A heading", "The well was dry.", "It rained.")
    assert [text.paragraph(number) for number in (0, 1, 3, 4)] == [
        "",
        "A heading",
        "It rained.",
        "",
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_ends_a_line(end: str, tmp_path: Path) -> None:
    text = read_text(written(tmp_path, TEXT.replace("\n", end).encode()))
    assert len(text.paragraphs) == 3


@pytest.mark.parametrize("blank", ["\xa0", "\u200b", "\u200f\u2003", "\ufeff", "\x0c"])
def test_a_line_that_shows_nothing_is_blank(blank: str, tmp_path: Path) -> None:
    text = read_text(written(tmp_path, f"one\n{blank}\ntwo\n".encode()))
    assert text.paragraphs == ("one", "two")


def test_a_separator_inside_a_line_ends_none(tmp_path: Path) -> None:
    text = read_text(written(tmp_path, "one\u2028still one\x0band still\n".encode()))
    assert len(text.paragraphs) == 1


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_a_byte_order_mark_is_not_text(mark: bytes, encoding: str, tmp_path: Path) -> None:
    raw = mark + "Goïta said\n".encode(encoding)
    text = read_text(written(tmp_path, raw))
    assert text.paragraphs == ("Goïta said",)
    assert text.sha256 == hashlib.sha256(raw).hexdigest()


def test_the_hash_of_a_plain_text_is_that_of_its_file(tmp_path: Path) -> None:
    raw = TEXT.replace("\n", "\r\n").encode()
    assert read_text(written(tmp_path, raw)).sha256 == hashlib.sha256(raw).hexdigest()


def test_the_hash_of_a_page_does_not_change_with_its_adornments(tmp_path: Path) -> None:
    page = b"<!doctype html><nav>%s</nav><p>The well was dry.</p><p>It rained.</p>"
    one, other = (read_text(written(tmp_path, page % menu)) for menu in (b"Home", b"Back"))
    assert one == other
    assert one.sha256 == hashlib.sha256(b"The well was dry.\nIt rained.\n").hexdigest()


def test_text_from_right_to_left_is_kept_as_it_is(tmp_path: Path) -> None:
    text = read_text(written(tmp_path, "قال شاهد\n\n\u200fقُتل ثلاثة\n".encode()))
    assert text.paragraphs == ("قال شاهد", "\u200fقُتل ثلاثة")


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"one\ncaf\xe9\n", "line 2: the byte 0xe9 is not UTF-8"),
        (b"PK\x03\x04\0\0", "is not a text: it holds zero bytes"),
        (b"\n \n", "holds no text"),
        (b"", "holds no text"),
    ],
)
def test_what_is_no_text_is_told_in_a_line(raw: bytes, told: str, tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=told):
        read_text(written(tmp_path, raw))


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="cannot be read: No such file"):
        read_text(tmp_path / "none.txt")


@pytest.mark.parametrize(
    ("paragraph", "heading"),
    [
        ("Security agencies", True),
        ("What happened", True),
        ("It rained.", False),
        ("Did it rain?", False),
        ("He said: “It rained.”", False),
        ("a line of so many words without a stop that it can hardly be a heading", False),
    ],
)
def test_a_heading_is_short_and_ends_without_a_stop(paragraph: str, *, heading: bool) -> None:
    assert is_heading(paragraph) == heading
