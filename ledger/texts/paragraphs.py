"""A document's text as numbered paragraphs: its lines that are not blank, counted from 1."""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ledger.problems import LedgerError
from ledger.texts.saved_page import is_page, lines_of_page

_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_BYTE_ORDER_MARKS: Final = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_ENDS_A_SENTENCE: Final = re.compile(r"[.!?…。؟।][\"'”’»)\]\s]*$")
_LONGEST_HEADING: Final = 12
"""How many words a heading has at most."""


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A document's paragraphs, the first of which has the number 1, and the hash of its text.

    The hash of a plain text is that of the file, as `sha256sum` prints it; the hash of a saved
    page is that of its paragraphs, one a line, so that it does not change with the page's
    adornments.
    """

    paragraphs: tuple[str, ...]
    sha256: str

    def paragraph(self, number: int) -> str:
        """Return the paragraph of a number; nothing if the text has none of that number."""
        return self.paragraphs[number - 1] if 0 < number <= len(self.paragraphs) else ""


def read_text(file: Path) -> DocumentText:
    """Return the paragraphs of a file with a plain text or a saved HTML page.

    Raises LedgerError if the file cannot be read, is not text or holds no paragraph.
    """
    try:
        raw = file.read_bytes()
    except OSError as error:
        message = f"{file} cannot be read: {error.strerror}"
        raise LedgerError(message) from error
    if is_page(raw, file.suffix):
        lines = lines_of_page(raw, str(file))
        text = DocumentText(*_numbered(lines))
    else:
        lines = _LINE_END.split(_decoded(raw, file))
        text = DocumentText(_numbered(lines)[0], hashlib.sha256(raw).hexdigest())
    if not text.paragraphs:
        message = f"{file} holds no text"
        raise LedgerError(message)
    return text


def is_heading(paragraph: str) -> bool:
    """Return whether a paragraph has no sentence: a short line without a full stop."""
    ended = _ENDS_A_SENTENCE.search(paragraph) is not None
    return not ended and len(paragraph.split()) <= _LONGEST_HEADING


def _numbered(lines: list[str]) -> tuple[tuple[str, ...], str]:
    paragraphs = tuple(line.strip() for line in lines if _is_visible(line))
    joined = "".join(f"{paragraph}\n" for paragraph in paragraphs)
    return paragraphs, hashlib.sha256(joined.encode()).hexdigest()


def _is_visible(line: str) -> bool:
    """Return whether a line shows anything: no-break spaces and invisible marks do not."""
    if line.isascii():
        return bool(line.strip())
    return any(unicodedata.category(character)[0] not in "ZC" for character in line)


def _decoded(raw: bytes, file: Path) -> str:
    marks = (name for mark, name in _BYTE_ORDER_MARKS.items() if raw.startswith(mark))
    encoding = next(marks, "utf-8")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"{file}, line {line}: the byte 0x{raw[error.start]:02x} is not UTF-8"
        raise LedgerError(message) from error
    if "\0" in text:
        message = f"{file} is not a text: it holds zero bytes"
        raise LedgerError(message)
    return text
