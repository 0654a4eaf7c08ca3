"""The database that the reading commands read: current, and only read."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from ledger.currency import is_current
from ledger.files import hashes_of


@contextmanager
def current_database(
    claims: Path, database: Path, ids: Sequence[str] = ()
) -> Iterator[sqlite3.Connection]:
    """Yield a connection that cannot write to a database that is right for the claims folder.

    If anything changed, it is built first; or, where only some ids are asked for and that is
    enough, one of what bears on them stands in. Exits with 1, the problems told, if neither
    can be.
    """
    hashes = hashes_of(claims)
    if is_current(claims, database, hashes=hashes):
        with closing(read_only(database)) as connection:
            yield connection
        return
    # Imported here: while nothing has changed, nobody needs to wait for the records.
    if ids:
        from ledger.standing import open_standing  # noqa: PLC0415 # as above

        with open_standing(claims, database, ids, hashes) as standing:
            if standing is not None:
                standing.execute("PRAGMA query_only = ON")
                yield standing
                return
    from ledger.commands.build import make_current  # noqa: PLC0415 # as above

    if not make_current(claims, database):
        sys.exit(1)
    with closing(read_only(database)) as connection:
        yield connection


def read_only(database: Path) -> sqlite3.Connection:
    """Return a connection to a database that is there, which cannot write to it."""
    return sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)
