"""`ledger supersede`: say that a claim is its claimant's later word."""

from __future__ import annotations

from pathlib import Path

import click

from ledger.commands.candidates import complete_ids
from ledger.commands.changing import changing, changing_options, conclude, known_claim
from ledger.commands.pairs import distinct
from ledger.commands.typed import ChangingCommand
from ledger.edit import Editing
from ledger.problems import LedgerError


@click.command(name="supersede", cls=ChangingCommand)
@click.argument("old", shell_complete=complete_ids("claim"))
@click.argument("new", shell_complete=complete_ids("claim"))
@changing_options
def command(  # noqa: PLR0913 # an option each
    old: str, new: str, force: bool, dry_run: bool, claims: Path, database: Path
) -> None:
    """Say that the claim NEW is the later word of whoever made OLD, and replaces it.

    OLD stays, as superseded. Both must be of the same claimant: where somebody else says
    otherwise, that is a conflict.

    \b
    Example:
      ledger supersede karma-date-late-april-oe-watch karma-date-oe-watch --dry-run
    """  # noqa: D301 # \b is click's sign for lines to leave alone

    def change(edit: Editing) -> None:
        distinct(known_claim(edit, old, "OLD"), known_claim(edit, new, "NEW"))
        earlier = edit.claim(new).get("supersedes")
        if earlier not in {None, old}:
            message = f"{new} supersedes {earlier} already"
            raise LedgerError(message)
        edit.put_in_claim(new, ["supersedes"], old)
        done = f"{new} supersedes {old}"
        conclude(edit, lambda: [(edit.place_of_claim(new), done)], force=force, dry_run=dry_run)

    changing(claims, database, change)
