"""Registering: where a new entry of a register, a new dossier or a new question is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ledger.edit.editing import QUESTION_KEYS, Editing
from ledger.edit.render import block
from ledger.edit.yaml_text import data_behind
from ledger.problems import LedgerError, Place
from ledger.read.yaml_file import Data
from ledger.things import KINDS

REGISTER_FILES: Final = {kind.one: f"{kind.table}.yaml" for kind in KINDS.values() if kind.register}
"""The name of the register that holds things of a kind."""

DOSSIER_KEYS: Final = (
    "title",
    "when",
    "where",
    "topics",
    "parties",
    "expect",
    "questions",
    "claims",
)
"""The order in which a dossier's keys are written."""


def register_path(edit: Editing, kind: str) -> str:
    """Return the path of the register that a new entry of a kind goes into.

    The one nearest to the claims folder, where there are several; where there is none, one is
    begun there.
    """
    name = REGISTER_FILES[kind]
    there = [path for path in edit.kept.hashes if path.rpartition("/")[2] == name]
    return min(there, key=lambda path: (path.count("/"), path), default=name)


def register(edit: Editing, kind: str, name: str, record: Mapping[str, Data]) -> Place:
    """Add an entry to a register, in alphabetical order if it has one; return its place.

    Raises LedgerError if the register has an entry of that id already.
    """
    path = register_path(edit, kind)
    if data_behind(edit.text(path), (name,)) is not None:
        message = f"{path} has an entry {name} already"
        raise LedgerError(message)
    edit.put(path, (name,), dict(record))
    return edit.place_of(path, name)


def begin_dossier(edit: Editing, path: str, record: Mapping[str, Data], head: str = "") -> Place:
    """Begin a dossier's file; `head` is a line that stands above it. Return its place.

    Raises LedgerError if the file is there already.
    """
    lines = [head] if head else []
    edit.create(path, "\n".join([*lines, *block(dict(record)), ""]))
    return Place(path, len(lines) + 1)


def ask(edit: Editing, path: str, name: str, record: Mapping[str, Data]) -> Place:
    """Add a question to a dossier; return its place. Raises LedgerError if it is asked already."""
    if path.endswith(".jsonl"):
        message = f"{path} holds claims only; name a dossier"
        raise LedgerError(message)
    if data_behind(edit.text(path), ("questions", name)) is not None:
        message = f"{path} asks the question {name} already"
        raise LedgerError(message)
    ordered = {key: record[key] for key in QUESTION_KEYS if key in record}
    edit.put(path, ("questions", name), ordered, DOSSIER_KEYS)
    return edit.place_of(path, "questions", name)
