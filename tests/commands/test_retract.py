"""`ledger retract`: a claim that was withdrawn stays, says so, and conflicts with nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.commands.calling import called
from tests.commands.running import run
from tests.commands.test_add import dossier_of
from tests.small import DOSSIER


def test_a_claim_is_retracted_and_conflicts_with_nothing(claims: Path) -> None:
    words = ("retract", "deaths-300", "--on", "2022-06~", "--because", "They: counted anew.")
    ran = run(*words, cwd=claims.parent)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "No longer in conflict: deaths-300 and deaths-500.\n" in ran.stdout
    assert ran.stdout.endswith("claims/mali/village-2022.yaml:16: deaths-300 is retracted\n")
    added = '  retracted:\n    on: 2022-06~\n    because: "They: counted anew."\n'
    before, _, after = dossier_of(claims).read_text().partition(added)
    assert before + after == DOSSIER


def test_a_day_that_is_not_told_is_today(claims: Path) -> None:
    assert run("retract", "date-given", "--because", "x", cwd=claims.parent).returncode == 0
    assert re.search(r"    on: 20\d\d-\d\d-\d\d\n", dossier_of(claims).read_text())


def test_what_is_retracted_already_is_left_alone(claims: Path) -> None:
    words = ("retract", "date-given", "--because", "x")
    run(*words, cwd=claims.parent)
    before = dossier_of(claims).read_bytes()
    ran = run(*words, cwd=claims.parent)
    assert (ran.returncode, ran.stderr) == (1, "ledger: date-given is retracted already\n")
    assert dossier_of(claims).read_bytes() == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("dete-given", "--because", "x"), "'ID': there is no claim 'dete-given'; did you mean"),
        (("date-given",), "Missing option '--because'"),
        (("date-given", "--because", ""), "'--because': '' is empty; write a text"),
        (
            ("date-given", "--because", "x", "--on", "soon"),
            "'--on': `soon` is not a date; accepted",
        ),
        (("date-given", "--because", "x", "--on", "\x1b"), "'\\x1b' holds the invisible character"),
    ],
)
def test_a_wrong_call_is_told_in_one_line(claims: Path, words: tuple[str, ...], told: str) -> None:
    ran = called(claims, "retract", *words)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert told in ran.stderr.splitlines()[-1]
    assert dossier_of(claims).read_text() == DOSSIER
