"""`ledger list`: the claims, questions, outlets … of the ledger in rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from ledger.commands.candidates import complete_facet, in_words, meant
from ledger.commands.columns import TABLES
from ledger.commands.current import current_database
from ledger.commands.options import claims_option, database_option
from ledger.commands.programs import FORMS, tell_rows
from ledger.commands.tables import Column, clean, set_table, tell, terminal_width
from ledger.reports.claims import NAMED, brief_where
from ledger.reports.facets import FACETS, is_known, likely_values
from ledger.reports.lists import LISTS, Chosen, Listed, columns_of, count_by, list_things
from ledger.reports.meant import alike
from ledger.reports.rows import Facts, as_ids
from ledger.words import NATURE_NAMES

Command = TypeVar("Command", bound=Callable[..., Any])

USUAL: Final = 20
"""How many rows people are shown unless they ask for more."""

NATURES_IN_WORDS: Final = ", ".join(f"{word} ({told})" for word, told in NATURE_NAMES.items())

OPTIONS: Final = {
    "status": "The claim's status, such as contested.",
    "state": "The state of a question, or of a dispute.",
    "nature": f"The kind of dispute: {NATURES_IN_WORDS}.",
    "outlet": "The id of an outlet that is known to carry it.",
    "nearby": "The id of an outlet that only stands at its paragraph.",
    "topic": "A topic.",
    "country": "A country's two letters.",
    "claimant": "The id of who makes the claim.",
    "dossier": "The id of the dossier.",
    "question": "The id of the question answered.",
    "document": "The id of a document it was read in.",
    "kind": "The kind of value, of answer, of outlet, of actor.",
    "year": "The year of the claim.",
}
"""The facets as options, and what each is given."""


def facet_options(function: Command) -> Command:
    """Give a command a repeatable option for each facet."""
    for name, told in reversed(OPTIONS.items()):
        option = click.option(
            f"--{name}", multiple=True, help=told, shell_complete=complete_facet(name)
        )
        function = option(function)
    return function


@click.command(name="list")
@click.argument("things", metavar="[THINGS]", type=click.Choice(list(LISTS)), default="claims")
@facet_options
@click.option(
    "--counts",
    metavar="FACET",
    type=click.Choice(list(OPTIONS)),
    help="Print the values of a facet instead, with how many rows have each.",
)
@click.option("--sort", metavar="COLUMN", help="Sort by a column, rows without a value last.")
@click.option("--reverse", is_flag=True, help="Sort from the greatest to the least.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    help=f"How many rows to give; 0 gives all.  [default: {USUAL}; all for programs]",
)
@click.option(
    "--offset", type=click.IntRange(min=0), default=0, help="How many rows to leave out before."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", *FORMS]),
    default="table",
    show_default=True,
    help="For people, or for programs: with every column.",
)
@claims_option
@database_option
def command(  # noqa: PLR0913 # one for each option that is no facet
    *,
    things: str,
    counts: str | None,
    sort: str | None,
    reverse: bool,
    limit: int | None,
    offset: int,
    form: str,
    claims: Path,
    database: Path,
    **facets: tuple[str, ...],
) -> None:
    """List the ledger's claims, the most contested first, or other things of one kind.

    THINGS is one of claims, questions, disputes, outlets, actors, places, documents and dossiers.
    Each option narrows the list further, as the facets of the site do. An option may be given
    more than once: of what a claim can have several of (outlets, topics, countries, documents)
    it must then have all; of what it has one of, any will do.

    \b
    Example:
      ledger list --status contested --outlet reuters --limit 5
      ledger list disputes --nature sides --topic politics
      ledger list --counts claimant
    """  # noqa: D301 # \b is click's sign for lines to leave alone
    most = (USUAL if form == "table" else 0) if limit is None else limit
    chosen = Chosen(
        {name: values for name, values in facets.items() if values},
        sort,
        reverse,
        most or None,
        offset,
    )
    with current_database(claims, database) as connection:
        _require(connection, things, chosen, counts)
        names = columns_of(connection, things)
        if counts:
            listed = count_by(connection, things, counts, chosen)
        else:
            listed = list_things(connection, things, chosen)
        rows: Sequence[Any] = listed.rows
        if things == "claims" and form == "table" and not counts:
            ids = [row["id"] for row in rows]
            known = {one.id: one for one in brief_where(connection, NAMED, id=as_ids(ids))}
            rows = [known[one] for one in ids]
    if form != "table":
        tell_rows(form, rows, ("value", "name", "n") if counts else names)
        return
    columns, row_of = (COUNTED, _counted) if counts else TABLES[things]
    table = set_table(columns, [row_of(row) for row in rows], terminal_width())
    tell([*table, *([""] if rows else []), _footer("values" if counts else things, listed, offset)])


COUNTED: Final = (Column("Count", right=True), Column("Value"), Column("Name"))


def _counted(row: Facts) -> Sequence[str]:
    return f"{row['n']:,}", clean(row["value"]), clean(row["name"] or "")


def _footer(things: str, listed: Listed, offset: int) -> str:
    """Return which rows are shown, of how many, and how to see the next ones."""
    shown, total = len(listed.rows), listed.total
    if not shown:
        return f"None of {total:,} {things}." if total else f"No {things}."
    last = offset + shown
    if shown == total:
        return f"{total:,} {things}." if total > 1 else f"1 {things.removesuffix('s')}."
    more = f" --offset {last} shows the next." if last < total else ""
    return f"{things.capitalize()} {offset + 1:,} to {last:,} of {total:,}.{more}"


def _require(
    connection: sqlite3.Connection, things: str, chosen: Chosen, counts: str | None
) -> None:
    """Raise UsageError unless the list has every facet, value and column that was asked for."""
    facets = FACETS[things]
    for name, values in chosen.facets.items():
        if name not in facets:
            message = f"--{name} does not narrow {things}; {_facets_of(things)} do."
            raise click.UsageError(message)
        for value in values:
            if not is_known(connection, facets[name], value):
                hint = meant(likely_values(connection, facets[name], value))
                hint = hint or f" `ledger list {things} --counts {name}` prints all values."
                message = f"Invalid value for '--{name}': there is no {name} {value!r}.{hint}"
                raise click.UsageError(message)
    if counts and counts not in facets:
        names = in_words(list(facets), "and")
        message = f"Invalid value for '--counts': {things} have no {counts}, but {names}."
        raise click.UsageError(message)
    columns = columns_of(connection, things)
    if chosen.sort and chosen.sort not in columns:
        hint = meant(alike(chosen.sort, [(one, ()) for one in columns]))
        message = f"Invalid value for '--sort': {things} have no column {chosen.sort!r}."
        raise click.UsageError(message + (hint or f" The columns are {in_words(columns, 'and')}."))


def _facets_of(things: str) -> str:
    return in_words([f"--{name}" for name in FACETS[things]], "and")
