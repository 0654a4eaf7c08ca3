"""The command line. Each command is a module of its own, imported only when it is called."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Final

import click

COMMANDS: Final[dict[str, str]] = {
    "build": "Build the database from the claims folder.",
    "check": "Show every problem in the claims folder.",
    "compare": "Say whether two claims can both be true, and why.",
    "disputes": "Print what is disputed, and who stands where.",
    "explain": "Explain a problem's code.",
    "serve": "Build if anything changed, then serve the site.",
}
"""Every command and its line in the help, so that showing the help imports none of them."""


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 # click's signature
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 # click's signature
        """Return a command, its module imported now; None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"ledger.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 # click's signature
        """Write the list of commands from the table above."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from importlib.metadata import version  # noqa: PLC0415 # only this option needs it

    click.echo(f"claim-ledger {version('claim-ledger')}")
    ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version and exit.",
)
def cli() -> None:
    """Keep a ledger of contested claims: check it, build its database, serve its site.

    Claims are plain text files in the folder claims/. Start with `ledger serve`.
    """


def main() -> None:
    """Run the command line; a LedgerError becomes one line and exit code 1."""
    from ledger.problems import LedgerError  # noqa: PLC0415 # the help needs nothing of the ledger

    try:
        cli(prog_name="ledger")
    except LedgerError as error:
        click.echo(f"ledger: {error}", err=True)
        sys.exit(1)
