"""The database that the reading commands read: current, and only read."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click
from click.core import ParameterSource

from ledger.currency import built_as, is_current, is_made_from, refuse_other_claims
from ledger.database.opening import read_only
from ledger.database.schema import SCHEMA_VERSION
from ledger.problems import LedgerError


@contextmanager
def current_database(claims: Path, database: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection that cannot write to a database that is right for the claims folder.

    If anything changed, it is brought up to date first. Exits with 1, the problems told, if it
    cannot be. One of other claims is read as it is, or refused; see `is_of_others`.
    """
    if not (is_current(claims, database) or is_of_others(claims, database)):
        # Imported here: while nothing has changed, nobody needs to wait for the records.
        from ledger.commands.build import make_current  # noqa: PLC0415 # as above

        if not make_current(claims, database):
            sys.exit(1)
    with closing(read_only(database)) as connection:
        yield connection


def is_of_others(claims: Path, database: Path) -> bool:
    """Return whether a database is to be read as it is, since it was not built from these claims.

    So it is where somebody named it, but no claims; this is told. Raises LedgerError where it
    is unclear what is meant, or another version of the program built it.
    """
    if is_made_from(claims, database):
        return False
    context = click.get_current_context(silent=True)
    named = [
        name
        for name in ("claims", "database")
        if context and context.get_parameter_source(name) is not ParameterSource.DEFAULT
    ]
    if named != ["database"]:
        refuse_other_claims(claims, database)
    built = built_as(database)
    if built and built.schema != SCHEMA_VERSION:
        message = f"{database} was built by another version of the ledger, and not from {claims}"
        raise LedgerError(message)
    click.echo(f"{database} was not built from {claims}; this is what it holds.", err=True)
    return True
