"""The home page: `/`: what this is, the most contested questions, and ways in."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ledger.reports.contested import contested
from ledger.reports.memory import remembered
from ledger.reports.rows import things_of
from ledger.site.answering.answer import Page, answered
from ledger.site.pages.disputes import cards_of

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

SHOWN: Final = 6
"""How many disputes the page shows."""

DOORS: Final = 10
"""How many countries, topics, years and outlets it leads to."""

WAYS: Final[dict[str, tuple[str, str, str]]] = {
    "_country": (
        "By country",
        "more countries",
        """
        SELECT l.country AS value, n.name AS label, count(*) AS n
        FROM claim_countries l JOIN countries n ON n.id = l.country
        GROUP BY l.country ORDER BY n DESC, value
        """,
    ),
    "_topic": (
        "By topic",
        "more topics",
        """
        SELECT topic AS value, topic AS label, count(*) AS n FROM claim_topics
        GROUP BY topic ORDER BY n DESC, value
        """,
    ),
    "year": (
        "By year",
        "more years",
        """
        SELECT year AS value, year AS label, count(*) AS n FROM claims WHERE year IS NOT NULL
        GROUP BY year ORDER BY year DESC
        """,
    ),
    "_outlet": (
        "By outlet",
        "more outlets",
        """
        SELECT s.outlet AS value, o.name AS label, count(*) AS n
        FROM claim_outlets s JOIN outlets o ON o.id = s.outlet
        GROUP BY s.outlet ORDER BY n DESC, value
        """,
    ),
}
"""The doors: the name each has in addresses of the claims, its words, and what counts it."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A value that claims have, what it is called, and how many claims have it."""

    value: str | int
    label: str | int
    n: int


@dataclass(frozen=True, slots=True)
class Door:
    """A way into the claims: its name in addresses, its words, its first values, and more."""

    name: str
    title: str
    others: str
    values: list[Counted]
    more: int


DESCRIPTION: Final = (
    "A ledger of contested claims: who says what, who published it, and what it contradicts."
)


async def home_page(datasette: Datasette, request: Request) -> Response:
    """Answer with the home page."""
    return await answered(datasette, request, page_of)


def page_of(connection: sqlite3.Connection) -> Page:
    """Return the home page."""
    known = contested(connection)
    most_contested = known.folded("contested", known.everything)[:SHOWN]
    facts = {**cards_of(connection, most_contested), "doors": doors(connection)}
    return Page("home.html", "claim-ledger", DESCRIPTION, "/", facts)


@remembered
def doors(connection: sqlite3.Connection) -> list[Door]:
    """Return the ways into the claims, each with the values that most claims have."""
    found = []
    for name, (title, others, sql) in WAYS.items():
        values = things_of(connection, Counted, sql)
        found.append(Door(name, title, others, values[:DOORS], max(0, len(values) - DOORS)))
    return found
