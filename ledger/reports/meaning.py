"""What a value means, as a reader says it: in words, and as a range."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any, Final

from ledger.things import KINDS
from ledger.values import Tree, kind_of, parse_parties
from ledger.values.date import date_in_words

NAMES: Final = {
    kind: f"SELECT id, name FROM {KINDS[kind].table} WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608 # names of the schema
    for kind in ("actor", "place")
}


def value_in_words(connection: sqlite3.Connection, claim: Mapping[str, Any]) -> str | None:
    """Return a claim's value in words, actors and places by their names; None if it has none."""
    value, kind = claim["value"], kind_of(claim["kind"])
    if value is None:
        return None
    if not kind.register:
        return kind.in_words(value, Tree())
    ids = json.dumps(sorted(parse_parties(value).ids))
    return kind.in_words(value, Tree(names=dict(connection.execute(NAMES[kind.register], [ids]))))


def range_in_words(row: Mapping[str, Any]) -> str | None:
    """Return the range of a claim, a position or a question; None if it has none.

    The ends are those of the columns low and high or, for dates, earliest and latest.
    """
    numbers = tuple(row.get(end) for end in ("low", "high"))
    if numbers != (None, None):
        low, high = (f"{end:,.12g}" if end is not None else None for end in numbers)
        return _range(low, high, bool(row.get("low_open")), bool(row.get("high_open")))
    days = tuple(row.get(end) for end in ("earliest", "latest"))
    first, last = (date_in_words(day) if day else None for day in days)
    if first and last:
        return first if first == last else f"{first} to {last}"
    if first or last:
        return f"{first} or later" if first else f"{last} or earlier"
    return None


def _range(low: str | None, high: str | None, low_open: bool, high_open: bool) -> str:
    if low is None:
        return f"less than {high}" if high_open else f"{high} or less"
    if high is None:
        return f"more than {low}" if low_open else f"{low} or more"
    return low if low == high else f"{low} to {high}"
