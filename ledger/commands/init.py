"""`ledger init`: a new ledger of one's own."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from ledger.starter import begin


def _printable(_ctx: click.Context, _param: click.Parameter, title: str | None) -> str | None:
    if title is None or (title.strip() and title.isprintable()):
        return title
    message = "a title is one line of text that shows."
    raise click.BadParameter(message)


@click.command(name="init")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--title",
    callback=_printable,
    help="The title of the ledger's README; left out, the folder's name.",
)
def command(folder: Path, title: str | None) -> None:
    """Begin a new ledger in DIR, with one invented dossier as an example.

    DIR gets a claims folder, with schemas for editors, and what checks it on GitHub and before
    each commit. Nothing that is there is overwritten: if DIR has any of it, nothing is written.

    \b
    Example:
      ledger init my-ledger
    """  # noqa: D301 # \b is click's sign for lines to leave alone
    begin(folder, title or folder.resolve().name)
    click.echo(f"A new ledger is in {folder}, with an example: one dossier, one dispute. Next:")
    go = [] if folder.resolve() == Path.cwd() else [f"cd {shlex.quote(str(folder))}"]
    for line in [*go, "ledger check", "ledger disputes", "ledger serve --watch"]:
        click.echo(f"  {line}")
