"""What stands in the registers: outlets, actors, places, documents and their paragraphs."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from ledger.database.gathering import (
    CITING,
    MADE_BY,
    NAMING_ACTOR,
    NAMING_PLACE,
    NEARBY,
    READ_AT,
    READ_ELSEWHERE,
)
from ledger.reports.claims import BriefClaim, OutletCited, brief_where
from ledger.reports.memory import remembered
from ledger.reports.rows import Named, columns_of, row_of, things_of

BELOW_SHOWN: Final = 200
"""How many parts a page shows at most."""


@dataclass(frozen=True, slots=True)
class Titled:
    """A document or a dossier by its id and its title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletRow:
    """An outlet as the database has it, by the names of its columns."""

    id: str
    name: str
    kind: str | None
    country: str | None
    aliases: list[str]
    part_of: str | None
    wikidata: str | None
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRow:
    """An actor as the database has it, by the names of its columns."""

    id: str
    name: str
    kind: str | None
    country: str | None
    aliases: list[str]
    part_of: str | None
    independent: int
    wikidata: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """A place as the database has it, by the names of its columns."""

    id: str
    name: str
    within: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    precision: str | None
    aliases: list[str]
    wikidata: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A document as the database has it, by the names of its columns."""

    id: str
    title: str
    outlet: str | None
    voice: str | None
    published: str | None
    url: str | None
    retrieved: str | None
    archived: str | None
    language: str | None
    licence: str | None
    extent: str | None
    text_sha256: str | None
    n_paragraphs: int
    n_claims: int


@dataclass(frozen=True, slots=True)
class Branch:
    """What is above or below a thing in its tree, and how far."""

    id: str
    name: str
    depth: int


Ids = Mapping[str, list[str]]


class Naming(NamedTuple):
    """Ids of claims by the actor and by the place that they name, of dossiers by their places."""

    actors: Ids
    places: Ids
    dossiers: Ids


@dataclass(frozen=True, slots=True)
class Tree:
    """What is above a thing, the nearest first, and what is below it, each before its own parts."""

    above: list[Branch]
    below: list[Branch]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet(OutletRow):
    """An outlet with its parts, its documents, the claims it carries and those it stands beside."""

    part_of_name: str | None
    parts: list[Named]
    documents: list[Titled]
    claims: list[BriefClaim]
    nearby: list[BriefClaim]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor(ActorRow):
    """An actor with its tree, the claims it makes and those that name it."""

    above: list[Branch]
    below: list[Branch]
    claims: list[BriefClaim]
    named_by: list[BriefClaim]


@dataclass(frozen=True, slots=True)
class PlacesDossier:
    """A dossier about a place."""

    id: str
    title: str
    n_questions: int
    n_claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(PlaceRow):
    """A place with its tree, its dossiers and the claims that name it."""

    above: list[Branch]
    below: list[Branch]
    dossiers: list[PlacesDossier]
    named_by: list[BriefClaim]


@dataclass(frozen=True, slots=True)
class Counted:
    """A paragraph of a document: the outlets that it cites, and how many claims it has."""

    number: int
    outlets: list[str]
    n_claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(DocumentRow):
    """A document with its paragraphs and the names of the outlets that they cite.

    `elsewhere` are the claims that were read in it but in none of its paragraphs.
    """

    outlet_name: str | None
    voice_name: str | None
    paragraphs: list[Counted]
    cited: list[Named]
    elsewhere: list[BriefClaim]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph, `document#number`, with the outlets that it cites and the claims read in it."""

    id: str
    document: str
    title: str
    number: int
    outlets: list[str]
    n_claims: int
    cited: list[OutletCited]
    claims: list[BriefClaim]


OUTLET: Final = f"""
SELECT {columns_of(OutletRow, "o")}, w.name AS part_of_name
FROM outlets o LEFT JOIN outlets w ON w.id = o.part_of
WHERE o.id = :id
"""  # noqa: S608 # columns of the schema

ACTOR: Final = f"SELECT {columns_of(ActorRow, 'a')} FROM actors a WHERE id = :id"  # noqa: S608 # columns of the schema
PLACE: Final = f"SELECT {columns_of(PlaceRow, 'p')} FROM places p WHERE id = :id"  # noqa: S608 # columns of the schema

PARTS: Final = "SELECT id, name FROM outlets WHERE part_of = :id ORDER BY name"
PUBLISHED: Final = "SELECT id, title FROM documents WHERE outlet = :id ORDER BY id"

# `ledger check` holds the trees free of loops; the depth ends one all the same.
ABOVE: Final = """
WITH RECURSIVE above (id, depth) AS (
    SELECT {parent}, 1 FROM {table} WHERE id = :id AND {parent} IS NOT NULL
    UNION
    SELECT t.{parent}, above.depth + 1 FROM above CROSS JOIN {table} t ON t.id = above.id
    WHERE t.{parent} IS NOT NULL AND above.depth < 100
)
SELECT t.id, t.name, above.depth FROM above CROSS JOIN {table} t ON t.id = above.id
ORDER BY above.depth
"""

BELOW: Final = """
WITH RECURSIVE below (id, depth, path) AS (
    SELECT id, 1, name || ' ' || id FROM {table} WHERE {parent} = :id
    UNION
    SELECT t.id, below.depth + 1, below.path || char(10) || t.name || ' ' || t.id
    FROM below CROSS JOIN {table} t ON t.{parent} = below.id WHERE below.depth < 100 LIMIT :most
)
SELECT t.id, t.name, below.depth FROM below CROSS JOIN {table} t ON t.id = below.id
ORDER BY below.path
"""
"""Of so many parts, those nearest."""

