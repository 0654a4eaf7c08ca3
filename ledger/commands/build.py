"""`ledger build`: from the claims folder to the database."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ledger.commands.options import claims_option, database_option
from ledger.commands.problems import as_text
from ledger.currency import coding_of, is_current, refuse_other_claims
from ledger.database.counts import breakdowns_of, counts_of
from ledger.files import list_files
from ledger.words import CODINGS

if TYPE_CHECKING:
    from ledger.build import Built

MOST: Final = 12
"""How many documents, statuses or kinds are told of at most."""


@click.command(name="build")
@claims_option
@database_option
@click.option(
    "--coding",
    type=click.Choice(CODINGS),
    default="plural",
    show_default=True,
    help="The table of bounds for vague words such as dozens.",
)
@click.option("--replace", is_flag=True, help="Replace a database of other claims.")
def command(claims: Path, database: Path, coding: str, *, replace: bool) -> None:
    """Build the database from the claims folder.

    The new database takes the old one's place in one step, also while it is being served.
    Where nothing changed since the last build, nothing is written. If the folder has problems,
    nothing is built and the database that is there stays. So does one that was not built from
    this folder, unless --replace is given.

    \b
    Example:
      ledger build --claims claims --db ledger.db
    """  # noqa: D301 # \b is click's sign for lines to leave alone
    if is_current(claims, database, coding):
        click.echo(f"{_summary(counts_of(database), database)}; nothing changed")
    else:
        if not replace:
            refuse_other_claims(claims, database)
        if build_and_tell(claims, database, coding).problems:
            sys.exit(1)
    for name, counts in breakdowns_of(database).items():
        shown = [f"{what} {number:,}" for what, number in counts[:MOST]]
        more = [f"{len(counts) - MOST:,} more"] if len(counts) > MOST else []
        click.echo(f"  claims by {name}: {', '.join(shown + more) or 'none'}")


def make_current(claims: Path, database: Path) -> bool:
    """Build a database if anything changed since it was built; return whether it can be used.

    Tells of the build, and of problems that prevent it, where programs do not read. Raises
    LedgerError if it is there and was not built from this folder.
    """
    coding = coding_of(database)
    if is_current(claims, database, coding):
        return True
    refuse_other_claims(claims, database)
    return not build_and_tell(claims, database, coding, err=True).problems


def build_and_tell(claims: Path, database: Path, coding: str, *, err: bool = False) -> Built:
    """Build a database, tell of it in a line, and return what it came to.

    Where programs do not read (`err`), only a build of everything is told of.
    """
    # Imported here: while nothing has changed, nobody needs to wait for the records.
    from ledger.build import build  # noqa: PLC0415 # as above

    began = time.perf_counter()
    with _progress(claims) as on_file:
        built = build(claims, database, on_file, coding)
    if built.problems:
        click.echo(as_text(built.problems, claims), err=True)
        kept = f"; {database} is as it was" if database.exists() else ""
        click.echo(f"Nothing was built{kept}.", err=True)
        return built
    seconds = time.perf_counter() - began
    if built.anew or not err:
        click.echo(f"{_summary(built.counts, database)}; {seconds:.1f} s", err=err)
    return built


def _summary(counts: Mapping[str, int], database: Path) -> str:
    return (
        f"{database}: {counts['n_claims']:,} claims in {counts['n_dossiers']:,} dossiers, "
        f"{counts['n_questions']:,} questions ({counts['n_disputes']:,} in dispute), "
        f"{counts['n_conflicts']:,} conflicts, {counts['n_citations']:,} citations of "
        f"{counts['n_outlets']:,} outlets"
    )


@contextmanager
def _progress(claims: Path) -> Iterator[Callable[[Path], None] | None]:
    """Yield what is to be called before each file: a bar on a terminal, else nothing."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # noqa: PLC0415 # only a terminal needs it
    from rich.progress import Progress  # noqa: PLC0415

    files = len(list_files(claims)[0])
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Building", total=files)
        yield lambda _: bar.advance(task)
