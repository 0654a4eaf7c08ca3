"""`ledger explain`: the documentation of every code."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from ledger.check import CHECKS
from ledger.commands.explain import command
from ledger.problems import CODES
from tests.commands.running import run


def test_every_check_has_documented_a_code() -> None:
    assert CHECKS
    assert "uncited-claim" in CODES
    assert "not-yaml" in CODES


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_is_explained(code: str) -> None:
    told = CliRunner().invoke(command, [code])
    assert (told.exit_code, told.stdout) == (0, f"{CODES[code]}\n")
    first, *rest = CODES[code].splitlines()
    assert first.endswith(".")
    assert rest == [] or rest[0] == ""


def test_without_a_code_all_are_listed() -> None:
    told = run("explain")
    lines = told.stdout.splitlines()
    assert told.returncode == 0
    assert [line.split()[0] for line in lines] == sorted(CODES)
    assert all(line.endswith(CODES[line.split()[0]].splitlines()[0]) for line in lines)


def test_a_code_is_explained_by_the_command() -> None:
    told = run("explain", "uncited-claim")
    assert (told.returncode, told.stdout) == (0, f"{CODES['uncited-claim']}\n")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("uncited-clam", "There is no code uncited-clam. Did you mean uncited-claim?"),
        ("duplicatekey", "There is no code duplicatekey. Did you mean duplicate-key?"),
        ("elephants", "There is no code elephants. `ledger explain` lists all codes."),
    ],
)
def test_a_code_that_is_not_there_is_told_with_what_was_meant(asked: str, told: str) -> None:
    ran = run("explain", asked)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.splitlines()[-1] == f"Error: {told}"
