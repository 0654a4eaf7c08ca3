"""The starter: a whole ledger or nothing, and the README's example in it."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pytest
import yaml

from ledger.build import build, check_folder
from ledger.problems import LedgerError
from ledger.read.yaml_file import Data, parse_yaml
from ledger.starter import begin, parts, requirement
from tests.test_readme import blocks


def held_in(folder: Path) -> dict[str, str]:
    """Return every file of a folder with its text."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_ledger_has_no_problems_and_one_dispute(tmp_path: Path) -> None:
    begin(tmp_path / "new", "Northport")
    claims = tmp_path / "new" / "claims"
    assert check_folder(claims) == []
    built = build(claims, tmp_path / "ledger.db")
    assert (built.counts["n_dossiers"], built.counts["n_disputes"]) == (1, 1)


def test_a_new_ledger_is_made_of_its_parts_and_leaves_nothing_beside_them(tmp_path: Path) -> None:
    begin(tmp_path / "new", "Northport")
    assert names_in(tmp_path) == ["new"]
    top = {part.partition("/")[0] for part in parts()}
    assert names_in(tmp_path / "new") == sorted(top)
    assert {"claims", ".gitignore", ".github/workflows/ledger.yml", "README.md"} <= set(parts())


def test_every_file_of_claims_names_the_schema_that_editors_check_it_by(tmp_path: Path) -> None:
    begin(tmp_path / "new", "Northport")
    claims = tmp_path / "new" / "claims"
    files = list(claims.glob("*.yaml"))
    assert len(files) == 5
    for file in files:
        line = file.read_text(encoding="utf-8").splitlines()[0]
        assert line.startswith("# yaml-language-server: $schema=.schema/")
        assert (claims / line.partition("=")[2]).is_file()


def test_the_title_and_the_program_stand_in_the_files(tmp_path: Path) -> None:
    begin(tmp_path / "new", "Claims about *Northport*")
    held = held_in(tmp_path / "new")
    assert held["README.md"].startswith("# Claims about *Northport*\n")
    assert held["requirements.txt"].splitlines()[-1] == requirement()
    assert not any("@title@" in text or "@requirement@" in text for text in held.values())


def test_the_program_is_named_so_that_pip_finds_this_very_one() -> None:
    named = requirement()
    assert named == f"claim-ledger=={version('claim-ledger')}" or " @ git+" in named


@pytest.mark.parametrize("below", ["new", "deep/down/new"])
def test_a_folder_that_is_not_there_is_made(tmp_path: Path, below: str) -> None:
    begin(tmp_path / below, "Northport")
    assert (tmp_path / below / "claims" / "dock-fire.yaml").is_file()


def test_a_new_folder_has_the_rights_that_any_new_folder_has(tmp_path: Path) -> None:
    begin(tmp_path / "new", "Northport")
    (tmp_path / "plain").mkdir()
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_folder_with_other_files_keeps_them(tmp_path: Path) -> None:
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    (tmp_path / ".github" / "workflows" / "other.yml").write_text("on: push\n", encoding="utf-8")
    (tmp_path / "LICENSE").write_text("Free.\n", encoding="utf-8")
    begin(tmp_path, "Northport")
    held = held_in(tmp_path)
    assert (held["LICENSE"], held[".github/workflows/other.yml"]) == ("Free.\n", "on: push\n")
    assert ".github/workflows/ledger.yml" in held
    assert "claims/dock-fire.yaml" in held


@pytest.mark.parametrize("part", parts())
def test_nothing_is_written_where_something_of_the_name_is_there(tmp_path: Path, part: str) -> None:
    (tmp_path / part).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / part).write_text("Mine.", encoding="utf-8")
    with pytest.raises(LedgerError, match=f"has {part} already; nothing was written"):
        begin(tmp_path, "Northport")
    assert held_in(tmp_path) == {part: "Mine."}


def test_a_link_that_leads_nowhere_is_something_too(tmp_path: Path) -> None:
    (tmp_path / "claims").symlink_to("nowhere")
    with pytest.raises(LedgerError, match="has claims already"):
        begin(tmp_path, "Northport")
    assert names_in(tmp_path) == ["claims"]


def test_what_was_moved_is_taken_back_where_the_rest_cannot_follow(tmp_path: Path) -> None:
    (tmp_path / ".github").write_text("A file where a folder belongs.", encoding="utf-8")
    with pytest.raises(LedgerError, match="cannot write"):
        begin(tmp_path, "Northport")
    assert names_in(tmp_path) == [".github"]


def test_the_workflow_is_what_github_takes_for_one(tmp_path: Path) -> None:
    begin(tmp_path / "new", "Northport")
    text = held_in(tmp_path / "new")[".github/workflows/ledger.yml"]
    # GitHub reads YAML 1.2, in which `on` is a word.
    workflow = yaml.load(text, yaml.BaseLoader)  # noqa: S506 # it makes nothing but texts
    assert set(workflow) == {"name", "on", "permissions", "jobs"}
    assert "pull_request" in workflow["on"]
    assert workflow["permissions"] == {"contents": "read"}
    (job,) = workflow["jobs"].values()
    assert set(job) == {"runs-on", "steps"}
    assert all(("uses" in step) != ("run" in step) for step in job["steps"])
    assert all("@" in step["uses"] for step in job["steps"] if "uses" in step)
    ran = [step["run"] for step in job["steps"] if "run" in step]
    assert ran[:2] == ["pip install -r requirements.txt", "ledger check --format github"]
    assert ran[-1] == "ledger build"


def parsed(text: str) -> dict[str, Data]:
    data = parse_yaml(text, "file.yaml").data
    assert isinstance(data, dict)
    return data


def test_its_example_is_that_of_the_readme(tmp_path: Path) -> None:
    begin(tmp_path / "new", "Northport")
    held = held_in(tmp_path / "new" / "claims")
    told = {body.partition("\n")[0].removeprefix("# example/"): body for body in blocks("yaml")}
    assert {name: parsed(held[name]) for name in told} == {
        name: parsed(body) for name, body in told.items()
    }
