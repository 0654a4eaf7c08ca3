"""Catalogue: what a claim can be linked to: dossiers, questions and the four registers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, TypeVar, cast

from ledger.currency import coding_of
from ledger.draft import Placed, Registers
from ledger.kept import Kept, open_changed
from ledger.records import Actor, Outlet, PlaceRecord
from ledger.values import Asked
from ledger.words import Answer

BUILT: Final = """
SELECT q.id, q.asks, q.answer, q.unit, q.options, q.tolerance, q.dossier, d.file, q.about
FROM questions q JOIN dossiers d ON d.id = q.dossier
"""

READ: Final = """
SELECT id, asks, answer, unit, options, tolerance, dossier, path, about FROM draft_question
"""


Named = TypeVar("Named", bound=Outlet | Actor | PlaceRecord)
Register = Literal["outlet", "actor", "place", "document"]


class Asks(NamedTuple):
    """A question as somebody chooses it: what it asks, for which kind of answer, and where."""

    asks: str
    answer: Answer
    unit: str
    options: tuple[str, ...]
    tolerance: float
    dossier: str
    path: str
    about: str

    def asked(self, coding: str = "plural") -> Asked:
        """Return what bounds the values that answer it."""
        return Asked(self.answer, self.options, self.tolerance, coding)


@dataclass(slots=True)
class Catalogue:
    """Everything that a claim can name, as the files have it now."""

    registers: Registers
    questions: dict[str, Asks] = field(default_factory=dict)
    dossiers: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Each dossier's title and the path of its file."""
    coding: str = "plural"
    """The table of vague words that the database was built with."""

    def names(self, kind: Register) -> dict[str, tuple[str, ...]]:
        """Return the name and aliases of every outlet, actor, place or document, by id."""
        held = self.registers
        match kind:
            case "outlet":
                return _names(held.outlets)
            case "actor":
                return _names(held.actors)
            case "place":
                return _names(held.places)
            case "document":
                return {name: (placed.record.title,) for name, placed in held.documents.items()}


def read_catalogue(kept: Kept, texts: Mapping[str, bytes] | None = None) -> Catalogue:
    """Return the catalogue of a claims folder, from what is kept and the files that have changed.

    `texts` are what files would hold after a change.
    """
    with open_changed(kept, texts) as draft:
        read = draft.registers
        # Copies: what is new may be added to a catalogue before it is written.
        catalogue = Catalogue(
            Registers(
                dict(read.outlets), dict(read.actors), dict(read.places), dict(read.documents)
            ),
            coding=coding_of(kept.database_path),
        )
        known = set(kept.hashes) - kept.changed - set(texts or {})
        built = (row for row in kept.rows(BUILT, {}) if row[7] in known)
        _add_questions(catalogue, built)
        _add_questions(catalogue, draft.rows(READ))
        dossiers = kept.rows("SELECT id, title, file FROM dossiers", {})
        begun = list(draft.rows("SELECT id, title, path FROM draft_dossier"))
        for name, title, path in [*(row for row in dossiers if row[2] in known), *begun]:
            catalogue.dossiers[str(name)] = (str(title), str(path))
    return catalogue


def _names(register: Mapping[str, Placed[Named]]) -> dict[str, tuple[str, ...]]:
    return {name: (placed.record.name, *placed.record.aliases) for name, placed in register.items()}


def _add_questions(catalogue: Catalogue, rows: Iterable[tuple[object, ...]]) -> None:
    for name, asks, answer, unit, options, tolerance, dossier, path, about in rows:
        catalogue.questions[str(name)] = Asks(
            str(asks),
            cast("Answer", answer),
            str(unit or ""),
            tuple(json.loads(str(options))) if options != "[]" else (),
            float(str(tolerance)),
            str(dossier),
            str(path),
            str(about or ""),
        )
