"""Naming: which claims name whom, and which dossiers are about which place."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from ledger.build import build
from ledger.reports.naming import named
from tests.full import FULL
from tests.small import write_folder


def test_claims_are_found_by_the_actors_that_they_name(connection: sqlite3.Connection) -> None:
    found = named(connection)
    assert found.actors["army"] == ["killers-army"]
    assert found.actors["rebels"] == ["killers-rebels"]
    assert "state" not in found.actors


def test_dossiers_are_found_by_their_places(connection: sqlite3.Connection) -> None:
    assert named(connection).dossiers == {"village": ["village-2022"]}


def test_places_are_not_mixed_up_with_actors(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    assert build(write_folder(tmp_path / "claims", FULL), path).problems == []
    with closing(sqlite3.connect(path)) as connection:
        found = named(connection)
    assert found.places == {"village": ["where-village"]}


def test_whoever_is_named_jointly_or_denied_is_named(tmp_path: Path) -> None:
    dossier = FULL["mali/village-2022.yaml"]
    files = FULL | {
        "mali/village-2022.yaml": dossier.replace(
            "value: army\n", "value: army + brigade\n"
        ).replace("value: rebels\n", "value: not army\n")
    }
    path = tmp_path / "ledger.db"
    build(write_folder(tmp_path / "claims", files), path)
    with closing(sqlite3.connect(path)) as connection:
        found = named(connection)
    assert set(found.actors["army"]) == {"killers-army", "killers-rebels"}
    assert found.actors["brigade"] == ["killers-army"]
    assert "not" not in found.actors
