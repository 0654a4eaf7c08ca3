"""A claim's page: `/claims/<id>`."""

from __future__ import annotations

import json
import sqlite3
from functools import partial
from typing import TYPE_CHECKING, Final

from ledger.reports.kinds import show
from ledger.reports.rows import Facts, rows_of
from ledger.site.answering.answer import Page, answered
from ledger.site.answering.sides import side_of
from ledger.site.answering.words import counted, date_said
from ledger.site.formats.entries import entry_of
from ledger.values.kind import with_unit

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

MOST: Final = 100
"""How many conflicts, and how many claims that repeat it, a page shows; the tables have all."""

PLACES: Final = """
SELECT id, name FROM countries WHERE id IN (SELECT value FROM json_each(:countries)) ORDER BY name
"""

SIDES: Final = """
SELECT id, position FROM claims WHERE id IN (SELECT value FROM json_each(:claims))
"""

STANDING: Final = "SELECT state FROM questions WHERE id = :id"

SCOPES: Final[dict[str, str]] = {
    "claim": "For this very claim",
    "paragraph": "For the paragraph that it stands in",
    "document": "The document’s own outlet, where the paragraph cites nobody",
}
"""What a citation was cited for, as headings, in their order."""

TOLD: Final = ("title", "url", "published", "archived")
"""What may be told of a citation beside its outlet."""


async def claim_page(datasette: Datasette, request: Request) -> Response:
    """Answer with the page of a claim."""
    name = request.url_vars["id"]
    return await answered(datasette, request, partial(page_of, name=name), "claim")


def page_of(connection: sqlite3.Connection, name: str) -> Page:
    """Return the page of a claim. Raises LookupError."""
    claim = show(connection, "claim", name)
    facts = facts_of(connection, claim)
    return Page("claim.html", claim["text"], _in_short(claim), f"/claims/{name}", facts, "Claims")


def facts_of(connection: sqlite3.Connection, claim: Facts) -> Facts:
    """Return what the page of a claim shows beside what is told of the claim everywhere."""
    return {
        "claim": claim,
        "status_said": status_said(claim),
        "side": side_of(claim["position"]) if claim["position"] else None,
        "question_path": _question_path(connection, claim["question"]),
        "fits": [one | side_of(one["id"]) for one in claim["fits"]],
        "country_names": rows_of(connection, PLACES, countries=json.dumps(claim["countries"])),
        "conflicts": _conflicts(connection, claim),
        "more_conflicts": max(0, len(claim["conflicts"]) - MOST),
        "repeated_by": claim["repeated_by"][:MOST],
        "more_repeats": max(0, len(claim["repeated_by"]) - MOST),
        "scopes": [_scope(claim, scope, title) for scope, title in SCOPES.items()],
        "history": history_of(claim),
        "entry": entry_of(connection, claim["id"]),
    }


def status_said(claim: Facts) -> str:
    """Return what a claim's status means for it, in words that follow the status itself."""
    match claim["status"]:
        case "contested":
            return f"{counted(claim['n_conflicts'], 'claim contradicts', 'claims contradict')} it"
        case "corroborated":
            return f"{counted(claim['n_origins'], 'origin')} agree and none disagrees"
        case "single origin":
            return "it rests on one origin’s word"
        case "uncited":
            return "no outlet is cited for it"
        case "superseded":
            return "its claimant’s later word replaces it"
        case _:
            return "its claimant has withdrawn it"


def history_of(claim: Facts) -> list[Facts]:
    """Return what became of a claim, in order: its earlier word, itself, later ones, its end."""
    events: list[Facts] = []
    if claim["supersedes"]:
        earlier = {"id": claim["supersedes"], "text": claim["supersedes_text"]}
        events.append({"when": "", "what": "It replaces the earlier word", "claim": earlier})
    if claim["made"]:
        by = f" by {claim['claimant_name']}" if claim["claimant_name"] else ""
        events.append({"when": date_said(claim["made"]), "what": f"Made{by}", "claim": None})
    for later in claim["superseded_by"]:
        when = date_said(later["made"])
        events.append({"when": when, "what": "Replaced by the later word", "claim": later})
    if claim["retracted_on"]:
        what = f"Withdrawn: {claim['retracted_because']}"
        events.append({"when": date_said(claim["retracted_on"]), "what": what, "claim": None})
    return events


def _scope(claim: Facts, scope: str, title: str) -> Facts:
    """Return what is cited for a claim in one scope: with more told than the outlet, and bare."""
    told: list[Facts] = []
    bare: dict[str, Facts] = {}
    for one in claim["cited"]:
        if one["scope"] != scope:
            continue
        if any(one[fact] for fact in TOLD) or one["stance"] != "supports":
            told.append(one)
        else:
            outlet = {"id": one["outlet"], "name": one["outlet_name"], "times": 0}
            bare.setdefault(one["outlet"], outlet)["times"] += one["times"]
    return {"title": title, "told": told, "bare": list(bare.values())}


def _question_path(connection: sqlite3.Connection, question: str | None) -> str:
    if question is None:
        return ""
    state = rows_of(connection, STANDING, id=question)[0]["state"]
    return f"/{'disputes' if state == 'disputed' else 'questions'}/{question}"


def _conflicts(connection: sqlite3.Connection, claim: Facts) -> list[Facts]:
    """Return what a claim is in conflict with, with the letters of those on the same question."""
    shown = claim["conflicts"][:MOST]
    asked = json.dumps([one["id"] for one in shown if one["question"] == claim["question"]])
    positions = {row["id"]: row["position"] for row in rows_of(connection, SIDES, claims=asked)}
    return [
        one | {"side": side_of(positions[one["id"]]) if positions.get(one["id"]) else None}
        for one in shown
    ]


def _in_short(claim: Facts) -> str:
    """Return who claims what, and how it stands, for what links to the page."""
    by = f"Claimed by {claim['claimant_name']}. " if claim["claimant_name"] else ""
    value = with_unit(claim["value_in_words"], claim["unit"])
    said = f"{value[:1].upper()}{value[1:]}. " if value else ""
    return f"{said}{by}{claim['status'].capitalize()}: {status_said(claim)}."
