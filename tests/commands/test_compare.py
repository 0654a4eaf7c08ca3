"""`ledger compare`: the verdict and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.running import run
from tests.small import AT_LEAST


def test_the_verdict_comes_with_its_reason_and_what_the_ledger_has(claims: Path) -> None:
    ran = run("compare", "deaths-300", "deaths-500", cwd=claims.parent)
    assert ran.returncode == 0
    assert ran.stdout.splitlines() == [
        "deaths-300: ~300 people, says Witnesses",
        "deaths-500: 500+ people, says The Page",
        "conflict: about 300 reaches to 330; 500 or more starts at 500 (170 people apart).",
        "In the ledger: conflict, both, open, sides disagree: The totals exclude each other.",
    ]


def test_claims_that_do_not_meet_are_incomparable(claims: Path) -> None:
    ran = run("compare", "deaths-300", "date-given", cwd=claims.parent)
    assert ran.stdout.splitlines()[1:] == [
        "date-given: It happened in March, says The Page",
        "incomparable: they do not answer the same question.",
    ]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            ("deaths-300", "deaths-400"),
            "'OTHER': there is no claim deaths-400; did you mean deaths-300?",
        ),
        (
            ("killer-army", "deaths-400"),
            "'CLAIM': there is no claim killer-army; did you mean killers-army?",
        ),
        (("x", "x"), "'CLAIM': there is no claim x"),
    ],
)
def test_an_unknown_claim_gets_one_clear_line(
    claims: Path, given: tuple[str, str], told: str
) -> None:
    ran = run("compare", *given, cwd=claims.parent)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.splitlines()[-1] == f"Error: Invalid value for {told}"


def test_nothing_is_compared_in_a_folder_with_problems(claims: Path) -> None:
    (claims / "broken.yaml").write_text("titel: x\n", encoding="utf-8")
    ran = run("compare", "deaths-300", "deaths-500", cwd=claims.parent)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "unknown-key" in ran.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("compare", "deaths-500", "deaths-20"),
        ("compare", "deaths-20", "date-given"),
        ("disputes", "--question", "deaths"),
        ("disputes", "--question", "deaths", "--format", "json"),
        ("disputes", "--question", "death"),
        ("compare", "deaths-20", "killers-arm"),
    ],
)
def test_right_after_a_change_the_same_is_told_as_after_a_build(
    words: tuple[str, ...], claims: Path, database: Path
) -> None:
    dossier = claims / "mali/village-2022.yaml"
    dossier.write_text(dossier.read_text(encoding="utf-8") + AT_LEAST, encoding="utf-8")
    now = run(*words, cwd=claims.parent)
    database.unlink()
    assert run("build", cwd=claims.parent).returncode == 0
    then = run(*words, cwd=claims.parent)
    assert (now.returncode, now.stdout, now.stderr) == (then.returncode, then.stdout, then.stderr)
