"""`ledger supersede`: the same claimant's later word replaces the earlier one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.calling import called
from tests.commands.running import run
from tests.commands.test_add import dossier_of
from tests.small import DOSSIER

LATER = """
- id: deaths-later
  text: There were 400, they said later.
  claimant: witnesses
  question: deaths
  value: 400
  found: page#3
"""


@pytest.fixture
def revised(claims: Path) -> Path:
    """Return the small folder in which the witnesses say something else later."""
    dossier_of(claims).write_text(DOSSIER + LATER, encoding="utf-8")
    return claims


def test_a_later_word_is_a_revision_and_no_conflict(revised: Path) -> None:
    ran = run("supersede", "deaths-300", "deaths-later", cwd=revised.parent)
    assert ran.returncode == 0, ran.stderr
    assert "No longer in conflict: deaths-300 and deaths-later.\n" in ran.stdout
    assert ran.stdout.endswith(":52: deaths-later supersedes deaths-300\n")
    assert dossier_of(revised).read_text() == f"{DOSSIER}{LATER}  supersedes: deaths-300\n"


def test_saying_it_again_writes_nothing(revised: Path) -> None:
    run("supersede", "deaths-300", "deaths-later", cwd=revised.parent)
    ran = run("supersede", "deaths-300", "deaths-later", cwd=revised.parent)
    assert (ran.returncode, ran.stdout) == (0, "Nothing was written: the files say so already.\n")


def test_a_claim_replaces_one_only(revised: Path) -> None:
    run("supersede", "deaths-300", "deaths-later", cwd=revised.parent)
    ran = run("supersede", "killers-army", "deaths-later", cwd=revised.parent)
    assert ran.returncode == 1
    assert ran.stderr == "ledger: deaths-later supersedes deaths-300 already\n"


def test_nobody_supersedes_what_another_said(claims: Path) -> None:
    ran = run("supersede", "deaths-300", "killers-rebels", cwd=claims.parent)
    assert ran.returncode == 1
    assert "supersedes-another" in ran.stderr
    assert dossier_of(claims).read_text() == DOSSIER


def test_two_claims_do_not_supersede_each_other(revised: Path) -> None:
    run("supersede", "deaths-300", "deaths-later", cwd=revised.parent)
    before = dossier_of(revised).read_bytes()
    ran = run("supersede", "deaths-later", "deaths-300", cwd=revised.parent)
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    assert dossier_of(revised).read_bytes() == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("deaths-300", "deaths-300"), "name two different claims"),
        (("deths-300", "deaths-500"), "'OLD': there is no claim 'deths-300'; did you mean"),
        (("deaths-300", "x"), "'NEW': there is no claim 'x'"),
        (("deaths-300",), "Missing argument 'NEW'"),
    ],
)
def test_a_wrong_call_is_told_in_one_line(claims: Path, words: tuple[str, ...], told: str) -> None:
    ran = called(claims, "supersede", *words)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert told in ran.stderr.splitlines()[-1]
