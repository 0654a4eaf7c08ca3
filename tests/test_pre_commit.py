"""The hook that this repository offers to pre-commit."""

from __future__ import annotations

import shlex
from typing import Any, Final

import yaml

from ledger.commands import COMMANDS
from ledger.starter import FILES
from tests.commands.running import ROOT, run

MANIFEST: Final = ROOT / ".pre-commit-hooks.yaml"

KEYS: Final = {"id", "name", "entry", "language", "description", "files", "exclude", "types"} | {
    "types_or",
    "exclude_types",
    "always_run",
    "fail_fast",
    "verbose",
    "pass_filenames",
    "require_serial",
    "language_version",
    "minimum_pre_commit_version",
    "args",
    "stages",
    "additional_dependencies",
}
"""What a hook in a manifest may say."""


def offered() -> dict[str, Any]:
    """Return the one hook of the manifest."""
    (hook,) = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    assert isinstance(hook, dict)
    return hook


def test_the_manifest_has_what_pre_commit_asks_for() -> None:
    hook = offered()
    assert set(hook) >= {"id", "name", "entry", "language"}
    assert set(hook) <= KEYS
    assert (hook["id"], hook["language"]) == ("ledger-check", "python")


def test_the_hook_checks_the_folder_as_a_whole_even_if_a_file_only_went() -> None:
    hook = offered()
    assert hook["pass_filenames"] is False
    assert hook["always_run"] is True


def test_what_the_hook_runs_is_a_command_that_there_is() -> None:
    program, command, *options = shlex.split(offered()["entry"])
    assert program == "ledger"
    assert command in COMMANDS
    ran = run(command, *options, cwd=ROOT)
    assert ran.returncode == 0, ran.stdout


def test_a_new_ledger_runs_the_same_before_each_commit() -> None:
    config = yaml.safe_load((FILES / "dot-pre-commit-config.yaml").read_text(encoding="utf-8"))
    ((hook,),) = [repository["hooks"] for repository in config["repos"]]
    same = {"id", "name", "entry", "pass_filenames", "always_run"}
    assert {key: hook[key] for key in same} == {key: offered()[key] for key in same}
