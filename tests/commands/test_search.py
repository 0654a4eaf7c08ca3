"""`ledger search`: what is found, grouped by kind."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.commands.running import run


def test_people_get_what_is_found_by_kind(claims: Path) -> None:
    ran = run("search", "goita", cwd=claims.parent)
    assert ran.returncode == 0
    assert ran.stdout.splitlines() == [
        "1 claim",
        "  More than 500 people were killed, says Goïta.",
        "    deaths-500 · contested · The Page",
        "",
        "1 outlet",
        "  Radio Goïta",
        "    radio · broadcaster · ML",
    ]


def test_all_words_are_looked_for_wherever_they_stand_on_the_line(claims: Path) -> None:
    apart = run("search", "people", "killed", cwd=claims.parent)
    together = run("search", "killed people", cwd=claims.parent)
    assert apart.stdout == together.stdout
    assert "1 question\n" in apart.stdout


def test_only_the_kinds_that_are_asked_for_are_searched(claims: Path) -> None:
    ran = run("search", "goita", "--kind", "outlets", "--kind", "actors", cwd=claims.parent)
    assert ran.stdout.startswith("1 outlet\n")


def test_a_limit_tells_what_it_leaves_out(claims: Path) -> None:
    ran = run("search", "killed", "--limit", "1", cwd=claims.parent)
    assert ran.stdout.startswith("4 claims, 1 shown\n")


def test_programs_get_a_row_for_each_thing(claims: Path) -> None:
    ran = run("search", "goita", "--format", "json", cwd=claims.parent)
    rows = json.loads(ran.stdout)
    assert [(row["record"], row["id"]) for row in rows] == [
        ("claim", "deaths-500"),
        ("outlet", "radio"),
    ]
    assert "marked" not in rows[0]
    ran = run("search", "goita", "--format", "jsonl", cwd=claims.parent)
    assert [json.loads(line) for line in ran.stdout.splitlines()] == rows
    ran = run("search", "goita", "--format", "csv", cwd=claims.parent)
    assert list(csv.reader(io.StringIO(ran.stdout))) == [
        ["record", "id", "text"],
        ["claim", "deaths-500", "More than 500 people were killed, says Goïta."],
        ["outlet", "radio", "Radio Goïta"],
    ]


@pytest.mark.parametrize(("form", "printed"), [("text", ""), ("json", "[]\n"), ("jsonl", "")])
def test_nothing_found_ends_as_grep_does(form: str, printed: str, claims: Path) -> None:
    assert run("build", cwd=claims.parent).returncode == 0
    ran = run("search", "zebra", "--format", form, cwd=claims.parent)
    assert (ran.returncode, ran.stdout) == (1, printed)
    assert ran.stderr == "ledger: nothing is found for zebra\n"


@pytest.mark.parametrize("words", ['"', "NEAR(", "a AND", "text:x", "*", "--", "' OR"])
def test_nothing_that_is_typed_is_a_wrong_query(words: str, claims: Path) -> None:
    ran = run("search", "--", words, cwd=claims.parent)
    assert ran.returncode in {0, 1}
    assert "Traceback" not in ran.stderr
    assert "syntax" not in ran.stderr


def test_without_words_the_call_is_wrong(claims: Path) -> None:
    ran = run("search", cwd=claims.parent)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "Missing argument 'WORDS...'" in ran.stderr
