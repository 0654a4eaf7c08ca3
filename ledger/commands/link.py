"""`ledger link`: declare that two claims conflict."""

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
from ledger.words import STRENGTHS


@click.command(name="link", cls=ChangingCommand)
@click.argument("claim", shell_complete=complete_ids("claim"))
@click.argument("other", shell_complete=complete_ids("claim"))
@reason_option
@click.option(
    "--strength",
    type=click.Choice(list(STRENGTHS)),
    help="conflict: they cannot both be true; tension: they hardly can.",
)
@changing_options
def command(  # noqa: PLR0913 # an option each
    claim: str,
    other: str,
    because: str,
    strength: str | None,
    force: bool,
    dry_run: bool,
    claims: Path,
    database: Path,
) -> None:
    """Declare that CLAIM and OTHER conflict, and why.

    If the pair is declared already, on either side, the reason is changed there. If an editor
    dismissed it, it is dismissed no longer.

    \b
    Example:
      ledger link karma-army-dress-villagers karma-army-dress-coulibaly --because "Soldiers or not."
    """  # noqa: D301 # \b is click's sign for lines to leave alone

    def change(edit: Editing) -> None:
        distinct(known_claim(edit, claim, "CLAIM"), known_claim(edit, other, "OTHER"))
        for one, against in ((claim, other), (other, claim)):
            if declared_on(edit, one, against, "compatible"):
                edit.remove_in_claim(one, ["compatible", against])
        on_other = declared_on(edit, other, claim, "conflicts")
        one, against = (other, claim) if on_other else (claim, other)
        told = {"because": because, **({"strength": strength} if strength else {})}
        declared = declaration(edit, one, against, "conflicts")
        reason: Data = because
        if isinstance(declared, dict) or strength:
            reason = {**(declared if isinstance(declared, dict) else {}), **told}
        edit.put_in_claim(one, ["conflicts", against], reason)
        done = f"{one} conflicts with {against}"
        conclude(edit, lambda: [(edit.place_of_claim(one), done)], force=force, dry_run=dry_run)

    changing(claims, database, change)
