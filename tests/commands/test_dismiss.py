"""`ledger dismiss`: a conflict that is none stays, with the reason why."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.calling import called
from tests.commands.running import run
from tests.commands.test_add import dossier_of
from tests.small import DOSSIER

PAIR = ("deaths-300", "deaths-500")


def test_a_conflict_is_dismissed_with_its_reason(claims: Path) -> None:
    ran = run("dismiss", *PAIR, "--because", "First days only.", cwd=claims.parent)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.splitlines()[0] == "No longer in conflict: deaths-300 and deaths-500."
    assert ran.stdout.endswith(":16: deaths-300 is compatible with deaths-500\n")
    added = "  compatible:\n    deaths-500: First days only.\n"
    before, _, after = dossier_of(claims).read_text().partition(added)
    assert before + after == DOSSIER


def test_dismissing_again_from_the_other_side_changes_the_reason(claims: Path) -> None:
    run("dismiss", *PAIR, "--because", "One.", cwd=claims.parent)
    ran = run("dismiss", *reversed(PAIR), "--because", "Two.", cwd=claims.parent)
    assert ran.returncode == 0, ran.stderr
    text = dossier_of(claims).read_text()
    assert "    deaths-500: Two.\n" in text
    assert text.count("compatible:") == 1


def test_where_nothing_conflicts_nothing_is_dismissed(claims: Path) -> None:
    words = ("dismiss", "deaths-300", "date-given", "--because", "x")
    ran = run(*words, cwd=claims.parent)
    assert ran.returncode == 1
    assert "compatible-needless" in ran.stderr
    assert dossier_of(claims).read_text() == DOSSIER


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("deaths-300", "deaths-300", "--because", "x"), "name two different claims"),
        (("deaths-300", "deths-500", "--because", "x"), "did you mean deaths-500?"),
        (("deaths-300", "deaths-500", "--because", "\n"), "'--because': '\\n' is empty"),
        (("deaths-300", "deaths-500"), "Missing option '--because'"),
    ],
)
def test_a_wrong_call_is_told_in_one_line(claims: Path, words: tuple[str, ...], told: str) -> None:
    ran = called(claims, "dismiss", *words)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert told in ran.stderr.splitlines()[-1]
    assert dossier_of(claims).read_text() == DOSSIER
