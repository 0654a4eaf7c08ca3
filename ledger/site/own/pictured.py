"""Pictured: disputes as cards show them, with their positions and a small picture of these."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Final

from ledger.showing import Facts, rows_of
from ledger.site.own.plot import plot_of
from ledger.site.own.sides import with_letters

MOST_SIDES: Final = 5
"""How many positions a card shows, those with the most origins."""

CARDS: Final = """
SELECT d.id, d.asks, d.answer, d.unit, d.state, d.n_positions, d.n_claims, d.n_conflicts, d.gap,
    d.spread, d.support, d.n_origins, d.n_outlets, d.dossier, s.title AS dossier_title
FROM disputes d JOIN dossiers s ON s.id = d.dossier
WHERE d.id IN (SELECT value FROM json_each(:ids))
"""

SIDES: Final = """
SELECT id, label, low, high, earliest, latest, n_claims, n_origins, n_outlets, interest
FROM positions WHERE question = :id ORDER BY n_origins DESC, n_outlets DESC, id LIMIT :most
"""


def pictured(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Facts]:
    """Return some disputes in their order, each with its positions and the plot of these."""
    found = {row["id"]: row for row in rows_of(connection, CARDS, ids=json.dumps(ids))}
    return [found[one] | _picture(connection, found[one]) for one in ids if one in found]


def _picture(connection: sqlite3.Connection, dispute: Facts) -> Facts:
    sides = with_letters(rows_of(connection, SIDES, id=dispute["id"], most=MOST_SIDES))
    return {
        "positions": sides,
        "more_positions": dispute["n_positions"] - len(sides),
        "plot": plot_of([], sides),
    }
