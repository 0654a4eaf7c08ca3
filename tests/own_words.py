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

    They are looked for in the folder that LEDGER_TEXTS names, else beside the checkout.
    """
    wanted = set(hashes)
    told = os.environ.get(VARIABLE)
    files = Path(told).rglob("*.txt") if told else root.parent.glob("*/*/*.txt")
    for file in sorted(files):
        if hashlib.sha256(file.read_bytes()).hexdigest() in wanted:
            yield file
