"""A claims folder: which files belong to it, and what each of them brings to the draft."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, TypeVar

from ledger import refusals
from ledger.draft import DOSSIER_INDEXES, Draft, Placed
from ledger.problems import LedgerError, Place, Problem, documented
from ledger.read.jsonl_file import parse_json_line
from ledger.read.text import decode, name_not_text
from ledger.read.validate import nothing_written, validate, wrong_shape
from ledger.read.yaml_file import Data, Marks, line_of, parse_yaml
from ledger.records import (
    Actor,
    BulkClaim,
    Claim,
    Document,
    Dossier,
    Outlet,
    PlaceRecord,
    Question,
    Record,
    is_slug,
)

R = TypeVar("R", bound=Record)

REGISTERS: Final = ("outlets.yaml", "places.yaml", "actors.yaml", "documents.yaml")
"""The names of the registers' files, wherever they lie below the claims folder."""

MISTAKEN_ENDINGS: Final = frozenset({".yml", ".json", ".ndjson", ".toml", ".yaml", ".jsonl"})
"""Endings of files that somebody may believe to be read, in any case of letters."""


def read_folder(draft: Draft, on_file: Callable[[Path], None] | None = None) -> list[Problem]:
    """Read every file below the draft's folder into the draft; return what is wrong with them.

    Calls `on_file` before each file. Raises LedgerError if the folder cannot be listed.
    """
    files, problems = list_files(draft.folder)
    draft.whole = not problems
    digest = hashlib.sha256()
    for file in files:
        if on_file:
            on_file(file)
        path = file.relative_to(draft.folder).as_posix()
        hashed = hashlib.sha256()
        lines = _lines_of(file, hashed)
        if path.endswith(".jsonl"):
            problems += _read_bulk(draft, lines, path)
        else:
            problems += _read_yaml(draft, b"".join(lines), path)
        digest.update(_line_of_digest(path, hashed.hexdigest()))
    draft.n_files = len(files)
    draft.digest = digest.hexdigest()
    draft.index()
    return problems


def digest_of(folder: Path) -> str:
    """Return the hash of a folder's files, their paths and contents, as a build records it."""
    digest = hashlib.sha256()
    for file in list_files(folder)[0]:
        hashed = hashlib.sha256()
        for _ in _lines_of(file, hashed):
            pass
        digest.update(_line_of_digest(file.relative_to(folder).as_posix(), hashed.hexdigest()))
    return digest.hexdigest()


def _line_of_digest(path: str, sha256: str) -> bytes:
    return f"{path}\0{sha256}\n".encode()


def list_files(folder: Path) -> tuple[list[Path], list[Problem]]:
    """Return a folder's files in the order of reading, and problems with those left out.

    Registers come first, then dossiers, then bulk files; each group sorted by path.
    """
    if not folder.is_dir():
        message = f"there is no folder {folder}"
        raise LedgerError(message)
    files: list[Path] = []
    problems: list[Problem] = []
    inside = folder.resolve()
    for file in _walk(folder):
        path = file.relative_to(folder).as_posix()
        if strange := name_not_text(path):
            problems.append(strange)
        elif file.is_symlink():
            # Not Path.resolve, which raises where a link leads to itself.
            if not Path(os.path.realpath(file)).is_relative_to(inside):
                problems.append(link_leaves_folder(Place(path)))
        elif (ending := file.suffix) in {".yaml", ".jsonl"}:
            files.append(file)
        elif ending.lower() in MISTAKEN_ENDINGS:
            problems.append(file_not_read(Place(path), ending))
    return sorted(files, key=lambda file: _turn(folder, file)), problems


