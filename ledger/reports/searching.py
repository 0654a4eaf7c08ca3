"""Searching: claims by their full-text index; everything that has a name by its names.

All are searched as the index of claims is: English word stems, accents folded.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, ClassVar, Final

from ledger.reports.claims import with_words
from ledger.reports.kinds import ROWS
from ledger.reports.rows import Facts, columns_of, rows_of, things_of
from ledger.things import KINDS
from ledger.words import IN_DISPUTE

SEARCHED: Final = {kind.table: kind.searched for kind in KINDS.values() if kind.searched}
"""What is searched, and the columns in which words are looked for."""

# Which are the best is asked first, so that only these are read and marked.
CLAIMS: Final = """
WITH best AS MATERIALIZED ({best})
SELECT c.id, c.text, c.quote, c.note, c.status, c.claimant, a.name AS claimant_name, c.value,
    c.kind, c.unit, c.question, c.dossier, {marked}
FROM best CROSS JOIN claims_fts f ON f.rowid = best.turn JOIN claims c ON c.rowid = f.rowid
LEFT JOIN actors a ON a.id = c.claimant
WHERE claims_fts MATCH :query ORDER BY best.place, c.id
"""

RANKED: Final = """
    SELECT rowid AS turn, rank AS place FROM claims_fts WHERE claims_fts MATCH :query
    ORDER BY rank, rowid LIMIT :limit
"""

CONTESTED: Final = """
    SELECT f.rowid AS turn, c.place FROM (
        SELECT rowid, turn AS place FROM claims ORDER BY turn LIMIT 400
    ) c CROSS JOIN claims_fts f ON f.rowid = c.rowid
    WHERE claims_fts MATCH :query LIMIT :limit
