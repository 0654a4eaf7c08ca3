"""Which columns people are shown of the things of each kind. Programs are given all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from ledger.commands.tables import Column, clean
from ledger.reports.claims import BriefClaim
from ledger.reports.origins import origins_in_figures, outlets_in_figures
from ledger.reports.rows import Facts
from ledger.values.date import date_in_words
from ledger.values.kind import with_unit
from ledger.words import NATURE_NAMES

CLAIM_COLUMNS: Final = (
    Column("Claim"),
    Column("Value"),
    Column("Claimant"),
    Column("Status"),
    Column("Outlets", right=True),
    Column("Origins", right=True),
)


def claim_row(one: BriefClaim) -> Sequence[str]:
    """Return the cells of a claim."""
    value = with_unit(one.value_in_words, one.unit)
    return (
        f"{clean(one.text)}\n{clean(one.id)}",
        clean(value),
        clean(one.claimant_name or one.claimant or ""),
        clean(one.status),
        outlets_in_figures(one.n_outlets, one.n_outlets_nearby),
        origins_in_figures(one.n_origins, one.n_independent),
    )


def _cell(row: Facts, names: str) -> str:
    """Return what a row has under a name; under several, each on a line."""
    first, _, others = names.partition("+")
    value = row[first]
    if others:
        return f"{clean(value)}\n{_cell(row, others)}"
    if first in COUNTS:
        return COUNTS[first](row)
    if first in DATES:
        return clean(date_in_words(value)) if value else ""
    if isinstance(value, list):
        return clean(", ".join(value))
    return f"{value:,}" if isinstance(value, int) else clean(value or "")


Table = tuple[Sequence[Column], Callable[[Any], Sequence[str]]]
"""The columns of a list, and what gives the cells of a row."""


def _table(**cells: str) -> Table:
    """Return the table that has, under each heading, what the rows have under a name."""
    columns = [
        Column(heading.replace("_", " "), right=name.startswith("n_"))
        for heading, name in cells.items()
    ]
    return columns, lambda row: [_cell(row, name) for name in cells.values()]


COUNTS: Final[dict[str, Callable[[Facts], str]]] = {
    "n_origins": lambda row: origins_in_figures(row["n_origins"], row["n_independent"]),
    "n_outlets": lambda row: outlets_in_figures(row["n_outlets"], row["n_outlets_nearby"]),
    "nature": lambda row: NATURE_NAMES.get(row["nature"], ""),
}
"""The columns that are told in words of their own."""

DATES: Final = frozenset({"published", "occurred"})
"""The columns that are told as dates."""

QUESTIONS: Final = _table(
    Question="asks+id",
    State="state",
    Kind="nature",
    Positions="n_positions",
    Claims="n_claims",
    Origins="n_origins",
    Outlets="n_outlets",
)

TABLES: Final[dict[str, Table]] = {
    "claims": (CLAIM_COLUMNS, claim_row),
    "questions": QUESTIONS,
    "disputes": QUESTIONS,
    "outlets": _table(Outlet="name", Id="id", Kind="kind", Country="country", Claims="n_claims"),
    "actors": _table(
        Actor="name", Id="id", Kind="kind", Country="country", Part_of="part_of", Claims="n_claims"
    ),
    "places": _table(
        Place="name",
        Id="id",
        Within="within",
        Country="country",
        Precision="precision",
        Dossiers="n_dossiers",
    ),
    "documents": _table(
        Document="title+id",
        Outlet="outlet",
        Published="published",
        Paragraphs="n_paragraphs",
        Claims="n_claims",
    ),
    "dossiers": _table(
        Dossier="title+id",
        Time="occurred",
        Topics="topics",
        Questions="n_questions",
        Claims="n_claims",
    ),
}
"""The columns of each list of `ledger list`, and the cells of a row."""
