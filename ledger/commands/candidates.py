"""What could stand where an id is asked for: for a shell that completes it, and for mistakes.

Completion only reads a database that is there. It builds nothing, waits for nobody, and where
anything is amiss it offers nothing: a shell has no place for messages.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ledger.listing import FACETS, allowed_values
from ledger.showing import KINDS

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Completer = Callable[[click.Context, click.Parameter, str], "list[CompletionItem[str]]"]

OFFERED: Final = 500
"""How many ids a shell is given at most of one kind; more than a person reads."""

LONGEST: Final = 80
"""How many characters are told of what an id stands for."""


def complete_ids(*kinds: str) -> Completer:
    """Return what completes the ids of some kinds of things, or of all of them."""

    def complete(
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG001 # click's signature
        incomplete: str,
    ) -> list[CompletionItem[str]]:
        kind = ctx.params.get("kind")
        wanted = [kind] if kind in KINDS and not kinds else list(kinds or KINDS)
        found: dict[str, str] = {}
        with suppress(sqlite3.Error, OSError), _database(ctx) as connection:
            for one in wanted:
                for name, label in _ids(connection, one, incomplete):
                    found.setdefault(name, label)
        return _items(found)

    return complete


def complete_facet(name: str) -> Completer:
    """Return what completes the values of a facet, in the lists that it may be meant for."""

    def complete(
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG001 # click's signature
        incomplete: str,
    ) -> list[CompletionItem[str]]:
        found: dict[str, str] = {}
        with suppress(sqlite3.Error, OSError), _database(ctx) as connection:
            for things in _lists(ctx):
                if facet := FACETS[things].get(name):
                    found |= allowed_values(connection, facet, incomplete, OFFERED)
        return _items(found)

    return complete


claim_ids: Final = complete_ids("claim")
"""Completes the ids of claims."""

question_ids: Final = complete_ids("question")
"""Completes the ids of questions."""


def meant(names: Sequence[str]) -> str:
    """Return the question whether some names were meant, after a space; empty if there are none."""
    return f" Did you mean {in_words(names, 'or')}?" if names else ""


def in_words(names: Sequence[str], last: str) -> str:
    """Return names in a row, the last behind a word of its own."""
    head = ", ".join(names[:-1])
    return f"{head} {last} {names[-1]}" if head else names[-1]


@contextmanager
def _database(ctx: click.Context) -> Iterator[sqlite3.Connection]:
    """Yield the database that the command line names so far, or the usual one, only to be read."""
    usual = next(param.default for param in ctx.command.params if param.name == "database")
    path = Path(str(ctx.params.get("database") or usual))
    uri = f"{path.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, timeout=0.1)) as connection:
        yield connection


def _lists(ctx: click.Context) -> list[str]:
    """Return the list that the command line names; all, if it was not read as far as that."""
    given = ctx.get_parameter_source("things") is click.core.ParameterSource.COMMANDLINE
    return [ctx.params["things"]] if given else list(FACETS)


def _ids(connection: sqlite3.Connection, kind: str, prefix: str) -> list[tuple[str, str]]:
    table, label, _ = KINDS[kind]
    if kind == "paragraph":
        document, sign, number = prefix.partition("#")
        sql = (
            "SELECT document || '#' || number, n_claims || ' claims' FROM paragraphs "
            "WHERE document = ? AND substr(number, 1, length(?2)) = ?2 ORDER BY number LIMIT ?3"
        )
        asked: tuple[object, ...] = (document, number, OFFERED)
        return connection.execute(sql, asked).fetchall() if sign else []
    sql = (
        f"SELECT id, {label} FROM {table} "  # noqa: S608 # names of KINDS
        "WHERE id >= ?1 AND substr(id, 1, length(?1)) = ?1 ORDER BY id LIMIT ?2"
    )
    return connection.execute(sql, (prefix, OFFERED)).fetchall()


def _items(found: dict[str, str]) -> list[CompletionItem[str]]:
    from click.shell_completion import CompletionItem  # noqa: PLC0415 # only a shell needs it

    return [
        CompletionItem(name, help=" ".join(label.split())[:LONGEST] or None)
        for name, label in found.items()
        if name.isprintable()
    ]
