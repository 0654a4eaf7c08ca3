"""A database in which every kind of relation between claims occurs."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ledger.build import build
from tests.full import FULL
from tests.small import write_folder


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection to the database of the full claims folder."""
    database = tmp_path / "full.db"
    assert build(write_folder(tmp_path / "full", FULL), database).problems == []
    uri = f"{database.as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as opened:
        yield opened


@pytest.fixture
def small(database: Path) -> Iterator[sqlite3.Connection]:
    """Yield a connection to the database of the small claims folder."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as opened:
        yield opened