"""
"""The most contested claims that match, if enough of the very most contested do."""

COMMON: Final = 10_000
"""From how many matches on the most contested come first: a word that so many texts share says
little of any, and to rank them all takes long."""

NAMES: Final = """
SELECT rowid AS turn, {marked} FROM names WHERE names MATCH :query
ORDER BY rowid >= :n_first, rank, rowid LIMIT :limit
"""

_BITS: Final = re.compile(r'"[^"]*"?|[^\s"]+')


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundClaim:
    """What is told of a claim that is found."""

    UNTOLD: ClassVar = frozenset({"value_in_words"})

    id: str
    text: str
    quote: str | None
    note: str | None
    status: str
    claimant: str | None
    claimant_name: str | None
    value: str | None
    kind: str | None
    unit: str | None
    question: str | None
    dossier: str | None
    value_in_words: str | None


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found: a claim, or the row of another thing.

    `marked` has the columns that were searched and are not empty, with every match between the two
    marks that were asked for.
    """

    thing: Any
    marked: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found of one kind: the best matches first, and how many there are in all."""

    kind: str
    hits: list[Hit]
    total: int


@dataclass(frozen=True, slots=True)
class Names:
    """The names of the things of one kind, indexed in memory for many searches."""

    kind: str
    things: list[Any]
    n_first: int
    """How many of the things come before all others that match: the questions in dispute."""
    index: sqlite3.Connection
    turn: Lock = field(default_factory=Lock)


def search(
    connection: sqlite3.Connection,
    kind: str,
    words: str,
    limit: int = -1,
    marks: tuple[str, str] = ("", ""),
) -> Found:
    """Return what is found of one kind by some words, all of which must be there.

    Words between double quotes must stand together. No text is a wrong query. A limit of -1 is
    none. The best matches come first; of claims with very common words, the most contested, and
    of questions those in dispute before all others.
    """
    query = query_of(words)
    if not query:
        return Found(kind, [], 0)
    asked = {"query": query, "limit": limit, "before": marks[0], "after": marks[1]}
    if kind == "claims":
        counted = "SELECT count(*) FROM claims_fts WHERE claims_fts MATCH ?"
        (total,) = connection.execute(counted, [query]).fetchone()
        marked = _marked("claims_fts", SEARCHED[kind])
        rows: list[Facts] = []
        if total >= COMMON and limit > 0:
            rows = rows_of(connection, CLAIMS.format(best=CONTESTED, marked=marked), **asked)
        if len(rows) < min(limit, total) or limit < 0:
            rows = rows_of(connection, CLAIMS.format(best=RANKED, marked=marked), **asked)
        hits = []
        for row in with_words(connection, rows):
            claim = {key: value for key, value in row.items() if "marked_" not in key}
            hits.append(Hit(FoundClaim(**claim), _marks(kind, row)))
        return Found(kind, hits, total)
    names = index_names(connection, kind)
    with closing(names.index):
        return search_names(names, words, limit, marks)


def query_of(words: str) -> str:
    """Return the FTS5 query that asks for words as they are: each is quoted, so none is syntax."""
    bits = (bit.strip('"').replace("\0", " ") for bit in _BITS.findall(words))
    return " ".join(f'"{bit}"' for bit in bits if any(sign.isalnum() for sign in bit))


def words_to_match(words: str) -> str:
    """Return the FTS5 query for words as they are; one that nothing matches where there are none.

    An empty query would be an error.
    """
    return query_of(words) or '""'


def index_names(connection: sqlite3.Connection, kind: str) -> Names:
    """Return an index of the names of one kind, since only claims have a lasting one.

    It is in memory: the database is only read. Threads that share it take turns.
    """
    sql = f"SELECT {columns_of(ROWS[kind], kind)} FROM {kind} ORDER BY id"  # noqa: S608 # a kind of SEARCHED
    things = things_of(connection, ROWS[kind], sql)
    things.sort(key=_is_later)
    n_first = sum(not _is_later(one) for one in things)
    columns = SEARCHED[kind]
    index = sqlite3.connect(":memory:", check_same_thread=False)
    declared = ", ".join(columns)
    how = _tokenizer(connection)
    index.execute(f"CREATE VIRTUAL TABLE names USING fts5({declared}, tokenize='{how}')")
    index.executemany(
        f"INSERT INTO names (rowid, {declared}) VALUES (?{', ?' * len(columns)})",  # noqa: S608 # columns of SEARCHED
        [
            (turn, *(_text(getattr(one, column)) for column in columns))
            for turn, one in enumerate(things)
        ],
    )
    return Names(kind, things, n_first, index)


def search_names(
    names: Names, words: str, limit: int = -1, marks: tuple[str, str] = ("", "")
) -> Found:
    """Return what is found by some words in an index of names, as `search` does."""
    query = query_of(words)
    if not query:
        return Found(names.kind, [], 0)
    asked = {"query": query, "limit": limit, "before": marks[0], "after": marks[1]}
    asked["n_first"] = names.n_first
    sql = NAMES.format(marked=_marked("names", SEARCHED[names.kind]))
    with names.turn:
        total = names.index.execute("SELECT count(*) FROM names WHERE names MATCH :query", asked)
        rows = rows_of(names.index, sql, **asked)
        hits = [Hit(names.things[row["turn"]], _marks(names.kind, row)) for row in rows]
        return Found(names.kind, hits, total.fetchone()[0])


def _is_later(thing: object) -> bool:
    """Return whether a thing comes after the questions in dispute."""
    return getattr(thing, "state", None) not in IN_DISPUTE


def _tokenizer(connection: sqlite3.Connection) -> str:
    """Return how the index of claims splits text into words, as its statement says."""
    sql = "SELECT sql FROM sqlite_master WHERE name = 'claims_fts'"
    return str(connection.execute(sql).fetchone()[0]).partition("tokenize='")[2].partition("'")[0]


def _marked(table: str, columns: tuple[str, ...]) -> str:
    return ", ".join(
        f"highlight({table}, {turn}, :before, :after) AS marked_{column}"
        for turn, column in enumerate(columns)
    )


def _text(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def _marks(kind: str, row: Facts) -> dict[str, str]:
    """Return a row's marked columns."""
    names = SEARCHED[kind]
    return {name: row[f"marked_{name}"] for name in names if row[f"marked_{name}"]}
