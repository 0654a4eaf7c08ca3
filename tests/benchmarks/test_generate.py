"""The made-up ledger: it has no problems and is the same each time, as YAML and as JSON lines."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import get_args

import pytest

from ledger.build import build
from tests.benchmarks.generate import Form, Size, generate

SIZE = Size(claims=200, crowd=30)


@pytest.mark.parametrize("form", get_args(Form))
def test_a_made_up_ledger_is_the_same_each_time(tmp_path: Path, form: Form) -> None:
    made = []
    for name in ("one", "other"):
        folder = tmp_path / name
        generate(folder, SIZE, form)
        files = (file for file in folder.rglob("*") if file.is_file())
        made.append({file.relative_to(folder): file.read_bytes() for file in files})
    assert made[0] == made[1]


def test_a_made_up_ledger_has_no_problems_and_says_the_same_in_both_forms(tmp_path: Path) -> None:
    found = []
    for form in get_args(Form):
        generate(tmp_path / form, SIZE, form)
        built = build(tmp_path / form, tmp_path / f"{form}.db")
        assert built.problems == []
        assert built.counts["n_claims"] == SIZE.claims + SIZE.crowd
        found.append(_without_places(tmp_path / f"{form}.db"))
    assert found[0] == found[1]


def _without_places(database: Path) -> list[tuple[object, ...]]:
    """Return claims with their statuses, citations and topics, but not the files they are in."""
    sql = """
    SELECT c.id, c.text, c.dossier, c.status, c.position, c.year, c.topics, c.countries, s.outlet
    FROM claims c JOIN citations s ON s.claim = c.id ORDER BY s.claim, s.nth
    """
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(sql).fetchall()
