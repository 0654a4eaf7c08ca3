"""Fixtures that several modules' tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.build import build
from tests.small import SMALL, write_folder


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --refresh, which writes down what is printed now as what is expected."""
    parser.addoption("--refresh", action="store_true", help="rewrite the expected texts")


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
