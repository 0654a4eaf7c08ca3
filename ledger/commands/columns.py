"""Which columns people are shown of the things of each kind. Programs are given all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from ledger.commands.tables import Column, clean
from ledger.reports.claims import BriefClaim
from ledger.reports.rows import Facts
from ledger.values.date import date_in_words
from ledger.values.kind import with_unit

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
        f"{one.n_outlets:,}",
        f"{one.n_origins:,}",
    )


def question_row(one: Facts) -> Sequence[str]:
    """Return the cells of a question or a dispute."""
    counts = (f"{one[name]:,}" for name in ("n_positions", "n_claims", "n_origins", "n_outlets"))
    return (f"{clean(one['asks'])}\n{clean(one['id'])}", clean(one["state"]), *counts)


QUESTION_COLUMNS: Final = (
    Column("Question"),
    Column("State"),
    Column("Positions", right=True),
    Column("Claims", right=True),
    Column("Origins", right=True),
    Column("Outlets", right=True),
)


def _outlet_row(one: Facts) -> Sequence[str]:
    return (*_name_and_id(one), *_texts(one, "kind", "country"), f"{one['n_claims']:,}")


def _actor_row(one: Facts) -> Sequence[str]:
    told = _texts(one, "kind", "country", "part_of")
    return (*_name_and_id(one), *told, f"{one['n_claims']:,}")


def _place_row(one: Facts) -> Sequence[str]:
    told = _texts(one, "within", "country", "precision")
    return (*_name_and_id(one), *told, f"{one['n_dossiers']:,}")


def _document_row(one: Facts) -> Sequence[str]:
    counts = (f"{one[name]:,}" for name in ("n_paragraphs", "n_claims"))
    title = f"{clean(one['title'])}\n{clean(one['id'])}"
    return (title, *_texts(one, "outlet"), _day(one["published"]), *counts)


def _dossier_row(one: Facts) -> Sequence[str]:
    counts = (f"{one[name]:,}" for name in ("n_questions", "n_claims"))
    title = f"{clean(one['title'])}\n{clean(one['id'])}"
    return (title, _day(one["occurred"]), clean(", ".join(one["topics"])), *counts)


TABLES: Final[dict[str, tuple[Sequence[Column], Callable[[Any], Sequence[str]]]]] = {
    "claims": (CLAIM_COLUMNS, claim_row),
    "questions": (QUESTION_COLUMNS, question_row),
    "disputes": (QUESTION_COLUMNS, question_row),
    "outlets": (
        (
            Column("Outlet"),
            Column("Id"),
            Column("Kind"),
            Column("Country"),
            Column("Claims", right=True),
        ),
        _outlet_row,
    ),
    "actors": (
        (
            Column("Actor"),
            Column("Id"),
            Column("Kind"),
            Column("Country"),
            Column("Part of"),
            Column("Claims", right=True),
        ),
        _actor_row,
    ),
    "places": (
        (
            Column("Place"),
            Column("Id"),
            Column("Within"),
            Column("Country"),
            Column("Precision"),
            Column("Dossiers", right=True),
        ),
        _place_row,
    ),
    "documents": (
        (
            Column("Document"),
            Column("Outlet"),
            Column("Published"),
            Column("Paragraphs", right=True),
            Column("Claims", right=True),
        ),
        _document_row,
    ),
    "dossiers": (
        (
            Column("Dossier"),
            Column("Time"),
            Column("Topics"),
            Column("Questions", right=True),
            Column("Claims", right=True),
        ),
        _dossier_row,
    ),
}
"""The columns of each list of `ledger list`, and the cells of a row."""


def _name_and_id(one: Facts) -> tuple[str, str]:
    return clean(one["name"]), clean(one["id"])


def _texts(one: Facts, *names: str) -> tuple[str, ...]:
    return tuple(clean(one[name] or "") for name in names)


def _day(written: str | None) -> str:
    return clean(date_in_words(written)) if written else ""
