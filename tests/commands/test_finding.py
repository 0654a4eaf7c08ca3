"""`ledger finding`: a signed judgement stands beside the claims and replaces none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.commands.calling import called
from tests.commands.running import run
from tests.commands.test_add import dossier_of
from tests.small import DOSSIER

SIGNED = ("--says", "About 300.", "--by", "An Editor", "--because", "Two counts agree.")


def test_a_finding_is_signed_on_a_question(claims: Path) -> None:
    ran = run("finding", "deaths", *SIGNED, "--on", "2026-11-20", cwd=claims.parent)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.endswith("claims/mali/village-2022.yaml:11: a finding on deaths\n")
    added = """\
    finding:
      says: About 300.
      by: An Editor
      on: 2026-11-20
      because: Two counts agree.
"""
    before, _, after = dossier_of(claims).read_text().partition(added)
    assert before + after == DOSSIER
    assert before.endswith("    unit: people\n")


def test_a_day_that_is_not_told_is_today(claims: Path) -> None:
    assert run("finding", "killers", *SIGNED, cwd=claims.parent).returncode == 0
    assert re.search(r"      on: 20\d\d-\d\d-\d\d\n", dossier_of(claims).read_text())


def test_a_finding_is_only_replaced_if_that_is_asked_for(claims: Path) -> None:
    run("finding", "deaths", *SIGNED, cwd=claims.parent)
    words = ("finding", "deaths", "--says", "Unclear.", *SIGNED[2:])
    ran = run(*words, cwd=claims.parent)
    assert ran.returncode == 1
    told = "ledger: deaths has a finding already; --replace puts this one in its place\n"
    assert ran.stderr == told
    assert run(*words, "--replace", cwd=claims.parent).returncode == 0
    text = dossier_of(claims).read_text()
    assert "says: Unclear." in text
    assert text.count("finding:") == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("deths", *SIGNED), "'QUESTION': there is no question 'deths'; did you mean deaths?"),
        (("deaths", *SIGNED[2:]), "Missing option '--says'"),
        (("deaths", *SIGNED[:4]), "Missing option '--because'"),
        (("deaths", *SIGNED[2:], "--says", " "), "'--says': ' ' is empty"),
        (("deaths", *SIGNED, "--by", "Two"), "--by is given 2 times"),
        (("deaths", *SIGNED, "--on", "soon"), "'--on': `soon` is not a date"),
    ],
)
def test_a_wrong_call_is_told_in_one_line(claims: Path, words: tuple[str, ...], told: str) -> None:
    ran = called(claims, "finding", *words)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert told in ran.stderr.splitlines()[-1]
    assert dossier_of(claims).read_text() == DOSSIER
