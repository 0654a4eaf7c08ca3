"""Memory: what was gathered from a build and holds as long as that build is served.

The same files give the same database, so the hash that a build carries tells builds apart.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Final, TypeVar
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from datasette.app import Datasette

T = TypeVar("T")

Identity = tuple[object, ...]
"""What tells a build from every other."""

KEPT: Final = 4
"""How many builds' facts are remembered, of each function; the oldest is forgotten first."""

PAGES: Final = 200
"""How many rendered pages are remembered; the one longest not asked for is forgotten first."""

IDENTITY: Final = "SELECT source_sha256, version, schema, coding, built FROM build"


def remembered(gather: Callable[[sqlite3.Connection], T]) -> Callable[[sqlite3.Connection], T]:
    """Make a function of the whole database ask only once for each build."""
    known: OrderedDict[Identity, T] = OrderedDict()

    @wraps(gather)
    def recalled(connection: sqlite3.Connection) -> T:
        identity = identity_of(connection)
        if identity not in known:
            known[identity] = gather(connection)
            while len(known) > KEPT:
                known.popitem(last=False)
        return known[identity]

    return recalled


def identity_of(connection: sqlite3.Connection) -> Identity:
    """Return what tells the build that a database holds from every other."""
    return tuple(connection.execute(IDENTITY).fetchone())


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
