"""`ledger list`: rows for people and programs, and what it says of wrong calls."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from rich.cells import cell_len

from ledger.commands.list import OPTIONS
from ledger.reports.facets import FACETS
from ledger.reports.lists import LISTS
from tests.commands.running import ROOT, run


def told(folder: Path, *words: str, **environment: str) -> list[str]:
    """Return the lines that the command prints."""
    ran = run("list", *words, cwd=folder, **environment)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


def test_every_facet_has_an_option() -> None:
    assert set(OPTIONS) == {name for facets in FACETS.values() for name in facets}


def test_people_get_a_table_and_how_many_there_are(claims: Path) -> None:
    lines = told(claims.parent, "--limit", "2", "--claimant", "witnesses", "--claimant", "state")
    assert lines[0].split() == ["Claim", "Value", "Claimant", "Status", "Outlets", "Origins"]
    assert lines[-1] == "Claims 1 to 2 of 3. --offset 2 shows the next."
    assert told(claims.parent)[-1] == "5 claims."
    assert told(claims.parent, "--limit", "0", "--question", "deaths")[-1] == "2 claims."
    assert told(claims.parent, "--status", "contested", "--year", "2022", "--offset", "3")[-1] == (
        "Claims 4 to 4 of 4."
    )
    assert told(claims.parent, "--status", "retracted") == ["No claims."]
    assert told(claims.parent, "--offset", "9") == ["None of 5 claims."]


@pytest.mark.parametrize("things", LISTS)
@pytest.mark.parametrize("columns", [60, 100, 200])
def test_every_list_fits_the_terminal(things: str, columns: int, tmp_path: Path) -> None:
    (tmp_path / "claims").symlink_to(ROOT / "claims")
    lines = told(tmp_path, things, "--limit", "0", COLUMNS=str(columns))
    wide = [line for line in lines if cell_len(line) > columns]
    # Only an id that is wider by itself may stand over the edge, so that it can be copied.
    assert all(max(map(len, line.split())) > columns - 4 for line in wide)
    assert lines[-1].endswith(f" {things}.")


@pytest.mark.parametrize("things", LISTS)
def test_programs_get_every_row_with_every_column(things: str, claims: Path) -> None:
    rows = json.loads("\n".join(told(claims.parent, things, "--format", "json")))
    lines = told(claims.parent, things, "--format", "jsonl")
    assert [json.loads(line) for line in lines] == rows
    table = list(
        csv.DictReader(io.StringIO("\n".join(told(claims.parent, things, "--format", "csv"))))
    )
    assert [row["id"] for row in table] == [row["id"] for row in rows]
    assert list(table[0]) == list(rows[0])


def test_a_list_without_rows_has_its_columns_in_csv(claims: Path) -> None:
    (line,) = told(claims.parent, "--status", "retracted", "--format", "csv")
    assert line.startswith("id,text,status,")
    assert told(claims.parent, "--status", "retracted", "--format", "jsonl") == []


def test_the_values_of_a_facet_come_with_their_counts(claims: Path) -> None:
    lines = told(claims.parent, "--counts", "outlet", "--question", "killers")
    assert [line.split(maxsplit=2) for line in lines[1:2]] == [
        ["2", "daily", "The Daily"],
    ]
    assert lines[-1] == "1 value."
    lines = told(claims.parent, "--counts", "nearby", "--question", "killers")
    assert [line.split(maxsplit=2) for line in lines[1:3]] == [
        ["2", "radio", "Radio Goïta"],
        ["2", "wire", "The Wire"],
    ]
    rows = json.loads("\n".join(told(claims.parent, "--counts", "status", "--format", "json")))
    assert rows[0] == {"value": "contested", "name": None, "n": 4}


def test_a_list_is_sorted_by_any_column(claims: Path) -> None:
    words = ("--sort", "text", "--reverse", "--format", "json")
    texts = [row["text"] for row in json.loads("\n".join(told(claims.parent, *words)))]
    assert texts == sorted(texts, reverse=True)


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["--outlet", "Radio Goita"], "there is no outlet 'Radio Goita'. Did you mean radio?"),
        (["--outlet", "wires"], "Invalid value for '--outlet': there is no outlet 'wires'."),
        (["--country", "Mali"], "there is no country 'Mali'. Did you mean ML?"),
        (["--status", "contestd"], "there is no status 'contestd'. Did you mean contested?"),
        (["--year", "elephant"], "`ledger list claims --counts year` prints all values."),
        (["questions", "--outlet", "wire"], "--outlet does not narrow questions; --state, "),
        (["--counts", "state"], "claims have no state, but status, topic, "),
        (["--counts", "colour"], "'colour' is not one of 'status', "),
        (["--sort", "n_outlet"], "claims have no column 'n_outlet'. Did you mean n_outlets"),
        (["--limit", "-1"], "-1 is not in the range x>=0."),
        (["elephants"], "'elephants' is not one of 'claims', 'questions', "),
    ],
)
def test_a_wrong_call_is_told_with_what_is_accepted(
    words: list[str], error: str, claims: Path
) -> None:
    ran = run("list", *words, cwd=claims.parent)
    assert (ran.returncode, ran.stdout) == (2, "")
    last = ran.stderr.splitlines()[-1]
    assert last.startswith("Error: ")
    assert error in last
