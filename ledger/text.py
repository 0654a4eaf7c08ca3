"""From a file's bytes to text that is safe to show: UTF-8 without control characters."""

from __future__ import annotations

import re
from typing import Final

from ledger.problems import Place, Problem, documented

# C0 and C1 controls except tab and line ends, bidirectional embeddings, overrides and isolates,
# line and paragraph separators, byte-order marks inside the text, lone surrogates, and the two
# noncharacters that YAML forbids.
UNSAFE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ufeff\ufffe\uffff\ud800-\udfff]"
)


def decode(raw: bytes, path: str, first: int = 1) -> tuple[str, list[Problem]]:
    """Return a text of a file from its line `first` on, and what is wrong with it.

    A byte-order mark at the file's beginning is left out.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + first
        return "", [not_utf_8(Place(path, line), raw[error.start])]
    if first == 1:
        text = text.removeprefix("\ufeff")
    if text.isprintable():  # a quick look: no unsafe character is
        return text, []
    return text, [
        control_character(Place(path, text.count("\n", 0, match.start()) + first), match[0])
        for match in UNSAFE.finditer(text)
    ]


def name_not_text(path: str) -> Problem | None:
    """Return what is wrong with a file's path, which problems are to show as it is."""
    strange = next((character for character in path if not character.isprintable()), None)
    if strange is None:
        return None
    shown = (
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in path
    )
    place = Place("".join(shown))
    if "\udc80" <= strange <= "\udcff":  # how Python carries a byte of a name that is not UTF-8
        return not_utf_8(place, ord(strange) - 0xDC00, "Rename the file.")
    return control_character(place, strange, "file's name")


@documented
def not_utf_8(place: Place, byte: int, remedy: str = "Save the file as UTF-8.") -> Problem:
    """A file is not UTF-8, or its name is not.

    Every file of the ledger is UTF-8, so that names keep their accents on every machine.
    """
    return Problem(place, "not-utf-8", f"the byte 0x{byte:02x} is not UTF-8", remedy)


@documented
def control_character(place: Place, character: str, where: str = "text") -> Problem:
    """A text holds a control character or turns the direction of writing around.

    Such characters are invisible and can make a text read as what it is not. Accents, other
    scripts and right-to-left words are welcome; overrides of the direction are not.
    """
    return Problem(
        place,
        "control-character",
        f"the invisible character U+{ord(character):04X} stands in the {where}",
        "Delete it; it shows nothing and can disguise what does.",
    )
