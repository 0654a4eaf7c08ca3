"""Feeds: the newest claims and the newest conflicts, as Atom.

The same files give the same database, which therefore does not know when anything was written
into it. What is new is what was said last: a claim is as new as the day on which it was made,
or withdrawn; a conflict as new as the younger of its two claims. Of a date that is a month or a
span, the first day counts. Claims without a date of their own are in no feed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from xml.etree.ElementTree import Element, SubElement, tostring

from datasette.utils.asgi import Response

from ledger.reports.memory import remembered
from ledger.reports.rows import Facts, row_of, rows_of
from ledger.site.answering.addresses import Link, linker
from ledger.site.answering.answer import HEADERS, gathered
from ledger.site.answering.days import first_day
from ledger.site.answering.safety import xml_text
from ledger.site.formats.entries import headline
from ledger.site.formats.form import Form, Own
from ledger.site.formats.jsonld import NAME
from ledger.values.date import date_in_words
from ledger.words import NATURES

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

MOST: Final = 50
"""How many entries a feed has."""

AUTHORITY: Final = "claim-ledger,2026"
"""Who mints the entries' ids: the same wherever a ledger is served, so that none comes twice."""

NAMESPACE: Final = "http://www.w3.org/2005/Atom"

YEARS_BEFORE: Final = """
SELECT max(year) AS year FROM claims WHERE year < :year
"""

# Both look a year, and the withdrawn claims, up in an index.
MADE_IN: Final = """
SELECT id, made FROM claims WHERE year = :year AND made IS NOT NULL
"""

WITHDRAWN: Final = """
SELECT id, retracted_on FROM claims WHERE status = 'retracted' AND retracted_on IS NOT NULL
"""

CLAIM: Final = """
SELECT c.id, c.text, c.status, c.made, c.retracted_on, c.retracted_because, q.asks,
    a.name AS claimant_name
FROM claims c LEFT JOIN actors a ON a.id = c.claimant LEFT JOIN questions q ON q.id = c.question
WHERE c.id = :id
"""

CONFLICTS: Final = """
SELECT k.claim_a, k.claim_b, k.strength, k.nature, k.reason, q.asks,
    x.text AS text_a, x.status AS status_a, a.name AS claimant_name_a,
    y.text AS text_b, y.status AS status_b, b.name AS claimant_name_b
FROM (
    SELECT * FROM conflicts WHERE claim_a = :id AND state = 'open'
    UNION ALL
    SELECT * FROM conflicts WHERE claim_b = :id AND state = 'open'
    LIMIT :most
) k
JOIN claims x ON x.id = k.claim_a
JOIN claims y ON y.id = k.claim_b
LEFT JOIN actors a ON a.id = x.claimant
LEFT JOIN actors b ON b.id = y.claimant
LEFT JOIN questions q ON q.id = k.question
ORDER BY k.claim_a, k.claim_b
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a feed: its id and page, what it says, when it was said and changed."""

    key: str
    path: str
    title: str
    summary: str
    published: date
    updated: date
    author: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its name in addresses, what it has, and its entries, the newest first."""

    name: str
    title: str
    subtitle: str
    entries: list[Entry]
    fallback: date
    """What counts as the feed's own day while it has no entry."""


@remembered
def newest_claims(connection: sqlite3.Connection) -> Feed:
    """Return the feed of the newest claims."""
    dated = {name: (day, day) for day, name in _made(connection, MOST)}
    for row in rows_of(connection, WITHDRAWN):
        day = first_day(row["retracted_on"])
        if day:
            known = dated.get(row["id"])
            dated[row["id"]] = (known[0] if known else day, max(day, known[1] if known else day))
    newest = sorted(dated.items(), key=lambda one: (one[1][1], one[0]), reverse=True)[:MOST]
    entries = [_claim_entry(row_of(connection, CLAIM, id=name), *days) for name, days in newest]
    subtitle = (
        "Claims by the day on which they were made or withdrawn, the latest first. "
        "Claims without such a date are not among them."
    )
    return Feed("claims", f"{NAME}: newest claims", subtitle, entries, _newest_day(connection))


@remembered
def newest_conflicts(connection: sqlite3.Connection) -> Feed:
    """Return the feed of the newest conflicts."""
    entries: dict[str, Entry] = {}
    for day, name in _made(connection, None):
        for pair in rows_of(connection, CONFLICTS, id=name, most=MOST):
            entry = _conflict_entry(pair, day)
            entries.setdefault(entry.key, entry)
        if len(entries) >= MOST:
            break
    subtitle = (
        "Pairs of claims that cannot both be true, or hardly, by the day on which the later "
        "of the two was made. Pairs without a date are not among them."
    )
    newest = sorted(entries.values(), key=lambda one: (one.updated, one.key), reverse=True)[:MOST]
    title = f"{NAME}: newest conflicts"
    return Feed("conflicts", title, subtitle, newest, _newest_day(connection))


