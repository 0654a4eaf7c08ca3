"""Numbered: addresses of positions by their numbers, `QUESTION_3`, lead to them.

A position's id was its question's and its number before it was its question's and a claim's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from datasette.utils.asgi import NotFound, Response

from ledger.site.answering.answer import may_see

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

TABLE: Final = "positions"

NUMBERED: Final = "SELECT id FROM positions WHERE question = :question AND number = :number"

LONGEST: Final = 9
"""How many digits a number has at most."""


async def moved(
    datasette: Datasette, request: Request, exception: Exception, database: str
) -> Response | None:
    """Return the way to the position that an address numbers which is not there, if one has it."""
    told = request.url_vars
    if not isinstance(exception, NotFound) or told.get("database") != database:
        return None
    if told.get("table") != TABLE or not await may_see(datasette, request):
        return None
    asked, name = told.get("pks") or "", None
    if found := asked and numbered(asked):
        name = await _named(datasette, database, *found)
    if name is None:
        return None
    path = f"/{database}/{TABLE}/{name}{request.path.rpartition(asked)[2]}"
    query = f"?{request.query_string}" if request.query_string else ""
    return Response.redirect(datasette.urls.path(path) + query)


def numbered(asked: str) -> tuple[str, int] | None:
    """Return the question and the number in an id of a position as ids once were."""
    question, mark, number = asked.partition("_")
    is_number = number.isascii() and number.isdigit() and len(number) <= LONGEST
    return (question, int(number)) if mark and is_number else None


async def _named(datasette: Datasette, database: str, question: str, number: int) -> str | None:
    served = datasette.get_database(database)
    found = await served.execute(NUMBERED, {"question": question, "number": number})
    row = found.first()
    return row[0] if row else None
