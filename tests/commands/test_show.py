"""`ledger show`: everything that has an id, for people and for programs."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.commands.running import ENVIRONMENT, LEDGER, ROOT, run
from tests.elsewhere import ELSEWHERE
from tests.full import FULL
from tests.small import PLACED, SMALL, write_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the full claims folder in it."""
    write_folder(tmp_path / "claims", FULL)
    return tmp_path


def told(folder: Path, *words: str, **environment: str) -> str:
    """Return what the command prints for people."""
    ran = run("show", *words, cwd=folder, **environment)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_a_claim_is_told_with_its_conflicts_sources_and_kin(folder: Path) -> None:
    lines = told(folder, "deaths-300").splitlines()
    assert lines[:2] == ["About 300 people were killed.", "claim deaths-300"]
    for line in (
        "Status      contested: in an open conflict with another claim",
        "Value       ~300 people",
        "Means       about 300, that is 270 to 330 people",
        "Claimant    Witnesses (witnesses)",
        "Made        5 April 2022",
        "Read in     The Page, paragraph 2 (page#2)",
        "Written in  claims/mali/village-2022.yaml:24",
        "Conflicts with 1 claim",
        "    conflict, declared by a person and detected from the values: The totals exclude each "
        "other.",
        "    values: About 300 reaches to 330; 500 or more starts at 500.",
        "    apart: 170 people",
        "Dismissed by an editor",
        "    sides disagree: different independent origins say it",
        "1 outlet known to carry it",
        "  The Daily (daily), as the outlet of the document that it was read in: page#2; "
        "the report",
        "    mentions it",
        "Its paragraphs cite (for which sentence is not known)",
        "  The Wire (wire), named 2 times there, for the paragraph page#2",
        "Repeated by",
    ):
        assert line in lines


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("deaths-withdrawn", "Retracted   2 May 2022: It was a mistake."),
        ("deaths-revised", "Supersedes  The State speaks of 20 people killed. (deaths-first)"),
        ("deaths-revised", "Hedge       reportedly"),
        ("deaths-first", "Superseded by"),
        ("deaths-relayed", "Based on"),
        ("deaths-relayed", "    [bold]Village[/bold] mourns, 6 April 2022"),
        ("where-village", 'Quote       under "the" tree'),
        ("when-march", "Means       March 2022, that is 1 March 2022 to 31 March 2022"),
        ("killers-army", "Value       army"),
        ("killers-army", "Means       The Army"),
        ("date-given", "No conflicts"),
    ],
)
def test_whatever_a_claim_has_is_told(name: str, line: str, folder: Path) -> None:
    assert line in told(folder, name).splitlines()


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("deaths", ["question deaths", "About 300. Two lists agree.", "take no position"]),
        (
            "killers_killers-army",
            ["position killers_killers-army", "Against", "Soldiers killed them."],
        ),
        ("village-2022", ["dossier village-2022", "4 questions", "answer no question"]),
        ("wire", ["outlet wire", "Only stands at the paragraphs of 3 claims"]),
        ("daily", ["outlet daily", "Known to carry 11 claims"]),
        ("army", ["actor army", "Part of The State (state)", "Its parts First Brigade (brigade)"]),
        ("village", ["place village", "Mopti Region (mopti), in Mali (mali)", "14.5, -4.1"]),
        ("page#2", ["paragraph page#2", "The Wire (wire), 2 times; Radio Goïta (radio)"]),
    ],
)
def test_everything_that_has_an_id_is_shown(name: str, parts: list[str], folder: Path) -> None:
    text = " ".join(told(folder, name).split())
    assert [part for part in parts if part not in text] == []


def test_an_id_of_several_kinds_shows_them_all_or_the_one_that_is_wanted(folder: Path) -> None:
    both = told(folder, "page")
    assert "actor page\n" in both
    assert "document page\n" in both
    assert "actor page\n" not in told(folder, "page", "--kind", "document")


def test_several_ids_are_shown_after_each_other(folder: Path) -> None:
    things = json.loads(told(folder, "deaths", "wire", "page", "--format", "json"))
    assert [(one["record"], one["id"]) for one in things] == [
        ("question", "deaths"),
        ("outlet", "wire"),
        ("actor", "page"),
        ("document", "page"),
    ]
    lines = told(folder, "deaths", "wire", "--format", "jsonl").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["deaths", "wire"]


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["death-300"], "There is no record death-300. Did you mean deaths-300?"),
        (["Daily"], "There is no record Daily. Did you mean daily?"),
        (["deaths", "--kind", "claim"], "There is no claim deaths; the id is that of: question."),
        (
            ["page", "--kind", "claim"],
            "There is no claim page; the id is that of: actor and document.",
        ),
        (["page#9"], "There is no record page#9. The paragraphs of page have the numbers 1 to 3."),
        (["elephant"], "There is no record elephant. `ledger search` looks for words."),
    ],
)
def test_an_id_that_is_not_there_is_told_with_what_was_meant(
    words: list[str], error: str, folder: Path
) -> None:
    ran = run("show", *words, cwd=folder)
    assert (ran.returncode, ran.stdout) == (2, "")
    last = ran.stderr.splitlines()[-1]
    assert last.startswith(f"Error: {error}")


