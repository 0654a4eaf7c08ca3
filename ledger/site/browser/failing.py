"""Failing: what an address that cannot be answered is told, in the form that it asked for."""

from __future__ import annotations

import inspect
import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from datasette.utils import await_me_maybe, tilde_decode
from datasette.utils.asgi import BadRequest, Base400, Request, Response

from ledger.site.browser.numbered import moved
from ledger.site.browser.refusing import refuse, refuse_choices
from ledger.site.formats.downloads import ASKED
from ledger.site.formats.forms import form_of

if TYPE_CHECKING:
    from datasette.app import Datasette

INVALID: Final = "Invalid SQL"
"""The title of Datasette's own error for what the database cannot answer."""


async def told_why(
    datasette: Datasette,
    request: Request,
    exception: Exception,
    database: str,
    answers: Sequence[Any],
) -> Response | None:
    """Return what is wrong with an address, or where it leads now; else the first of some answers.

    The answers are those of Datasette and of other plugins, which may have to be waited for.
    """
    why = await _reason(datasette, request, exception, database)
    elsewhere = await moved(datasette, request, exception, database)
    if why is None and elsewhere is None:
        found = [await await_me_maybe(answer) for answer in answers]
        return next((answer for answer in found if answer is not None), None)
    for answer in answers:
        if inspect.iscoroutine(answer):
            answer.close()
    return elsewhere or await _refusal(datasette, request, why or "")


async def _reason(
    datasette: Datasette, request: Request, exception: Exception, database: str
) -> str | None:
    """Return the sentence that says what is wrong with an address; None if nothing is."""
    told = request.url_vars
    if told.get("database") != database or "pks" in told:
        return None
    if isinstance(exception, Base400):
        # Somebody who may not see a table is told nothing of it.
        return str(exception) if isinstance(exception, BadRequest) else None
    try:
        await _look(datasette, request, database, tilde_decode(told.get("table") or ""))
    except BadRequest as error:
        return str(error)
    except sqlite3.Error:  # there may be no database any more
        return None
    return _of_database(exception) if request.query_string else None


async def _look(datasette: Datasette, request: Request, database: str, name: str) -> None:
    """Raise BadRequest if a table, view or query has not what an address asks."""
    served = datasette.get_database(database)
    if await served.table_exists(name) or await served.get_view_definition(name):
        await refuse(datasette, request, database, name)
    else:
        refuse_choices(request)


def _of_database(exception: Exception) -> str | None:
    """Return what the database finds wrong with what an address asks; None for other errors."""
    if isinstance(exception, sqlite3.Error):
        wrong = exception.sqlite_errorcode == sqlite3.SQLITE_ERROR
        told = str(exception)
    else:
        wrong = getattr(exception, "title", None) == INVALID
        told = getattr(exception, "message", "")
    return f"The database cannot answer this: {told}." if wrong else None


async def _refusal(datasette: Datasette, request: Request, why: str) -> Response:
    from datasette.handle_exception import handle_exception  # noqa: PLC0415 # imports its app
    from datasette.views.base import DatasetteError  # noqa: PLC0415 # as above

    asked: str = request.scope.get(ASKED, request.path).partition("?")[0]
    found = form_of(asked)
    if found and found[1] != "json":
        return Response.text(f"{why}\n", status=BadRequest.status)
    told, facts = request.url_vars, {}
    if told.get("table") and not asked.endswith(".json"):
        path = datasette.urls.table(told["database"], tilde_decode(told["table"]))
        facts["instead"] = str(path)
    error = DatasetteError(why, status=BadRequest.status, error_dict=facts)
    scope = {**request.scope, "path": asked, "raw_path": asked.encode()}
    asked_for = Request(scope, request.receive)
    answer: Response = await await_me_maybe(handle_exception(datasette, asked_for, error))
    return answer
