"""Whether a text is in our own words: whether it shares a run of words with another text."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

RUN: Final = 8
"""How many words in a row are a copy."""

VARIABLE: Final = "LEDGER_TEXTS"
"""The environment variable that names a folder with the documents' texts."""

LARGEST: Final = 5_000_000
"""How many bytes a text has at most; anything larger is none of the documents."""

_WORD: Final = re.compile(r"\w+(?:['’]\w+)*")


def words_of(text: str) -> list[str]:
    """Return a text's words, whatever their case and the kind of their apostrophes."""
    return [word.casefold().replace("’", "'") for word in _WORD.findall(text)]


def runs_of(text: str) -> set[tuple[str, ...]]:
    """Return every run of RUN words of a text."""
    words = words_of(text)
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def copied_runs(text: str, held: set[tuple[str, ...]]) -> list[str]:
    """Return the runs of words of a text that are among some others."""
    return sorted(" ".join(run) for run in runs_of(text) & held)


def texts_at_hand(hashes: Iterable[str], root: Path) -> Iterator[Path]:
    """Yield the files, by their hash, that are texts of documents.

    They are looked for in the folder that LEDGER_TEXTS names, else beside the checkout, and
    up to two folders below.
    """
    wanted = set(hashes)
    folder = Path(os.environ.get(VARIABLE, root.parent))
    files = (file for depth in ("*.txt", "*/*.txt", "*/*/*.txt") for file in folder.glob(depth))
    for file in sorted(one for one in files if one.is_file() and one.stat().st_size < LARGEST):
        if hashlib.sha256(file.read_bytes()).hexdigest() in wanted:
            yield file
