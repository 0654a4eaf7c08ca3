"""`ledger link`: a conflict is declared once, on one side, with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.calling import called
from tests.commands.running import run
from tests.commands.test_add import dossier_of
from tests.small import DOSSIER

PAIR = ("killers-army", "date-given")


def test_a_conflict_is_declared_with_its_reason(claims: Path) -> None:
    ran = run("link", *PAIR, "--because", "They exclude each other", cwd=claims.parent)
    assert ran.returncode == 0
    assert "contested-unasked: `date-given` is contested" in ran.stderr
    assert ran.stdout.splitlines() == [
        "New conflict (sides disagree): date-given and killers-army: They exclude each other.",
        "  Across questions: none, killers.",
        "killers: disputed (sides disagree); 2 positions; 1 conflict elsewhere.",
        "claims/mali/village-2022.yaml:32: killers-army conflicts with date-given",
    ]
    added = "  conflicts:\n    date-given: They exclude each other\n"
    before, _, after = dossier_of(claims).read_text().partition(added)
    assert before + after == DOSSIER


def test_a_tension_says_so(claims: Path) -> None:
    words = ("--because", "Hardly both.", "--strength", "tension")
    ran = run("link", *PAIR, *words, cwd=claims.parent)
    assert "New tension (sides disagree): date-given and killers-army: Hardly both.\n" in ran.stdout
    assert (
        "      because: Hardly both.\n      strength: tension\n" in dossier_of(claims).read_text()
    )


def test_the_same_conflict_from_the_other_side_changes_its_reason(claims: Path) -> None:
    run("link", *PAIR, "--because", "One.", "--strength", "tension", cwd=claims.parent)
    ran = run("link", *reversed(PAIR), "--because", "Two.", cwd=claims.parent)
    assert ran.returncode == 0, ran.stderr
    text = dossier_of(claims).read_text()
    assert "    date-given:\n      because: Two.\n      strength: tension\n" in text
    assert "One." not in text
    assert text.count("conflicts:") == DOSSIER.count("conflicts:") + 1


def test_saying_the_same_again_writes_nothing(claims: Path) -> None:
    for told in ("New conflict (sides ", "Nothing was written: the files say so already.\n"):
        ran = run("link", *PAIR, "--because", "One.", cwd=claims.parent)
        assert ran.returncode == 0
        assert ran.stdout.startswith(told)


def test_a_dismissed_conflict_is_opened_again(claims: Path) -> None:
    pair = ("deaths-300", "deaths-500")
    dismissed = run("dismiss", *pair, "--because", "First days.", cwd=claims.parent)
    assert "No longer in conflict: deaths-300 and deaths-500.\n" in dismissed.stdout
    reason = ("--because", "The totals exclude each other.")
    ran = run("link", *reversed(pair), *reason, cwd=claims.parent)
    assert "New conflict (sides disagree): deaths-300 and deaths-500: " in ran.stdout
    assert dossier_of(claims).read_text() == DOSSIER


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("deaths-300", "deaths-300", "--because", "x"), "name two different claims"),
        (("deaths-3000", "deaths-500", "--because", "x"), "'CLAIM': there is no claim"),
        (("deaths-300", "deths-500", "--because", "x"), "'OTHER': there is no claim 'deths-500'; "),
        (("deaths-300", "deaths-500"), "Missing option '--because'"),
        (("deaths-300", "deaths-500", "--because", " "), "'--because': ' ' is empty; write a text"),
        (("deaths-300", "deaths-500", "--because", "x", "--because", "y"), "given 2 times"),
        (("deaths-300", "deaths-500", "--because", "x", "--strength", "hard"), "'tension'."),
        (("deaths-300", "--because", "x"), "Missing argument 'OTHER'"),
    ],
)
def test_a_wrong_call_is_told_in_one_line(claims: Path, words: tuple[str, ...], told: str) -> None:
    ran = called(claims, "link", *words)
    assert (ran.exit_code, ran.stdout) == (2, "")
    assert told in ran.stderr.splitlines()[-1]
    assert dossier_of(claims).read_text() == DOSSIER
