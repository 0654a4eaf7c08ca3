"""Site: what the ledger adds to Datasette, on the lines 0.65 and 1.0.

The package is a Datasette plugin. It acts on the database called `ledger` and on nothing else.
Its rooms, each of which imports only rooms above it:

    serving     the database as a site that runs, and who may come in
    answering   what every page and file of the ledger's own is made with
    drawings    plots and maps
    formats     every form in which the site gives out data to programs
    pages       the ledger's own pages
    browser     Datasette's own pages, and what is mended in them
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Generator
from functools import partial
from typing import TYPE_CHECKING, Any

from datasette import hookimpl
from datasette.utils.asgi import NotFound
from markupsafe import Markup

from ledger.records import is_slug
from ledger.reports.searching import words_to_match
from ledger.site.answering import words
from ledger.site.browser.columns import mend_addresses
from ledger.site.browser.cursors import (
    counting_all,
    from_first_page,
    mark_end_of_filters,
    pages_before,
)
from ledger.site.browser.failing import told_why
from ledger.site.browser.formulas import guard_formulas
from ledger.site.browser.lacking import mend_templates
from ledger.site.browser.links import LinkFacet, filter_by_links
from ledger.site.browser.refusing import refuse
from ledger.site.browser.shown import (
    HEADINGS,
    as_said,
    described,
    in_page_order,
    names_on,
    pages_of,
    shown,
    value_in_words,
)
from ledger.site.formats import forms
from ledger.site.formats.downloads import read_files, renderers, whole_address
from ledger.site.pages.marks import MARKS
from ledger.site.pages.routes import routes
from ledger.site.serving.door import NOWHERE, keep_door
from ledger.site.serving.headers import send_headers
from ledger.site.serving.start import HELD_KB, PATIENCE, bound, heal_before_requests, keep_marked
from ledger.words import NATURES, SCOPES

if TYPE_CHECKING:
    import sqlite3

    from datasette.app import Datasette
    from datasette.facets import Facet
    from datasette.filters import FilterArguments
    from datasette.utils.asgi import Request, Response
    from jinja2 import Environment

DISTRIBUTION = "claim-ledger"
"""The name under which Datasette serves the package's static files."""

DATABASE = "ledger"
"""The database that the plugin acts on: the stem of ledger.db."""

# The parameters of the hooks are named by Datasette.


@hookimpl
def register_facet_classes() -> list[type[Facet]]:
    """Count by things that a claim or question has several of: outlets, topics, countries."""
    return [LinkFacet]


@hookimpl(specname="register_facet_classes", hookwrapper=True)
def count_all_on_every_page() -> Generator[None, Any, None]:
    """Let every kind of facet, whoever registers it, count all that the filters let through."""
    outcome = yield
    found = outcome.get_result()
    outcome.force_result([[counting_all(one, DATABASE) for one in some] for some in found])


@hookimpl(specname="filters_from_request", trylast=True)
def end_filters(request: Request, database: str) -> FilterArguments | None:
    """Mark, behind all other filters, where a page's filters end and its cursor begins."""
    return mark_end_of_filters(request) if database == DATABASE else None


@hookimpl(specname="filters_from_request", tryfirst=True)
def refuse_first(
    request: Request, database: str, table: str, datasette: Datasette
) -> Awaitable[None] | None:
    """Say what an address asks that a table does not have, before rows are looked for."""
    return refuse(datasette, request, database, table) if database == DATABASE else None


@hookimpl(hookwrapper=True)
def handle_exception(
    datasette: Datasette, request: Request, exception: Exception
) -> Generator[None, Any, None]:
    """Say what is wrong with an address where it is the address that is wrong."""
    outcome = yield
    if DATABASE in datasette.databases:
        answers = outcome.get_result()
        told = told_why(datasette, request, exception, DATABASE, answers)
        outcome.force_result([told])


@hookimpl
def filters_from_request(
    request: Request, database: str, table: str, datasette: Datasette
) -> Callable[[], Awaitable[FilterArguments]] | None:
    """Narrow a table to the rows with an outlet, topic, country or document."""
    if database != DATABASE:
        return None
    return filter_by_links(request, datasette.get_database(database), table)


@hookimpl
def register_routes(datasette: Datasette) -> list[tuple[str, Callable[..., Awaitable[Response]]]]:
    """Answer the addresses of the ledger's own pages, where a ledger is served."""
    if DATABASE not in datasette.databases:
        return []
    return [*routes(), (f"^{NOWHERE}$", nowhere)]


async def nowhere() -> None:
    """Say that there is no such page, as the site says it of every page that there is not."""
    message = "There is no such page."
    raise NotFound(message)


