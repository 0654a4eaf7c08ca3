"""`ledger verify`: claims held against a local copy of the text that they were read in."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click

from ledger.commands.candidates import complete_ids
from ledger.commands.current import current_database
from ledger.commands.documents import require_document, require_text
from ledger.commands.options import claims_option, database_option
from ledger.commands.programs import as_csv, as_json
from ledger.commands.tables import Column, clean, set_table, tell, terminal_width
from ledger.commands.typed import LINE
from ledger.texts.reading import read_names
from ledger.texts.stored import counts_of, file_of, to_store
from ledger.texts.verify import Verified, verify

COLUMNS: Final = (Column("Claim"), Column("Paragraph"), Column("Verdict"), Column("Because"))


@click.command(name="verify")
@click.argument("document", metavar="DOC", type=LINE, shell_complete=complete_ids("document"))
@click.option(
    "--text",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="A local copy of the document's text, which the ledger does not keep.",
)
@click.option("--store", "storing", is_flag=True, help="Keep the verdicts for `ledger coverage`.")
@click.option("--any-text", is_flag=True, help="Go on even if it is not the registered text.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="For people, or for programs.",
)
@claims_option
@database_option
def command(  # noqa: PLR0913 # one for each option
    *,
    document: str,
    file: Path,
    storing: bool,
    any_text: bool,
    form: str,
    claims: Path,
    database: Path,
) -> None:
    """Hold every claim read in DOC against the paragraphs that it was found in.

    The figures, dates and names of its value, its claimant and its quote must occur there, in
    digits or words, by name or alias. Each claim is verified (all of it occurs), partly (some
    of it), not found (none of it), or there is nothing to check. Exits with 1 if a claim is not
    found. Whether the paragraph means what the claim says is for people to read.

    \b
    Example:
      printf 'Soldiers heard two shots in Kati. (Source: Reuters)\\n' > note.txt
      ledger ingest note.txt --id note --title 'A note' --outlet reuters
      printf '{"id": "kati-shots", "text": "Shots were fired in Kati.",
        "quote": "two shots", "found": "note#1"}' | tr -d '\\n' > claims/note.jsonl
      ledger verify note --text note.txt
    """  # noqa: D301 # \b is click's sign for lines to leave alone
    with current_database(claims, database) as connection:
        found = require_document(connection, document)
        registered = read_names(connection, found)
    text = require_text(file, found, any_text=any_text)
    verified = [verify(claim, text.paragraphs, registered) for claim in found.claims]
    if form == "table":
        _tell(document, verified)
    else:
        rows = [_row(one) for one in verified]
        click.echo(as_json(rows) if form == "json" else as_csv(rows))
    if storing:
        _store(claims, document, text.sha256, verified)
    sys.exit(any(one.verdict == "not found" for one in verified))


def _store(claims: Path, document: str, sha256: str, verified: Sequence[Verified]) -> None:
    """Keep the verdicts in place of those before. Raises LedgerError if that cannot be done."""
    from ledger.edit.safe_write import replace_content  # noqa: PLC0415 # only this option needs it

    kept = file_of(claims, document)
    replace_content(kept, to_store(document, sha256, verified))
    click.echo(f"Kept in {kept}.", err=True)


def _tell(document: str, verified: Sequence[Verified]) -> None:
    if not verified:
        tell([f"No claim was read in {document}."])
        return
    rows = [
        (
            clean(one.claim.id),
            ", ".join(map(str, one.claim.paragraphs)),
            one.verdict,
            clean(one.because()),
        )
        for one in verified
    ]
    counts = counts_of([one.verdict for one in verified])
    told = ", ".join(f"{count:,} {verdict}" for verdict, count in counts.items() if count)
    tell([*set_table(COLUMNS, rows, terminal_width()), "", f"{_count(len(rows))}: {told}."])


def _row(verified: Verified) -> dict[str, Any]:
    return {
        "claim": verified.claim.id,
        "paragraphs": list(verified.claim.paragraphs),
        "value": verified.claim.value,
        "verdict": verified.verdict,
        "found": [check.what for check in verified.checks if check.found],
        "missing": [check.what for check in verified.checks if not check.found],
        "because": verified.because(),
    }


def _count(number: int) -> str:
    return f"{number:,} claim{'s' if number != 1 else ''}"
