"""Downloads: a table, a view or a query of the metadata file whole, as CSV or JSON.

Datasette gives a page, or walks through all pages, counting and losing rows on the way. Here it
only says what would be read, after it has looked who asks for what; the rows are then read by
one query. A CSV is whole unless its address tells a size or a page; JSON, with `_stream=on`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, urlencode

from datasette.utils.asgi import BadRequest, Request, Response

from ledger.site.browser.rows import Reading, csv_pieces, json_pieces, label_sources
from ledger.site.formats.endings import ASKED
from ledger.site.serving.readers_sql import ASKS
from ledger.site.serving.spooling import Pieces, spooled

if TYPE_CHECKING:
    from datasette.app import Datasette

WHOLE: Final = "whole"
"""The ending by which Datasette is asked what would be read."""

ASKED_OF_IT: Final = {
    "_size": "0",
    "_nofacet": "1",
    "_nosuggest": "1",
    "_nocount": "1",
    "_extra": "query",
}
"""What is asked of Datasette: the query, none of its rows, and nothing counted."""

LIMIT: Final = " limit 1"
"""What a query for none of a table's rows ends with."""

LEFT_OUT: Final = re.compile(r"_facet.*|_size|_stream|_shape|_labels|_nl|_dl|_header|_next")
"""What an address may say of a download, or of a page, that is not about its rows."""

KEPT: Final = frozenset({"_labels", "_header"})
"""What of it holds for the file of all rows too."""

OFF: Final = frozenset({"", "off", "0", "false"})

SHAPES: Final = frozenset({"array", "object"})


def read_whole(datasette: Datasette, database: str) -> Callable[[Any], Any]:
    """Return a wrapper by which addresses of whole downloads reach the renderer for these."""

    def wrap(app: Any) -> Callable[[Any, Any, Any], Awaitable[None]]:  # noqa: ANN401 # an ASGI application
        async def read(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 # ASGI's own
            below = scope.get("path", "").removeprefix(datasette.setting("base_url")).lstrip("/")
            folder, _, name = below.partition("/")
            if folder == database and "/" not in name and is_whole(name, query_of(scope)):
                scope = asking_of_it(scope)
            await app(scope, receive, send)

        return read

    return wrap


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


def query_of(scope: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the names and values of a request's query."""
    query = scope.get("query_string", b"").decode("latin-1")
    return parse_qsl(query, keep_blank_values=True)


def is_whole(name: str, query: list[tuple[str, str]]) -> bool:
    """Return whether the address of a table's or query's rows asks for all of them."""
    told = dict(query)
    streams = told.get("_stream", "") not in OFF
    # What a reader's own SQL finds is read where it is bounded.
    if {"_next", "_trace", *ASKS} & told.keys():
        return False
    if name.endswith(".csv"):
        return streams or told.get("_size", "") in {"", "max"}
    return name.endswith(".json") and streams


def asking_of_it(scope: dict[str, Any]) -> dict[str, Any]:
    """Return the request that asks Datasette what would be read."""
    query = scope.get("query_string", b"").decode("latin-1")
    kept = [
        (name, value)
        for name, value in query_of(scope)
        if name not in ASKED_OF_IT and not LEFT_OUT.fullmatch(name)
    ]
    path = scope["path"].rpartition(".")[0] + f".{WHOLE}"
    changed = {
        ASKED: scope["path"] + (f"?{query}" if query else ""),
        "path": path,
        "query_string": urlencode([*kept, *ASKED_OF_IT.items()]).encode(),
    }
    if scope.get("raw_path"):
        raw = scope["raw_path"].partition(b"?")[0]
        changed["raw_path"] = raw.rpartition(b".")[0] + f".{WHOLE}".encode()
    return {**scope, **changed}


def whole_renderer() -> dict[str, Any]:
    """Return the renderer as Datasette registers it."""
    return {"extension": WHOLE, "render": _render, "can_render": lambda: False}


async def _render(  # noqa: PLR0913 # Datasette gives what is named
    datasette: Datasette,
    request: Request,
    database: str,
    table: str | None,
    query_name: str | None,
    sql: str,
    data: Mapping[str, Any],
) -> Response | None:
    """Return all rows of what would be read; None where nobody asked for them."""
    asked = request.scope.get(ASKED)
    if not asked or not (table or query_name):
        return None
    if data.get("error"):
        raise BadRequest(data["error"])
    download = Download.of(asked)
    labels = await label_sources(datasette, request, database, table) if download.labels else {}
    parameters = data["query"]["params"]
    reading = Reading(datasette, database, sql.removesuffix(LIMIT), parameters, labels)
    keys = await datasette.get_database(database).primary_keys(table) if table else []
    pieces, headers = download.pieces(reading, keys), download.headers
    if request.method == "HEAD":
        return Response("", headers=headers, content_type=download.media_type)
    try:
        return await spooled(pieces, request.receive, headers, download.media_type)
    except sqlite3.OperationalError as error:
        raise BadRequest(str(error)) from error


@dataclass(frozen=True, slots=True)
class Download:
    """A file of rows as an address asks for it: its name, its form, and what else is told."""

    name: str
    form: str
    told: Mapping[str, str]

    @classmethod
    def of(cls, address: str) -> Download:
        """Return what an address asks for."""
        path, _, query = address.partition("?")
        name, _, form = path.rpartition("/")[2].rpartition(".")
        return cls(name, form, dict(parse_qsl(query, keep_blank_values=True)))

    def says(self, name: str) -> bool:
        """Return whether the address turns something on."""
        return self.told.get(name, "").lower() not in OFF

    @property
    def labels(self) -> bool:
        """Whether the names of what the columns refer to are wanted beside it."""
        return self.says("_labels")

    @property
    def lines(self) -> bool:
        """Whether each row is a JSON text of its own, on a line."""
        return self.form == "json" and self.says("_nl")

    @property
    def media_type(self) -> str:
        """What the file is; a CSV that is only looked at is plain text."""
        if self.form == "json" and not self.lines:
            return "application/json; charset=utf-8"
        plain = self.lines or not self.says("_dl")
        return f"text/{'plain' if plain else 'csv'}; charset=utf-8"

    @property
    def headers(self) -> dict[str, str]:
        """What lets a browser keep the file, where that is asked for."""
        if not self.says("_dl"):
            return {}
        name = re.sub(r"[^\w-]", "_", self.name, flags=re.ASCII)
        return {"content-disposition": f'attachment; filename="{name}.{self.form}"'}

    def pieces(self, reading: Reading, keys: Sequence[str]) -> Pieces:
        """Return the file in pieces. Raises BadRequest if there is no such form of it."""
        if self.form == "csv":
            return csv_pieces(reading, headed=self.told.get("_header") != "off")
        shape = self.told.get("_shape") or "array"
        if shape not in SHAPES or (shape == "object" and not keys):
            message = "All rows of this can be had as _shape=array"
            raise BadRequest(message + (", or as _shape=object." if keys else "."))
        return json_pieces(reading, keys=keys if shape == "object" else (), lines=self.lines)