@hookimpl
def register_output_renderer() -> list[dict[str, Any]]:
    """Give tables whole, and what is in them to citation managers, graphs and maps."""
    return renderers()


@hookimpl
def extra_css_urls(database: str | None, datasette: Datasette) -> list[str]:
    """Lay out the ledger's pages."""
    if database not in {None, DATABASE} or DATABASE not in datasette.databases:
        return []
    return [datasette.urls.static_plugins(DISTRIBUTION, "ledger.css")]


@hookimpl
def extra_template_vars(
    request: Request | None, database: str | None, table: str | None, datasette: Datasette
) -> dict[str, Any]:
    """Give the templates the words and the facts that their pages show."""
    if database != DATABASE:
        return {"ledger_headings": {}}
    served = datasette.get_database(database)
    return {
        "ledger_headings": HEADINGS,
        "ledger_scopes": SCOPES,
        "ledger_natures": NATURES,
        "ledger_names": names_on(served),
        "ledger_claim": shown(served, "claim"),
        "ledger_question": shown(served, "question"),
        "ledger_pages_before": partial(pages_before, datasette, request, table or ""),
    }


@hookimpl
def render_cell(  # noqa: PLR0913 # Datasette gives each by its name
    row: sqlite3.Row,
    value: object,
    column: str,
    table: str | None,
    database: str,
    datasette: Datasette,
) -> Markup | None:
    """Link the ids of views and of queries' results to the pages of what they stand for."""
    if database != DATABASE or not isinstance(value, str) or not is_slug(value):
        return None
    pages = pages_of(table, column, row.keys())
    if pages is None:
        return None
    path = datasette.urls.path(f"/{pages}/{value}")
    return Markup('<a href="{}">{}</a>').format(path, value)


@hookimpl
def menu_links(datasette: Datasette) -> list[dict[str, str]]:
    """Lead from the data browser to the ledger's own pages."""
    if DATABASE not in datasette.databases:
        return []
    pages = {"Disputes": "/disputes", "Search": "/search", "About": "/about"}
    return [{"href": datasette.urls.path(path), "label": name} for name, path in pages.items()]


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Datasette) -> None:
    """Let templates read the JSON arrays of columns and put facets in the page's order.

    Where a ledger is served, Datasette's own templates are mended.
    """
    env.globals["ledger_most"] = datasette.setting("max_returned_rows")
    env.globals["ledger_served"] = DATABASE in datasette.databases
    if DATABASE in datasette.databases:
        mend_templates(env)
    env.filters["ledger_list"] = json.loads
    env.filters["ledger_said"] = as_said
    env.filters["ledger_order"] = in_page_order
    env.filters["ledger_words"] = value_in_words
    env.filters["ledger_described"] = described
    env.filters["ledger_from_first"] = from_first_page
    env.filters["ledger_whole"] = whole_address
    env.globals["ledger_forms"] = forms.FORMS
    env.globals["ledger_announced"] = forms.ANNOUNCED
    env.filters.update(words.FILTERS | forms.FILTERS | MARKS)


@hookimpl
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Datasette) -> None:
    """Say beside the file that it is being served, wait for a build, and hold more in memory.

    SQLite would wait less, and of a large ledger hold less than one page of the site looks at.
    """
    if database == DATABASE:
        keep_marked(datasette.get_database(database))
        bound(conn)
        conn.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        if not datasette.setting("cache_size_kb"):
            conn.execute(f"PRAGMA cache_size = -{HELD_KB}")


@hookimpl(specname="prepare_connection", trylast=True)
def search_for_words(conn: sqlite3.Connection, database: str) -> None:
    """Let the data browser look for words as they are typed, as the ledger's own search does."""
    if database == DATABASE:
        conn.create_function("escape_fts", 1, words_to_match, deterministic=True)


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[Any], Any]:
    """Let nobody in who has no business here, nor one reader's SQL keep the others waiting.

    Let no reader meet what a killed build left behind, a formula, or another site's script.
    Nor hide what a page is sorted by.
    """
    from ledger.site.serving.served import note_readers_sql  # noqa: PLC0415 # imports what imports plugins

    keep = keep_door(datasette)
    heal = heal_before_requests(datasette, DATABASE)
    read = read_files(datasette, DATABASE)
    mend = mend_addresses(datasette, DATABASE)
    guard = guard_formulas(datasette, DATABASE)
    send = send_headers(datasette, DATABASE)
    return lambda app: send(keep(heal(note_readers_sql(guard(read(mend(app)))))))
