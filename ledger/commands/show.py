"""`ledger show`: all that the ledger has of whatever an id stands for."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import click

from ledger.commands.candidates import complete_ids, in_words, meant
from ledger.commands.current import current_database
from ledger.commands.options import claims_option, database_option
from ledger.commands.programs import tell_rows
from ledger.commands.sheets import sheet_of
from ledger.commands.tables import tell, terminal_width
from ledger.commands.typed import LINE
from ledger.database.opening import read_only
from ledger.reports.kinds import SHOWN, kinds_of, told
from ledger.reports.meant import alike, known_ids
from ledger.things import KINDS

Connections = tuple[sqlite3.Connection, sqlite3.Connection]
"""The database that is right for what is asked for, and the built one, which may be older."""


@click.command(name="show")
@click.argument(
    "ids",
    metavar="ID...",
    type=LINE,
    nargs=-1,
    required=True,
    shell_complete=complete_ids(),
)
@click.option(
    "--kind",
    type=click.Choice(list(KINDS)),
    help="Show the thing of this kind only, where things of several kinds have the id.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "jsonl"]),
    default="text",
    show_default=True,
    help="For people, or for programs: an object for each thing.",
)
@claims_option
@database_option
def command(
    ids: tuple[str, ...], kind: str | None, form: str, claims: Path, database: Path
) -> None:
    """Show all that the ledger has of whatever each ID stands for.

    ID is the id of a claim, question, position, dossier, outlet, actor, place or document, or a
    paragraph of a document as `found` names it: cep-mali#54. If things of several kinds have it,
    all of them are shown.

    \b
    Example:
      ledger show moura-deaths-hrw
    """  # noqa: D301 # \b is click's sign for lines to leave alone
    with current_database(claims, database) as connection:
        # What is in memory may be a part of the ledger; the ids of all stand in the database.
        with closing(read_only(database)) as built:
            known = (connection, built)
            wanted = [pair for name in ids for pair in _wanted(known, name, kind)]
        things = [(its_kind, SHOWN[its_kind](connection, one)) for its_kind, one in wanted]
    if form != "text":
        tell_rows(form, [told(*thing) for thing in things])
        return
    lines: list[str] = []
    for thing in things:
        lines += ["", ""] if lines else []
        lines += sheet_of(*thing, terminal_width(), claims)
    tell(lines)


def _wanted(known: Connections, name: str, kind: str | None) -> list[tuple[str, str]]:
    """Return each kind that an id is to be shown as, with the id. Raises UsageError if none."""
    found = kinds_of(known[0], name)
    wanted = [(one, name) for one in found if kind in {None, one}]
    if wanted:
        return wanted
    if found:
        message = f"There is no {kind} {name}; the id is that of: {in_words(found, 'and')}."
    else:
        message = f"There is no {kind or 'record'} {name}.{_hint(known, name, kind)}"
    raise click.UsageError(message)


def _hint(known: Connections, name: str, kind: str | None) -> str:
    connection = known[0]
    document, sign, _ = name.partition("#")
    if sign and "document" in kinds_of(connection, document):
        sql = "SELECT min(number), max(number) FROM paragraphs WHERE document = ?"
        first, last = connection.execute(sql, [document]).fetchone()
        return f" The paragraphs of {document} have the numbers {first} to {last}."
    ids = [
        pair
        for one, known_kind in KINDS.items()
        if one != "paragraph" and kind in {None, one}
        for which in known
        for pair in known_ids(which, known_kind)
    ]
    return meant(alike(name, ids)) or " `ledger search` looks for words."
