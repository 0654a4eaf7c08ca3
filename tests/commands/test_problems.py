"""How problems are printed: exactly, in each of the formats."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

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
