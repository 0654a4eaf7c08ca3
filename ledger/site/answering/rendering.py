"""Rendering: own pages from their templates, without waiting for anything on the way, once each.

Datasette's templates may wait for a database in the middle of a page, so that every call of a
macro is awaited, which takes several times as long. The facts of own pages are all there, typed
or in dictionaries.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary

from ledger.reports.memory import Identity

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request
    from jinja2 import Environment

PAGES: Final = 200
"""How many rendered pages are remembered; the one longest not asked for is forgotten first."""

_PLAIN: Final[WeakKeyDictionary[Environment, Environment]] = WeakKeyDictionary()


def rendered(
    datasette: Datasette, request: Request, template: str, context: Mapping[str, Any]
) -> str:
    """Return a page made of a template and what it shows.

    It has `urls` and `request` as well, and `site`: what every address on this site begins
    with. Datasette's own addresses are slower, being of a type of their own.
    """
    made = _plain(_environment(datasette, request)).get_template(template)
    site = str(datasette.urls.path("/")).removesuffix("/")
    return made.render({"urls": datasette.urls, "site": site, "request": request, **context})


def _environment(datasette: Datasette, request: Request) -> Environment:
    # The name on Datasette 1.0, where plugins may choose by the request, and that on 0.65.
    chosen = getattr(datasette, "get_jinja_environment", None)
    environment: Environment = chosen(request) if chosen else datasette.jinja_env
    return environment


def _plain(environment: Environment) -> Environment:
    """Return an environment like another, with its filters and folders, that awaits nothing."""
    if environment not in _PLAIN:
        plain = environment.overlay(enable_async=False)
        vars(plain)["getattr"] = partial(_value_of, environment)
        _PLAIN[environment] = plain
    return _PLAIN[environment]


def _value_of(environment: Environment, thing: object, name: str) -> object:
    """Return what stands behind a name of a thing: of a dictionary its value, first of all."""
    if type(thing) is dict and name in thing:
        return thing[name]
    try:
        return getattr(thing, name)
    except AttributeError:
        return environment.getattr(thing, name)


class Pages:
    """The pages that a site has rendered, by build and address."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[Identity, str], str] = OrderedDict()

    def find(self, build: Identity, address: str) -> str | None:
        """Return a page as it was rendered from a build, or None."""
        found = self._known.get((build, address))
        if found is not None:
            self._known.move_to_end((build, address))
        return found

    def keep(self, build: Identity, address: str, page: str) -> None:
        """Remember a page."""
        self._known[build, address] = page
        while len(self._known) > PAGES:
            self._known.popitem(last=False)


_SITES: Final[WeakKeyDictionary[Datasette, Pages]] = WeakKeyDictionary()


def pages_of(datasette: Datasette) -> Pages:
    """Return the pages that a site has rendered so far."""
    return _SITES.setdefault(datasette, Pages())