@pytest.mark.parametrize(
    ("value", "said"),
    [("dozens", "dozens of people"), ("1", "1 person")],
)
def test_a_value_is_told_with_what_it_counts(value: str, said: str, folder: Path) -> None:
    claim = f"- {{id: new, text: N., question: deaths, value: {value}, found: page#1}}\n"
    with (folder / "claims/mali/village-2022.yaml").open("a", encoding="utf-8") as file:
        file.write(claim)
    assert said in " ".join(told(folder, "deaths", COLUMNS="200").split())
    assert f" {said}" in "\n".join(told(folder, "new").splitlines()[:8])


def test_after_a_change_ids_of_the_whole_ledger_are_offered(folder: Path) -> None:
    other = {"other.yaml": "title: T\nclaims:\n- {id: far-away, text: T., found: page#1}\n"}
    write_folder(folder / "claims", other)
    told(folder, "deaths-300")
    assert run("build", cwd=folder).returncode == 0
    with (folder / "claims/mali/village-2022.yaml").open("a", encoding="utf-8") as file:
        file.write("\n")
    ran = run("show", "far-awa", cwd=folder)
    assert ran.stderr.splitlines()[-1].endswith("Did you mean far-away?")


@pytest.mark.parametrize(
    "words",
    [
        *(["wire"], ["army"], ["village"], ["page"], ["page#2"], ["village-2022"]),
        *(["page", "--kind", "actor"], ["page", "--kind", "document"]),
    ],
)
def test_whatever_gathers_claims_is_told_right_after_a_change(
    words: list[str], folder: Path
) -> None:
    assert run("build", cwd=folder).returncode == 0
    claim = ("--question", "deaths", "--value", "12", "--found", "page#2", "--claimant", "army")
    assert run("add", "Twelve people died.", *claim, "--yes", cwd=folder).returncode == 0
    before = told(folder, *words)
    assert run("build", cwd=folder).returncode == 0
    assert told(folder, *words) == before


@pytest.mark.parametrize("columns", [60, 100, 200])
@pytest.mark.parametrize("name", ["deaths-relayed", "deaths", "village-2022", "where-village"])
def test_no_line_is_wider_than_the_terminal_but_an_address(
    name: str, columns: int, folder: Path
) -> None:
    lines = told(folder, name, COLUMNS=str(columns)).splitlines()
    wide = [line for line in lines if cell_len(line) > columns]
    assert all(line.lstrip().startswith("https://") for line in wide)
    assert "\x1b" not in "".join(lines)


def on_a_terminal(folder: Path, *words: str, **environment: str) -> str:
    """Return what the command draws on a terminal."""
    reader, terminal = os.openpty()
    kept = {key: value for key, value in ENVIRONMENT.items() if key != "NO_COLOR"}
    with os.fdopen(reader, "rb", buffering=0) as seen:
        subprocess.run(
            [LEDGER, *words],
            stdout=terminal,
            stderr=subprocess.PIPE,
            check=True,
            cwd=folder,
            env={**kept, "TERM": "xterm-256color", **environment},
        )
        os.close(terminal)
        return seen.read(100_000).decode()


@pytest.mark.usefixtures("database")
def test_only_a_terminal_that_wants_them_gets_styles(claims: Path) -> None:
    folder = claims.parent
    assert "\x1b[1mRadio Goïta\x1b[0m" in on_a_terminal(folder, "show", "radio")
    assert "\x1b" not in on_a_terminal(folder, "show", "radio", NO_COLOR="1")
    assert "\x1b" not in on_a_terminal(folder, "show", "radio", TERM="dumb")
    assert "\x1b[1;31mGoïta\x1b[0m" in on_a_terminal(folder, "search", "goita")


def test_control_characters_in_a_file_do_not_reach_the_terminal(tmp_path: Path) -> None:
    claim = {"id": "bad", "text": "A \x1b]0;title\x07 claim.", "found": "page#1", "dossier": "more"}
    files = {"more.yaml": "title: More\n", "more.jsonl": json.dumps(claim)}
    write_folder(tmp_path / "claims", SMALL | files)
    ran = run("show", "bad", cwd=tmp_path)
    assert "\x1b" not in ran.stdout + ran.stderr.replace("\\x1b", "")