NAMING: Final = """
SELECT id, kind, value FROM claims WHERE kind IN ('actor', 'place') AND value IS NOT NULL
ORDER BY turn
"""

PLACED: Final = "SELECT id, places FROM dossiers ORDER BY id"

_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

DOSSIERS: Final = """
SELECT id, title, n_questions, n_claims FROM dossiers
WHERE EXISTS (SELECT 1 FROM json_each(dossiers.places) WHERE value = :id) ORDER BY id
"""

DOCUMENT: Final = f"""
SELECT {columns_of(DocumentRow, "d")}, o.name AS outlet_name, a.name AS voice_name
FROM documents d LEFT JOIN outlets o ON o.id = d.outlet LEFT JOIN actors a ON a.id = d.voice
WHERE d.id = :id
"""  # noqa: S608 # columns of the schema

PARAGRAPHS: Final = """
SELECT number, outlets, n_claims FROM paragraphs WHERE document = :id ORDER BY number
"""

CITED_IN: Final = """
SELECT o.id, o.name FROM outlets o
WHERE o.id IN (SELECT j.value FROM paragraphs p, json_each(p.outlets) j WHERE p.document = :id)
ORDER BY o.id
"""

PARAGRAPH: Final = """
SELECT p.document || '#' || p.number AS id, p.document, d.title, p.number, p.outlets, p.n_claims
FROM paragraphs p JOIN documents d ON d.id = p.document
WHERE p.document = :document AND p.number = :number
"""

CITED_THERE: Final = """
SELECT j.value AS id, coalesce(o.name, j.value) AS name, count(*) AS times, 1 AS nearby
FROM paragraphs p, json_each(p.outlets) j LEFT JOIN outlets o ON o.id = j.value
WHERE p.document = :document AND p.number = :number
GROUP BY j.value ORDER BY min(j.key)
"""


def outlet(connection: sqlite3.Connection, name: str) -> Outlet:
    """Return an outlet with the claims it carries and those it stands beside. LookupError."""
    return Outlet(
        **row_of(connection, OUTLET, id=name),
        parts=things_of(connection, Named, PARTS, id=name),
        documents=things_of(connection, Titled, PUBLISHED, id=name),
        claims=brief_where(connection, CITING, id=name),
        nearby=brief_where(connection, NEARBY, id=name),
    )


def actor(connection: sqlite3.Connection, name: str) -> Actor:
    """Return an actor with its tree, the claims it makes and those that name it. LookupError."""
    row = row_of(connection, ACTOR, id=name)
    tree = tree_of(connection, "actors", "part_of", name)
    return Actor(
        **row,
        above=tree.above,
        below=tree.below,
        claims=brief_where(connection, MADE_BY, id=name),
        named_by=brief_where(connection, NAMING_ACTOR, id=name),
    )


def place(connection: sqlite3.Connection, name: str) -> Place:
    """Return a place with its tree, its dossiers and the claims that name it. LookupError."""
    row = row_of(connection, PLACE, id=name)
    tree = tree_of(connection, "places", "within", name)
    return Place(
        **row,
        above=tree.above,
        below=tree.below,
        dossiers=things_of(connection, PlacesDossier, DOSSIERS, id=name),
        named_by=brief_where(connection, NAMING_PLACE, id=name),
    )


def document(connection: sqlite3.Connection, name: str) -> Document:
    """Return a document with its paragraphs and their counts. Raises LookupError."""
    return Document(
        **row_of(connection, DOCUMENT, id=name),
        paragraphs=things_of(connection, Counted, PARAGRAPHS, id=name),
        cited=things_of(connection, Named, CITED_IN, id=name),
        elsewhere=brief_where(connection, READ_ELSEWHERE, id=name),
    )


def paragraph(connection: sqlite3.Connection, name: str) -> Paragraph:
    """Return a paragraph, `document#number`, with the claims read in it. Raises LookupError."""
    place = place_of(name)
    return Paragraph(
        **row_of(connection, PARAGRAPH, **place),
        cited=things_of(connection, OutletCited, CITED_THERE, **place),
        claims=brief_where(connection, READ_AT, **place),
    )


def place_of(name: str) -> dict[str, object]:
    """Return the document and the number that the id of a paragraph names; number 0 is none."""
    document, _, number = name.partition("#")
    digits = number.isascii() and number.isdigit() and len(number) < 10  # noqa: PLR2004 # SQLite's integers end
    return {"document": document, "number": int(number) if digits else 0}


def tree_of(
    connection: sqlite3.Connection, table: str, parent: str, name: str, most: int = -1
) -> Tree:
    """Return what is above and below a thing; of what is below, the nearest if it is more."""
    names = {"table": table, "parent": parent}
    above = things_of(connection, Branch, ABOVE.format(**names), id=name)
    return Tree(above, things_of(connection, Branch, BELOW.format(**names), id=name, most=most))


@remembered
def named(connection: sqlite3.Connection) -> Naming:
    """Return what names whom in a build; the most contested claims come first."""
    by: dict[str, dict[str, list[str]]] = {"actor": defaultdict(list), "place": defaultdict(list)}
    for claim, kind, value in connection.execute(NAMING):
        # `not a` names a as well.
        for name in dict.fromkeys(_ID.findall(value.removeprefix("not "))):
            by[kind][name].append(claim)
    dossiers: dict[str, list[str]] = defaultdict(list)
    for dossier, places in connection.execute(PLACED):
        for place in dict.fromkeys(json.loads(places)):
            dossiers[place].append(dossier)
    return Naming(dict(by["actor"]), dict(by["place"]), dict(dossiers))
