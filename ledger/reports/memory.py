"""Memory: what was gathered from a build and holds as long as that build is served.

The same files give the same database, so the hash that a build carries tells builds apart.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Final, TypeVar

T = TypeVar("T")

Identity = tuple[object, ...]
"""What tells a build from every other."""

KEPT: Final = 4
"""How many builds' facts are remembered, of each function; the oldest is forgotten first."""

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
