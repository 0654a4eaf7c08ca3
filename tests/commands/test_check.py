"""`ledger check`: what it prints in each format, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest

from tests.commands.running import ROOT, run
from tests.small import DOSSIER, SMALL, write_folder

BROKEN: Final = {
    **SMALL,
    "mali/village-2022.yaml": DOSSIER.replace("killers\n  value", "killer\n  value"),
}
"""A claims folder in which two claims answer a question that does not exist."""

WHAT: Final = "there is no question `killer`"


@pytest.mark.parametrize(
    ("form", "printed"), [("text", "No problems.\n"), ("json", "[]\n"), ("github", "")]
)
def test_a_good_folder_has_no_problems(claims: Path, form: str, printed: str) -> None:
    ran = run("check", "--claims", claims, "--format", form)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, printed, "")


def test_the_shipped_claims_have_no_problems() -> None:
    ran = run("check", cwd=ROOT)
    assert ran.returncode == 0, ran.stdout
    assert ran.stdout.splitlines()[-1].startswith("No problems")


def test_text_is_what_is_printed_unless_told_otherwise(tmp_path: Path) -> None:
    write_folder(tmp_path / "claims", BROKEN)
    told = run("check", "--format", "text", cwd=tmp_path)
    assert run("check", cwd=tmp_path).stdout == told.stdout
    assert told.returncode == 1
    lines = told.stdout.splitlines()
    assert lines[0].startswith(f"claims/mali/village-2022.yaml:35: unknown-reference: {WHAT}")
    assert lines[1].startswith("    Did you mean `killers`?")
    assert lines[2].startswith(f"claims/mali/village-2022.yaml:42: unknown-reference: {WHAT}")
    assert lines[-1] == "2 problems."
    assert told.stderr == ""


def test_json_has_every_problem(tmp_path: Path) -> None:
    claims = write_folder(tmp_path / "claims", BROKEN)
    ran = run("check", "--claims", claims, "--format", "json")
    assert ran.returncode == 1
    found = json.loads(ran.stdout)
    assert [(one["path"], one["line"], one["code"]) for one in found] == [
        (f"{claims}/mali/village-2022.yaml", line, "unknown-reference") for line in (35, 42)
    ]


def test_github_annotates_every_line(tmp_path: Path) -> None:
    write_folder(tmp_path / "claims", BROKEN)
    ran = run("check", "--format", "github", cwd=tmp_path)
    assert ran.returncode == 1
    starts = [f"::error file=claims/mali/village-2022.yaml,line={line}" for line in (35, 42)]
    assert [line.partition(",title=")[0] for line in ran.stdout.splitlines()] == starts


def test_checking_writes_nothing(claims: Path) -> None:
    before = sorted(claims.parent.rglob("*"))
    run("check", "--claims", claims)
    assert sorted(claims.parent.rglob("*")) == before
