"""Files: which files belong to a claims folder, in which order, and their hashes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from ledger.problems import LedgerError, Place, Problem, documented
from ledger.text import name_not_text

REGISTERS: Final = ("outlets.yaml", "places.yaml", "actors.yaml", "documents.yaml")
"""The names of the registers' files, wherever they lie below the claims folder."""

MISTAKEN_ENDINGS: Final = frozenset({".yml", ".json", ".ndjson", ".toml", ".yaml", ".jsonl"})
"""Endings of files that somebody may believe to be read, in any case of letters."""


def list_files(folder: Path) -> tuple[dict[str, Path], list[Problem]]:
    """Return a folder's files in the order of reading, and problems with those left out.

    Each file is found by its path below the folder, parted by slashes.
    Registers come first, then dossiers, then bulk files; each group sorted by path.
    """
    if not folder.is_dir():
        message = f"there is no folder {folder}"
        raise LedgerError(message)
    files: list[tuple[str, Path]] = []
    problems: list[Problem] = []
    inside = folder.resolve()
    for path, file in _walk(folder):
        if strange := name_not_text(path):
            problems.append(strange)
        elif file.is_symlink():
            # Not Path.resolve, which raises where a link leads to itself.
            if not Path(os.path.realpath(file)).is_relative_to(inside):
                problems.append(link_leaves_folder(Place(path)))
        elif (ending := file.suffix) in {".yaml", ".jsonl"}:
            if file.is_file():
                files.append((path, file))
            else:
                problems.append(no_file(Place(path)))
        elif ending.lower() in MISTAKEN_ENDINGS:
            problems.append(file_not_read(Place(path), ending))
    return dict(sorted(files, key=lambda found: turn_of(found[0]))), problems


def is_register(path: str) -> bool:
    """Return whether a file below the claims folder is a register."""
    return path.rpartition("/")[2] in REGISTERS


def turn_of(path: str) -> tuple[int, str]:
    """Return the turn in which a file is read: registers first, bulk files last."""
    name = path.rpartition("/")[2]
    if name in REGISTERS:
        return REGISTERS.index(name), path
    return len(REGISTERS) + name.endswith(".jsonl"), path


def _walk(folder: Path, within: str = "") -> Iterator[tuple[str, Path]]:
    """Yield the files and symbolic links below a folder; hidden ones are not the ledger's.

    Each comes with its path below the folder, behind the path `within` of the folder itself.
    """
    try:
        entries = list(os.scandir(folder))
    except OSError as error:
        message = f"cannot read {folder}: {error.strerror}"
        raise LedgerError(message) from error
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path), f"{within}{entry.name}/")
        else:
            yield f"{within}{entry.name}", Path(entry.path)


def lines_of(file: Path, hashed: hashlib._Hash | None = None) -> Iterator[bytes]:
    """Yield a file's lines, so that it need not fit into memory, and add them to a hash."""
    try:
        with file.open("rb") as lines:
            for line in lines:
                if hashed:
                    hashed.update(line)
                yield line
    except OSError as error:
        message = f"cannot read {file}: {error.strerror}"
        raise LedgerError(message) from error


def hashes_of(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each of a folder's files by its path, in the order of reading."""
    hashes: dict[str, str] = {}
    for path, file in list_files(folder)[0].items():
        try:
            with file.open("rb", buffering=0) as opened:
                hashed = hashlib.file_digest(opened, "sha256")
        except OSError as error:
            message = f"cannot read {file}: {error.strerror}"
            raise LedgerError(message) from error
        hashes[path] = hashed.hexdigest()
    return hashes


def digest_of(hashes: Mapping[str, str]) -> str:
    """Return the hash of a folder's files, their paths and contents, as a build records it.

    `hashes` are those of the files by their paths, in the order of reading.
    """
    digest = hashlib.sha256()
    for path, sha256 in hashes.items():
        digest.update(line_of_digest(path, sha256))
    return digest.hexdigest()


def line_of_digest(path: str, sha256: str) -> bytes:
    """Return what one file adds to the hash of a folder."""
    return f"{path}\0{sha256}\n".encode()


@documented
def link_leaves_folder(place: Place) -> Problem:
    """A symbolic link points out of the claims folder.

    What it points to is not part of the ledger's history; it is not followed.
    """
    return Problem(
        place,
        "link-leaves-folder",
        "the symbolic link points out of the claims folder",
        "Put the file itself here.",
    )


def no_file(place: Place) -> Problem:
    """Return the problem that something is named as a file and is none; see file_not_read."""
    return Problem(
        place, "file-not-read", "this is no regular file", "Put a file here, or remove it."
    )


@documented
def file_not_read(place: Place, ending: str) -> Problem:
    """A file below the claims folder has an ending that the ledger does not read."""
    return Problem(
        place,
        "file-not-read",
        f"files that end in {ending} are not read",
        "Name it .yaml (a register or dossier) or .jsonl (one claim a line).",
    )
