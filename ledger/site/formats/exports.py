"""Exports: any filtered table of claims or disputes as BibTeX, CSL-JSON, JSON-LD or GeoJSON.

They are renderers of Datasette, which hands them one page of a table's rows. Asked for by these
endings, a page is as long as the site allows; what follows it is linked.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import urlsplit

from datasette.utils.asgi import Response

from ledger.reports.rows import Facts, rows_of
from ledger.site.answering.addresses import Link, linker
from ledger.site.answering.answer import DATABASE, HEADERS, gathered
from ledger.site.answering.safety import one_line
from ledger.site.answering.words import counted
from ledger.site.formats.citations import cite_bibtex, cite_csl
from ledger.site.formats.claim_files import as_json
from ledger.site.formats.endings import ADDED, ASKED
from ledger.site.formats.entries import entries_of
from ledger.site.formats.geojson import feature_collection, located
from ledger.site.formats.jsonld import Node, claim_node, document_of, question_node

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

CLAIM_IN: Final = {
    "claims": "id",
    "contested_claims": "id",
    "claim_sources": "claim",
    "claim_conflicts": "claim",
    "citations": "claim",
    "appearances": "claim",
}
"""The tables and views that have claims, and the column that has their ids."""

QUESTIONS: Final = frozenset({"questions", "disputes"})

LOCATED: Final = frozenset({"places", "dossiers"})
"""The other tables whose rows lie somewhere."""

QUESTION: Final = """
SELECT q.id, q.asks, q.about, q.unit, q.state FROM json_each(:ids) j
JOIN questions q ON q.id = j.value ORDER BY j.key
"""

POSITIONS: Final = """
SELECT p.question, p.label FROM json_each(:ids) j
JOIN positions p ON p.question = j.value ORDER BY j.key, length(p.id), p.id
"""

FINDINGS: Final = """
SELECT f.* FROM json_each(:ids) j JOIN findings f ON f.question = j.value
"""


class Following(NamedTuple):
    """Where an export was asked for, and where the rest of the rows is, if there is any."""

    here: str
    next: str | None


Write = Callable[[sqlite3.Connection, str, Sequence[str], Following, Link], str]
"""Writes the things with some ids, of a table, as text."""


class Export(NamedTuple):
    """A form of tables: the tables that have it, what comes out, and what writes it."""

    tables: frozenset[str]
    media_type: str
    write: Write


def as_bibtex(
    connection: sqlite3.Connection, _: str, ids: Sequence[str], following: Following, link: Link
) -> str:
    """Return claims in BibTeX, with a comment first that says where the rest is."""
    comments = [f"{counted(len(ids), 'claim')} of {following.here}"]
    comments += [f"The following claims: {following.next}"] if following.next else []
    entries = [cite_bibtex(entry, link) for entry in entries_of(connection, ids)]
    # A percent sign begins a comment for people; BibTeX skips all outside of entries but @.
    head = [f"% {one_line(comment).replace('@', '%40')}\n" for comment in comments]
    return "".join(head) + "\n" + "\n".join(entries)


def as_csl(
    connection: sqlite3.Connection, _: str, ids: Sequence[str], __: Following, link: Link
) -> str:
    """Return claims in CSL-JSON, a list, which has no room to say where the rest is."""
    return as_json([cite_csl(entry, link) for entry in entries_of(connection, ids)])


def as_jsonld(
    connection: sqlite3.Connection, table: str, ids: Sequence[str], following: Following, link: Link
) -> str:
    """Return claims or questions as a schema.org Collection."""
    if table in QUESTIONS:
        nodes = _questions(connection, ids, link)
    else:
        nodes = [claim_node(entry, link) for entry in entries_of(connection, ids)]
    collection = {
        "@type": "Collection",
        "url": following.here,
        "collectionSize": len(nodes),
        "hasPart": nodes,
    }
    if following.next:
        collection["relatedLink"] = following.next
    return as_json(document_of([collection]))


def as_geojson(
    connection: sqlite3.Connection, table: str, ids: Sequence[str], following: Following, link: Link
) -> str:
    """Return where things are, as GeoJSON: of claims and questions, their dossiers' places."""
    kind = "claims" if table in CLAIM_IN else "questions" if table in QUESTIONS else table
    features = located(connection, kind, ids, link)
    return json.dumps(feature_collection(features, following.here, following.next)) + "\n"


