"""From a file's bytes to text that is safe to show: UTF-8 without control characters."""

from __future__ import annotations

import re
from typing import Final

from ledger.problems import Place, Problem, documented

# C0 and C1 controls except tab and line ends, bidirectional embeddings, overrides and isolates,
# line and paragraph separators, byte-order marks inside the text, and lone surrogates.
UNSAFE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def decode(raw: bytes, path: str) -> tuple[str, list[Problem]]:
    """Return a file's text, without a leading byte-order mark, and what is wrong with it."""
    try:
        text = raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return "", [not_utf_8(Place(path, line), raw[error.start])]
    return text, [
        control_character(Place(path, text.count("\n", 0, match.start()) + 1), match[0])
        for match in UNSAFE.finditer(text)
    ]


@documented
def not_utf_8(place: Place, byte: int) -> Problem:
    """A file is not UTF-8.

    Every file of the ledger is UTF-8, so that names keep their accents on every machine.
    """
    return Problem(
        place,
        "not-utf-8",
        f"the byte 0x{byte:02x} is not UTF-8",
        "Save the file as UTF-8.",
    )


@documented
def control_character(place: Place, character: str) -> Problem:
    """A text holds a control character or turns the direction of writing around.

    Such characters are invisible and can make a text read as what it is not. Accents, other
    scripts and right-to-left words are welcome; overrides of the direction are not.
    """
    return Problem(
        place,
        "control-character",
        f"the invisible character U+{ord(character):04X} stands in the text",
        "Delete it; it shows nothing and can disguise what does.",
    )
