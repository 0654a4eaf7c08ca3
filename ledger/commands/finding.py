"""`ledger finding`: sign a reasoned judgement on a question."""

from __future__ import annotations

from pathlib import Path

import click

from ledger.commands.candidates import complete_ids
from ledger.commands.changing import (
    changing,
    changing_options,
    checked,
    conclude,
    date_option,
    known_question,
    reason_option,
    today,
)
from ledger.commands.typed import ChangingCommand
from ledger.edit import QUESTION_KEYS, Editing
from ledger.edit.yaml_text import data_behind
from ledger.problems import LedgerError
from ledger.records import Finding


@click.command(name="finding", cls=ChangingCommand)
@click.argument("question", shell_complete=complete_ids("question"))
@click.option("--says", required=True, help="The judgement, in a sentence.")
@reason_option
@click.option("--by", required=True, metavar="NAME", help="Who signs it.")
@date_option("--on", "When it was signed, EDTF; today unless told.")
@click.option("--replace", is_flag=True, help="Put it in the place of the finding that is there.")
@changing_options
def command(  # noqa: PLR0913 # an option each
    question: str,
    says: str,
    because: str,
    by: str,
    on: str | None,
    replace: bool,
    force: bool,
    dry_run: bool,
    claims: Path,
    database: Path,
) -> None:
    """Add a finding to QUESTION: a judgement, its reasons, and who signs it.

    It stands beside the claims and replaces none of them.

    \b
    Example:
      ledger finding moura-date --says "At the end of March 2022." --by "An Editor" \\
        --because "All reports that name days name these."
    """  # noqa: D301 # \b is click's sign for lines to leave alone

    def change(edit: Editing) -> None:
        path = known_question(edit, question, "QUESTION")
        keys = ("questions", question, "finding")
        if data_behind(edit.text(path), keys) is not None and not replace:
            message = f"{question} has a finding already; --replace puts this one in its place"
            raise LedgerError(message)
        finding = {"says": says, "by": by, "on": on or today(), "because": because}
        checked(Finding, finding, {})
        edit.put(path, keys, dict(finding), QUESTION_KEYS)
        done = f"a finding on {question}"
        conclude(edit, lambda: [(edit.place_of(path, *keys), done)], force=force, dry_run=dry_run)

    changing(claims, database, change)
