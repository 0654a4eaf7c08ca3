"""`ledger retract`: mark a claim as withdrawn by whoever made it."""

from __future__ import annotations

from pathlib import Path

import click

from ledger.commands.candidates import complete_ids
from ledger.commands.changing import (
    changing,
    changing_options,
    conclude,
    date_option,
    known_claim,
    reason_option,
    today,
)
from ledger.commands.typed import ChangingCommand
from ledger.edit import Editing
from ledger.problems import LedgerError


@click.command(name="retract", cls=ChangingCommand)
@click.argument("claim", metavar="ID", shell_complete=complete_ids("claim"))
@reason_option
@date_option("--on", "When it was withdrawn, EDTF; today unless told.")
@changing_options
def command(  # noqa: PLR0913 # an option each
    claim: str,
    because: str,
    on: str | None,
    force: bool,
    dry_run: bool,
    claims: Path,
    database: Path,
) -> None:
    """Mark the claim ID as withdrawn by whoever made it. It stays, and conflicts with nothing.

    \b
    Example:
      ledger retract karma-date-late-april-oe-watch --on 2023-06 --because "They corrected it."
    """  # noqa: D301 # \b is click's sign for lines to leave alone

    def change(edit: Editing) -> None:
        if "retracted" in edit.claim(known_claim(edit, claim, "ID")):
            message = f"{claim} is retracted already"
            raise LedgerError(message)
        edit.put_in_claim(claim, ["retracted"], {"on": on or today(), "because": because})
        done = f"{claim} is retracted"
        conclude(edit, lambda: [(edit.place_of_claim(claim), done)], force=force, dry_run=dry_run)

    changing(claims, database, change)
