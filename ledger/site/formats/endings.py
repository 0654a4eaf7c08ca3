"""Endings: the addresses of tables for other programs, as Datasette reads them.

Datasette knows endings without a dot in them, and answers with a short page, its facets counted.
Programs that ask for `.bib` or `.csl.json` want as many rows as there may be, and no facets.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from datasette.app import Datasette

READ_AS: Final = {
    ".csl.json": ".csl",
    ".bib": ".bib",
    ".csl": ".csl",
    ".jsonld": ".jsonld",
    ".geojson": ".geojson",
}
"""What an address ends with, and what Datasette is to read in its place; the longer first."""

ADDED: Final = {"_size": "max", "_nofacet": "1", "_nosuggest": "1", "_nocount": "1"}
"""What is asked for beside, where the address says nothing of it."""


ASKED: Final = "ledger.asked"
"""Where a request keeps the address that was asked for."""


def read_endings(datasette: Datasette, database: str) -> Callable[[Any], Any]:
    """Return a wrapper that mends the addresses of a database's exports before they are read."""

    def wrap(app: Any) -> Callable[[Any, Any, Any], Awaitable[None]]:  # noqa: ANN401 # an ASGI application
        async def read(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 # ASGI's own
            path = scope.get("path", "")
            below = path.removeprefix(datasette.setting("base_url")).lstrip("/")
            ending = next((one for one in READ_AS if path.endswith(one)), None)
            if ending and below.startswith(f"{database}/"):
                scope = mended(scope, ending)
            await app(scope, receive, send)

        return read

    return wrap


def mended(scope: dict[str, Any], ending: str) -> dict[str, Any]:
    """Return a request for an export as Datasette reads it: whole pages, without facets."""
    query = scope.get("query_string", b"").decode("latin-1")
    told = {name for name, _ in parse_qsl(query, keep_blank_values=True)}
    added = [f"{name}={value}" for name, value in ADDED.items() if name not in told]
    changed = {
        ASKED: scope["path"] + (f"?{query}" if query else ""),
        "path": scope["path"].removesuffix(ending) + READ_AS[ending],
        "query_string": "&".join([*([query] if query else []), *added]).encode("latin-1"),
    }
    if scope.get("raw_path"):
        raw = scope["raw_path"].partition(b"?")[0]
        changed["raw_path"] = raw.removesuffix(ending.encode()) + READ_AS[ending].encode()
    return {**scope, **changed}