def _turn(folder: Path, file: Path) -> tuple[int, str]:
    path = file.relative_to(folder).as_posix()
    if file.name in REGISTERS:
        return REGISTERS.index(file.name), path
    return len(REGISTERS) + (file.suffix == ".jsonl"), path


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files and symbolic links below a folder; hidden ones are not the ledger's."""
    try:
        entries = list(os.scandir(folder))
    except OSError as error:
        message = f"cannot read {folder}: {error.strerror}"
        raise LedgerError(message) from error
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path))
        else:
            yield Path(entry.path)


def _lines_of(file: Path, hashed: hashlib._Hash) -> Iterator[bytes]:
    """Yield a file's lines, so that it need not fit into memory, and add them to a hash."""
    try:
        with file.open("rb") as lines:
            for line in lines:
                hashed.update(line)
                yield line
    except OSError as error:
        message = f"cannot read {file}: {error.strerror}"
        raise LedgerError(message) from error


def _read_yaml(draft: Draft, raw: bytes, path: str) -> list[Problem]:
    text, found = decode(raw, path)
    if found:
        draft.whole = False
        return found
    parsed = parse_yaml(text, path)
    if parsed.data is None and parsed.problems:
        draft.whole = False
        return parsed.problems
    name = Path(path).name
    register = name in REGISTERS
    data, marks = (parsed.data, parsed.marks) if parsed.data else ({}, 1)
    if not isinstance(data, dict):
        draft.whole = False
        what, keys = ("register", ["an-id"]) if register else ("dossier", ["title", "claims"])
        return [*parsed.problems, wrong_shape(Place(path), f"the {what}", "mapping", keys)]
    if register:
        return parsed.problems + _read_register(draft, name, data, marks, path)
    return parsed.problems + _read_dossier(draft, data, marks, path)


def _read_register(
    draft: Draft, name: str, data: dict[str, Data], marks: Marks, path: str
) -> list[Problem]:
    registers = draft.registers
    match name:
        case "outlets.yaml":
            return _entries(draft, "outlet", Outlet, registers.outlets, data, marks, path)
        case "actors.yaml":
            return _entries(draft, "actor", Actor, registers.actors, data, marks, path)
        case "places.yaml":
            return _entries(draft, "place", PlaceRecord, registers.places, data, marks, path)
        case _:
            return _entries(draft, "document", Document, registers.documents, data, marks, path)


def _entries(  # noqa: PLR0913 # one call for each register, the file's facts and its own
    draft: Draft,
    kind: str,
    model: type[R],
    register: dict[str, Placed[R]],
    data: dict[str, Data],
    marks: Marks,
    path: str,
) -> list[Problem]:
    problems: list[Problem] = []
    for key, entry in data.items():
        place = Place(path, line_of(marks, (key,)))
        record, found = validate(model, entry, _inner(marks, key), path)
        found += _slug_problems(key, place)
        problems += found
        if key in register:
            problems.append(id_used_twice(place, kind, key, register[key].place))
        elif record is None:
            draft.add("refused", (kind, key))
        else:
            register[key] = Placed(record, place)
    return problems


def _read_dossier(draft: Draft, data: dict[str, Data], marks: Marks, path: str) -> list[Problem]:
    dossier_id = Path(path).stem
    place = Place(path, line_of(marks, ()))
    header = {key: value for key, value in data.items() if key not in {"questions", "claims"}}
    dossier, problems = validate(Dossier, header, marks, path)
    problems += _slug_problems(dossier_id, place, "the file's name is the dossier's id: ")
    if dossier is None:
        draft.add("refused", ("dossier", dossier_id))
    else:
        draft.add_dossier(dossier_id, dossier, place)
    problems += _read_questions(draft, data.get("questions", {}), marks, dossier_id, path)
    claims = data.get("claims", [])
    if not isinstance(claims, list):
        return [*problems, _misshapen(draft, claims, "claims", marks, path)]
    subject = draft.subject_of(dossier_id, dossier)
    for nth, entry in enumerate(claims):
        entry_marks = _inner(_inner(marks, "claims"), nth)
        where = Place(path, line_of(entry_marks, ()))
        claim, found = validate(Claim, entry, entry_marks, path)
        problems += found
        if claim is None:
            _refuse_claim(draft, entry)
        else:
            draft.add_claim(claim, subject, where)
    return problems


