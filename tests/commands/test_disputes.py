"""`ledger disputes`: for people and for programs."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tests.commands.running import run
from tests.elsewhere import ELSEWHERE
from tests.small import AT_LEAST, SMALL, write_folder


def test_people_get_each_position_with_its_claims_and_support(claims: Path) -> None:
    ran = run("disputes", "--question", "deaths", cwd=claims.parent)
    assert ran.returncode == 0
    lines = ran.stdout.splitlines()
    assert lines[0] == "How many people were killed?"
    assert lines[1].startswith(
        "deaths · sides disagree · conflict · 1 conflicting pair · up to 170 people apart"
    )
    first = next(line for line in ran.stdout.splitlines() if line.startswith("about 300"))
    assert first.split()[-5:] == ["1", "1,", "2", "nearby", "1"]
    assert "\n[270 to 330]\n" in ran.stdout
    assert "[500" not in ran.stdout  # its label says it: 500 or more
    assert lines[-1] == "1 dispute."


def test_programs_get_json_with_nothing_else_beside_it(claims: Path) -> None:
    ran = run("disputes", "--format", "json", cwd=claims.parent)
    disputes = json.loads(ran.stdout)
    assert {dispute["id"] for dispute in disputes} == {"deaths", "killers"}
    assert disputes[0]["positions"][0]["claims"][0]["outlets"]


def test_spreadsheets_get_a_row_for_each_claim_and_no_formulas(tmp_path: Path) -> None:
    dossier = SMALL["mali/village-2022.yaml"].replace(
        "text: About 300 people were killed.", "text: =1+1 people were killed."
    )
    folder = write_folder(tmp_path / "claims", SMALL | {"mali/village-2022.yaml": dossier})
    ran = run("disputes", "--format", "csv", cwd=folder.parent)
    rows = list(csv.DictReader(io.StringIO(ran.stdout)))
    assert len(rows) == 4
    told = {row["claim"]: row["text"] for row in rows}
    assert told["deaths-300"] == "'=1+1 people were killed."
    assert told["deaths-500"] == "More than 500 people were killed, says Goïta."


def test_an_unknown_question_gets_one_clear_line(claims: Path) -> None:
    ran = run("disputes", "--question", "death", cwd=claims.parent)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.splitlines()[-1] == (
        "Error: Invalid value for '--question': there is no question death; did you mean deaths?"
    )


def test_a_claim_that_fits_several_positions_says_so(tmp_path: Path) -> None:
    dossier = SMALL["mali/village-2022.yaml"] + AT_LEAST
    write_folder(tmp_path / "claims", SMALL | {"mali/village-2022.yaml": dossier})
    told = run("disputes", "--question", "deaths", cwd=tmp_path, COLUMNS="200")
    heading = next(line for line in told.stdout.splitlines() if "Claimant" in line)
    assert re.findall(r"\w+", heading) == [
        *("Position", "Claim", "Claimant", "Origins", "Outlets", "Documents")
    ]
    assert "(also fits: 500 or more)" in " ".join(told.stdout.split())
    ran = run("disputes", "--question", "deaths", "--format", "csv", cwd=tmp_path)
    rows = {row["claim"]: row for row in csv.DictReader(io.StringIO(ran.stdout))}
    assert {name: row["fits"] for name, row in rows.items()} == {
        "deaths-300": "",
        "deaths-20": "deaths_deaths-500",
        "deaths-500": "",
    }
    assert {row["n_documents"] for row in rows.values()} == {"1"}


def test_in_a_narrow_terminal_every_claim_is_a_block(claims: Path) -> None:
    ran = run("disputes", "--question", "deaths", cwd=claims.parent, COLUMNS="40")
    assert max(map(len, ran.stdout.splitlines())) <= 40
    assert "Claim: More than 500 people were" in ran.stdout
    assert "Claimant: The Page" in " ".join(ran.stdout.split())


def test_a_dispute_of_which_any_two_claims_go_together_says_so(tmp_path: Path) -> None:
    dossier = "title: A day\nquestions: {day: {asks: Which year was it?, answer: date}}\nclaims:\n"
    for name, value in {"a": "[2021,2022]", "b": "[2022,2023]", "c": "[2021,2023]"}.items():
        dossier += f"- {{id: {name}, text: It was then., claimant: army, question: day, "
        dossier += f'value: "{value}", found: page#2}}\n'
    write_folder(tmp_path / "claims", {**SMALL, "mali/village-2022.yaml": dossier})
    ran = run("disputes", "--question", "day", cwd=tmp_path)
    assert ran.returncode == 0
    told = "any two claims can both be true, all of them cannot"
    assert f"day · one source, two answers · conflict · {told}" in ran.stdout


def test_a_dispute_across_questions_is_told_with_the_claim_elsewhere(tmp_path: Path) -> None:
    write_folder(tmp_path / "claims", ELSEWHERE)
    lines = run("disputes", "--question", "calm", cwd=tmp_path, COLUMNS="120").stdout.splitlines()
    assert lines[1].startswith("calm · sides disagree · conflict · contested elsewhere")
    assert "Contested elsewhere: About 300 people were killed." in lines
    assert "  on: How many people were killed? (deaths)" in lines
    assert "  against calm-state (sides disagree; conflict): Nobody calls such a day calm." in lines


@pytest.mark.parametrize(
    ("natures", "ids"),
    [
        (["retelling"], {"wounded"}),
        (["sides"], {"deaths", "killers", "calm"}),
        (["itself"], set()),
        (["retelling", "sides"], {"wounded", "deaths", "killers", "calm"}),
    ],
)
def test_disputes_are_narrowed_by_their_kind(
    natures: list[str], ids: set[str], tmp_path: Path
) -> None:
    write_folder(tmp_path / "claims", ELSEWHERE)
    words = [word for one in natures for word in ("--nature", one)]
    told = json.loads(run("disputes", *words, "--format", "json", cwd=tmp_path).stdout)
    assert {one["id"] for one in told} == ids
    assert {one["nature"] for one in told} <= set(natures)
    listed = run("list", "disputes", *words, "--format", "json", cwd=tmp_path).stdout
    assert {one["id"] for one in json.loads(listed)} == ids
    table = run("disputes", *words, "--format", "csv", cwd=tmp_path).stdout
    assert {row["question"] for row in csv.DictReader(io.StringIO(table))} == ids


def test_an_unknown_kind_of_dispute_gets_the_known_ones(claims: Path) -> None:
    ran = run("disputes", "--nature", "side", cwd=claims.parent)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "'side' is not one of 'sides', 'retelling', 'itself'." in ran.stderr.splitlines()[-1]


def test_the_rows_of_a_spreadsheet_have_the_four_counts(claims: Path) -> None:
    ran = run("disputes", "--question", "deaths", "--format", "csv", cwd=claims.parent)
    first, _ = csv.DictReader(io.StringIO(ran.stdout))
    counts = ("n_origins", "n_independent", "n_outlets", "n_outlets_nearby")
    assert [first[name] for name in counts] == ["1", "1", "1", "2"]
    assert (first["outlets"], first["nearby"]) == ("daily", "radio wire")
    assert (first["nature"], first["question_state"]) == ("sides", "disputed")
