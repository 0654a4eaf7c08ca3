"""How problems are printed: exactly, in each of the formats."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.commands.problems import as_github, as_json, as_text
from ledger.problems import Place, Problem

CLAIMS = Path("some/claims")

FIRST = Problem(Place("a.yaml", 3), "unknown-key", "`x` is not a key here", "Accepted: id, text.")

SECOND = Problem(
    Place("mali/b, c: d.yaml", 12),
    "uncited-claim",
    "no outlet is cited, 100 %: nobody, ever",
    "Add `cites`: “Goïta”.",
)


def test_text_has_place_code_and_what_then_the_remedy_then_the_count() -> None:
    assert as_text([FIRST, SECOND], CLAIMS) == (
        "some/claims/a.yaml:3: unknown-key: `x` is not a key here\n"
        "    Accepted: id, text.\n"
        "some/claims/mali/b, c: d.yaml:12: uncited-claim: no outlet is cited, 100 %: nobody, ever\n"
        "    Add `cites`: “Goïta”.\n"
        "2 problems."
    )


@pytest.mark.parametrize(
    ("problems", "told"), [([], "No problems."), ([FIRST], "1 problem."), ([FIRST] * 1234, "1,234")]
)
def test_text_counts_the_problems(problems: list[Problem], told: str) -> None:
    assert as_text(problems, CLAIMS).splitlines()[-1].startswith(told)


def test_json_is_a_list_of_objects() -> None:
    assert json.loads(as_json([], CLAIMS)) == []
    found = json.loads(as_json([FIRST, SECOND], CLAIMS))
    assert [{**one, "level": "problem"} for one in found] == [
        {
            "path": "some/claims/a.yaml",
            "line": 3,
            "code": "unknown-key",
            "level": "problem",
            "what": "`x` is not a key here",
            "remedy": "Accepted: id, text.",
        },
        {
            "path": "some/claims/mali/b, c: d.yaml",
            "line": 12,
            "code": "uncited-claim",
            "level": "problem",
            "what": "no outlet is cited, 100 %: nobody, ever",
            "remedy": "Add `cites`: “Goïta”.",
        },
    ]
    assert "“Goïta”" in as_json([SECOND], CLAIMS)


def test_github_gets_one_line_for_each_problem() -> None:
    assert as_github([], CLAIMS) == ""
    assert as_github([FIRST, SECOND], CLAIMS) == (
        "::error file=some/claims/a.yaml,line=3,title=unknown-key"
        "::`x` is not a key here%0AAccepted: id, text.\n"
        "::error file=some/claims/mali/b%2C c%3A d.yaml,line=12,title=uncited-claim"
        "::no outlet is cited, 100 %25: nobody, ever%0AAdd `cites`: “Goïta”."
    )


def test_github_gets_a_remark_as_a_notice() -> None:
    remark = replace(FIRST, level="remark")
    assert as_github([remark], CLAIMS).startswith("::notice file=")


def unescaped(text: str) -> str:
    """Return what GitHub's runner makes of an escaped text."""
    for escaped, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ",")):
        text = text.replace(escaped, character)
    return text.replace("%25", "%")


@given(st.text(min_size=1), st.text(min_size=1), st.integers(1, 9999))
def test_github_reads_what_was_written_whatever_it_was(what: str, path: str, line: int) -> None:
    problem = Problem(Place(path, line), "unknown-key", what, "Remedy: 100 %, sure.\nReally.")
    told = as_github([problem], Path("/claims"))
    command = re.fullmatch(
        r"::error file=([^:,\r\n]*),line=(\d+),title=unknown-key::([^\r\n]*)", told
    )
    assert command
    assert unescaped(command[1]) == (Path("/claims") / path).as_posix()
    assert int(command[2]) == line
    assert unescaped(command[3]) == f"{problem.what}\nRemedy: 100 %, sure.\nReally."


@pytest.mark.parametrize("told", ["claims", "../sub/claims", "{repository}/sub/claims"])
def test_github_knows_a_file_by_its_path_in_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: str
) -> None:
    repository = tmp_path / "repository"
    (repository / ".git").mkdir(parents=True)
    (repository / "sub" / "claims").mkdir(parents=True)
    monkeypatch.chdir(repository / "sub")
    claims = Path(told.format(repository=repository))
    assert as_github([FIRST], claims).startswith("::error file=sub/claims/a.yaml,line=3,")


def test_github_says_where_a_checkout_without_git_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sub" / "claims").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "sub")
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    assert as_github([FIRST], Path("claims")).startswith("::error file=claims/a.yaml,")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert as_github([FIRST], Path("claims")).startswith("::error file=sub/claims/a.yaml,")
