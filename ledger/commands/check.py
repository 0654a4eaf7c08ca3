"""`ledger check`: every problem at once."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ledger.build import check_folder
from ledger.commands.options import claims_option, database_option
from ledger.commands.problems import FORMATS


@click.command(name="check")
@claims_option
@database_option
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help="For people, for programs, or as annotations of a pull request.",
)
def command(claims: Path, database: Path, form: str) -> None:
    """Show every problem in the claims folder, with its place and its remedy.

    Remarks are worth a second look and hinder nothing. What a database that was built before
    tells of files that did not change is not worked out again. Exits with 0 if there is no
    problem, with 1 if there are some, with 2 if called wrongly.

    \b
    Example:
      ledger check --format json
    """  # noqa: D301 # \b is click's sign for lines to leave alone
    problems = check_folder(claims, database)
    if printed := FORMATS[form](problems, claims):
        click.echo(printed)
    sys.exit(any(problem.level == "problem" for problem in problems))
