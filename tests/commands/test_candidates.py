"""What a shell is offered where an id is asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ledger.commands.candidates import in_words, meant
from tests.commands.running import ENVIRONMENT, LEDGER
from tests.small import DOSSIER, write_folder


def offered(folder: Path, *words: str, into: str = "bash") -> list[str]:
    """Return what is offered for the last of some words, without its type."""
    ran = subprocess.run(
        [LEDGER],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=ENVIRONMENT
        | {
            "_LEDGER_COMPLETE": f"{into}_complete",
            "COMP_WORDS": "\n".join(["ledger", *words]),
            "COMP_CWORD": words[-1] if into == "fish" else str(len(words)),
        },
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    if into == "zsh":
        return ran.stdout.splitlines()
    return [line.removeprefix("plain,") for line in ran.stdout.splitlines() if line]


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("words", "names"),
    [
        (
            ["show", "deaths"],
            ["deaths-300", "deaths-500", "deaths", "deaths_deaths-300", "deaths_deaths-500"],
        ),
        (["show", "page"], ["page"]),
        (["show", "page#"], ["page#1", "page#2", "page#3"]),
        (["show", "--kind", "question", "d"], ["deaths"]),
        (["show", "%"], []),
        (["compare", "deaths"], ["deaths-300", "deaths-500"]),
        (["compare", "deaths-300", "k"], ["killers-army", "killers-rebels"]),
        (["disputes", "--question", ""], ["deaths", "killers"]),
        (["list", "--outlet", ""], ["daily"]),
        (["list", "--nearby", ""], ["radio", "wire"]),
        (["list", "--claimant", "w"], ["witnesses"]),
        (["list", "--topic", "c"], ["civilian harm"]),
        (["list", "--status", "c"], ["contested"]),
        (["list", "questions", "--state", "d"], ["disputed"]),
        (["list", "--year", ""], ["2022"]),
        (["list", "q"], ["questions"]),
        (["list", "--form"], ["--format"]),
        (["sho"], ["show"]),
        (["completion", "z"], ["zsh"]),
    ],
)
def test_ids_and_values_are_offered_by_prefix(
    words: list[str], names: list[str], claims: Path
) -> None:
    assert offered(claims.parent, *words) == names


@pytest.mark.usefixtures("database")
def test_zsh_and_fish_are_told_what_an_id_stands_for(claims: Path) -> None:
    text = "About 300 people were killed."
    assert offered(claims.parent, "show", "deaths-3", into="zsh") == ["plain", "deaths-300", text]
    assert offered(claims.parent, "show", "deaths-3", into="fish") == [f"deaths-300\t{text}"]


def test_the_database_that_the_line_names_is_read(claims: Path, database: Path) -> None:
    database.rename(claims.parent / "other.db")
    assert offered(claims.parent, "show", "deaths-3") == []
    assert offered(claims.parent, "show", "--db", "other.db", "deaths-3") == ["deaths-300"]


@pytest.mark.parametrize("content", [None, b"", b"no database", b"SQLite format 3\0 and no more"])
def test_without_a_good_database_nothing_is_offered_and_nothing_built(
    content: bytes | None, claims: Path
) -> None:
    database = claims.parent / "ledger.db"
    if content is not None:
        database.write_bytes(content)
    assert offered(claims.parent, "show", "d") == []
    assert offered(claims.parent, "list", "--outlet", "w") == []
    assert (database.read_bytes() if database.exists() else None) == content


@pytest.mark.usefixtures("database")
def test_a_database_that_is_out_of_date_is_read_as_it_is(claims: Path) -> None:
    write_folder(claims, {"mali/village-2022.yaml": DOSSIER.replace("date-given", "new-id")})
    assert offered(claims.parent, "show", "date") == ["date-given"]


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    "words", [["show", "d"], ["compare", "d"], ["disputes", "--question", "d"]]
)
def test_completing_imports_nothing_heavy(words: list[str], claims: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", LEDGER],
        capture_output=True,
        text=True,
        check=True,
        cwd=claims.parent,
        env=ENVIRONMENT
        | {
            "_LEDGER_COMPLETE": "bash_complete",
            "COMP_WORDS": "\n".join(["ledger", *words]),
            "COMP_CWORD": str(len(words)),
        },
    )
    assert "deaths" in ran.stdout
    loaded = {line.rpartition("|")[2].strip() for line in ran.stderr.splitlines()}
    heavy = {"pydantic", "rich", "sqlite_utils", "datasette", "yaml", "edtf", "ledger.build"}
    assert loaded & heavy == set()
    assert "ledger.reports" in loaded


def test_names_are_told_in_a_row() -> None:
    assert in_words(["a"], "or") == "a"
    assert in_words(["a", "b", "c"], "or") == "a, b or c"
    assert meant(["a", "b"]) == " Did you mean a or b?"
    assert meant([]) == ""
