"""`ledger search`: find claims, questions and whatever has a name, by words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from ledger.commands.current import current_database
from ledger.commands.options import claims_option, database_option
from ledger.commands.programs import tell_rows
from ledger.commands.sheet_parts import count_of
from ledger.commands.tables import END, MATCH, clean, set_text, strong, tell, terminal_width
from ledger.problems import LedgerError
from ledger.reports.rows import Facts, as_json, picked
from ledger.reports.searching import SEARCHED, Found, Hit, search
from ledger.things import BY_TABLE

USUAL: Final = 20
"""How many of each kind people are shown unless they ask for more."""

SHORT: Final = ("record", "id", "text")
"""The columns of the CSV: things of different kinds have few columns in common."""

ANSWERS: Final = frozenset({"claims", "questions"})
"""Of what is searched, that which stands somehow; everything else has a kind and a country."""


@click.command(name="search")
@click.argument("words", metavar="WORDS...", nargs=-1, required=True)
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(list(SEARCHED)), help="Search only these."
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    help=f"How many to give of each kind; 0 gives all.  [default: {USUAL}; all for programs]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl", "csv"]),
    default="text",
    show_default=True,
    help="For people, or for programs: a row for each thing found.",
)
@claims_option
@database_option
def command(  # noqa: PLR0913 # one for each option
    *,
    words: tuple[str, ...],
    kinds: tuple[str, ...],
    limit: int | None,
    form: str,
    claims: Path,
    database: Path,
) -> None:
    """Find claims, questions, dossiers, outlets, actors, places and documents by WORDS.

    All the words must be there, in any order; English endings and accents make no difference.
    Words between double quotes must stand together: ledger search '"foreign forces"'. Claims are
    searched in their text, quote and note, outlets, actors and places by name and alias. Where
    nothing is found, the exit code is 1.

    \b
    Example:
      ledger search moura executed
    """  # noqa: D301 # \b is click's sign for lines to leave alone
    people = form == "text"
    most = (USUAL if people else 0) if limit is None else limit
    with current_database(claims, database) as connection:
        found = list(_search_all(connection, kinds, " ".join(words), most))
    if people:
        tell(_set(found, terminal_width())) if found else None
    else:
        plain = _in_short if form == "csv" else _in_full
        things = [plain(group.kind, hit.thing) for group in found for hit in group.hits]
        tell_rows(form, things, SHORT)
    if not found:
        message = f"nothing is found for {' '.join(words)}"
        raise LedgerError(message)


def _search_all(
    connection: sqlite3.Connection, kinds: tuple[str, ...], words: str, most: int
) -> Iterator[Found]:
    for kind in SEARCHED:
        if not kinds or kind in kinds:
            found = search(connection, kind, words, most or -1, (MATCH, END))
            if found.total:
                yield found


def _in_full(kind: str, thing: object) -> Facts:
    """Return all that programs are told of a thing; what it is of comes first."""
    return {"record": BY_TABLE[kind].one, **as_json(thing)}


def _in_short(kind: str, thing: object) -> Facts:
    """Return the columns of SHORT, which things of all kinds have."""
    return {"record": BY_TABLE[kind].one} | picked(thing, f"id {SEARCHED[kind][0]}:text")


def _set(found: list[Found], width: int) -> Iterator[str]:
    for turn, group in enumerate(found):
        if turn:
            yield ""
        shown = f", {len(group.hits):,} shown" if len(group.hits) < group.total else ""
        yield strong(f"{count_of(group.total, BY_TABLE[group.kind].one)}{shown}")
        for hit in group.hits:
            yield from _set_hit(group.kind, hit, width)


def _set_hit(kind: str, hit: Hit, width: int) -> Iterator[str]:
    first, *others = SEARCHED[kind]
    title = hit.marked.get(first) or getattr(hit.thing, first)
    yield from set_text(clean(title, marked=True), width, 2, 2)
    named = ("status", "state", "claimant_name") if kind in ANSWERS else ("kind", "country")
    facts = [hit.thing.id, *(getattr(hit.thing, name, None) for name in named)]
    yield from set_text(clean(" · ".join(filter(None, facts))), width, 4, 2)
    for name in others:
        if MATCH in (told := hit.marked.get(name, "")):
            yield from set_text(f"{name}: {clean(told, marked=True)}", width, 4, 2)
