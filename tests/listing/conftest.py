"""The database of the small claims folder, open to be read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest


@pytest.fixture
def connection(database: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection to the database of the small claims folder."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as opened:
        yield opened
