"""Files: which files belong to a claims folder, in which order, and their hashes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePath
from typing import Final

from ledger.problems import LedgerError, Place, Problem, documented
from ledger.text import name_not_text

REGISTERS: Final = ("outlets.yaml", "places.yaml", "actors.yaml", "documents.yaml")
"""The names of the registers' files, wherever they lie below the claims folder."""

MISTAKEN_ENDINGS: Final = frozenset({".yml", ".json", ".ndjson", ".toml", ".yaml", ".jsonl"})
"""Endings of files that somebody may believe to be read, in any case of letters."""


@dataclass(frozen=True, slots=True)
class Source:
    """What the files of a claims folder hold: as they are, or as some would with other texts."""

    folder: Path
    texts: Mapping[str, bytes] = field(default_factory=dict)

    def lines(self, path: str, hashed: hashlib._Hash | None = None) -> Iterator[bytes]:
        """Yield a file's lines, and add them to a hash. Raises LedgerError if it is not there."""
        text = self.texts.get(path)
        if text is None:
            yield from lines_of(self.folder / path, hashed)
            return
        if hashed:
            hashed.update(text)
        yield from BytesIO(text)


def list_files(folder: Path) -> tuple[dict[str, Path], list[Problem]]:
    """Return a folder's files in the order of reading, and problems with those left out.

    Each file is found by its path below the folder, parted by slashes.
    Registers come first, then dossiers, then bulk files; each group sorted by path. What a link
    leads to is read where nothing else would read it: where it is hidden, as in the folders that
    a cluster mounts. Raises LedgerError if the folder cannot be read.
    """
    if not folder.is_dir():
        message = f"there is no folder {folder}"
        raise LedgerError(message)
    files: list[tuple[str, Path]] = []
    problems: list[Problem] = []
    links: dict[str, str] = {}
    for path, entry in walk(folder):
        ending = PurePath(entry.name).suffix
        if strange := name_not_text(path):
            problems.append(strange)
        elif entry.is_symlink():
            links[path] = entry.path
        elif ending in {".yaml", ".jsonl"}:
            if entry.is_file():
                files.append((path, Path(entry.path)))
            else:
                problems.append(no_file(Place(path)))
        elif ending.lower() in MISTAKEN_ENDINGS:
            problems.append(file_not_read(Place(path), ending))
    linked, faults = _follow(links, folder, {os.fspath(file) for _, file in files})
    files += linked
    return dict(sorted(files, key=lambda found: turn_of(found[0]))), problems + faults


def _follow(
    links: Mapping[str, str], folder: Path, read: set[str]
) -> tuple[list[tuple[str, Path]], list[Problem]]:
    """Return the files that links below a folder lead to and that are not read yet, each once.

    Also what is wrong with the links.
    """
    files: list[tuple[str, Path]] = []
    problems: list[Problem] = []
    inside = os.path.realpath(folder)
    for path, link in sorted(links.items()):
        # Not Path.resolve, which raises where a link leads to itself.
        real = os.path.realpath(link)
        if not _is_below(real, inside):
            problems.append(link_leaves_folder(Place(path)))
        elif not Path(real).exists():
            problems.append(link_leads_nowhere(Place(path)))
        elif not path.endswith((".yaml", ".jsonl")) or not Path(real).is_file():
            continue
        elif _is_hidden(real, inside) and real not in read:
            read.add(real)
            files.append((path, Path(link)))
    return files, problems


def is_register(path: str) -> bool:
    """Return whether a file below the claims folder is a register."""
    return path.rpartition("/")[2] in REGISTERS


def turn_of(path: str) -> tuple[int, str]:
    """Return the turn in which a file is read: registers first, bulk files last."""
    name = path.rpartition("/")[2]
    if name in REGISTERS:
        return REGISTERS.index(name), path
    return len(REGISTERS) + name.endswith(".jsonl"), path


def walk(folder: Path, *, patient: bool = False) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield the files and links below a folder, each with its path there, parted by slashes.

    Hidden ones are not the ledger's; but what links lead to may be. Links to hidden folders
    inside are gone through, each such folder once, under the first of its names. Raises
    LedgerError if a folder cannot be read; if `patient`, it holds nothing then.
    """
    inside = os.path.realpath(folder)
    waiting = [("", os.fspath(folder))]
    linked: dict[str, str] = {}
    walked: set[str] = set()
    while waiting:
        for path, entry in _scan(waiting, walked, patient=patient):
            real = os.path.realpath(entry.path) if entry.is_symlink() else ""
            if _is_hidden(real, inside) and Path(real).is_dir():
                linked[path] = real
            else:
                yield path, entry
        while linked and not waiting:
            path = min(linked)
            waiting.append((f"{path}/", linked.pop(path)))


def _scan(
    waiting: list[tuple[str, str]], walked: set[str], *, patient: bool
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield what lies in and below the waiting folders, without the folders, until none waits.

    Those already walked are passed over.
    """
    while waiting:
        within, folder = waiting.pop()
        if folder in walked:
            continue
        walked.add(folder)
        try:
            with os.scandir(folder) as entries:
                found = [entry for entry in entries if not entry.name.startswith(".")]
        except OSError as error:
            if patient:
                continue
            message = f"cannot read {folder}: {error.strerror}"
            raise LedgerError(message) from error
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                waiting.append((f"{within}{entry.name}/", entry.path))
            else:
                yield within + entry.name, entry


def _is_below(path: str, folder: str) -> bool:
    """Return whether a resolved path is that of a resolved folder, or lies below it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _is_hidden(path: str, folder: str) -> bool:
    """Return whether a resolved path lies below a resolved folder, behind a hidden name."""
    return _is_below(path, folder) and "/." in path[len(folder) :].replace(os.sep, "/")


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
    return hashes_in(list_files(folder)[0])


def hashes_in(files: Mapping[str, Path]) -> dict[str, str]:
    """Return the SHA-256 of each of some files. Raises LedgerError if one cannot be read."""
    hashes: dict[str, str] = {}
    for path, file in files.items():
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


@documented
def link_leads_nowhere(place: Place) -> Problem:
    """A symbolic link below the claims folder leads to nothing that is there.

    What it stood for is not read, so that claims may be missing without a word.
    """
    return Problem(
        place,
        "link-leads-nowhere",
        "the symbolic link leads to nothing",
        "Put the file itself here, or remove the link.",
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