def _read_questions(
    draft: Draft, questions: Data, marks: Marks, dossier_id: str, path: str
) -> list[Problem]:
    if not isinstance(questions, dict):
        return [_misshapen(draft, questions, "questions", marks, path)]
    problems: list[Problem] = []
    for key, entry in questions.items():
        place = Place(path, line_of(marks, ("questions", key)))
        question, found = validate(Question, entry, _inner(_inner(marks, "questions"), key), path)
        problems += found + _slug_problems(key, place)
        if question is None:
            draft.add("refused", ("question", key))
        else:
            draft.add_question(key, dossier_id, question, place)
    return problems


def _misshapen(draft: Draft, data: Data, key: str, marks: Marks, path: str) -> Problem:
    """Return the problem that a dossier's questions or claims are nothing or another shape."""
    place = Place(path, line_of(marks, (key,)))
    if data == "":
        return nothing_written(place, f"`{key}`", key == "claims", required=False)
    draft.whole = False
    if key == "claims":
        return wrong_shape(place, "`claims`", "list", ["id", "text", "found"])
    return wrong_shape(place, "`questions`", "mapping", ["a-question"])


def _read_bulk(draft: Draft, lines: Iterator[bytes], path: str) -> list[Problem]:
    draft.index(DOSSIER_INDEXES)
    problems: list[Problem] = []
    for number, raw in enumerate(lines, start=1):
        line, found = decode(raw.rstrip(b"\r\n"), path, number)
        if found:
            draft.whole = False
            problems += found
            continue
        if not line.strip():
            continue
        place = Place(path, number)
        data = parse_json_line(line, place)
        if isinstance(data, Problem):
            draft.whole = False
            problems.append(data)
            continue
        claim, found = validate(BulkClaim, data, number, path)
        problems += found
        if claim is None:
            _refuse_claim(draft, data)
        else:
            draft.add_claim(claim, draft.subject_of_bulk(claim), place)
    return problems


def _refuse_claim(draft: Draft, entry: Data) -> None:
    """Remember the id of a claim that was refused, so that nothing else is said to lack it."""
    claim_id = entry.get("id") if isinstance(entry, dict) else None
    if isinstance(claim_id, str):
        draft.add("refused", ("claim", claim_id))
    else:
        draft.whole = False


def _slug_problems(key: str, place: Place, because: str = "") -> list[Problem]:
    if is_slug(key):
        return []
    context = refusals.id_not_a_slug(key).context or {}
    return [Problem(place, "id-not-a-slug", because + context["what"], context["remedy"])]


def _inner(marks: Marks, key: str | int) -> Marks:
    """Return the lines of what stands behind one key."""
    if isinstance(marks, int):
        return marks
    held = marks[1]
    if isinstance(held, dict):
        return held.get(str(key), marks[0])
    return held[key] if isinstance(key, int) and key < len(held) else marks[0]


@documented
def id_used_twice(place: Place, kind: str, name: str, first: Place) -> Problem:
    """Two records of a kind have the same id, so that nobody could tell which one is meant.

    Claim ids are unique in the whole ledger, and so are those of questions, dossiers (the
    file's name), outlets, actors, places and documents, each kind for itself.
    """
    return Problem(
        place,
        "id-used-twice",
        f"the {kind} `{name}` already stands in {first.path}, line {first.line}",
        "Give one of the two another id.",
    )


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
def file_not_read(place: Place, ending: str) -> Problem:
    """A file below the claims folder has an ending that the ledger does not read."""
    return Problem(
        place,
        "file-not-read",
        f"files that end in {ending} are not read",
        "Name it .yaml (a register or dossier) or .jsonl (one claim a line).",
    )