def test_a_reader_that_goes_away_is_no_failure_to_tell_of(tmp_path: Path) -> None:
    (tmp_path / "claims").symlink_to(ROOT / "claims")
    assert run("build", cwd=tmp_path).returncode == 0
    with subprocess.Popen(
        ["/bin/sh", "-c", f"{LEDGER} show cep-mali --format json | head -1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env=ENVIRONMENT,
    ) as process:
        assert process.communicate(timeout=60) == ("[\n", "")


def test_everything_shipped_can_be_shown_at_every_width(tmp_path: Path) -> None:
    (tmp_path / "claims").symlink_to(ROOT / "claims")
    ids = ["moura-deaths-hrw", "moura-deaths", "moura-2022", "human-rights-watch", "moura"]
    for columns in ("60", "100", "200"):
        lines = told(tmp_path, *ids, "cep-mali", "cep-mali#54", COLUMNS=columns).splitlines()
        wide = [line for line in lines if cell_len(line) > int(columns)]
        assert [line for line in wide if not line.startswith(("SHA-256 ", "Address "))] == []


@pytest.mark.parametrize(
    ("asked", "values", "apart"),
    [
        ("answer: quantity, unit: people", ("300", "301"), "1 person"),
        ("answer: quantity, unit: people", ("300", "302"), "2 people"),
        ("answer: quantity", ("300", "301"), "1"),
        ("answer: date", ("2022-03-27", "2022-03-28"), "1 day"),
        ("answer: date", ("2022-03-27", "2022-03-29"), "2 days"),
    ],
)
def test_how_far_answers_are_apart_is_told_in_one_or_several(
    tmp_path: Path, asked: str, values: tuple[str, str], apart: str
) -> None:
    claims = "".join(
        f"- {{id: c{nth}, text: So it was., question: asked, found: page#1, value: '{value}'}}\n"
        for nth, value in enumerate(values)
    )
    text = f"title: T\nquestions:\n  asked: {{asks: What?, {asked}}}\nclaims:\n{claims}"
    registers = {name: SMALL[name] for name in SMALL if "/" not in name}
    write_folder(tmp_path / "claims", registers | {"one.yaml": text})
    assert f"1 conflicting pair, up to {apart} apart" in told(tmp_path, "asked")


def test_a_document_is_told_with_what_it_tells_of_itself_and_what_was_read_in_it(
    tmp_path: Path,
) -> None:
    write_folder(tmp_path / "claims", PLACED)
    lines = told(tmp_path, "table").splitlines()
    for line in (
        "Language   pt-BR",
        "Retrieved  1 June 2022",
        "Archived   https://archive.example/t",
        "Licence    CC0-1.0",
        "Read       only a part of it was read",
        "2 claims read in no paragraph that is told",
    ):
        assert line in lines
    read = " ".join(told(tmp_path, "killers-rebels").split())
    assert (
        "The Page (page 4) (page#page=4); The Page (page); The Page (at 0:31) (page#t=0:31)" in read
    )
    assert "The Page, paragraph 3 (page#3); A Table (entry A-7) (table#id=A-7)" in read
    (document,) = json.loads(told(tmp_path, "table", "--format", "json"))
    assert [claim["id"] for claim in document["elsewhere"]] == ["killers-rebels", "deaths-500"]
    (claim,) = json.loads(told(tmp_path, "deaths-500", "--format", "json"))
    assert claim["found"] == [
        {
            "document": "table",
            "paragraph": None,
            "locator": "row=12",
            "part": "row 12",
            "title": "A Table",
        }
    ]


def test_a_question_is_told_with_what_it_says_of_itself(tmp_path: Path) -> None:
    own = (
        "    answer: actor\n    answers: many\n    when: 2021\n    where: [mopti]\n"
        "    topics: [armies]\n    summary: The State blames rebels.\n"
    )
    dossier = SMALL["mali/village-2022.yaml"].replace("    answer: actor\n", own)
    write_folder(tmp_path / "claims", {**SMALL, "mali/village-2022.yaml": dossier})
    lines = [" ".join(line.split()) for line in told(tmp_path, "killers").splitlines()]
    for line in (
        *("Answers several may hold together", "When 2021", "Where mopti", "Topics armies"),
        "Summary The State blames rebels.",
    ):
        assert line in lines


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("calm", "1 conflict with claims elsewhere"),
        ("calm", "Kind       sides disagree: different independent origins say it"),
        (
            "calm",
            "  How many people were killed? (deaths): disputed; its claims contradict some of "
            "these",
        ),
        ("wounded", "Retelling  The State: told differently by 2 documents (leaf, page)"),
        ("calm-state", "    on: How many people were killed? (deaths)"),
        (
            "deaths-altered",
            "  deaths-altered says 203 people where what it relays says about 300 people.",
        ),
        (
            "deaths-300",
            "  deaths-altered says 203 people where what it relays says about 300 people.",
        ),
    ],
)
def test_what_contradicts_or_alters_a_claim_is_told_on_both_ends(
    name: str, line: str, tmp_path: Path
) -> None:
    write_folder(tmp_path / "claims", ELSEWHERE)
    assert line in told(tmp_path, name, COLUMNS="120").splitlines()
