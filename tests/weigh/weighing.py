"""How the tests weigh: claims written to a real folder, built, and asked for with SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from ledger.build import build
from ledger.problems import Problem
from ledger.values import Asked, Tree
from ledger.weigh.alike import Alike, by_claim, gather
from ledger.weigh.answers import Asking, Claim
from ledger.weigh.conflicts import spoken_of
from ledger.weigh.detect import Spoken
from ledger.weigh.meanings import AnswerKind
from ledger.weigh.opponents import Pair
from ledger.words import Answer
from tests.small import write_folder

Record = dict[str, object]
Row = tuple[object, ...]

REGISTERS: Final = {
    "outlets.yaml": "{daily: {name: Daily}, wire: {name: Wire}, radio: {name: Radio}}",
    "actors.yaml": """\
country: {name: The Country}
state: {name: The State, part_of: country}
army: {name: The Army, part_of: state}
brigade: {name: The Brigade, part_of: army}
police: {name: The Police, part_of: state}
rebels: {name: The Rebels}
page: {name: The Page}
ann: {name: Ann}
bob: {name: Bob}
cleo: {name: Cleo}
""",
    "places.yaml": (
        "{north: {name: North}, south: {name: South}, town: {name: Town, within: north}}"
    ),
    "documents.yaml": (
        "{page: {title: Page, outlet: daily, voice: page, paragraphs: {1: [], 2: [wire, radio]}}}"
    ),
}

QUESTIONS: Final[dict[str, Record]] = {
    "deaths": {"asks": "How many were killed?", "answer": "quantity"},
    "men": {"asks": "How many of them were men?", "answer": "quantity", "part_of": "deaths"},
    "boys": {"asks": "How many of those were boys?", "answer": "quantity", "part_of": "men"},
    "day": {"asks": "On which day?", "answer": "date"},
    "killers": {"asks": "Who killed them?", "answer": "actor"},
    "site": {"asks": "Where?", "answer": "place"},
    "end": {"asks": "How did it end?", "answer": "choice", "options": ["won", "lost", "drawn"]},
    "armed": {"asks": "Were they armed?", "answer": "yes-no"},
    "why": {"asks": "Why?", "answer": "text"},
}

NO_KEYS: Final[Mapping[str, object]] = {}
"""What a dossier says beside its title, questions and claims, unless told."""

NO_REGISTERS: Final[Mapping[str, str]] = {}
"""What registers say beside those that every ledger has, unless told."""

TREE: Final = Tree(
    {"country": None, "state": "country", "army": "state", "brigade": "army", "police": "state"}
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A database that was built, and what was remarked on the way."""

    path: Path
    remarks: list[Problem]

    def rows(self, sql: str, *parameters: object) -> list[Row]:
        """Return the rows of a query."""
        with closing(sqlite3.connect(self.path)) as connection:
            return connection.execute(sql, parameters).fetchall()

    def row(self, sql: str, *parameters: object) -> Row:
        """Return the only row of a query."""
        (row,) = self.rows(sql, *parameters)
        return row

    def by_id(self, column: str, table: str = "claims") -> dict[str, object]:
        """Return a column of a table by id."""
        return cast("dict[str, object]", dict(self.rows(f"SELECT id, {column} FROM {table}")))  # type: ignore[arg-type] # noqa: S608 # two columns, named by the tests


def claim(name: str, question: str | None, value: object, **more: object) -> Record:
    """Return a claim on a question; a question or value that is None is left out."""
    record = {"id": name, "text": f"{name} says so.", "question": question, "value": value}
    return {key: one for key, one in record.items() if one is not None} | {"found": "page#1"} | more


def answers(question: str, **values: object) -> list[Record]:
    """Return claims on one question, by the words of their ids: `a_b="300"` has the id a-b."""
    return [claim(name.replace("_", "-"), question, value) for name, value in values.items()]


def write(
    folder: Path,
    claims: Iterable[Record],
    bulk: Iterable[Record] = (),
    keys: Mapping[str, object] = NO_KEYS,
    registers: Mapping[str, str] = NO_REGISTERS,
) -> Path:
    """Write claims into a dossier with every question and other keys, those in bulk as lines.

    More registers come beside those that are always there.
    """
    dossier = {
        "title": "A dossier",
        "questions": QUESTIONS,
        "claims": list(claims),
        **keys,
    }
    lines = "".join(json.dumps(one) + "\n" for one in bulk)
    files = REGISTERS | {"dossier.yaml": json.dumps(dossier, indent=1)}
    files |= {f"more/{name}": text for name, text in registers.items()}
    return write_folder(folder / "claims", files | ({"bulk.jsonl": lines} if lines else {}))


def weighed(  # noqa: PLR0913 # what a ledger has, each by its name
    folder: Path,
    claims: Iterable[Record],
    bulk: Iterable[Record] = (),
    coding: str = "plural",
    keys: Mapping[str, object] = NO_KEYS,
    registers: Mapping[str, str] = NO_REGISTERS,
) -> Weighed:
    """Build a database from claims in which there is no problem, in a dossier with other keys."""
    database = folder / "ledger.db"
    built = build(write(folder, claims, bulk, keys, registers), database, coding=coding)
    assert built.problems == []
    return Weighed(database, built.remarks)


def problems_of(folder: Path, claims: Iterable[Record], expect: Sequence[str] = ()) -> list[str]:
    """Return what is wrong with claims, as `code: what`, and that nothing was built."""
    database = folder / "ledger.db"
    built = build(write(folder, claims, keys={"expect": list(expect)}), database)
    assert database.exists() == (not built.problems)
    return [f"{one.code}: {one.what}" for one in built.problems]


def asking(answer: Answer = "quantity", options: tuple[str, ...] = ()) -> Asking:
    """Return a question as it is weighed."""
    return Asking("q", AnswerKind(Asked(answer, options), TREE), "dossier", ())


def said(
    name: str, written: str | None, asked: Asking, origins: Iterable[str] = (), as_of: str = ""
) -> Claim:
    """Return a claim as it is weighed; its only origin is its own id unless told."""
    meaning = None if written is None else asked.kind.meaning(written, as_of or None)
    held = frozenset(origins) or frozenset([name])
    wire = frozenset(["wire"])
    return Claim(name, meaning, name, asked.id, held, held, wire, frozenset(), None, as_of or None)


def all_said(asked: Asking, values: Mapping[str, str | None]) -> list[Claim]:
    """Return claims as they are weighed, by id."""
    return [said(name, written, asked) for name, written in values.items()]


def said_of(claims: Sequence[Claim], unlike: Mapping[Pair, str]) -> tuple[list[Alike], Spoken]:
    """Return claims in groups that say the same, where the state of some pairs is another."""
    by_id = sorted(claims, key=lambda one: one.id)
    alikes = gather(by_id, {name for pair in unlike for name in pair})
    return alikes, spoken_of(unlike, by_claim(alikes))
