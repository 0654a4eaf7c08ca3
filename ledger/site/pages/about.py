"""About: what the words mean and how things are worked out: `/about`.

It is written from the code's own definitions: the closed lists of words, the schema's comments,
the descriptions of what people write, the modules that weigh, and verdicts of the comparison.
"""

from __future__ import annotations

import inspect
import sqlite3
from collections.abc import Mapping
from functools import cache, partial
from importlib.resources import files
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ledger import records
from ledger.database.schema import tables
from ledger.reports.rows import row_of
from ledger.schemas import record_schema
from ledger.site.answering.answer import Page, answered
from ledger.site.answering.safety import web_address
from ledger.site.drawings import atlas
from ledger.values import (
    ANSWER_KINDS,
    CODINGS,
    Asked,
    Comparing,
    Kind,
    Said,
    Tree,
    compare,
    comparison,
    parse_value,
)
from ledger.values.kind import TOLERANCE
from ledger.weigh import hinges, independence, natures, origins, positions, relays, wholes
from ledger.words import (
    ANSWERS,
    NATURES,
    SCOPES,
    STANCES,
    STATES,
    STATUSES,
    STRENGTHS,
    UMBRELLAS,
)

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

WORDS: Final = (
    *("claims", "actors", "outlets", "citations", "documents", "dossiers", "questions"),
    *("positions", "conflicts", "disputes", "findings", "claim_bases", "appearances"),
)
"""The tables whose meanings are the ledger's words, in the order of the page."""

METHOD: Final[tuple[ModuleType, ...]] = (
    *(comparison, wholes, positions, relays, origins, independence, natures, hinges),
)
"""The modules that weigh, each of which says at its top what it does."""

COUNTS: Final[dict[str, str]] = {
    "origins": "who says it of its own knowledge, once whoever only repeats another is left out",
    "independent origins": "the same, those of one whole counted once",
    "outlets": "those known to carry it: cited for that very claim, or its own document",
    "more at its paragraphs": "outlets that only stand there: for which sentence is not known",
}
"""The four counts that stand side by side and are never mixed, as pages call them."""

RECORDS: Final[tuple[type[records.Record], ...]] = (
    *(records.Dossier, records.Question, records.Claim, records.Citation, records.Finding),
    *(records.Outlet, records.Actor, records.PlaceRecord, records.Document),
)
"""What people write, in the order of the page."""

EXAMPLE: Final = "dock-fire.yaml"
"""The dossier that a new ledger begins with."""

TREE: Final = Tree(
    {"brigade": "army", "harbour": "town"},
    {name: f"the {name}" for name in ("army", "brigade", "rebels", "town", "harbour", "valley")},
)
"""A brigade of an army, and a harbour of a town: what the examples name."""


class Verdict(NamedTuple):
    """Two values as they are written, whether both can be true, and why."""

    one: str
    other: str
    verdict: str
    because: str


class Rule(NamedTuple):
    """A kind of answer: what it is, how its values are written, and examples of comparing them."""

    answer: str
    meaning: str
    forms: str
    verdicts: list[Verdict]


class Written(NamedTuple):
    """A record that people write: what it is, and its keys with their meanings."""

    name: str
    meaning: str
    keys: list[tuple[str, str, bool]]


async def about_page(datasette: Datasette, request: Request) -> Response:
    """Answer with what the ledger is and how it works."""
    licence = await _licence(datasette)
    return await answered(datasette, request, partial(page_of, licence=licence))


def page_of(connection: sqlite3.Connection, licence: Mapping[str, str | None]) -> Page:
    """Return the page, with the table of vague words that the build was made with."""
    coding: str = row_of(connection, "SELECT coding FROM build")["coding"]
    facts = {
        "coding": coding,
        "bounds": CODINGS.get(coding, {}),
        "rules": rules(coding),
        "licence": licence,
        **definitions(),
    }
    description = "What the ledger's words mean, and how conflicts and origins are worked out."
    return Page("about.html", "About the ledger", description, "/about", facts, "About")


@cache
def definitions() -> dict[str, Any]:
    """Return what holds for every ledger."""
    known = {table.name: table for table in tables()}
    return {
        "words": [(known[name].name, known[name].meaning) for name in WORDS],
        "lists": {
            "statuses": STATUSES,
            "states": STATES,
            "strengths": STRENGTHS,
            "natures": NATURES,
            "umbrellas": UMBRELLAS,
            "counts": COUNTS,
            "scopes": SCOPES,
            "stances": STANCES,
        },
        "method": [_told(module) for module in METHOD],
        "tolerance": TOLERANCE,
        "records": [_written(model) for model in RECORDS],
        "example": _example(),
        "tables": tables(),
        "atlas": {"source": atlas.SOURCE, "url": atlas.SOURCE_URL},
    }


@cache
def rules(coding: str) -> list[Rule]:
    """Return each kind of answer with what the comparison says of some values."""
    return [
        Rule(answer, ANSWERS[answer], kind.forms, _verdicts(kind, coding))
        for answer, kind in ANSWER_KINDS.items()
    ]


def _verdicts(kind: Kind[Any], coding: str) -> list[Verdict]:
    options = tuple(word for pair in kind.examples for word in pair)
    asked = Asked(kind.name, options, coding=coding)
    found = []
    for pair in kind.examples:
        one, other = (Said(written, parse_value(written, asked)) for written in pair)
        compared = compare(one, other, Comparing(asked, TREE))
        found.append(Verdict(*pair, compared.verdict, compared.because))
    return found


def _told(module: ModuleType) -> tuple[str, list[str]]:
    """Return what a module's docstring says: its title, and its paragraphs."""
    title, _, text = inspect.cleandoc(module.__doc__ or "").partition(": ")
    paragraphs = [" ".join(one.split()) for one in text.split("\n\n")]
    return title, [one[:1].upper() + one[1:] for one in paragraphs]


def _written(model: type[records.Record]) -> Written:
    schema = record_schema(model)
    keys = [
        (key, one["description"], key in schema["required"])
        for key, one in schema["properties"].items()
    ]
    return Written(schema["title"], schema["description"], keys)


def _example() -> str:
    folder = files("ledger.starter").joinpath("files", "claims")
    return folder.joinpath(EXAMPLE).read_text(encoding="utf-8")


async def _licence(datasette: Datasette) -> dict[str, str | None]:
    """Return under what licence the data are, as the metadata say."""
    if hasattr(datasette, "get_instance_metadata"):
        told = await datasette.get_instance_metadata()
    else:
        told = datasette.metadata() or {}
    return {
        "name": told.get("license"),
        # What stands in the metadata file may be anything.
        "url": web_address(told.get("license_url")),
        "source": told.get("source"),
    }
