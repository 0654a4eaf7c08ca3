"""A dossier's page: `/dossiers/<id>`: its questions, its places on a map, its claims in time."""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ledger.database.gathering import MOST_CONTESTED
from ledger.reports.claims import SHOWN, in_turn, told_claims
from ledger.reports.lede import ledes
from ledger.reports.meaning import Range
from ledger.reports.questions import CARD, BriefQuestion, questions
from ledger.reports.rows import Facts, columns_of, named_in, row_of, rows_of, things_of
from ledger.reports.together import elsewhere_in
from ledger.site.answering.answer import Page, answered
from ledger.site.answering.words import counted
from ledger.site.drawings.plot import Plot, plot_of
from ledger.site.drawings.spots import mapped
from ledger.values import parse_date

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

PICTURED: Final = 12
"""How many disputes a page shows with their positions; the others are named."""

QUESTIONS_SHOWN: Final = 100
"""How many questions a page names at most."""

TIMED_SHOWN: Final = 50
"""How many claims a time line has at most."""

DOSSIER: Final = """
SELECT d.*, (SELECT count(*) FROM disputes WHERE dossier = d.id)
    AS n_disputes, (SELECT count(*) FROM claims WHERE dossier = d.id AND question IS NULL)
    AS n_unasked
FROM dossiers d WHERE d.id = :id
"""

QUESTIONS: Final = f"""
SELECT {columns_of(BriefQuestion, "q")} FROM questions q WHERE dossier = :id
ORDER BY id NOT IN (SELECT id FROM disputes), support DESC, n_claims DESC, id LIMIT :shown
"""  # noqa: S608 # columns of the schema

DISPUTED: Final = f"""
SELECT id FROM disputes WHERE dossier = :id ORDER BY {MOST_CONTESTED} LIMIT :most
"""  # noqa: S608 # the one order of disputes

UNASKED: Final = "SELECT id FROM claims WHERE dossier = :id AND question IS NULL"

ELSEWHERE: Final = """
SELECT c.id FROM claims c JOIN questions q ON q.id = c.question
WHERE c.dossier = :id AND q.dossier <> c.dossier
"""
"""The claims of a dossier that answer another dossier's question."""

# A claim stands in time where its answer is a date, or where it is known when it was made.
TIMED: Final = """
SELECT id, text, made, earliest, latest, value FROM claims
WHERE dossier = :id AND {timed} ORDER BY {order}, id LIMIT :shown
"""

N_TIMED: Final = "SELECT count(*) AS n FROM claims WHERE dossier = :id AND {timed}"

ACROSS_SHOWN: Final = 50
"""How many conflicts between claims on different questions a page shows at most."""

OCCURRED: Final = "occurred"
"""What the time of the dossier's subject is called among the spans of a time line."""


class Timeline(NamedTuple):
    """Claims in the order of some date of theirs, and their bars on one axis.

    `said` has each claim's date as it is to be said; `more` is how many claims are left out.
    """

    claims: list[Facts]
    plot: Plot
    said: dict[str, str]
    more: int


async def dossier_page(datasette: Datasette, request: Request) -> Response:
    """Answer with the page of a dossier."""
    gather = partial(page_of, name=request.url_vars["id"])
    return await answered(datasette, request, gather, "dossier")


def page_of(connection: sqlite3.Connection, name: str) -> Page:
    """Return the page of a dossier. Raises LookupError."""
    dossier = dossier_of(connection, name)
    description = (
        f"{dossier['title']}: {counted(dossier['n_questions'], 'question')}, "
        f"{dossier['n_disputes']} in dispute, and {counted(dossier['n_claims'], 'claim')}."
    )
    facts = {"dossier": dossier}
    return Page(
        "dossier.html", dossier["title"], description, f"/dossiers/{name}", facts, "Disputes"
    )


def dossier_of(connection: sqlite3.Connection, name: str) -> Facts:
    """Return a dossier with what its page shows. Raises LookupError."""
    facts = row_of(connection, DOSSIER, id=name)
    facts["home"] = named_in(connection, "countries", facts["countries"])
    facts["parties"] = named_in(connection, "actors", facts["parties"] or ())
    facts["mapped"] = mapped(connection, facts["places"])
    asked = things_of(connection, BriefQuestion, QUESTIONS, id=name, shown=QUESTIONS_SHOWN)
    disputed = [one["id"] for one in rows_of(connection, DISPUTED, id=name, most=PICTURED)]
    facts["pictured"] = questions(connection, disputed, CARD)
    facts["ledes"] = ledes(connection, facts["pictured"])
    facts["across"] = elsewhere_in(connection, name, ACROSS_SHOWN)
    facts["questions"] = [one for one in asked if one.id not in disputed]
    shown = {*disputed, *(one.id for one in asked)}
    facts["more_questions"] = facts["n_questions"] - len(shown)
    facts["happened"] = _happened(connection, facts)
    facts["made"] = _made(connection, facts)
    unasked, elsewhere = (in_turn(connection, which, id=name) for which in (UNASKED, ELSEWHERE))
    facts["unasked"] = told_claims(connection, unasked[:SHOWN])
    facts["n_unasked"] = len(unasked)
    facts["elsewhere"] = told_claims(connection, elsewhere)
    return facts


def _happened(connection: sqlite3.Connection, dossier: Facts) -> Timeline | None:
    """Return when things happened, by the claims whose answers are dates."""
    timed, order = "kind = 'date'", "coalesce(earliest, latest), latest"
    claims = rows_of(connection, TIMED.format(timed=timed, order=order), **_shown(dossier))
    total = rows_of(connection, N_TIMED.format(timed=timed), **_shown(dossier))[0]["n"]
    said = {claim["id"]: claim["value"] for claim in claims}
    return _timeline(dossier, claims, said, total)


def _made(connection: sqlite3.Connection, dossier: Facts) -> Timeline | None:
    """Return when claims were made, as far as it is known."""
    timed, order = "made IS NOT NULL", "made"
    claims = rows_of(connection, TIMED.format(timed=timed, order=order), **_shown(dossier))
    total = rows_of(connection, N_TIMED.format(timed=timed), **_shown(dossier))[0]["n"]
    said = {claim["id"]: claim["made"] for claim in claims}
    spans = (claim | _span(claim["made"]) for claim in claims)
    return _timeline(dossier, sorted(spans, key=_begins), said, total)


def _shown(dossier: Facts) -> dict[str, Any]:
    return {"id": dossier["id"], "shown": TIMED_SHOWN}


def _timeline(
    dossier: Facts, claims: list[Facts], said: dict[str, str], total: int
) -> Timeline | None:
    """Return claims on an axis, with the time of the dossier's subject; None if there are none.

    A time without an end is nothing to see on an axis.
    """
    dates = {claim["id"]: _days(claim) for claim in claims}
    occurred = _days(dossier)
    closed = occurred.earliest and occurred.latest
    plot = plot_of(dates, {OCCURRED: occurred} if closed else {})
    return Timeline(claims, plot, said, total - len(claims)) if claims and plot else None


def _days(thing: Facts) -> Range:
    return Range(earliest=thing["earliest"], latest=thing["latest"])


def _span(written: str) -> Facts:
    """Return the days that a date means, as the columns of the database would have them."""
    span = parse_date(written)
    return {
        "earliest": span.earliest.isoformat() if span.earliest else None,
        "latest": span.latest.isoformat() if span.latest else None,
    }


def _begins(claim: Facts) -> str:
    return str(claim["earliest"] or claim["latest"])
