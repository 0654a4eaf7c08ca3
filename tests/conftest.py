"""Fixtures that several modules' tests share."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
from hypothesis import settings

from ledger.build import build
from tests.commands.running import ROOT
from tests.small import SMALL, write_folder

# A test that is slow where others use the machine too is not wrong.
settings.register_profile("patient", deadline=None)
# Chance is for whoever works on a change: what must pass before it lands is always the same.
settings.register_profile(
    "few", derandomize=True, database=None, deadline=None, max_examples=30, print_blob=True
)
settings.load_profile("few" if "CI" in os.environ else "patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --refresh, which writes down what is printed now as what is expected."""
    parser.addoption("--refresh", action="store_true", help="rewrite the expected texts")


@pytest.fixture(scope="session", autouse=True)
def ctrl_c_is_heard() -> Iterator[None]:
    """Let the commands that tests start hear Ctrl-C, wherever the tests themselves were started.

    A shell's job in the background ignores it, and so would all that it starts.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def pytest_configure(config: pytest.Config) -> None:
    """Let Datasette 0.65 leave connections open, as it does with every facet that it counts.

    From Python 3.13 on SQLite warns of them. Ours are seen where Datasette 1.0 is installed.
    """
    if version("datasette").startswith("0."):
        config.addinivalue_line("filterwarnings", "ignore:unclosed database:ResourceWarning")


@pytest.fixture
def refresh(request: pytest.FixtureRequest) -> bool:
    """Return whether expected texts are to be rewritten."""
    return bool(request.config.getoption("--refresh"))


@pytest.fixture
def claims(tmp_path: Path) -> Path:
    """Return a small claims folder without problems."""
    return write_folder(tmp_path / "claims", SMALL)


@pytest.fixture
def database(claims: Path, tmp_path: Path) -> Path:
    """Return the database of the small claims folder."""
    path = tmp_path / "ledger.db"
    assert build(claims, path).problems == []
    return path


@pytest.fixture(scope="session")
def shipped_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database of the claims that are shipped."""
    path = tmp_path_factory.mktemp("shipped") / "ledger.db"
    assert build(ROOT / "claims", path).problems == []
    return path
