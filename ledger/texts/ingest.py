"""From a document's text to its entry in the register, without the text itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ledger.draft import Registers, open_draft
from ledger.files import REGISTERS, is_register, list_files
from ledger.problems import LedgerError
from ledger.read import read_files, read_folder
from ledger.texts.resolve import Names, key_of, slug_of

Cited = Mapping[int, Sequence[str]]
"""What each paragraph cites, by its number: outlets, as printed or by id."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A printed name that stands for no outlet, where it stands, and what it may have meant."""

    name: str
    paragraphs: tuple[int, ...]
    offered: tuple[str, ...]
    is_ambiguous: bool


@dataclass(slots=True)
class Choices:
    """What was decided on unknown names: the outlet each stands for, and which ones are new."""

    taken: set[str]
    chosen: dict[str, str] = field(default_factory=dict)
    new: dict[str, str] = field(default_factory=dict)

    def take(self, unknown: Unknown, outlet: str) -> None:
        """Let a name stand for an outlet of the register."""
        self.chosen[key_of(unknown.name)] = outlet

    def add(self, unknown: Unknown) -> str:
        """Let a name stand for an outlet of its own; return the new outlet's id."""
        outlet = self.id_for(unknown)
        self.new[outlet] = unknown.name
        self.take(unknown, outlet)
        return outlet

    def id_for(self, unknown: Unknown) -> str:
        """Return the id that a new outlet of a name has: its slug, numbered if that is taken."""
        slug = slug_of(unknown.name)
        taken, outlet, nth = {*self.taken, *self.new}, slug, 1
        while outlet in taken:
            nth += 1
            outlet = f"{slug}-{nth}"
        return outlet


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph that cites other outlets than before; None where there was or is none."""

    paragraph: int
    before: Sequence[str] | None
    after: Sequence[str] | None
    claims: tuple[str, ...]


def read_registers(claims: Path) -> tuple[Registers, dict[str, str]]:
    """Return the registers of a claims folder, and the path of each one's file by its name.

    Raises LedgerError if a register has problems: what it holds could not be told from what is
    missing.
    """
    found = [path for path in list_files(claims)[0] if is_register(path)]
    with open_draft(claims) as draft:
        problems = read_files(draft, found)
        registers = draft.registers
    if problems:
        message = f"{claims / problems[0].place.path} has problems; `ledger check` tells them"
        raise LedgerError(message)
    paths = {path.rpartition("/")[2]: path for path in reversed(found)}
    return registers, {name: paths.get(name, name) for name in REGISTERS}


def unknown_names(cited: Cited, names: Names) -> list[Unknown]:
    """Return the printed names that stand for no outlet, each once, in the order of the text."""
    places: dict[str, list[int]] = {}
    printed: dict[str, str] = {}
    for number, listed in cited.items():
        for name in listed:
            if not names.knows(name):
                printed.setdefault(key_of(name), name)
                places.setdefault(key_of(name), []).append(number)
    return [
        Unknown(
            name,
            tuple(dict.fromkeys(places[key])),
            tuple(names.offered(name)),
            names.is_ambiguous(name),
        )
        for key, name in printed.items()
    ]


def resolved(cited: Cited, names: Names, chosen: Mapping[str, str]) -> dict[int, list[str]]:
    """Return the ids of the outlets that each paragraph cites, given what was decided."""
    return {
        number: [names.outlet(name) or chosen[key_of(name)] for name in listed]
        for number, listed in cited.items()
    }


def changes_between(
    before: Cited, after: Cited, read_there: Mapping[int, Sequence[str]]
) -> list[Change]:
    """Return the paragraphs that cite other outlets than before, with the claims read there."""
    return [
        Change(number, was, now, tuple(read_there.get(number, ())))
        for number in sorted({*before, *after})
        if (was := _listed(before, number)) != (now := _listed(after, number))
    ]


def claims_read_in(claims: Path, document: str) -> dict[int, list[str]]:
    """Return the ids of the claims read in each paragraph of a document, by its number."""
    found: dict[int, list[str]] = {}
    with open_draft(claims) as draft:
        read_folder(draft)
        sql = (
            "SELECT paragraph, claim FROM draft_appearance "
            "WHERE document = ? AND paragraph IS NOT NULL ORDER BY 1, 2"
        )
        for paragraph, claim in draft.rows(sql, [document]):
            found.setdefault(int(str(paragraph)), []).append(str(claim))
    return found


def _listed(cited: Cited, number: int) -> list[str] | None:
    listed: Iterable[str] | None = cited.get(number)
    return None if listed is None else list(listed)
