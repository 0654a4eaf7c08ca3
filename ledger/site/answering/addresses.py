"""Addresses: paths of the site as whole addresses, for whatever leaves it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from ledger.words import IN_DISPUTE

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

Link = Callable[[str], str]
"""Makes a whole address of a path of this site."""


def linker(datasette: Datasette, request: Request) -> Link:
    """Return a function that makes absolute addresses of the site's paths."""
    # Datasette takes its time for each address, and a page has dozens, an export thousands.
    home = str(datasette.absolute_url(request, datasette.urls.path("/"))).removesuffix("/")
    return lambda path: home + path


def question_path(name: str, state: str | None) -> str:
    """Return the path of a question, which tells whether it is in dispute."""
    return f"/{'disputes' if state in IN_DISPUTE else 'questions'}/{name}"


def path_of(question: Mapping[str, Any]) -> str:
    """Return the path of a question of which an id and a state are known."""
    return question_path(question["id"], question["state"])
