"""Pictured: disputes as cards show them, with their positions and a small picture of these."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from ledger.reports.rows import Facts, rows_of
from ledger.site.answering.sides import with_letters
from ledger.site.drawings.plot import plot_of

MOST_SIDES: Final = 5
"""How many positions a card shows, those with the most origins."""

CARDS: Final = """
SELECT d.id, d.asks, d.answer, d.unit, d.state, d.n_positions, d.n_claims, d.n_conflicts, d.gap,
    d.spread, d.support, d.n_origins, d.n_outlets, d.dossier, s.title AS dossier_title
FROM disputes d JOIN dossiers s ON s.id = d.dossier
WHERE d.id IN (SELECT value FROM json_each(:ids))
"""

SIDES: Final = """
SELECT id, question, label, low, high, earliest, latest, n_claims, n_origins, n_outlets, interest
FROM positions WHERE question IN (SELECT value FROM json_each(:ids))
ORDER BY n_origins DESC, n_outlets DESC, id
"""


def pictured(connection: sqlite3.Connection, ids: Sequence[str]) -> list[Facts]:
    """Return some disputes in their order, each with its positions and the plot of these."""
    asked = json.dumps(list(ids))
    found = {row["id"]: row for row in rows_of(connection, CARDS, ids=asked)}
    sides: dict[str, list[Facts]] = defaultdict(list)
    for side in rows_of(connection, SIDES, ids=asked):
        sides[side["question"]].append(side)
    return [
        found[one] | _picture(found[one], sides[one][:MOST_SIDES]) for one in ids if one in found
    ]


def _picture(dispute: Facts, first: Sequence[Facts]) -> Facts:
    sides = with_letters(first)
    return {
        "positions": sides,
        "more_positions": dispute["n_positions"] - len(sides),
        "plot": plot_of([], sides),
    }
