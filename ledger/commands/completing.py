"""Completing: the ids and values that a shell offers for what was typed so far.

Completion only reads a database that is there. It builds nothing, waits for nobody, and where
anything is amiss it offers nothing: a shell has no place for messages.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final

import click
from click.shell_completion import CompletionItem

from ledger.database.opening import read_only
from ledger.reports.facets import FACETS, allowed_values
from ledger.things import KINDS

OFFERED: Final = 500
"""How many ids a shell is given at most of one kind; more than a person reads."""

LONGEST: Final = 80
"""How many characters are told of what an id stands for."""


def ids_for(ctx: click.Context, kinds: Sequence[str], incomplete: str) -> list[CompletionItem[str]]:
    """Return the ids that begin as typed, of some kinds of things, or of all of them."""
    kind = ctx.params.get("kind")
    wanted = [kind] if kind in KINDS and not kinds else list(kinds or KINDS)
    found: dict[str, str] = {}
    with suppress(sqlite3.Error, OSError), _database(ctx) as connection:
        for one in wanted:
            for name, label in _ids(connection, one, incomplete):
                found.setdefault(name, label)
    return _items(found)


def values_for(ctx: click.Context, name: str, incomplete: str) -> list[CompletionItem[str]]:
    """Return the values of a facet that begin as typed, in the lists that it may be meant for."""
    found: dict[str, str] = {}
    with suppress(sqlite3.Error, OSError), _database(ctx) as connection:
        for things in _lists(ctx):
            if facet := FACETS[things].get(name):
                found |= allowed_values(connection, facet, incomplete, OFFERED)
    return _items(found)


@contextmanager
def _database(ctx: click.Context) -> Iterator[sqlite3.Connection]:
    """Yield the database that the command line names so far, or the usual one, only to be read."""
    usual = next(param.default for param in ctx.command.params if param.name == "database")
    path = Path(str(ctx.params.get("database") or usual))
    with closing(read_only(path, patience=0.1)) as connection:
        yield connection


def _lists(ctx: click.Context) -> list[str]:
    """Return the list that the command line names; all, if it was not read as far as that."""
    given = ctx.get_parameter_source("things") is click.core.ParameterSource.COMMANDLINE
    return [ctx.params["things"]] if given else list(FACETS)


def _ids(connection: sqlite3.Connection, kind: str, prefix: str) -> list[tuple[str, str]]:
    table, label = KINDS[kind].table, KINDS[kind].label
    if kind == "paragraph":
        document, sign, number = prefix.partition("#")
        sql = (
            "SELECT document || '#' || number, n_claims || ' claims' FROM paragraphs "
            "WHERE document = :document AND substr(number, 1, length(:prefix)) = :prefix "
            "ORDER BY number LIMIT :most"
        )
        asked = {"document": document, "prefix": number, "most": OFFERED}
        return connection.execute(sql, asked).fetchall() if sign else []
    sql = (
        f"SELECT id, {label} FROM {table} "  # noqa: S608 # names of KINDS
        "WHERE id >= :prefix AND substr(id, 1, length(:prefix)) = :prefix ORDER BY id LIMIT :most"
    )
    return connection.execute(sql, {"prefix": prefix, "most": OFFERED}).fetchall()


def _items(found: dict[str, str]) -> list[CompletionItem[str]]:
    return [
        CompletionItem(name, help=" ".join(label.split())[:LONGEST] or None)
        for name, label in found.items()
        if name.isprintable()
    ]
