"""`ledger disputes`: what is disputed, and who stands where."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from ledger.commands.candidates import question_ids
from ledger.commands.current import current_database
from ledger.commands.options import claims_option, database_option
from ledger.commands.programs import as_csv, as_json
from ledger.commands.sheet_parts import count_of, set_elsewhere
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
from ledger.reports.origins import (
    Origin,
    origins_in_figures,
    origins_of,
    outlets_in_figures,
    wholes_in_words,
)
from ledger.reports.questions import Position, Question, disputes, told_dispute
from ledger.reports.rows import Facts
from ledger.reports.together import Across, elsewhere_of, told_across
from ledger.values import kind_of
from ledger.words import NATURE_NAMES, NATURES

POSITIONS: Final = (
    *map(Column, ("Position", "Claim", "Claimant")),
    *(Column(heading, right=True) for heading in ("Origins", "Outlets", "Documents")),
)
"""What the table of a dispute's positions tells."""

COLUMNS: Final = (
    "question",
    "asks",
    "question_state",
    "nature",
    "n_conflicts",
    "n_conflicts_elsewhere",
    "position",
    "label",
    "low",
    "high",
    "earliest",
    "latest",
    "n_origins",
    "n_independent",
    "n_outlets",
    "n_outlets_nearby",
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
    "nearby",
    "fits",
)
"""What the CSV has in a row for each claim."""


@dataclass(frozen=True, slots=True)
class Disputes:
    """Disputes, with who stands behind their positions and what contradicts them elsewhere."""

    found: Sequence[Question]
    origins: Mapping[str, list[Origin]]
    elsewhere: Mapping[str, list[Across]]


@click.command(name="disputes")
@click.option(
    "--question",
    metavar="ID",
    type=LINE,
    shell_complete=question_ids,
    help="Only the dispute on this question.",
)
@click.option(
    "--nature",
    "natures",
    type=click.Choice(list(NATURES)),
    multiple=True,
    help="Only disputes of this kind: sides disagree; a retelling tells somebody's word "
    "differently; one source says both itself. May be given more than once.",
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
def command(
    question: str | None, natures: Sequence[str], form: str, claims: Path, database: Path
) -> None:
    """Print each dispute with its positions, their ranges, claims, claimants and support.

    Origins are who says it of its own knowledge; independent are those that no whole, such as a
    government, has in common. Outlets are known to carry a claim; those nearby only stand at its
    paragraphs. Documents are where the claims were read. "party" marks a position that only
    parties to the event take, "also fits" a claim whose value other positions leave room for.
    Claims on other questions that contradict one come below the table.

    \b
    Example:
      ledger disputes --question moura-deaths
      ledger disputes --nature retelling --nature itself
    """  # noqa: D301 # \b is click's sign for lines to leave alone
    with current_database(claims, database) as connection:
        try:
            found = disputes(connection, question, natures)
        except NotThereError as error:
            with closing(read_only(database)) as built:
                message = f"{error}{nearest(built, error)}"
            raise click.BadParameter(message, param_hint="'--question'") from error
        ids = [one.id for one in found]
        positions = [one.id for dispute in found for one in dispute.positions]
        around = Disputes(
            found, origins_of(connection, "position", positions), elsewhere_of(connection, ids)
        )
    FORMATS[form](around)


def _as_table(told: Disputes) -> None:
    width = terminal_width()
    lines: list[str] = []
    for dispute in told.found:
        lines += set_text(strong(clean(dispute.asks)), width)
        lines += set_text(clean(_facts(dispute)), width)
        lines += ["", *set_table(POSITIONS, list(_rows(dispute, told.origins)), width), ""]
        lines += set_elsewhere(told.elsewhere[dispute.id], width)
        lines += [""] if told.elsewhere[dispute.id] else []
    count = len(told.found)
    tell([*lines, f"{count_of(count, 'dispute')}." if count else "No disputes."])


NO_PAIR: Final = "any two claims can both be true, all of them cannot"
"""What is said of a dispute that no pair of claims makes one."""


def _facts(dispute: Question) -> str:
    count = dispute.n_conflicts
    pairs = count_of(count, "conflicting pair") if count else NO_PAIR
    if dispute.state == "contested elsewhere":
        pairs = dispute.state
    parts = [dispute.id, NATURE_NAMES.get(dispute.nature or "", ""), dispute.dispute or "", pairs]
    if dispute.gap:
        apart = kind_of(dispute.answer).distance(dispute.gap, dispute.unit)
        parts.append(f"up to {apart} apart")
    if dispute.hinges:
        parts.append(f"hinges on {' or '.join(one.id for one in dispute.hinges)}")
    return " · ".join(filter(None, parts))


def _label(position: Position, origins: Sequence[Origin]) -> str:
    """Return what a position is called, its range, and which of its origins count as one."""
    label = clean(f"{position.label}{' (party)' if position.interest else ''}")
    label += f"{NEWLINE}[{position.range}]" if position.tells_range else ""
    as_one = wholes_in_words(origins)
    return label + (f"{NEWLINE}[{clean(as_one)}]" if as_one else "")


def _rows(dispute: Question, origins: Mapping[str, list[Origin]]) -> Iterator[list[str]]:
    """Yield a row for each claim of each position; what is the position's stands in its first."""
    labels = {position.id: position.label for position in dispute.positions}
    for position in dispute.positions:
        cells = [
            _label(position, origins[position.id]),
            origins_in_figures(position.n_origins, position.n_independent),
            outlets_in_figures(position.n_outlets, position.n_outlets_nearby),
            f"{position.n_documents:,}",
        ]
        for claim in position.claims:
            others = " · ".join(labels[one] for one in dispute.fits(claim.id))
            fits = f" (also fits: {others})" if others else ""
            told = clean(f"{claim.text}{fits}"), clean(claim.claimant_name or "")
            yield [cells[0], *told, *cells[1:]]
            cells = [""] * len(cells)


def _as_json(told: Disputes) -> None:
    click.echo(as_json(list(_told_each(told))))


def _told_each(told: Disputes) -> Iterator[Facts]:
    """Yield what programs are told of each dispute, and what contradicts it elsewhere."""
    for dispute in told.found:
        across = told.elsewhere[dispute.id]
        yield told_dispute(dispute) | {"elsewhere": [told_across(one) for one in across]}


def _as_csv(told: Disputes) -> None:
    rows = []
    for dispute in _told_each(told):
        for position in dispute["positions"]:
            for claim in position["claims"]:
                named = {
                    "question": dispute["id"],
                    "position": position["id"],
                    "claim": claim["id"],
                }
                lists = {key: " ".join(claim[key]) for key in ("outlets", "nearby", "fits")}
                rows.append(dispute | position | claim | named | lists)
    click.echo(as_csv(rows, COLUMNS))


FORMATS: Final[dict[str, Callable[[Disputes], None]]] = {
    "table": _as_table,
    "json": _as_json,
    "csv": _as_csv,
}
