"""Downloads: things and tables in the forms that programs read.

Datasette gives a page of a table's rows, or walks through all pages, counting and losing rows on
the way. Here it only says what would be read, after it has looked who asks for what; the rows are
then read by one query. A file is whole unless its address tells a size or a page, or brings a
reader's own SQL, which is read where it is bounded; JSON is whole with `_stream=on`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from datasette.utils.asgi import BadRequest, Request, Response

from ledger.site.answering.addresses import Link, linker
from ledger.site.answering.answer import DATABASE, HEADERS, gathered
from ledger.site.formats.form import HOLDERS, Form, Listed, Told
from ledger.site.formats.forms import FORMS, form_of
from ledger.site.formats.rows import Batches, Reading, label_sources, thing_pieces
from ledger.site.serving.readers_sql import ASKS
from ledger.site.serving.spooling import spooled
from ledger.things import KINDS

if TYPE_CHECKING:
    from datasette.app import Datasette

ASKED: Final = "ledger.asked"
"""Where a request keeps the address that was asked for."""

WHOLE: Final = "whole"
"""The ending by which Datasette is asked what would be read."""

OF_A_PAGE: Final = {"_size": "max", "_nofacet": "1", "_nosuggest": "1", "_nocount": "1"}
"""What is asked for beside a page of things, where the address says nothing of it."""

ASKED_OF_IT: Final = OF_A_PAGE | {"_size": "0", "_extra": "query"}
"""What is asked of Datasette for a whole file: the query, and none of its rows."""

LIMIT: Final = " limit 1"
"""What a query for none of a table's rows ends with."""

LEFT_OUT: Final = re.compile(r"_facet.*|_size|_stream|_shape|_labels|_nl|_dl|_header|_next")
"""What an address may say of a download, or of a page, that is not about its rows."""

KEPT: Final = frozenset({"_labels", "_header"})
"""What of it holds for the file of all rows too."""

ID: Final = r"(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)"
"""An id in an address, as ids are in files."""

View = Callable[..., Awaitable[Any]]


def routes() -> list[tuple[str, View]]:
    """Return the addresses of things in their forms, and those of forms' own, with what answers."""
    found = [(own.pattern, own.answer) for form in FORMS for own in form.own]
    for kind in dict.fromkeys(kind for form in FORMS for kind in form.things):
        endings = "|".join(re.escape(form.ending) for form in FORMS if kind in form.things)
        found.append((rf"^{KINDS[kind].path}{ID}\.(?P<form>{endings})$", _thing_view(kind)))
    return found


def _thing_view(kind: str) -> View:
    forms = {form.ending: form for form in FORMS if kind in form.things}

    async def thing_file(datasette: Datasette, request: Request) -> Response:
        name, form = request.url_vars["id"], forms[request.url_vars["form"]]
        gather, write = form.things[kind]
        facts = await gathered(
            datasette, request, lambda connection: gather(connection, name), kind
        )
        text = write(facts, linker(datasette, request))
        return Response(text, headers=HEADERS, content_type=f"{form.media_type}; charset=utf-8")

    return thing_file


