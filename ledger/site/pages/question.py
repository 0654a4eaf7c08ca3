"""A question's page: `/disputes/<id>` while it is disputed, `/questions/<id>` while it is not."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from ledger.reports.chains import ChainLink, chains_of
from ledger.reports.lede import ledes
from ledger.reports.naming import capitalized, in_sentence, listed
from ledger.reports.origins import origins_of
from ledger.reports.questions import (
    Depth,
    Question,
    parties_of,
    question,
    state_of,
    subject_of,
)
from ledger.reports.rows import Facts, named_in, picked
from ledger.reports.together import elsewhere_of, together_of
from ledger.site.answering.addresses import question_path
from ledger.site.answering.answer import Moved, Page, answered
from ledger.site.answering.words import counted
from ledger.site.drawings.plot import plot_of
from ledger.values import kind_of
from ledger.values.quantity import is_vague
from ledger.words import IN_DISPUTE

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

DEPTH: Final = Depth(positions=24, claims=200, pairs=200)
"""How many claims, pairs and positions a page shows at most; the tables have them all."""


async def dispute_page(datasette: Datasette, request: Request) -> Response:
    """Answer with the page of a dispute; a question that is none is shown at its own address."""
    gather = partial(page_of, name=request.url_vars["id"], disputed=True)
    return await answered(datasette, request, gather, "question")


async def question_page(datasette: Datasette, request: Request) -> Response:
    """Answer with the page of a question; a disputed one is shown among the disputes."""
    gather = partial(page_of, name=request.url_vars["id"], disputed=False)
    return await answered(datasette, request, gather, "question")


def page_of(connection: sqlite3.Connection, *, name: str, disputed: bool) -> Page | Moved:
    """Return the page of a question, or where it is if asked for at the other address.

    Raises LookupError.
    """
    state = state_of(connection, name)
    path = question_path(name, state)
    if disputed != (state in IN_DISPUTE):
        return Moved(path)
    asked = question(connection, name, DEPTH)
    facts = facts_of(connection, asked)
    section = "Disputes" if disputed else ""
    described = facts["lede"] or _in_short(asked)
    return Page("question.html", asked.asks, described, path, facts, section)


def facts_of(connection: sqlite3.Connection, asked: Question) -> dict[str, Any]:
    """Return what the page of a question shows."""
    standing = [claim for position in asked.positions for claim in position.claims]
    chains = chains_of(connection, [claim.id for claim in standing])
    claims = {claim.id: claim.reach for claim in standing}
    subject = subject_of(connection, asked)
    elsewhere = elsewhere_of(connection, [asked.id], most=DEPTH.pairs)
    lede = ledes(connection, [asked], elsewhere)[asked.id] if asked.dispute else asked.summary
    return {
        "question": asked,
        "measured": kind_of(asked.answer).measured,
        "subject": subject,
        "country_names": named_in(connection, "countries", subject.countries),
        "parties": parties_of(connection, asked, subject),
        "origins": origins_of(connection, "position", [one.id for one in asked.positions]),
        "lede": lede or "",
        "elsewhere": elsewhere[asked.id],
        "together": together_of(connection, [asked.id], elsewhere)[asked.id],
        "altered": alterations_in(chains),
        "retold": _retold(connection, asked),
        "vague": {claim.id for claim in standing if is_vague(claim.value)},
        "plot": plot_of(claims, {one.id: one.reach for one in asked.positions}),
        "conflicts": [pair for pair in asked.conflicts if pair.state == "open"],
        "dismissed": [pair for pair in asked.conflicts if pair.state == "dismissed"],
        "more_pairs": len(asked.conflicts) >= DEPTH.pairs,
        "chains": chains,
        "graph": _for_graphs(asked),
    }


def alterations_in(chains: Iterable[ChainLink]) -> dict[str, str]:
    """Return how claims alter what they relay, by their ids, as chains tell it."""
    found: dict[str, str] = {}
    waiting = list(chains)
    while waiting:
        link = waiting.pop()
        waiting += link.repeated_by
        if link.altered:
            found.setdefault(link.claim.id, capitalized(link.altered))
    return found


def _retold(connection: sqlite3.Connection, asked: Question) -> list[str]:
    """Return whose word different documents tell differently, in a sentence each.

    A relay that alters what it repeats is told with what it repeats.
    """
    pairs = [one for one in asked.conflicts if one.nature == "retelling" and one.state == "open"]
    claims = {claim.id: claim for pair in pairs for claim in pair.claims}
    origins = origins_of(connection, "claim", claims)
    told: dict[tuple[str, ...], dict[str, None]] = {}
    for pair in pairs:
        one, other = (origins[claim.id] for claim in pair.claims)
        if one == other:
            documents = told.setdefault(tuple(origin.name for origin in one), {})
            places = (place.title for claim in pair.claims for place in claim.found)
            documents.update(dict.fromkeys(places))
    return [
        f"The word of {listed([in_sentence(name) for name in names])} is told differently by "
        f"{counted(len(documents), 'document')}: {listed(list(documents))}."
        for names, documents in told.items()
    ]


def _for_graphs(asked: Question) -> tuple[Facts, list[Facts], list[Facts]]:
    """Return a question, its positions and its findings as JSON-LD is made of them."""
    positions = [
        {"label": one.label, "claims": [picked(claim, "id text") for claim in one.claims]}
        for one in asked.positions
    ]
    findings = [picked(one, "says signed_by signed_on because") for one in asked.findings]
    return picked(asked, "id asks about unit state"), positions, findings


def _in_short(asked: Question) -> str:
    """Return a question's answers in a sentence, for what links to it."""
    unit = f" {asked.unit}" if asked.unit else ""
    said = "; ".join(f"{one.label}{unit}" for one in asked.positions[:4])
    return f"{asked.asks} {said}." if said else asked.asks
