"""Formulas: no cell of a CSV that the site sends is one that a spreadsheet would run.

Datasette writes text as it is. A cell that begins like a formula gets an apostrophe before it,
as in the CSV of the command line; numbers stay numbers. The rows go on one by one as they come.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from datasette.app import Datasette

# Most rows have no such cell, and need not be read as CSV.
_SUSPECT: Final = re.compile(r'(?:^|[,"\r\n])[=+\-@\t\r]')

# What stands before a cell, and the cell: quoted, or without any sign that needs quotes. Nothing
# is tried twice, so that a cell of a million signs costs no more than reading it.
_CELL: Final = re.compile(r'(\A|,|\r\n|\n|\r)("(?:[^"]++|"")*+"|[^",\r\n]*+)')

_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")

CSV_TYPES: Final = ("text/plain", "text/csv")
"""What Datasette calls CSV: the one to look at, the other to download."""


def guard_formulas(datasette: Datasette, database: str) -> Callable[[Any], Any]:
    """Return a wrapper that guards the CSV of a database's tables and queries."""

    def wrap(app: Any) -> Callable[[Any, Any, Any], Awaitable[None]]:  # noqa: ANN401 # an ASGI application
        async def guarded(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 # ASGI's own
            if _is_csv(datasette, database, scope):
                send = _guarding(send)
            await app(scope, receive, send)

        return guarded

    return wrap


def guarded_rows(text: str) -> str:
    """Return rows of CSV, whole ones, without a cell that begins like a formula.

    All other cells are as they were. A cell may be as long as it likes, which it may not be for
    the csv module.
    """
    return _CELL.sub(_guarded, text) if _SUSPECT.search(text) else text


def _guarded(found: re.Match[str]) -> str:
    before, cell = found[1], found[2]
    if not cell.startswith('"'):
        return before + guarded_cell(cell)
    said = cell[1:-1].replace('""', '"')
    return f"{before}\"'{cell[1:]}" if guarded_cell(said) != said else found[0]


def guarded_cell(cell: str) -> str:
    """Return a cell as it is, or with an apostrophe first if it begins like a formula."""
    formula = cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{cell}" if formula and not _NUMBER.fullmatch(cell) else cell


class Rows:
    """Pieces of a CSV as they come, given on as whole rows."""

    def __init__(self) -> None:
        self._held: list[str] = []
        self._quoted = False

    def take(self, piece: str, *, last: bool = False) -> str:
        """Return the guarded rows that a piece completes; the last piece gives all that is left."""
        end = len(piece) if last else self._end_of_rows(piece)
        self._quoted ^= piece.count('"') % 2 == 1
        if not last and not end:
            self._held.append(piece)
            return ""
        rows = "".join([*self._held, piece[:end]])
        self._held = [piece[end:]]
        return guarded_rows(rows)

    def _end_of_rows(self, piece: str) -> int:
        """Return where in a piece its last whole row ends, 0 if none does."""
        quoted, stop = self._quoted ^ (piece.count('"') % 2 == 1), len(piece)
        while stop >= 0:
            quote = piece.rfind('"', 0, stop)
            end = -1 if quoted else piece.rfind("\n", quote + 1, stop)
            if end >= 0:
                return end + 1
            quoted, stop = not quoted, quote
        return 0


def _is_csv(datasette: Datasette, database: str, scope: Any) -> bool:  # noqa: ANN401 # ASGI's own
    if scope["type"] != "http":
        return False
    path: str = "/" + scope["path"].removeprefix(datasette.setting("base_url")).lstrip("/")
    return path.endswith(".csv") and path.startswith((f"/{database}/", f"/{database}."))


def _guarding(send: Any) -> Callable[[Any], Awaitable[None]]:  # noqa: ANN401 # ASGI's own
    """Return what sends an answer on with its CSV guarded; an answer of another kind as it is."""
    rows, guards = Rows(), False
    decoder = codecs.getincrementaldecoder("utf-8")("replace")

    async def sending(message: Any) -> None:  # noqa: ANN401 # ASGI's own
        nonlocal guards
        if message["type"] == "http.response.start":
            headers = dict(message["headers"])
            kind = headers.get(b"content-type", b"").decode("latin-1")
            guards = message["status"] == 200 and kind.startswith(CSV_TYPES)  # noqa: PLR2004 # fine
            if guards:
                kept = [pair for pair in message["headers"] if pair[0] != b"content-length"]
                message = {**message, "headers": kept}
        elif guards:
            last = not message.get("more_body", False)
            text = rows.take(decoder.decode(message.get("body", b""), last), last=last)
            if not text and not last:
                return
            message = {**message, "body": text.encode()}
        await send(message)

    return sending
