"""Answering: facts gathered in one visit to the database, a page made of them, its headers."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

# Not datasette.app, which looks for plugins and would find this one half imported.
from datasette.utils.asgi import Base400, Forbidden, NotFound, Request, Response

from ledger.database.schema import SCHEMA_VERSION
from ledger.reports.memory import Identity, identity_of, remembered
from ledger.reports.rows import Facts, row_of, rows_of
from ledger.site.answering.addresses import linker
from ledger.site.answering.days import first_day
from ledger.site.answering.rendering import pages_of, rendered
from ledger.things import KINDS

if TYPE_CHECKING:
    from datasette.app import Datasette

T = TypeVar("T")

DATABASE: Final = "ledger"
"""The database that the pages show."""

SCHEMA: Final = "SELECT schema FROM build"

NEWEST_MADE: Final = """
SELECT DISTINCT made FROM claims WHERE made IS NOT NULL
AND year = (SELECT max(year) FROM claims WHERE made IS NOT NULL)
"""
"""When the claims of the latest year were made; a claim's year is that in which it was made."""

ANOTHER_VERSION: Final = (
    "The database was built by another version of claim-ledger than the one that shows it. "
    "Build it again with `ledger build`."
)

OFFERED: Final = 5
"""How many things are offered at most."""

SHORTEST: Final = 4
"""How many letters an id must share with what was asked for, from its beginning on."""

BEGINNING: Final = """
SELECT id, {label} AS label FROM {table} WHERE id >= :least AND id < :least || char(1114111)
ORDER BY length(id), id LIMIT :most
"""

