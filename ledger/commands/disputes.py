"""`ledger disputes`: what is disputed, and who stands where."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import click

from ledger.commands.candidates import question_ids
from ledger.commands.current import current_database
from ledger.commands.options import claims_option, database_option
from ledger.commands.programs import guarded
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
from ledger.reports.disputes import NotThereError, nearest, read_disputes
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

# Disputes come from SQL, as nested mappings.
Disputes = list[dict[str, Any]]


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
            disputes = read_disputes(connection, question)
        except NotThereError as error:
            with closing(read_only(database)) as built:
                message = f"{error}{nearest(built, error)}"
            raise click.BadParameter(message, param_hint="'--question'") from error
    FORMATS[form](disputes)


def _as_table(disputes: Disputes) -> None:
    width = terminal_width()
    lines: list[str] = []
    for dispute in disputes:
        lines += set_text(strong(clean(dispute["asks"])), width)
        lines += set_text(clean(_facts(dispute)), width)
        lines += ["", *set_table(POSITIONS, list(_rows(dispute)), width), ""]
    told = f"{len(disputes):,} dispute{'s' if len(disputes) != 1 else ''}."
    tell([*lines, told if disputes else "No disputes."])


NO_PAIR: Final = "any two claims can both be true, all of them cannot"
"""What is said of a dispute that no pair of claims makes one."""


def _facts(dispute: dict[str, Any]) -> str:
    count = dispute["n_conflicts"]
    pairs = f"{count:,} conflicting pair{'s' if count != 1 else ''}" if count else NO_PAIR
    parts = [dispute["id"], dispute["state"], pairs]
    if dispute["gap"]:
        apart = kind_of(dispute["answer"]).distance(dispute["gap"], dispute["unit"])
        parts.append(f"up to {apart} apart")
    if dispute["hinges"]:
        parts.append(f"hinges on {' or '.join(dispute['hinges'])}")
    return " · ".join(parts)


def _rows(dispute: dict[str, Any]) -> Iterator[list[str]]:
    """Yield a row for each claim of each position; what is the position's stands in its first."""
    labels = {position["id"]: position["label"] for position in dispute["positions"]}
    for position in dispute["positions"]:
        party = " (party)" if position["interest"] else ""
        label = clean(f"{position['label']}{party}")
        label += NEWLINE + held if (held := _range(position)) else ""
        support = [str(position[count]) for count in ("n_origins", "n_outlets", "n_documents")]
        for nth, claim in enumerate(position["claims"]):
            others = " · ".join(labels[one] for one in claim["fits"])
            fits = f" (also fits: {others})" if others else ""
            told = (clean(f"{claim['text']}{fits}"), clean(claim["claimant"] or ""))
            first = nth == 0
            yield [label if first else "", *told, *(support if first else [""] * 3)]


def _range(position: dict[str, Any]) -> str:
    ends = (position["low"], position["high"])
    if ends != (None, None):
        low, high = (f"{end:,.12g}" if end is not None else "…" for end in ends)
    elif position["earliest"] or position["latest"]:
        low, high = (position[end] or "…" for end in ("earliest", "latest"))
    else:
        return ""
    return f"[{low}]" if low == high else f"[{low} to {high}]"


def _as_json(disputes: Disputes) -> None:
    click.echo(json.dumps(disputes, ensure_ascii=False, indent=2))


def _as_csv(disputes: Disputes) -> None:
    lines = io.StringIO()
    writer = csv.DictWriter(lines, COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for dispute in disputes:
        for position in dispute["positions"]:
            for claim in position["claims"]:
                row = dispute | position | claim
                named = {
                    "question": dispute["id"],
                    "position": position["id"],
                    "claim": claim["id"],
                    "outlets": " ".join(claim["outlets"]),
                    "fits": " ".join(claim["fits"]),
                }
                writer.writerow({key: guarded(value) for key, value in (row | named).items()})
    click.echo(lines.getvalue(), nl=False)


FORMATS: Final[dict[str, Callable[[Disputes], None]]] = {
    "table": _as_table,
    "json": _as_json,
    "csv": _as_csv,
}
