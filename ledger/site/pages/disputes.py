"""The disputes: `/disputes`, narrowed by facets and sorted, a page of cards at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, urlencode

from ledger.reports.contested import FACETS, SORTS, Contested, Folded, contested
from ledger.reports.lede import ledes
from ledger.reports.questions import CARD, questions
from ledger.reports.rows import Facts
from ledger.reports.together import asked_by_ids
from ledger.site.answering.answer import Page, answered

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

PAGE: Final = 18
"""How many disputes a page shows."""

MOST_VALUES: Final = 12
"""How many values of a facet are shown."""

NAMED: Final = 8
"""How many disputes that hang together with another its card names at most."""

DESCRIPTION: Final = (
    "Questions that the ledger's claims answer in ways that exclude each other, or hardly fit, "
    "or that claims elsewhere contradict."
)

COUNTED: Final = 6
"""How many digits the number of a page may have."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: values of facets, each with its facet's name; order and page."""

    chosen: tuple[tuple[str, str], ...] = ()
    sort: str = "contested"
    page: int = 1

    @property
    def by_facet(self) -> dict[str, list[str]]:
        """Return the values chosen, by facet."""
        found: dict[str, list[str]] = {}
        for name, value in self.chosen:
            found.setdefault(name, []).append(value)
        return found

    def query(self, *, sort: str = "", page: int = 1) -> str:
        """Return the address's query for another order or page."""
        extra = [("page", str(page))] if page > 1 else []
        return _query([*self.chosen, *_sorted_by(sort or self.sort), *extra])

    def narrowing(self) -> Callable[[str, str], str]:
        """Return a function that makes the address's query narrowed by a facet's value."""
        # A page has dozens of these, which differ in the value alone.
        before, after = _query(self.chosen), _query(_sorted_by(self.sort))
        return lambda name, value: "&".join(
            part for part in (before, _query([(name, value)]), after) if part
        )

    def without(self, name: str, value: str) -> str:
        """Return the address's query without a value."""
        kept = tuple(pair for pair in self.chosen if pair != (name, value))
        return Asked(kept, self.sort).query()


async def disputes_page(datasette: Datasette, request: Request) -> Response:
    """Answer with a page of disputes."""
    return await answered(
        datasette, request, partial(page_of, asked=asked_by(request.query_string))
    )


def asked_by(query: str) -> Asked:
    """Return what an address asks for; what it asks and nobody knows is left out."""
    told = dict(pair for pair in parse_qsl(query) if pair[0] in {"sort", "page"})
    chosen = dict.fromkeys(pair for pair in parse_qsl(query) if pair[0] in FACETS)
    page = told.get("page", "")
    digits = page.isascii() and page.isdigit() and len(page) <= COUNTED
    sort = told.get("sort", "")
    return Asked(
        tuple(chosen), sort if sort in SORTS else "contested", max(1, int(page)) if digits else 1
    )


def page_of(connection: sqlite3.Connection, asked: Asked) -> Page:
    """Return the page of the disputes asked for."""
    known = contested(connection)
    found = known.narrowed(asked.by_facet)
    folded = known.folded(asked.sort, found)
    start = (asked.page - 1) * PAGE
    facts = {
        **cards_of(connection, folded[start : start + PAGE]),
        "n_found": len(found),
        "n_cards": len(folded),
        "first": start + 1,
        "asked": asked,
        "facets": [_facet(known, asked, name, found) for name in FACETS],
        "chosen": list(_chosen(known, asked)),
        "sorts": [
            {"title": title, "href": _href(asked.query(sort=name)), "current": name == asked.sort}
            for name, (title, _) in SORTS.items()
        ],
        "previous": _href(asked.query(page=asked.page - 1)) if asked.page > 1 else "",
        "next": _href(asked.query(page=asked.page + 1)) if start + PAGE < len(folded) else "",
        "rows_query": _query(asked.chosen),
    }
    path = f"/disputes{_href(asked.query(page=asked.page))}".rstrip("?")
    return Page("disputes.html", "Disputes", DESCRIPTION, path, facts, "Disputes")


def cards_of(connection: sqlite3.Connection, folded: Iterable[Folded]) -> Facts:
    """Return what cards show of disputes that are folded with those that hang together with them.

    The others on a card are named only: NAMED of them at most.
    """
    folded = list(folded)
    shown = questions(connection, [head for head, _ in folded], CARD)
    named = {other for _, others in folded for other in others[:NAMED]}
    asked = asked_by_ids(connection, named)
    return {
        "disputes": shown,
        "ledes": ledes(connection, shown),
        "together": {head: [asked[one] for one in others[:NAMED]] for head, others in folded},
    }


def _facet(known: Contested, asked: Asked, name: str, found: frozenset[str]) -> Facts:
    counts = known.counts(name, found)
    narrowed = asked.narrowing()
    values = [
        {
            "label": known.labels[name][value],
            "count": n,
            "selected": (name, value) in asked.chosen,
            "href": _href(
                asked.without(name, value)
                if (name, value) in asked.chosen
                else narrowed(name, value)
            ),
        }
        for value, n in counts[:MOST_VALUES]
    ]
    return {"title": FACETS[name], "values": values, "more": max(0, len(counts) - MOST_VALUES)}


def _chosen(known: Contested, asked: Asked) -> Iterator[Facts]:
    for name, value in asked.chosen:
        yield {
            "facet": FACETS[name],
            "label": known.labels[name].get(value, value),
            "href": _href(asked.without(name, value)),
        }


def _sorted_by(order: str) -> list[tuple[str, str]]:
    """Return what an address says of the order, nothing of the usual one."""
    return [("sort", order)] if order != "contested" else []


def _query(pairs: Iterable[tuple[str, str]]) -> str:
    return urlencode(list(pairs))


def _href(query: str) -> str:
    """Return a link within the page's own address."""
    return f"?{query}" if query else "?"
