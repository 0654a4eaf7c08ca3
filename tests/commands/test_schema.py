"""`ledger schema`: what it prints, what it writes, and that nobody reads that for claims."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger.schemas import NAMES, schema_of
from tests.commands.running import run


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_printed(name: str) -> None:
    ran = run("schema", name)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads(ran.stdout) == schema_of(name)


def test_without_a_name_it_is_that_of_a_dossier() -> None:
    assert run("schema").stdout == run("schema", "dossier").stdout


def test_every_schema_is_written_where_editors_look_and_is_not_read_for_claims(
    claims: Path,
) -> None:
    ran = run("schema", "--out", "claims/.schema", cwd=claims.parent)
    assert (ran.returncode, ran.stderr) == (0, "")
    written = [f"claims/.schema/{name}.json" for name in NAMES]
    assert ran.stdout.splitlines() == written
    assert all((claims.parent / path).is_file() for path in written)
    assert run("check", cwd=claims.parent).stdout == "No problems.\n"


def test_one_schema_is_written(tmp_path: Path) -> None:
    assert run("schema", "places", "--out", tmp_path / "new").returncode == 0
    (file,) = (tmp_path / "new").iterdir()
    assert json.loads(file.read_text(encoding="utf-8")) == schema_of("places")


def test_writing_again_replaces_an_older_schema(tmp_path: Path) -> None:
    (tmp_path / "places.json").write_text("{}", encoding="utf-8")
    run("schema", "places", "--out", tmp_path)
    assert json.loads((tmp_path / "places.json").read_text(encoding="utf-8"))["title"]


def test_a_schema_that_there_is_not_is_told_with_those_there_are() -> None:
    ran = run("schema", "dossiers")
    assert (ran.returncode, ran.stdout) == (2, "")
    last = ran.stderr.splitlines()[-1]
    assert "'dossiers' is not one of 'dossier', 'outlets'" in last
