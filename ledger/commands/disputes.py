"""`ledger disputes`: what is disputed, and who stands where."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

import click

from ledger.commands.candidates import question_ids
from ledger.commands.current import current_database
from ledger.commands.options import claims_option, database_option
from ledger.commands.programs import as_csv, as_json
from ledger.commands.sheet_parts import count_of
from ledger.commands.tables import (
    NEWLINE,
    Column,
    clean,
    set_table,
    set_text,
    strong,
    tell,
    terminal_width,
)
from ledger.commands.typed import LINE
from ledger.database.opening import read_only
from ledger.reports.meant import NotThereError, nearest
from ledger.reports.questions import Question, disputes, told_dispute
from ledger.values import kind_of

POSITIONS: Final = (
    *map(Column, ("Position", "Claim", "Claimant")),
    *(Column(heading, right=True) for heading in ("Origins", "Outlets", "Documents")),
)
"""What the table of a dispute's positions tells."""

COLUMNS: Final = (
    "question",
    "asks",
    "position",
    "label",
    "low",
    "high",
    "earliest",
    "latest",
    "n_origins",
    "n_outlets",
    "n_documents",
    "interest",
    "claim",
    "text",
    "value",
    "unit",
    "status",
    "claimant",
    "made",
    "hedge",
    "outlets",
    "fits",
)
"""What the CSV has in a row for each claim."""

Disputes = Sequence[Question]


@click.command(name="disputes")
@click.option(
    "--question",
    metavar="ID",
    type=LINE,
    shell_complete=question_ids,
    help="Only the dispute on this question.",
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
def command(question: str | None, form: str, claims: Path, database: Path) -> None:
    """Print each dispute with its positions, their ranges, claims, claimants and support.

    Origins are independent claimants; outlets are who is cited; documents are where the claims
    were read. "party" marks a position that only parties to the event take, "also fits" a claim
    whose value other positions leave room for.

    \b
    Example:
      ledger disputes --question moura-deaths
    """  # noqa: D301 # \b is click's sign for lines to leave alone
    with current_database(claims, database) as connection:
        try:
            found = disputes(connection, question)
        except NotThereError as error:
            with closing(read_only(database)) as built:
                message = f"{error}{nearest(built, error)}"
            raise click.BadParameter(message, param_hint="'--question'") from error
    FORMATS[form](found)


def _as_table(found: Disputes) -> None:
    width = terminal_width()
    lines: list[str] = []
    for dispute in found:
        lines += set_text(strong(clean(dispute.asks)), width)
        lines += set_text(clean(_facts(dispute)), width)
        lines += ["", *set_table(POSITIONS, list(_rows(dispute)), width), ""]
    tell([*lines, f"{count_of(len(found), 'dispute')}." if found else "No disputes."])


NO_PAIR: Final = "any two claims can both be true, all of them cannot"
"""What is said of a dispute that no pair of claims makes one."""


def _facts(dispute: Question) -> str:
    count = dispute.n_conflicts
    pairs = count_of(count, "conflicting pair") if count else NO_PAIR
    parts = [dispute.id, dispute.dispute or "", pairs]
    if dispute.gap:
        apart = kind_of(dispute.answer).distance(dispute.gap, dispute.unit)
        parts.append(f"up to {apart} apart")
    if dispute.hinges:
        parts.append(f"hinges on {' or '.join(one.id for one in dispute.hinges)}")
    return " · ".join(parts)


def _rows(dispute: Question) -> Iterator[list[str]]:
    """Yield a row for each claim of each position; what is the position's stands in its first."""
    labels = {position.id: position.label for position in dispute.positions}
    for position in dispute.positions:
        label = clean(f"{position.label}{' (party)' if position.interest else ''}")
        label += f"{NEWLINE}[{position.range}]" if position.tells_range else ""
        known = "unknown" if position.n_origins is None else f"{position.n_origins:,}"
        counts = (position.n_outlets, position.n_documents)
        cells = [label, known, *map(str, counts)]
        for claim in position.claims:
            others = " · ".join(labels[one] for one in dispute.fits(claim.id))
            fits = f" (also fits: {others})" if others else ""
            told = clean(f"{claim.text}{fits}"), clean(claim.claimant_name or "")
            yield [cells[0], *told, *cells[1:]]
            cells = [""] * len(cells)


def _as_json(found: Disputes) -> None:
    click.echo(as_json([told_dispute(dispute) for dispute in found]))


def _as_csv(found: Disputes) -> None:
    rows = []
    for dispute in map(told_dispute, found):
        for position in dispute["positions"]:
            for claim in position["claims"]:
                named = {
                    "question": dispute["id"],
                    "position": position["id"],
                    "claim": claim["id"],
                }
                lists = {key: " ".join(claim[key]) for key in ("outlets", "fits")}
                rows.append(dispute | position | claim | named | lists)
    click.echo(as_csv(rows, COLUMNS))


FORMATS: Final[dict[str, Callable[[Disputes], None]]] = {
    "table": _as_table,
    "json": _as_json,
    "csv": _as_csv,
}
