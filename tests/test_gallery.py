"""The gallery: for every code the smallest claims folder that has the problem, and what is told."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

import ledger.build  # noqa: F401 # importing the whole way registers every code
from ledger.problems import CODES
from tests.commands.running import run

GALLERY: Final = Path(__file__).parent / "gallery"
FOLDERS: Final = sorted(GALLERY.iterdir())

REMARKS: Final = frozenset({"contested-unasked", "not-borne-out", "says-both"})
"""The codes of remarks, which are shown and hinder nothing."""

TOLD: Final = re.compile(
    r"(?P<path>claims/[^:]+):(?P<line>\d+): (?P<code>[a-z0-9-]+): (?P<what>.+)\n"
    r" {4}(?P<remedy>.+)\n"
)

each_folder = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def expected(folder: Path) -> str:
    return (folder / "expected.txt").read_text(encoding="utf-8")


def told_in(folder: Path) -> list[re.Match[str]]:
    return list(TOLD.finditer(expected(folder)))


def test_every_code_has_its_folder_and_every_folder_a_code() -> None:
    assert [folder.name for folder in FOLDERS] == sorted(CODES)


@each_folder
def test_the_command_prints_exactly_what_is_expected(folder: Path, refresh: bool) -> None:
    ran = run("check", "--claims", "claims", cwd=folder)
    if refresh:
        (folder / "expected.txt").write_text(ran.stdout, encoding="utf-8")
    assert ran.stderr == ""
    assert ran.stdout == expected(folder)
    assert ran.returncode == (0 if folder.name in REMARKS else 1)


@each_folder
def test_a_folder_has_the_problem_it_is_named_after_and_no_other(folder: Path) -> None:
    assert {told["code"] for told in told_in(folder)} == {folder.name}


@each_folder
def test_every_problem_is_one_line_and_its_remedy_one_sentence_or_more(folder: Path) -> None:
    told = told_in(folder)
    *_, count = expected(folder).splitlines(keepends=True)
    assert "".join(one[0] for one in told) + count == expected(folder)
    assert count.split()[:2] in (
        [str(len(told)), "problem." if len(told) == 1 else "problems."],
        ["No", "problems,"],
    )
    for one in told:
        assert not one["what"].endswith(".")
        assert one["remedy"].endswith((".", "`"))


@each_folder
def test_every_problem_names_a_line_that_is_there(folder: Path) -> None:
    for told in told_in(folder):
        file = folder / told["path"]
        lines = file.read_bytes().splitlines() if file.exists() else ["a link that leads nowhere"]
        assert 1 <= int(told["line"]) <= len(lines)


@each_folder
def test_no_problem_speaks_the_language_of_the_libraries_below(folder: Path) -> None:
    foreign = r"Input should|pydantic|unable to|NoneType|None|True|\[key\]|Traceback|\\u|<unicode"
    assert re.search(foreign, expected(folder)) is None


def test_explain_lists_every_code_of_the_gallery() -> None:
    listed = run("explain").stdout.splitlines()
    assert [line.split()[0] for line in listed] == [folder.name for folder in FOLDERS]