CLAIMS: Final = frozenset(CLAIM_IN)

EXPORTS: Final[Mapping[str, Export]] = {
    "bib": Export(CLAIMS, "application/x-bibtex; charset=utf-8", as_bibtex),
    "csl": Export(CLAIMS, "application/vnd.citationstyles.csl+json; charset=utf-8", as_csl),
    "jsonld": Export(CLAIMS | QUESTIONS, "application/ld+json; charset=utf-8", as_jsonld),
    "geojson": Export(
        CLAIMS | QUESTIONS | LOCATED, "application/geo+json; charset=utf-8", as_geojson
    ),
}
"""Every form by the ending of the address; csl answers `.csl.json`."""


def renderers() -> list[dict[str, Any]]:
    """Return the renderers as Datasette registers them."""
    return [_renderer(ending) for ending in EXPORTS]


def _renderer(ending: str) -> dict[str, Any]:
    export = EXPORTS[ending]

    async def render(  # noqa: PLR0913 # Datasette gives what is named
        datasette: Datasette,
        request: Request,
        database: str,
        table: str | None,
        rows: Sequence[Any],
        data: Mapping[str, Any],
    ) -> Response | None:
        if database != DATABASE or table not in export.tables:
            return None
        ids = ids_in(table, rows)
        if ids is None:
            why = f"the column {CLAIM_IN.get(table, 'id')} is needed, and is not selected\n"
            return Response(why, status=400, headers=HEADERS, content_type="text/plain")
        asked = request.scope.get(ASKED, request.full_path)
        here = datasette.absolute_url(request, asked)
        following = Following(here, following_page(here, data.get("next_url")))
        link = linker(datasette, request)
        body = await gathered(
            datasette,
            request,
            lambda connection: export.write(connection, table, ids, following, link),
        )
        headers = dict(HEADERS)
        # Datasette 1.0 says so itself.
        if following.next and not hasattr(datasette, "allowed"):
            headers["Link"] = f'<{following.next}>; rel="next"'
        return Response(body, headers=headers, content_type=export.media_type)

    def can_render(database: str, table: str | None) -> bool:
        return database == DATABASE and table in export.tables

    return {"extension": ending, "render": render, "can_render": can_render}


def following_page(here: str, told: str | None) -> str | None:
    """Return the address of the next page as it would be asked for; None if there is none.

    What Datasette tells has the ending that it reads, and what was asked for beside. Where the
    site stands below a path, it even has that path twice.
    """
    if not told:
        return None
    address, _, query = here.partition("?")
    added = {f"{name}={value}" for name, value in ADDED.items()} - set(query.split("&"))
    kept = [part for part in urlsplit(told).query.split("&") if part not in added]
    return f"{address}?{'&'.join(kept)}"


def ids_in(table: str, rows: Sequence[Any]) -> list[str] | None:
    """Return the ids of the things in a table's rows, each once; None if they are not there."""
    column = CLAIM_IN.get(table, "id")
    if any(column not in row.keys() for row in rows):  # noqa: SIM118 # rows of SQLite are no mappings
        return None
    found = (row[column] for row in rows)
    # With labels, Datasette puts a mapping in the place of an id.
    return list(dict.fromkeys(one["value"] if isinstance(one, dict) else one for one in found))


def _questions(connection: sqlite3.Connection, ids: Sequence[str], link: Link) -> list[Node]:
    asked = json.dumps(list(ids))
    positions = _by_question(rows_of(connection, POSITIONS, ids=asked))
    findings = _by_question(rows_of(connection, FINDINGS, ids=asked))
    return [
        question_node(one, positions.get(one["id"], []), findings.get(one["id"], []), link)
        for one in rows_of(connection, QUESTION, ids=asked)
    ]


def _by_question(rows: Sequence[Facts]) -> dict[str, list[Facts]]:
    found: dict[str, list[Facts]] = {}
    for row in rows:
        found.setdefault(row["question"], []).append(row)
    return found
