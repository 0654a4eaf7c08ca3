"""`ledger coverage`: what was read of each document, and what was not."""

from __future__ import annotations

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
from ledger.texts.coverage import Paragraph, paragraphs_of, summary_of
from ledger.texts.reading import ReadDocument, read_documents
from ledger.texts.stored import stored_verdicts
from ledger.texts.verify import VERDICTS

DOCUMENTS: Final = (
    Column("Document"),
    Column("Paragraphs", right=True),
    Column("Outlets", right=True),
    Column("Claims", right=True),
    Column("Left out", right=True),
    Column("No claim", right=True),
    Column("Verdicts"),
)

COUNTED: Final = ("paragraphs", "outlets", "claims", "left_out", "without_claims")
"""The counts of a document that have a column of their own."""

BEGINNING: Final = 40
"""How many characters of a paragraph are told, so that it is known again."""


@click.command(name="coverage")
@click.argument(
    "document",
    metavar="[DOC]",
    type=LINE,
    required=False,
    shell_complete=complete_ids("document"),
)
@click.option(
    "--missing", is_flag=True, help="Only paragraphs without a claim, or documents with any."
)
@click.option(
    "--text",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="DOC's text: tells headings, which have no sentence, from paragraphs left out.",
)
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
    document: str | None,
    missing: bool,
    file: Path | None,
    form: str,
    claims: Path,
    database: Path,
) -> None:
    """Tell of each document how many paragraphs it has, whom they cite, what was read there.

    With DOC, tell of each of its paragraphs. Verdicts are those that `ledger verify --store`
    keeps; claims not held are those without one, or changed since, or read in another text.

    \b
    Example:
      ledger coverage
      ledger coverage cep-mali --missing
    """  # noqa: D301 # \b is click's sign for lines to leave alone
    if file and document is None:
        message = "--text is the text of one document: name it as DOC."
        raise click.UsageError(message)
    with current_database(claims, database) as connection:
        if document is None:
            _tell_documents(read_documents(connection), claims, form, missing=missing)
            return
        found = require_document(connection, document)
    text = require_text(file, found) if file else None
    paragraphs = paragraphs_of(found, text)
    chosen = [one for one in paragraphs if one.is_missing or not missing]
    if form == "table":
        _tell_paragraphs(paragraphs, chosen, with_text=text is not None)
    else:
        _print([_row(one) for one in chosen], form)


def _tell_documents(
    documents: Sequence[ReadDocument], claims: Path, form: str, *, missing: bool
) -> None:
    rows = [summary_of(one, list(stored_verdicts(claims, one).values())) for one in documents]
    rows = [row for row in rows if row["without_claims"] or not missing]
    if form != "table":
        _print(rows, form)
        return
    if rows:
        held = [
            [clean(row["document"]), *(f"{row[name]:,}" for name in COUNTED), _verdicts(row)]
            for row in rows
        ]
        tell([*set_table(DOCUMENTS, held, terminal_width()), ""])
    tell(
        [f"{_count(len(rows), 'document')}{' with paragraphs without a claim' if missing else ''}."]
    )


def _verdicts(row: dict[str, Any]) -> str:
    """Return the verdicts kept on a document's claims in words."""
    if row["not_held"] == row["claims"]:
        return "none kept"
    counts = [(name, row[name.replace(" ", "_")]) for name in (*VERDICTS, "not held")]
    return ", ".join(f"{count:,} {name}" for name, count in counts if count)


def _tell_paragraphs(
    paragraphs: Sequence[Paragraph], chosen: Sequence[Paragraph], *, with_text: bool
) -> None:
    columns = [Column("Paragraph", right=True), Column("Outlets"), Column("Claims")]
    columns += [Column("Begins")] if with_text else []
    rows = [
        [str(one.number), clean(", ".join(one.outlets)), _claims(one)]
        + ([clean(_beginning(one.text or ""))] if with_text else [])
        for one in chosen
    ]
    if rows:
        tell([*set_table(columns, rows, terminal_width()), ""])
    without = sum(one.is_missing for one in paragraphs)
    headings = sum(one.has_no_sentence for one in paragraphs)
    told = f", {headings:,} without a sentence" if with_text else ""
    tell([f"{_count(len(paragraphs), 'paragraph')}{told}, {without:,} without a claim."])


def _claims(paragraph: Paragraph) -> str:
    if paragraph.claims:
        return clean(", ".join(paragraph.claims))
    if paragraph.left_out:
        return f"left out: {clean(paragraph.left_out)}"
    return "no sentence" if paragraph.has_no_sentence else "none"


def _beginning(text: str) -> str:
    if len(text) <= BEGINNING:
        return text
    return f"{text[:BEGINNING].rpartition(' ')[0] or text[:BEGINNING]} …"


def _row(paragraph: Paragraph) -> dict[str, Any]:
    return {
        "paragraph": paragraph.number,
        "outlets": list(paragraph.outlets),
        "claims": list(paragraph.claims),
        "left_out": paragraph.left_out,
        "sentence": None if paragraph.text is None else not paragraph.has_no_sentence,
    }


def _print(rows: Sequence[dict[str, Any]], form: str) -> None:
    click.echo(as_json(rows) if form == "json" else as_csv(rows))


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'s' if number != 1 else ''}"
