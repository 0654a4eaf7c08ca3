"""The database that the reading commands read."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ledger.build import build
from ledger.commands.current import current_database
from tests.commands.running import LEDGER, run, served
from tests.small import DOSSIER, SMALL, write_folder


def test_it_is_built_where_there_is_none(claims: Path, tmp_path: Path) -> None:
    with current_database(claims, tmp_path / "new.db") as connection:
        assert connection.execute("SELECT count(*) FROM claims").fetchone() == (5,)


def test_it_is_right_for_files_that_changed(claims: Path, database: Path) -> None:
    write_folder(claims, {"mali/village-2022.yaml": DOSSIER.replace("Soldiers", "Men")})
    with current_database(claims, database) as connection:
        sql = "SELECT text FROM claims WHERE id = 'killers-army'"
        assert connection.execute(sql).fetchone() == ("Men killed them.",)


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


@pytest.fixture
def downloaded(tmp_path: Path) -> Path:
    """Return a database of other claims than the small folder's, that came without them."""
    others = write_folder(
        tmp_path / "others", {**SMALL, "mali/village-2022.yaml": "title: Nothing was killed\n"}
    )
    assert build(others, tmp_path / "others.db").problems == []
    return Path(shutil.copy(tmp_path / "others.db", tmp_path / "downloaded.db"))


READING = (
    ["list"],
    ["search", "killed"],
    ["show", "page"],
    ["disputes"],
    ["coverage"],
)


@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
def test_a_database_of_other_claims_is_read_as_it_is(
    claims: Path, downloaded: Path, words: list[str]
) -> None:
    before = downloaded.read_bytes()
    ran = run(*words, "--db", downloaded, cwd=claims.parent)
    assert ran.returncode == 0
    told = f"{downloaded} was not built from claims; this is what it holds.\n"
    assert ran.stderr.startswith(told)
    assert "deaths-300" not in ran.stdout
    assert downloaded.read_bytes() == before


@pytest.mark.parametrize("words", [*READING, ["compare", "deaths-300", "deaths-500"], ["watch"]])
def test_a_database_of_other_claims_than_those_named_is_refused(
    claims: Path, downloaded: Path, words: list[str]
) -> None:
    before = downloaded.read_bytes()
    ran = run(*words, "--claims", claims, "--db", downloaded)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == (
        f"ledger: {downloaded} was not built from {claims} and is as it was: name another file "
        "with --db, or replace it with `ledger build --replace`\n"
    )
    assert downloaded.read_bytes() == before


def test_the_usual_database_is_not_given_to_other_claims(claims: Path, database: Path) -> None:
    write_folder(claims.parent / "others", {"a.yaml": "title: Nothing\n"})
    before = database.read_bytes()
    ran = run("list", "--claims", "others", cwd=claims.parent)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("ledger: ledger.db was not built from others and is as it was: ")
    assert database.read_bytes() == before


def test_a_build_replaces_a_database_of_other_claims_only_where_it_is_told_to(
    claims: Path, downloaded: Path
) -> None:
    before = downloaded.read_bytes()
    ran = run("build", "--db", downloaded, cwd=claims.parent)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert downloaded.read_bytes() == before
    ran = run("build", "--db", downloaded, "--replace", cwd=claims.parent)
    assert ran.returncode == 0
    ran = run("list", "--db", downloaded, cwd=claims.parent)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "deaths-300" in ran.stdout


def test_a_database_of_other_claims_and_of_another_version_is_refused(
    claims: Path, downloaded: Path
) -> None:
    with closing(sqlite3.connect(downloaded)) as connection, connection:
        connection.execute("UPDATE build SET schema = 1")
    ran = run("list", "--db", downloaded, cwd=claims.parent)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == (
        f"ledger: {downloaded} was built by another version of the ledger, and not from claims\n"
    )


def test_the_site_of_a_database_of_other_claims_is_served_as_it_is(
    claims: Path, downloaded: Path
) -> None:
    before = downloaded.read_bytes()
    command = (LEDGER, "serve", "--port", "0", "--no-open", "--db", downloaded)
    with served(*command, cwd=claims.parent) as server:
        assert server.said[0] == f"{downloaded} was not built from claims; this is what it holds."
        assert server.rows("claims") == []
    assert downloaded.read_bytes() == before


@pytest.mark.parametrize("words", [*READING, ["build"], ["serve"], ["watch"]])
@pytest.mark.parametrize("kind", ["pipe", "device", "loop", "socket"])
def test_what_is_no_regular_file_is_no_database(
    claims: Path, tmp_path: Path, words: list[str], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path is short
    other = Path("/dev/null") if kind == "device" else Path("other.db")
    with socket.socket(socket.AF_UNIX) as listening:
        if kind == "pipe":
            os.mkfifo(other)
        elif kind == "loop":
            other.symlink_to(other)
        elif kind == "socket":
            listening.bind(str(other))
        before = other.lstat()
        ran = run(*words, "--claims", claims, "--db", other)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert f"'{other}' is no regular file; name a file, or a new one" in ran.stderr
    assert other.lstat().st_mode == before.st_mode