HEADERS: Final = {
    # Nothing runs, nothing is loaded from elsewhere, nobody frames the page.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}
"""What every own page is sent with."""


class AnotherVersionError(Base400):  # type: ignore[misc] # Datasette has no types
    """A page asks for what a database of another version does not have."""

    status = 503


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its template, what the browser's tab and a link to it say, and what it shows.

    `path` is its address on this site, and `section` the link of the navigation that it is
    found under: Disputes, Claims, Search, About or Data.
    """

    template: str
    title: str
    description: str
    path: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    section: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """Another address of this site, where what was asked for is shown."""

    path: str


async def gathered(
    datasette: Datasette,
    request: Request,
    gather: Callable[[sqlite3.Connection], T],
    what: str = "page",
) -> T:
    """Return what a function gathers from the database, in one visit to it.

    A LookupError of the function means that there is no such thing, and answers 404. What a
    database of another version has not answers 503.
    """

    def visit(connection: sqlite3.Connection) -> T:
        # Datasette's connections give rows of a kind of their own, and mend texts that are not
        # UTF-8 with a call for each. The facts are plain, and a ledger's texts always UTF-8.
        factories = connection.row_factory, connection.text_factory
        connection.row_factory, connection.text_factory = None, str
        try:
            with of_this_version(connection):
                return gather(connection)
        finally:
            connection.row_factory, connection.text_factory = factories

    if not await may_see(datasette, request):
        message = "view-database"
        raise Forbidden(message)
    try:
        return await datasette.get_database(DATABASE).execute_fn(visit)  # type: ignore[no-any-return] # Datasette has no types
    except LookupError as error:
        # A KeyError or an IndexError is a mistake of the page's own.
        if type(error) is not LookupError:
            raise
        message = f"There is no such {what}."
        raise NotFound(message) from error


@contextmanager
def of_this_version(connection: sqlite3.Connection) -> Iterator[None]:
    """Let what a database lacks raise AnotherVersionError, if it is one of another version."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if _is_of_this_version(connection):
            raise
        raise AnotherVersionError(ANOTHER_VERSION) from error


def _is_of_this_version(connection: sqlite3.Connection) -> bool:
    """Return whether a database has the tables that pages are made from."""
    try:
        return bool(tuple(connection.execute(SCHEMA).fetchone()) == (SCHEMA_VERSION,))
    except sqlite3.OperationalError:
        return False


async def answered(
    datasette: Datasette,
    request: Request,
    gather: Callable[[sqlite3.Connection], Page | Moved],
    what: str = "page",
) -> Response:
    """Return the page that a function gathers as an answer to a request, as `gathered` does.

    As long as a build is served, a page is made once for each address.
    """
    pages, address = pages_of(datasette), request.url

    def visit(connection: sqlite3.Connection) -> Gathered:
        build = identity_of(connection)
        known = pages.find(build, address)
        return Gathered(build, known or gather(connection), build_of(connection))

    try:
        build, page, facts = await gathered(datasette, request, visit, what)
    except NotFound:
        return await _missing(datasette, request, what)
    if isinstance(page, Moved):
        return Response.redirect(datasette.urls.path(page.path))
    if isinstance(page, Page):
        context = _context(datasette, request, page, facts)
        page = rendered(datasette, request, f"ledger/{page.template}", context)
        pages.keep(build, address, page)
    return Response.html(page, headers=HEADERS)


async def _missing(datasette: Datasette, request: Request, what: str) -> Response:
    """Return the page that says that there is no such thing, and offers what may be meant."""
    asked = request.url_vars.get("id", "")
    near = await gathered(datasette, request, partial(near_ids, kind=what, asked=asked), what)
    facts = {"what": what, "asked": asked.replace("-", " "), "near": near}
    title = f"There is no such {what}"
    page = Page("missing.html", title, f"{title}.", request.path, facts)
    context = _context(datasette, request, page, {})
    body = rendered(datasette, request, f"ledger/{page.template}", context)
    return Response.html(body, status=404, headers=HEADERS)


def near_ids(connection: sqlite3.Connection, kind: str, asked: str) -> list[Facts]:
    """Return the things of a kind whose ids share the most with an id, from its beginning on.

    Each has its `label` and its `path`. Only the index of ids is looked into, so that nobody
    who asks for what is not there keeps the site busy.
    """
    known = KINDS.get(kind)
    if known is None or not known.label:
        return []
    sql = BEGINNING.format(table=known.table, label=known.label)
    for length in range(len(asked), SHORTEST - 1, -1):
        found = rows_of(connection, sql, least=asked[:length], most=OFFERED)
        if found:
            return [one | {"path": f"{known.path}{one['id']}"} for one in found]
    return []


class Gathered(NamedTuple):
    """What a visit to the database brought: which build it is, a page, what the build counts.

    A page that the site remembers is there as it was rendered.
    """

    build: Identity
    page: Page | Moved | str
    counts: Facts


def _context(datasette: Datasette, request: Request, page: Page, build: Facts) -> dict[str, Any]:
    """Return what the template of a page is given."""
    link = linker(datasette, request)
    return {
        "title": page.title,
        "description": page.description,
        "canonical": link(page.path),
        "absolute": link,
        "page_path": page.path,
        "section": page.section,
        "build": build,
        **page.facts,
    }


def build_of(connection: sqlite3.Connection) -> Facts:
    """Return what the database tells of its build, with its counts and its newest claim's date."""
    return row_of(connection, "SELECT * FROM build") | {"newest_made": newest_made(connection)}


@remembered
def newest_made(connection: sqlite3.Connection) -> str | None:
    """Return when the newest claim was made, as it is written; None if no claim is dated."""
    dates = [made for (made,) in connection.execute(NEWEST_MADE)]
    return max(dates, key=lambda made: (first_day(made) or date.min, made), default=None)


async def may_see(datasette: Datasette, request: Request, table: str | None = None) -> bool:
    """Return whether whoever asks may see the database, or a table of it, in the data browser."""
    if hasattr(datasette, "allowed"):
        from datasette import resources  # noqa: PLC0415 # only Datasette 1.0 has it

        action = "view-table" if table else "view-database"
        parts = (DATABASE, table) if table else (DATABASE,)
        kind = resources.TableResource if table else resources.DatabaseResource
        allowed = datasette.allowed(action=action, resource=kind(*parts), actor=request.actor)
        return bool(await allowed)
    asked = [("view-table", (DATABASE, table))] if table else []
    try:
        more = [("view-database", DATABASE), "view-instance"]
        await datasette.ensure_permissions(request.actor, [*asked, *more])
    except Forbidden:
        return False
    return True
