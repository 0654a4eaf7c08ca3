"""How rows are printed for programs."""

from __future__ import annotations

import csv
import io
import json
from typing import Any, Final

import pytest

from ledger.commands.programs import as_csv, as_json, as_jsonl, tell_rows

ROWS: Final[list[dict[str, Any]]] = [
    {"id": "a", "text": "=1+1", "outlets": ["é", "b"], "low": -2.5},
    {"id": "b", "more": None},
]


def test_json_is_an_array_and_jsonl_an_object_a_line() -> None:
    assert json.loads(as_json(ROWS)) == ROWS
    assert [json.loads(line) for line in as_jsonl(ROWS).splitlines()] == ROWS
    assert "é" in as_json(ROWS)


def test_csv_has_every_column_lists_as_json_and_no_formulas() -> None:
    first, second = csv.DictReader(io.StringIO(as_csv(ROWS)))
    assert first == {
        "id": "a",
        "text": "'=1+1",
        "outlets": '["é", "b"]',
        "low": "-2.5",
        "more": "",
    }
    assert second["id"] == "b"


def test_csv_has_only_the_columns_that_are_asked_for() -> None:
    assert as_csv(ROWS, ("id", "more")).splitlines() == ["id,more", "a,", "b,"]


@pytest.mark.parametrize(("form", "printed"), [("json", "[]\n"), ("jsonl", ""), ("csv", "id\n")])
def test_no_rows_are_told_as_each_format_does(
    form: str, printed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    tell_rows(form, [], ("id",))
    assert capsys.readouterr().out == printed
