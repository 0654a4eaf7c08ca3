"""Memory: the pages that a site has rendered, by build and address."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from ledger.reports.memory import Identity

if TYPE_CHECKING:
    from datasette.app import Datasette

PAGES: Final = 200
"""How many rendered pages are remembered; the one longest not asked for is forgotten first."""


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
