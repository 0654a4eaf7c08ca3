"""Readers' process: what the program that runs readers' SQL says on its own, line by line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from datasette.utils import escape_fts
from hypothesis import given
from hypothesis import strategies as st

from ledger.site.serving.readers_process import LARGEST, search_words, told
from ledger.site.serving.readers_sql import PROGRAM


def answers(database: Path, *questions: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what the program answers to some questions; it ends when nobody asks any more."""
    asked = [{"parameters": {}, "seconds": 5, "rows": None} | question for question in questions]
    ran = subprocess.run(
        [sys.executable, "-I", "-S", PROGRAM, f"{database.as_uri()}?mode=ro", "1000"],
        input="".join(json.dumps(one) + "\n" for one in asked),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ran.stderr == ""
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_each_question_has_an_answer_until_nobody_asks(database: Path) -> None:
    assert answers(database) == []
    first, second, third = answers(
        database,
        {"sql": "SELECT id FROM claims ORDER BY id", "rows": 2},
        {"sql": "SELECT x FROM nowhere"},
        {"sql": "SELECT :a AS a, x'00' AS b", "parameters": {"a": "é"}},
    )
    assert first == {"columns": ["id"], "rows": [["date-given"], ["deaths-300"]], "more": True}
    assert second == {"kind": "OperationalError", "error": "no such table: nowhere"}
    assert third == {"columns": ["a", "b"], "rows": [["é", {"bytes": "AA=="}]], "more": False}


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM pragma_database_list",
        "PRAGMA database_list",
        "PRAGMA hard_heap_limit = 0",
        "ATTACH 'x.db' AS x",
        "VACUUM INTO 'x.db'",
        "CREATE TABLE x (y)",
        "CREATE TEMP TABLE x AS SELECT 1",
        "DELETE FROM claims",
        "SELECT load_extension('x')",
    ],
)
def test_a_statement_that_reaches_further_than_a_query_is_refused(database: Path, sql: str) -> None:
    refused, after = answers(database, {"sql": sql}, {"sql": "SELECT count(*) FROM claims"})
    assert "error" in refused
    assert after["rows"] == [[5]]
    assert not Path("x.db").exists()


def test_a_query_that_is_too_long_does_not_end_those_after_it(database: Path) -> None:
    endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT max(x) FROM c"
    ended, after = answers(database, {"sql": endless, "seconds": 0.2}, {"sql": "SELECT 1"})
    assert ended["error"] == "interrupted"
    assert after["rows"] == [[1]]


def test_one_step_that_is_too_long_ends_the_program(database: Path) -> None:
    step = "SELECT instr(hex(zeroblob(1900000)), substr(hex(zeroblob(950000)), 2) || '1')"
    assert answers(database, {"sql": step, "seconds": 0.2}, {"sql": "SELECT 1"}) == []


def test_an_answer_is_bounded_in_letters(database: Path) -> None:
    sql = "SELECT hex(zeroblob(:n)), 'é' UNION ALL SELECT hex(zeroblob(:n)), 'é'"
    largest = LARGEST // 4 - 4
    fits, refused = answers(
        database,
        {"sql": sql, "parameters": {"n": largest}},
        {"sql": sql, "parameters": {"n": largest + 4}},
    )
    assert len(fits["rows"]) == 2
    assert refused["error"].startswith("The answer is larger than 4,000,000 bytes")


@given(st.text(st.sampled_from('ab" \té*'), max_size=30))
def test_words_are_searched_for_as_datasette_does(words: str) -> None:
    assert search_words(words) == escape_fts(words)


def test_memory_that_ran_out_is_told_as_a_querys_own_fault() -> None:
    assert told(MemoryError())["error"].endswith("ask for less at once.")
    assert told(ValueError("odd")) == {"kind": "OperationalError", "error": "odd"}
