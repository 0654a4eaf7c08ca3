"""The command line. Each command is a module of its own, imported only when it is called."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from typing import TYPE_CHECKING, Final

import click

from ledger import __version__

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS: Final[dict[str, str]] = {
    "add": "Add a claim, and see at once what it contradicts.",
    "build": "Build the database from the claims folder.",
    "check": "Show every problem in the claims folder.",
    "cite": "Cite an outlet's report for a claim.",
    "compare": "Say whether two claims can both be true, and why.",
    "completion": "Print the script that completes ids in your shell.",
    "coverage": "Tell what was read of each document, and what was not.",
    "dismiss": "Say that two claims that look like a conflict are none.",
    "disputes": "Print what is disputed, and who stands where.",
    "explain": "Explain a problem's code.",
    "finding": "Sign a reasoned judgement on a question.",
    "init": "Begin a new ledger of your own.",
    "ingest": "Register a document: its paragraphs and whom they cite.",
    "link": "Declare that two claims conflict.",
    "list": "List claims, questions, outlets and more, narrowed by facets.",
    "new": "Add a dossier, a question, or an entry of a register.",
    "retract": "Mark a claim as withdrawn by whoever made it.",
    "schema": "Print the JSON Schema of a file, for editors.",
    "search": "Find claims, questions, outlets and actors by words.",
    "serve": "Build if anything changed, then serve the site.",
    "show": "Show all there is of whatever an id stands for.",
    "supersede": "Say that a claim is its claimant's later word.",
    "verify": "Hold claims against the text that they were read in.",
    "watch": "Build again whenever the claims change.",
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
        # What is imported stays until the end: looking through it for garbage only takes time.
        gc.disable()
        try:
            command: click.Command = import_module(f"ledger.commands.{cmd_name}").command
        finally:
            gc.freeze()
            gc.enable()
        return command

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """Return the commands and options that a shell can complete, no command imported."""
        from click.shell_completion import CompletionItem  # noqa: PLC0415 # only a shell needs it

        commands = COMMANDS if incomplete.isalpha() or not incomplete else {}
        return [
            *(
                CompletionItem(one, help=COMMANDS[one])
                for one in commands
                if one.startswith(incomplete)
            ),
            *click.Command.shell_complete(self, ctx, incomplete),
        ]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 # click's signature
        """Write the list of commands from the table above."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    click.echo(f"claim-ledger {__version__}")
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
    """Run the command line; what cannot be done becomes one line and exit code 1."""
    from ledger.problems import LedgerError  # noqa: PLC0415 # the help needs nothing of the ledger

    # No plugin of pydantic's is used, and looking for some takes time at every start.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for stream in (sys.stdout, sys.stderr):
        # What a terminal's encoding lacks is told by its code. Either stream may be closed.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        cli(prog_name="ledger")
    except LedgerError as error:
        click.echo(f"ledger: {error}", err=True)
        sys.exit(1)
    except OSError as error:
        # The disk may be full that the output goes to: what is left of it goes nowhere.
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        with suppress(OSError):
            where = f" {error.filename}" if error.filename else ""
            click.echo(f"ledger: cannot go on:{where} {error.strerror or error}", err=True)
        sys.exit(1)
    except Exception as error:
        import sqlite3  # noqa: PLC0415 # the help needs no database

        # Any narrower error of SQLite's is a mistake of the program's own.
        if type(error) is not sqlite3.DatabaseError:
            raise
        told = f"ledger: cannot read the database: {error}; delete it and build it anew"
        click.echo(told, err=True)
        sys.exit(1)
