"""The database that the reading commands read."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ledger.commands.current import current_database
from tests.small import DOSSIER, write_folder


def test_it_is_built_where_there_is_none(claims: Path, tmp_path: Path) -> None:
    with current_database(claims, tmp_path / "new.db") as connection:
        assert connection.execute("SELECT count(*) FROM claims").fetchone() == (5,)


def test_it_is_right_for_files_that_changed(claims: Path, database: Path) -> None:
    write_folder(claims, {"mali/village-2022.yaml": DOSSIER.replace("Soldiers", "Men")})
    with current_database(claims, database) as connection:
        sql = "SELECT text FROM claims WHERE id = 'killers-army'"
        assert connection.execute(sql).fetchone() == ("Men killed them.",)


def test_asked_for_ids_alone_it_is_right_without_a_build(claims: Path, database: Path) -> None:
    built = database.read_bytes()
    write_folder(claims, {"mali/village-2022.yaml": DOSSIER.replace("value: 500+", "value: 310")})
    with current_database(claims, database, ["deaths-500"]) as connection:
        sql = "SELECT value, status, n_conflicts FROM claims WHERE id = 'deaths-500'"
        assert connection.execute(sql).fetchone() == ("310", "contested", 1)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("DELETE FROM build")
    assert database.read_bytes() == built


def test_it_is_only_read(claims: Path, database: Path) -> None:
    with (
        current_database(claims, database) as connection,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        connection.execute("DELETE FROM build")


def test_a_folder_with_problems_ends_the_command(
    claims: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_folder(claims, {"broken.yaml": "titel: x\n"})
    with pytest.raises(SystemExit) as ended, current_database(claims, tmp_path / "new.db"):
        pass
    assert ended.value.code == 1
    assert "unknown-key" in capsys.readouterr().err
