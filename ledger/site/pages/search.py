"""Search: what is found by some words, grouped by kind, with every match marked: `/search?q=`.

With `kind=questions`, or another kind, the page has more of that kind and nothing else.
"""

from __future__ import annotations

import re
import sqlite3
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ledger.reports.memory import remembered
from ledger.reports.searching import Found, Hit, Names, index_names, search, search_names
from ledger.site.answering.answer import Page, answered
from ledger.things import BY_TABLE, Kind

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

SHOWN: Final = {"claims": 20, "questions": 20}
"""How many things of a kind are shown at most, where it is not OTHERS_SHOWN."""

OTHERS_SHOWN: Final = 10

ALONE_SHOWN: Final = 500
"""How many things of a kind are shown at most where it is asked for alone."""

LONGEST: Final = 200
"""How many letters of what is typed are looked for."""

MARKS: Final = ("\ue000", "\ue001")
"""What the index puts around a match: signs that no text of the ledger has a use for."""

_MATCH: Final = re.compile(f"{MARKS[0]}(.*?){MARKS[1]}", re.DOTALL)

Part = tuple[str, bool]
"""A piece of a text, and whether it is a match."""


ORDER: Final = ("questions", "actors", "outlets", "places", "dossiers", "documents", "claims")
"""Every kind that is searched, in the order of the page."""

KINDS: Final = {name: BY_TABLE[name] for name in ORDER}
"""The same with what is told of each."""


class Beside(NamedTuple):
    """Where else than in its name something was found, and the text there in pieces."""

    where: str
    parts: list[Part]


class Row(NamedTuple):
    """Something that was found, with its name in pieces."""

    thing: Any
    parts: list[Part]
    besides: list[Beside]


class Group(NamedTuple):
    """What was found of one kind: the best matches, and how many there are in all."""

    name: str
    kind: Kind
    rows: list[Row]
    total: int


async def search_page(datasette: Datasette, request: Request) -> Response:
    """Answer with what is found by the words that are asked for."""
    words = " ".join((request.args.get("q") or "").split())[:LONGEST]
    kind = request.args.get("kind") or ""
    return await answered(datasette, request, partial(page_of, words=words, alone=kind))


def page_of(connection: sqlite3.Connection, words: str, alone: str = "") -> Page:
    """Return the page of what is found by some words; without any, of what can be looked for.

    `alone` is the only kind that is looked for; if there is no such kind, all are.
    """
    alone = alone if alone in KINDS else ""
    groups = found(connection, words, alone)
    facts = {
        "q": words,
        "alone": alone,
        "groups": groups,
        "total": sum(group.total for group in groups),
        "kinds": [kind.several for kind in KINDS.values()],
    }
    title = f"Search: {words}" if words else "Search"
    description = "Search claims, questions, dossiers, actors, outlets, places and documents."
    return Page("search.html", title, description, "/search", facts, "Search")


def found(connection: sqlite3.Connection, words: str, alone: str = "") -> list[Group]:
    """Return what is found by some words, kind by kind, without kinds of which there is nothing."""
    groups = []
    for name, kind in KINDS.items():
        if alone not in {"", name}:
            continue
        limit = ALONE_SHOWN if alone else SHOWN.get(name, OTHERS_SHOWN)
        result = _found(connection, name, words, limit)
        if result.total:
            rows = [_row(hit, kind.label) for hit in result.hits]
            groups.append(Group(name, kind, rows, result.total))
    return groups


def parts(marked: str) -> list[Part]:
    """Return a text in pieces, matches apart from what is between them."""
    pieces = _MATCH.split(marked)
    return [
        (_unmarked(piece), bool(turn % 2)) for turn, piece in enumerate(pieces) if _unmarked(piece)
    ]


def _unmarked(piece: str) -> str:
    return piece.replace(MARKS[0], "").replace(MARKS[1], "")


def _row(hit: Hit, label: str) -> Row:
    """Return what was found, and where else than in its name if it was found there only."""
    named = hit.marked[label]
    others = {} if MARKS[0] in named else hit.marked
    besides = [Beside(name, parts(text)) for name, text in others.items() if MARKS[0] in text]
    return Row(hit.thing, parts(named), besides)


def _found(connection: sqlite3.Connection, kind: str, words: str, limit: int) -> Found:
    if kind == "claims":
        return search(connection, kind, words, limit, MARKS)
    return search_names(_names(connection)[kind], words, limit, MARKS)


@remembered
def _names(connection: sqlite3.Connection) -> dict[str, Names]:
    return {kind: index_names(connection, kind) for kind in KINDS if kind != "claims"}