FEEDS: Final = {"claims": newest_claims, "conflicts": newest_conflicts}
"""Every feed by its name in addresses."""


def atom(feed: Feed, link: Link) -> str:
    """Return a feed as an Atom document."""
    root = Element("feed", {"xmlns": NAMESPACE, "xml:lang": "en"})
    _add(root, "id", f"tag:{AUTHORITY}:feeds/{feed.name}")
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.subtitle)
    updated = max((entry.updated for entry in feed.entries), default=feed.fallback)
    _add(root, "updated", _moment(updated))
    _add(SubElement(root, "author"), "name", NAME)
    own = link(f"/feeds/{feed.name}.atom")
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": own})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": link("/")})
    for entry in feed.entries:
        _add_entry(SubElement(root, "entry"), entry, link)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written.decode()


async def feed_page(datasette: Datasette, request: Request) -> Response:
    """Answer with a feed."""
    feed = await gathered(datasette, request, FEEDS[request.url_vars["feed"]])
    body = atom(feed, linker(datasette, request))
    return Response(body, headers=HEADERS, content_type=f"{ATOM.media_type}; charset=utf-8")


def _made(connection: sqlite3.Connection, most: int | None) -> Iterator[tuple[date, str]]:
    """Yield the days and ids of the claims that have one, the newest first.

    Year after year, so that few claims are looked at; with `most`, no year is begun once so
    many claims were given.
    """
    given, year = 0, 10_000
    while most is None or given < most:
        year = row_of(connection, YEARS_BEFORE, year=year)["year"]
        if year is None:
            return
        rows = rows_of(connection, MADE_IN, year=year)
        dated = [(day, row["id"]) for row in rows if (day := first_day(row["made"]))]
        given += len(dated)
        yield from sorted(dated, reverse=True)


def _claim_entry(claim: Mapping[str, Any], published: date, updated: date) -> Entry:
    parts = [f"Status: {claim['status']}."]
    parts += [f"Made: {date_in_words(claim['made'])}."] if claim["made"] else []
    if claim["retracted_on"]:
        parts.append(f"Withdrawn: {date_in_words(claim['retracted_on'])}.")
    parts += [f"Question: {claim['asks']}"] if claim["asks"] else []
    return Entry(
        f"claims/{claim['id']}",
        f"/claims/{claim['id']}",
        headline(claim),
        " ".join(parts),
        published,
        updated,
        claim["claimant_name"] or "",
    )


def _conflict_entry(pair: Facts, day: date) -> Entry:
    told = (
        headline({key: pair[f"{key}_{one}"] for key in ("text", "status", "claimant_name")})
        for one in "ab"
    )
    kind = f"{pair['strength'].capitalize()}: {NATURES[pair['nature']]}."
    return Entry(
        f"conflicts/{pair['claim_a']}/{pair['claim_b']}",
        f"/claims/{pair['claim_a']}#conflicts",
        " / ".join(told),
        f"{kind} {pair['reason']} {pair['asks'] or ''}".strip(),
        day,
        day,
    )


def _newest_day(connection: sqlite3.Connection) -> date:
    newest = row_of(connection, "SELECT newest FROM build")["newest"]
    return first_day(newest) or date(1970, 1, 1)


def _add_entry(element: Element, entry: Entry, link: Link) -> None:
    _add(element, "id", f"tag:{AUTHORITY}:{entry.key}")
    _add(element, "title", entry.title)
    page = link(entry.path)
    SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": page})
    _add(element, "published", _moment(entry.published))
    _add(element, "updated", _moment(entry.updated))
    if entry.author:
        _add(SubElement(element, "author"), "name", entry.author)
    _add(element, "summary", entry.summary)


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = xml_text(text)


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


ATOM: Final = Form(
    "Atom",
    "atom",
    "application/atom+xml",
    f"the {MOST} newest claims, and the {MOST} newest conflicts, for feed readers",
    own=(
        Own(
            rf"^/feeds/(?P<feed>{'|'.join(FEEDS)})\.atom$",
            feed_page,
            {f"/feeds/{name}.atom": f"Newest {name}" for name in FEEDS},
        ),
    ),
)
