"""`ledger dismiss`: say that two claims that look like a conflict are none."""

from __future__ import annotations

from pathlib import Path

import click

from ledger.commands.candidates import complete_ids
from ledger.commands.changing import (
    changing,
    changing_options,
    conclude,
    known_claim,
    reason_option,
)
from ledger.commands.pairs import declaration, declared_on, distinct
from ledger.commands.typed import ChangingCommand
from ledger.edit import Editing
from ledger.read.yaml_file import Data


@click.command(name="dismiss", cls=ChangingCommand)
@click.argument("claim", shell_complete=complete_ids("claim"))
@click.argument("other", shell_complete=complete_ids("claim"))
@reason_option
@changing_options
def command(  # noqa: PLR0913 # an option each
    claim: str,
    other: str,
    because: str,
    force: bool,
    dry_run: bool,
    claims: Path,
    database: Path,
) -> None:
    """Dismiss the conflict of CLAIM and OTHER, with a reason.

    The conflict stays in the ledger, marked as dismissed. `ledger link` opens it again.

    \b
    Example:
      ledger link karma-army-dress-villagers karma-army-dress-coulibaly --because "Soldiers or not."
      ledger dismiss karma-army-dress-villagers karma-army-dress-coulibaly --because "Dress only."
    """  # noqa: D301 # \b is click's sign for lines to leave alone

    def change(edit: Editing) -> None:
        distinct(known_claim(edit, claim, "CLAIM"), known_claim(edit, other, "OTHER"))
        on_other = declared_on(edit, other, claim, "compatible")
        one, against = (other, claim) if on_other else (claim, other)
        declared = declaration(edit, one, against, "compatible")
        reason: Data = {**declared, "because": because} if isinstance(declared, dict) else because
        edit.put_in_claim(one, ["compatible", against], reason)
        done = f"{one} is compatible with {against}"
        conclude(edit, lambda: [(edit.place_of_claim(one), done)], force=force, dry_run=dry_run)

    changing(claims, database, change)
