"""A claim's page: `/claims/<id>`."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from ledger.reports.claims import (
    Citation,
    Claim,
    OutletCited,
    altered_in_words,
    claim,
    told_by,
)
from ledger.reports.naming import capitalized
from ledger.reports.origins import wholes_in_words
from ledger.reports.rows import named_in
from ledger.site.answering.addresses import question_path
from ledger.site.answering.answer import Page, answered
from ledger.site.answering.words import counted, date_said
from ledger.site.formats.entries import entry_of
from ledger.values.kind import with_unit

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

MOST: Final = 100
"""How many conflicts, and how many claims that repeat it, a page shows; the tables have all."""

SCOPES: Final[dict[str, str]] = {
    "claim": "For this very claim",
    "document": "The outlet whose own document it was read in",
    "paragraph": "At the paragraph that it stands in",
}
"""What a citation was cited for, as headings, in their order."""


async def claim_page(datasette: Datasette, request: Request) -> Response:
    """Answer with the page of a claim."""
    name = request.url_vars["id"]
    return await answered(datasette, request, partial(page_of, name=name), "claim")


@dataclass(frozen=True, slots=True)
class Event:
    """What became of a claim: when, what it was, and which other claim has to do with it."""

    when: str
    what: str
    id: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What is cited for a claim in one scope: with more told than the outlet, and bare.

    What is `nearby` is only known to stand at its paragraph; those that are known to carry it and
    are named there `also` are apart.
    """

    title: str
    told: list[Citation]
    bare: list[OutletCited]
    nearby: bool
    also: list[OutletCited]


def page_of(connection: sqlite3.Connection, name: str) -> Page:
    """Return the page of a claim. Raises LookupError."""
    shown = claim(connection, name)
    facts = facts_of(connection, shown)
    title = f"{whose(shown)}: {shown.text}"
    return Page("claim.html", title, _in_short(shown), f"/claims/{name}", facts, "Claims")


def whose(claim: Claim) -> str:
    """Return whose claim it is and how it stands, which stands before its text everywhere."""
    return told_by(claim.claimant_name, claim.status, claim.found[0].title if claim.found else None)


def facts_of(connection: sqlite3.Connection, shown: Claim) -> dict[str, Any]:
    """Return what the page of a claim shows."""
    path = question_path(shown.question, shown.question_state) if shown.question else ""
    said = with_unit(shown.value_in_words, shown.unit)
    return {
        "claim": shown,
        "status_said": status_said(shown),
        "wholes": wholes_in_words(shown.origins),
        "alters": [
            capitalized(altered_in_words(said, one.said)) for one in shown.based_on if one.altered
        ],
        "altered_by": {
            one.id: capitalized(altered_in_words(one.said, said))
            for one in shown.repeated_by
            if one.altered
        },
        "question_path": path,
        "country_names": named_in(connection, "countries", shown.countries),
        "conflicts": shown.conflicts[:MOST],
        "more_conflicts": max(0, len(shown.conflicts) - MOST),
        "repeated_by": shown.repeated_by[:MOST],
        "more_repeats": max(0, len(shown.repeated_by) - MOST),
        "scopes": [_scope(shown, scope, title) for scope, title in SCOPES.items()],
        "history": history_of(shown),
        "entry": entry_of(connection, shown.id),
    }


def status_said(claim: Claim) -> str:
    """Return what a claim's status means for it, in words that follow the status itself."""
    match claim.status:
        case "contested":
            return f"{counted(claim.n_conflicts, 'claim contradicts', 'claims contradict')} it"
        case "corroborated":
            return "two or more independent origins agree and none disagrees"
        case "single origin":
            return "it rests on one independent origin’s word"
        case "origin not recorded":
            return "nobody recorded whom it goes back to"
        case "superseded":
            return "its claimant’s later word replaces it"
        case _:
            return "its claimant has withdrawn it"


def history_of(claim: Claim) -> list[Event]:
    """Return what became of a claim, in order: its earlier word, itself, later ones, its end."""
    events: list[Event] = []
    if claim.supersedes:
        what = "It replaces the earlier word"
        events.append(Event("", what, claim.supersedes, claim.supersedes_text))
    if claim.made:
        by = f" by {claim.claimant_name}" if claim.claimant_name else ""
        events.append(Event(date_said(claim.made), f"Made{by}"))
    for later in claim.superseded_by:
        what = "Replaced by the later word"
        events.append(Event(date_said(later.made), what, later.id, later.text))
    if claim.retracted_on:
        what = f"Withdrawn: {claim.retracted_because}"
        events.append(Event(date_said(claim.retracted_on), what))
    return events


def _scope(claim: Claim, scope: str, title: str) -> Scope:
    cited = [one for one in claim.cited if one.scope == scope]
    told = [one for one in cited if one.stance == "disputes" or _is_told(one)]
    times: Counter[tuple[str, str]] = Counter()
    for one in cited:
        if one not in told:
            times[one.outlet, one.outlet_name] += one.times
    nearby = scope == "paragraph"
    bare = [OutletCited(*outlet, n, int(nearby)) for outlet, n in times.items()]
    also = [one for one in bare if nearby and one.id in claim.outlets]
    return Scope(title, told, [one for one in bare if one not in also], nearby, also)


def _is_told(cited: Citation) -> bool:
    """Return whether more is known of a report than its outlet."""
    return any((cited.title, cited.url, cited.published, cited.archived))


def _in_short(claim: Claim) -> str:
    """Return who claims what, and how it stands, for what links to the page."""
    value = with_unit(claim.value_in_words, claim.unit)
    said = f"{capitalized(value)}. " if value else ""
    return f"{whose(claim)}: {claim.text} {said}{claim.status.capitalize()}: {status_said(claim)}."
