"""`ledger init`: from an empty folder to a ledger that is checked, built and served."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.commands.running import ENVIRONMENT, LEDGER, run, served


def test_a_new_ledger_is_checked_built_and_served_as_the_command_says(tmp_path: Path) -> None:
    ran = run("init", "my ledger", "--title", "Northport", cwd=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    told, *following = ran.stdout.splitlines()
    assert told.startswith("A new ledger is in my ledger, with an example")
    go, *commands = [shlex.split(line) for line in following]
    assert go == ["cd", "my ledger"]
    assert [words[0] for words in commands] == ["ledger"] * 3
    *finite, (_, *serve) = commands
    for _, *words in finite:
        assert run(*words, cwd=tmp_path / go[1]).returncode == 0
    with served(LEDGER, *serve, "--port", "0", cwd=tmp_path / go[1]) as server:
        assert server.get("/ledger/questions/fire-injured")[0] == 200
        assert [row["id"] for row in server.rows("disputes")] == ["fire-injured"]


def test_a_new_ledger_is_checked_without_problems_or_remarks(tmp_path: Path) -> None:
    run("init", "new", cwd=tmp_path)
    assert run("check", cwd=tmp_path / "new").stdout == "No problems.\n"
    assert (tmp_path / "new" / "README.md").read_text(encoding="utf-8").startswith("# new\n")


def test_the_folder_one_stands_in_can_become_a_ledger(tmp_path: Path) -> None:
    ran = run("init", ".", cwd=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "cd " not in ran.stdout
    heading = (tmp_path / "README.md").read_text(encoding="utf-8").splitlines()[0]
    assert heading == f"# {tmp_path.name}"


def test_a_ledger_that_is_there_is_left_alone(tmp_path: Path) -> None:
    run("init", "new", cwd=tmp_path)
    (tmp_path / "new" / "claims" / "outlets.yaml").write_text("{}\n", encoding="utf-8")
    ran = run("init", "new", cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("ledger: new has claims, ")
    assert len(ran.stderr.splitlines()) == 1
    assert (tmp_path / "new" / "claims" / "outlets.yaml").read_text(encoding="utf-8") == "{}\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "Missing argument 'DIR'."),
        (["file"], "Directory 'file' is a file."),
        (["new", "--title", ""], "a title is one line of text that shows."),
        (["new", "--title", "two\nlines"], "a title is one line of text that shows."),
    ],
)
def test_a_wrong_call_is_told_and_writes_nothing(
    tmp_path: Path, words: list[str], told: str
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    ran = run("init", *words, cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert told in ran.stderr.splitlines()[-1]
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_git_leaves_out_of_a_new_ledger_what_a_build_writes(tmp_path: Path) -> None:
    run("init", ".", cwd=tmp_path)
    run("build", cwd=tmp_path)
    (tmp_path / ".ledger.db.served").touch()
    for words in (["init", "--quiet"], ["add", "--all"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True, env=ENVIRONMENT)  # noqa: S607 # whichever git there is
    listed = subprocess.run(
        ["git", "ls-files"],  # noqa: S607 # as above
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    files = listed.stdout.splitlines()
    assert "claims/.schema/dossier.json" in files
    assert [file for file in files if "ledger.db" in file] == []
