"""Opening: a database's file, only to be read."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path


def read_only(database: Path, patience: float = 5.0) -> sqlite3.Connection:
    """Return a connection to a database that cannot write to it, whatever signs its path has.

    For `patience` seconds it waits for who writes. Raises
    sqlite3.OperationalError if there is none or it cannot be opened.
    """
    # Not Path.resolve, which raises where a link leads to itself.
    address = Path(os.path.realpath(database)).as_uri()
    return sqlite3.connect(f"{address}?mode=ro", uri=True, timeout=patience)
