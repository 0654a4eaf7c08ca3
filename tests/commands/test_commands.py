"""The command line as a whole: its help, its examples, and how it answers wrong calls."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from functools import cache
from importlib.metadata import version
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner

from ledger.commands import COMMANDS, cli
from tests.commands.running import ENVIRONMENT, LEDGER, ROOT, run, served, watching

EACH: pytest.MarkDecorator = pytest.mark.parametrize("command", COMMANDS)


@cache
def help_of(command: str) -> str:
    """Return what a command prints when it is asked for its help."""
    ran = run(command, "--help")
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout


def script_of(command: str) -> str:
    """Return what stands below "Example:" in a command's help, for a shell."""
    return dedent(help_of(command).partition("Example:\n")[2].partition("\n\n")[0])


def examples_of(command: str) -> list[list[str]]:
    """Return the words of each line of a command's example that runs `ledger`."""
    lines = script_of(command).replace("\\\n", " ").splitlines()
    return [shlex.split(line) for line in lines if line.startswith("ledger ")]


def test_the_help_lists_every_command_with_what_it_does() -> None:
    told = run("--help").stdout
    assert told.startswith("Usage: ledger ")
    for command, meaning in COMMANDS.items():
        assert f"{command} " in told
        assert meaning in told


def test_the_command_alone_shows_the_help() -> None:
    ran = run()
    assert "Commands:" in ran.stdout + ran.stderr


@EACH
def test_the_help_of_a_command_says_what_it_does_and_gives_an_example(command: str) -> None:
    usage, _, meaning, *_ = help_of(command).splitlines()
    assert usage.startswith(f"Usage: ledger {command} ")
    assert meaning.startswith("  ")
    assert ["ledger", command] in [example[:2] for example in examples_of(command)]


@EACH
def test_the_examples_of_a_command_run(command: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "claims", tmp_path / "claims")
    if command not in {"serve", "watch"}:
        ran = in_shell(script_of(command), tmp_path)
        assert ran.returncode == 0, ran.stderr
        return
    for _, *words in examples_of(command):
        if command == "serve":
            words[words.index("--port") + 1] = "0"  # the one it names may be taken here
            with served(LEDGER, *words, cwd=tmp_path) as server:
                assert server.get("/ledger/claims")[0] == 200
        else:
            with watching(*words[1:], cwd=tmp_path) as said:
                assert said.upto("Watching ")


def in_shell(script: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run some lines in a shell to their end, or to the first that fails."""
    path = f"{LEDGER.parent}:{ENVIRONMENT['PATH']}"
    return subprocess.run(
        ["/bin/sh", "-e", "-c", script],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env=ENVIRONMENT | {"PATH": path},
        timeout=60,
    )


def test_the_version_is_that_of_the_distribution() -> None:
    ran = run("--version")
    assert (ran.returncode, ran.stdout) == (0, f"claim-ledger {version('claim-ledger')}\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["biuld"], "'biuld'"),
        (["--verison"], "--verison"),
        (["build", "--claim-folder", "x"], "--claim-folder"),
        (["build", "--claims", "nowhere"], "Directory 'nowhere' does not exist."),
        (["build", "--claims", "claims/outlets.yaml"], "is a file."),
        (["build", "--db", "claims"], "File 'claims' is a directory."),
        (["build", "more"], "unexpected extra argument (more)"),
        (["check", "--format", "xml"], "'xml' is not one of 'text', 'json', 'github'."),
        (["check", "--claims"], "'--claims' requires an argument."),
        (["explain", "a", "b"], "unexpected extra argument (b)"),
        (["serve", "--port", "many"], "'many' is not a valid integer range."),
        (["serve", "--port", "70000"], "70000 is not in the range 0<=x<=65535."),
        (["serve", "--metadata", "nowhere.json"], "File 'nowhere.json' does not exist."),
    ],
)
def test_a_wrong_call_is_told_in_one_line(
    claims: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
) -> None:
    monkeypatch.chdir(claims.parent)
    ran = CliRunner().invoke(cli, words, prog_name="ledger")
    assert (ran.exit_code, ran.stdout) == (2, "")
    last = ran.stderr.splitlines()[-1]
    assert last.startswith("Error: ")
    assert told in last


def test_a_folder_without_claims_is_told_where_they_are_looked_for(tmp_path: Path) -> None:
    ran = run("check", cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("Usage: ledger check [OPTIONS]\n")
    last = "Error: Invalid value for '--claims': Directory 'claims' does not exist."
    assert ran.stderr.splitlines()[-1] == last


@pytest.mark.parametrize("words", ["list --limit 1", "disputes --question deaths", "build"])
def test_an_output_that_is_closed_or_knows_few_letters_is_no_trouble(
    claims: Path, words: str
) -> None:
    for way, environment in ((">&-", {}), ("", {"PYTHONIOENCODING": "ascii"})):
        ran = subprocess.run(
            ["/bin/sh", "-c", f"'{LEDGER}' {words} {way}"],
            capture_output=True,
            text=True,
            check=False,
            cwd=claims.parent,
            env=ENVIRONMENT | environment,
        )
        assert "Traceback" not in ran.stderr
        assert ran.returncode == 0, ran.stderr
