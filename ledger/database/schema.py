"""The schema: the text of schema.sql, and the documentation that its comments give every name."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Final

SCHEMA_VERSION: Final = 9
"""Raised whenever a table or column changes its name or meaning."""

INDEXES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("actor_tree", ("whole",)),
    ("actors", ("part_of",)),
    ("appearances", ("document", "paragraph")),
    ("citations", ("claim", "outlet")),
    ("citations", ("outlet", "claim", "document", "paragraph")),
    ("citations", ("document", "paragraph")),
    ("claim_answers", ("actor",)),
    ("claim_answers", ("place",)),
    ("claim_bases", ("basis",)),
    ("claim_countries", ("country", "claim")),
    ("claim_origins", ("actor",)),
    ("claim_origins", ("document",)),
    ("claim_outlets", ("outlet", "claim")),
    ("claim_outlets_nearby", ("outlet", "claim")),
    ("claim_positions", ("position",)),
    ("claim_topics", ("topic", "claim")),
    ("claims", ("claimant",)),
    ("claims", ("dossier",)),
    ("claims", ("kind",)),
    ("claims", ("position",)),
    ("claims", ("question",)),
    ("claims", ("status",)),
    ("claims", ("supersedes",)),
    ("claims", ("year",)),
    ("conflicts", ("claim_b",)),
    ("conflicts", ("question",)),
    ("conflicts", ("question_a",)),
    ("conflicts", ("question_b",)),
    ("declarations", ("other",)),
    ("documents", ("outlet",)),
    ("dossier_parties", ("actor",)),
    ("dossier_places", ("place",)),
    ("documents", ("voice",)),
    ("outlets", ("part_of",)),
    ("place_tree", ("whole",)),
    ("places", ("country",)),
    ("places", ("within",)),
    ("position_origins", ("actor",)),
    ("position_origins", ("document",)),
    ("positions", ("question",)),
    ("question_countries", ("country", "question")),
    ("question_hinges", ("actor",)),
    ("question_hinges", ("document",)),
    ("question_topics", ("topic", "question")),
    ("remarks", ("claim",)),
    ("remarks", ("question",)),
    ("questions", ("dossier",)),
    ("questions", ("part_of",)),
    ("questions", ("same_as",)),
    ("questions", ("state",)),
    ("questions", ("weighed_as",)),
)
"""Every foreign key and every column that the site counts by."""

SEARCHED: Final = ("text", "quote", "note")
"""The columns of claims that full-text search looks in."""

TOKENIZER: Final = "porter unicode61 remove_diacritics 2"
"""English word stems; accents fold, so that Goita finds Goïta."""

_NAME: Final = re.compile(r"CREATE (TABLE|VIEW) (\w+)")
_COLUMN: Final = re.compile(
    r"^ {4}(?:(?P<column>[a-z]\w*) (?:TEXT|INTEGER|REAL)\b.*?|(?:[^-]*?[. ])?(?P<shown>\w+),?)"
    r" -- (?P<meaning>.+)$"
)


@dataclass(slots=True)
class Table:
    """A table or view: the statement that creates it and what it and its columns mean."""

    name: str
    kind: str
    meaning: str
    sql: str
    columns: dict[str, str] = field(default_factory=dict)


@cache
def tables() -> tuple[Table, ...]:
    """Return every table and view of the schema, in the order in which they are created."""
    text = files("ledger.database").joinpath("schema.sql").read_text(encoding="utf-8")
    found: list[Table] = []
    statement: list[str] = []
    meaning: list[str] = []
    for line in text.splitlines():
        if not statement and not line.startswith("CREATE"):
            meaning = [*meaning, line.removeprefix("-- ")] if line.startswith("--") else []
            continue
        statement.append(line)
        if sqlite3.complete_statement("\n".join(statement)):
            found.append(_table("\n".join(statement), " ".join(meaning)))
            statement, meaning = [], []
    return tuple(found)


def _table(sql: str, meaning: str) -> Table:
    match = _NAME.match(sql)
    if match is None:  # pragma: no cover # schema.sql is ours; a test reads all of it
        raise ValueError(sql)
    columns = (_COLUMN.match(line) for line in sql.splitlines())
    return Table(
        name=match[2],
        kind=match[1].lower(),
        meaning=meaning,
        sql=sql.removesuffix(";"),
        columns={
            (column["column"] or column["shown"]): column["meaning"]
            for column in columns
            if column is not None
        },
    )
