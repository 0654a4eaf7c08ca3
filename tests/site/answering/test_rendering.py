"""Rendering: what is remembered of a build, and forgotten with it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from ledger.build import build
from ledger.reports.memory import KEPT, identity_of, remembered
from ledger.site.answering.rendering import PAGES, Pages
from tests.small import DOSSIER, write_folder


def test_a_build_is_asked_once(database: Path) -> None:
    asked: list[int] = []

    @remembered
    def claims(connection: sqlite3.Connection) -> int:
        asked.append(1)
        return int(connection.execute("SELECT count(*) FROM claims").fetchone()[0])

    with closing(sqlite3.connect(database)) as connection:
        assert [claims(connection), claims(connection)] == [5, 5]
    assert len(asked) == 1


def test_another_build_is_asked_anew(claims: Path, database: Path) -> None:
    @remembered
    def text(connection: sqlite3.Connection) -> str:
        return str(connection.execute("SELECT text FROM claims ORDER BY id").fetchone()[0])

    with closing(sqlite3.connect(database)) as connection:
        before = text(connection)
    write_folder(claims, {"mali/village-2022.yaml": DOSSIER.replace("in March", "in April")})
    assert build(claims, database).problems == []
    with closing(sqlite3.connect(database)) as connection:
        assert (before, text(connection)) == ("It happened in March.", "It happened in April.")


def test_only_the_last_builds_are_remembered(database: Path) -> None:
    asked: list[str] = []

    @remembered
    def ask(connection: sqlite3.Connection) -> str:
        (name,) = connection.execute("SELECT version FROM build").fetchone()
        asked.append(name)
        return str(name)

    with closing(sqlite3.connect(database)) as connection:
        for version in (*map(str, range(KEPT + 1)), "0"):
            connection.execute("UPDATE build SET version = ?", [version])
            assert ask(connection) == version
    assert asked.count("0") == 2


def test_a_page_is_found_by_its_build_and_address(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        one = identity_of(connection)
    pages = Pages()
    pages.keep(one, "/disputes", "page")
    assert pages.find(one, "/disputes") == "page"
    assert pages.find(one, "/disputes?page=2") is None
    assert pages.find((*one, "other"), "/disputes") is None


def test_pages_that_nobody_asks_for_are_forgotten_first() -> None:
    pages = Pages()
    pages.keep((), "/", "home")
    for number in range(PAGES - 1):
        pages.keep((), f"/{number}", "page")
    assert pages.find((), "/") == "home"
    pages.keep((), "/more", "page")
    assert pages.find((), "/") == "home"
    assert pages.find((), "/0") is None
