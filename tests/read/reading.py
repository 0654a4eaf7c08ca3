"""How the tests read a folder into a draft, and how they name the problems found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from ledger.draft import Draft, open_draft
from ledger.problems import Problem
from ledger.read import read_folder


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files, texts as they are and bytes too, by their paths below a folder; return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


@contextmanager
def reading(folder: Path) -> Iterator[tuple[Draft, list[Problem]]]:
    """Read a folder; give the draft and the problems found."""
    with open_draft(folder) as draft:
        yield draft, read_folder(draft)


def told(problems: Iterable[Problem]) -> list[str]:
    """Return the problems as `path:line: code`, sorted, each once."""
    places = sorted({(one.place, one.code) for one in problems})
    return [f"{place.path}:{place.line}: {code}" for place, code in places]