def read_files(datasette: Datasette, database: str) -> Callable[[Any], Any]:
    """Return a wrapper by which the addresses of files reach the renderers for these."""

    def wrap(app: Any) -> Callable[[Any, Any, Any], Awaitable[None]]:  # noqa: ANN401 # an ASGI application
        async def read(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 # ASGI's own
            path = scope.get("path", "")
            below = path.removeprefix(datasette.setting("base_url")).lstrip("/")
            folder, _, name = below.partition("/")
            found = form_of(name) if folder == database else None
            await app(as_read(scope, name, *found) if found else scope, receive, send)

        return read

    return wrap


def as_read(scope: dict[str, Any], name: str, form: Form, ending: str) -> dict[str, Any]:
    """Return the request of a file of a table as Datasette is to read it."""
    query = scope.get("query_string", b"").decode("latin-1")
    pairs = parse_qsl(query, keep_blank_values=True)
    if "/" not in name and is_whole(form, Told(pairs)):
        kept = [one for one in pairs if not (LEFT_OUT.fullmatch(one[0]) or one[0] in ASKED_OF_IT)]
        query = urlencode([*kept, *ASKED_OF_IT.items()])
        return _instead(scope, ending, WHOLE, query) | {WHOLE: True}
    if form.rows:
        return scope
    told = dict(pairs)
    added = [f"{key}={value}" for key, value in OF_A_PAGE.items() if key not in told]
    return _instead(scope, ending, form.extension, "&".join([*([query] if query else []), *added]))


def is_whole(form: Form, told: Told) -> bool:
    """Return whether the address of a table's or query's file asks for all of it."""
    # What a reader's own SQL finds is read where it is bounded.
    if {"_next", "_trace", *ASKS} & told.keys():
        return False
    return told.says("_stream") or (not form.whole and told.get("_size", "") in {"", "max"})


def _instead(scope: dict[str, Any], ending: str, extension: str, query: str) -> dict[str, Any]:
    asked = scope.get("query_string", b"").decode("latin-1")
    changed = {
        ASKED: scope["path"] + (f"?{asked}" if asked else ""),
        "path": scope["path"].removesuffix(ending) + extension,
        "query_string": query.encode("latin-1"),
    }
    if scope.get("raw_path"):
        raw = scope["raw_path"].partition(b"?")[0]
        changed["raw_path"] = raw.removesuffix(ending.encode()) + extension.encode()
    return {**scope, **changed}


def whole_address(address: str, shape: str = "") -> str:
    """Return the address of the file of all rows, from that of one of a page's forms.

    JSON is of a shape: array, object, or lines, each of which is a JSON text of its own.
    """
    path, _, query = address.partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [pair for pair in pairs if pair[0] in KEPT or not LEFT_OUT.fullmatch(pair[0])]
    shaped = {"lines": {"_shape": "array", "_nl": "on"}}.get(shape, {"_shape": shape})
    added = (shaped if shape else {}) | {"_stream": "on", "_dl": "on"}
    return f"{path}?{urlencode([*kept, *added.items()])}"


def renderers() -> list[dict[str, Any]]:
    """Return what answers the endings that Datasette is asked for, as it registers them."""
    whole = {"extension": WHOLE, "render": _render, "can_render": lambda: False}
    return [*(_renderer(form) for form in FORMS if form.lists), whole]


def _renderer(form: Form) -> dict[str, Any]:
    def can_render(database: str, table: str | None) -> bool:
        return database == DATABASE and form.says(table)

    return {"extension": form.extension, "render": _render, "can_render": can_render}


async def _render(  # noqa: PLR0913 # Datasette gives what is named
    datasette: Datasette,
    request: Request,
    database: str,
    table: str | None,
    query_name: str | None,
    sql: str,
    rows: Sequence[Any],
    columns: Sequence[str],
    data: Mapping[str, Any],
) -> Response | None:
    """Return what an address asks for, whole or a page of it; None where nobody asked for it."""
    found = form_of(request.scope.get(ASKED, "").partition("?")[0])
    if not found or not (table or query_name) or not found[0].says(table):
        return None
    if data.get("error"):
        raise BadRequest(data["error"])
    file = File.of(datasette, request, found[0], table or "")
    if not file.form.rows and file.column not in columns:
        message = f"the column {file.column} is needed, and is not selected"
        raise BadRequest(message)
    if request.scope.get(WHOLE):
        labelled = table if file.form.rows and file.told.says("_labels") else None
        labels = await label_sources(datasette, request, database, labelled)
        keys = await datasette.get_database(database).primary_keys(table) if table else []
        parameters = data["query"]["params"]
        query = sql.removesuffix(LIMIT)
        return await _sent(
            file, Reading(datasette, database, query, parameters, labels, keys), request
        )
    following = following_page(file.here, data.get("next_url"))
    ids = iter([ids_in(rows, file.column)])
    text = await gathered(
        datasette, request, lambda connection: "".join(file.write(connection, ids, following))
    )
    # Datasette 1.0 says so itself.
    says_next = following and not hasattr(datasette, "allowed")
    more = {"Link": f'<{following}>; rel="next"'} if says_next else {}
    return Response(text, headers=file.headers | more, content_type=file.media_type)


async def _sent(file: File, reading: Reading, request: Request) -> Response:
    pieces = (
        file.form.rows(reading, file.told)
        if file.form.rows
        else thing_pieces(reading, file.column, file.write)
    )
    if request.method == "HEAD":
        return Response("", headers=file.headers, content_type=file.media_type)
    try:
        return await spooled(pieces, request.receive, file.headers, file.media_type)
    except sqlite3.OperationalError as error:
        raise BadRequest(str(error)) from error


@dataclass(frozen=True, slots=True)
class File:
    """A file of a table as an address asks for it: its form, what else is told, and its links."""

    form: Form
    table: str
    told: Told
    here: str
    link: Link

    @classmethod
    def of(cls, datasette: Datasette, request: Request, form: Form, table: str) -> File:
        """Return what a request asks for."""
        asked = request.scope[ASKED]
        told = Told(parse_qsl(asked.partition("?")[2], keep_blank_values=True))
        link = linker(datasette, request)
        here = link("/" + asked.removeprefix(datasette.setting("base_url")).lstrip("/"))
        return cls(form, table, told, here, link)

    @property
    def column(self) -> str:
        """The column that has the ids of things."""
        return HOLDERS[self.table][1]

    @property
    def media_type(self) -> str:
        """What the file comes as."""
        kind = "text/plain" if self.form.plain(self.told) else self.form.media_type
        return f"{kind}; charset=utf-8"

    @property
    def headers(self) -> dict[str, str]:
        """What the file is sent with; lets a browser keep it, where that is asked for."""
        headers = {} if self.form.rows else dict(HEADERS)
        if self.told.says("_dl"):
            name = self.here.partition("?")[0].rpartition("/")[2].partition(".")[0]
            name = re.sub(r"[^\w-]", "_", name, flags=re.ASCII)
            headers["content-disposition"] = f'attachment; filename="{name}.{self.form.ending}"'
        return headers

    def write(
        self, connection: sqlite3.Connection, ids: Batches, following: str | None = None
    ) -> Iterator[str]:
        """Yield what the form writes of things."""
        kind = HOLDERS[self.table][0]
        return self.form.lists[kind](Listed(connection, kind, ids, self.link, self.here, following))


def following_page(here: str, told: str | None) -> str | None:
    """Return the address of the next page as it would be asked for; None if there is none.

    What Datasette tells has the ending that it reads, and what was asked for beside.
    """
    if not told:
        return None
    address, _, query = here.partition("?")
    added = {f"{name}={value}" for name, value in OF_A_PAGE.items()} - set(query.split("&"))
    kept = [part for part in urlsplit(told).query.split("&") if part not in added]
    return f"{address}?{'&'.join(kept)}"


def ids_in(rows: Sequence[Any], column: str) -> list[str]:
    """Return the ids of the things in a page's rows, each once."""
    found = (row[column] for row in rows)
    # With labels, Datasette puts a mapping in the place of an id.
    return list(dict.fromkeys(one["value"] if isinstance(one, dict) else one for one in found))
