"""A claims folder: which files belong to it, and what each of them brings to the draft."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, TypeVar

from ledger import refusals
from ledger.draft import DOSSIER_INDEXES, Draft, Placed
from ledger.files import REGISTERS, digest_of, is_register, list_files, turn_of
from ledger.problems import Place, Problem, documented
from ledger.read.jsonl_file import parse_json_line
from ledger.read.validate import nothing_written, validate, wrong_shape
from ledger.read.yaml_file import Data, Marks, Parsed, line_of, parse_yaml, parse_yaml_once
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
from ledger.text import decode

R = TypeVar("R", bound=Record)

FEW: Final = 16
"""How many files are kept at hand as they were parsed."""


def read_folder(draft: Draft, on_file: Callable[[Path], None] | None = None) -> list[Problem]:
    """Read every file below the draft's folder into the draft; return what is wrong with them.

    Calls `on_file` before each file. Raises LedgerError if the folder cannot be listed.
    """
    files, problems = list_files(draft.source.folder)
    draft.whole = not problems
    paths = sorted({*files, *draft.source.texts}, key=turn_of)
    for path in paths:
        if on_file:
            on_file(draft.source.folder / path)
        problems += _read_file(draft, path, parse_yaml)
    draft.n_files = len(paths)
    draft.digest = digest_of(dict(_hashes(draft)))
    draft.index()
    draft.settle_subjects()
    return problems


def read_files(
    draft: Draft, paths: Iterable[str], parsed: Mapping[str, Parsed] | None = None
) -> list[Problem]:
    """Read some files of the draft's folder into the draft; return what is wrong with them.

    `parsed` holds what registers were parsed to before, without a problem. Raises LedgerError
    if a file cannot be read.
    """
    problems: list[Problem] = []
    in_turn = sorted(paths, key=turn_of)
    # A few may be read again at once, before and after a change.
    parse = parse_yaml_once if len(in_turn) <= FEW else parse_yaml
    for path in in_turn:
        if parsed and path in parsed:
            problems += _take_yaml(draft, parsed[path], path)
        else:
            problems += _read_file(draft, path, parse)
    draft.index()
    return problems


def _hashes(draft: Draft) -> Iterator[tuple[str, str]]:
    for path, sha256 in draft.rows("SELECT path, sha256 FROM draft_file ORDER BY rowid"):
        yield str(path), str(sha256)


def _read_file(draft: Draft, path: str, parse: Callable[[str, str], Parsed]) -> list[Problem]:
    """Read a file into the draft; return what is wrong with it."""
    hashed = hashlib.sha256()
    lines = draft.source.lines(path, hashed)
    if path.endswith(".jsonl"):
        problems = _read_bulk(draft, enumerate(lines, start=1), path)
    else:
        problems = _read_yaml(draft, b"".join(lines), path, parse)
    draft.add("file", (path, hashed.hexdigest()))
    return problems


def _read_yaml(
    draft: Draft, raw: bytes, path: str, parse: Callable[[str, str], Parsed]
) -> list[Problem]:
    text, found = decode(raw, path)
    if found:
        draft.whole = False
        return found
    parsed = parse(text, path)
    if parsed.data is None and parsed.problems:
        draft.whole = False
        return parsed.problems
    if is_register(path) and not parsed.problems:
        draft.add("parsed", (path, json.dumps([parsed.data, parsed.marks], ensure_ascii=False)))
    return _take_yaml(draft, parsed, path)


def _take_yaml(draft: Draft, parsed: Parsed, path: str) -> list[Problem]:
    """Read what a YAML file was parsed to into the draft; return all problems of the file."""
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


def _read_bulk(draft: Draft, lines: Iterable[tuple[int, bytes]], path: str) -> list[Problem]:
    draft.index(DOSSIER_INDEXES)
    problems: list[Problem] = []
    for number, raw in lines:
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
