"""The document and the local copy of its text that a command names."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import click

from ledger.problems import LedgerError
from ledger.texts.paragraphs import DocumentText, read_text
from ledger.texts.reading import ReadDocument, read_document


def require_document(connection: sqlite3.Connection, document: str) -> ReadDocument:
    """Return a document of the database. Raises UsageError, with near matches, if there is none."""
    found = read_document(connection, document)
    if found is None:
        from ledger.reports.meant import alike, known_ids  # noqa: PLC0415 # only for mistakes
        from ledger.things import KINDS  # noqa: PLC0415 # as above

        meant = alike(document, known_ids(connection, KINDS["document"]))
        hint = f" Did you mean {' or '.join(meant)}?" if meant else ""
        message = f"There is no document {document}.{hint}"
        raise click.UsageError(message)
    return found


def require_text(
    file: Path, document: ReadDocument, *, any_text: bool | None = None
) -> DocumentText:
    """Return the text in a file. Raises LedgerError unless it is the one that was registered.

    With `any_text`, and for a document without a hash, any text will do; None says that the
    command does not offer that.
    """
    text = read_text(file)
    if document.text_sha256 not in {None, text.sha256} and not any_text:
        hashes = f"{text.sha256[:12]}…, not {(document.text_sha256 or '')[:12]}…"
        way = "; --any-text goes on all the same" if any_text is False else ""
        message = (
            f"{file} is not the text that {document.id} was registered with, so its paragraphs "
            f"may be others: its SHA-256 is {hashes}{way}"
        )
        raise LedgerError(message)
    return text
