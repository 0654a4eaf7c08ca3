"""`ledger completion`: the scripts, in the shells that are there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from ledger.commands.completion import MENDED, script_of
from tests.commands.running import ENVIRONMENT, LEDGER, run

BIN = f"{LEDGER.parent}:{ENVIRONMENT['PATH']}"

BASH = """
source <(ledger completion bash)
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_ledger_completion ledger
printf '%s\\n' "${COMPREPLY[@]}"
"""

ZSH = """
zmodload zsh/zpty
zpty inner zsh -f
zpty -w inner 'stty -echo; PS1=; autoload -U compinit; compinit -u -D'
zpty -w inner 'source <(ledger completion zsh); print REA''DY'
zpty -r -m inner line '*READY*'
zpty -w -n inner $'ledger list --format jsonl --topic civ\\t\\n'
zpty -r -m inner line '*}*'
print -r -- $line
"""


def in_shell(folder: Path, *words: str) -> list[str]:
    """Return the lines that a shell prints."""
    ran = subprocess.run(
        words,
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
        env=ENVIRONMENT | {"PATH": BIN},
        timeout=60,
    )
    return ran.stdout.splitlines()


@pytest.mark.parametrize("shell", MENDED)
def test_each_shell_gets_a_script_that_calls_the_command(shell: str) -> None:
    ran = run("completion", shell)
    assert ran.returncode == 0
    assert f"_LEDGER_COMPLETE={shell}_complete" in ran.stdout
    assert ran.stdout == script_of(shell)


@pytest.mark.parametrize("shell", MENDED)
def test_what_is_to_be_mended_in_a_script_is_there_and_mended(shell: str) -> None:
    script = script_of(shell)
    for words, mended in MENDED[shell]:
        assert words not in script
        assert mended in script


def test_a_shell_that_is_not_known_is_told_with_those_that_are() -> None:
    ran = run("completion", "csh")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.splitlines()[-1].endswith("'csh' is not one of 'bash', 'zsh', 'fish'.")


@pytest.mark.usefixtures("database")
@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_bash_completes_ids_and_values_with_spaces(claims: Path) -> None:
    bash = ("bash", "--norc", "-c", BASH, "bash", "ledger")
    assert in_shell(claims.parent, *bash, "show", "deaths-") == ["deaths-300", "deaths-500"]
    assert in_shell(claims.parent, *bash, "list", "--topic", "c") == ["civilian\\ harm"]
    assert in_shell(claims.parent, *bash, "list", "--topic", "civilian\\ h") == ["civilian\\ harm"]


@pytest.mark.usefixtures("database")
@pytest.mark.skipif(shutil.which("fish") is None, reason="there is no fish here")
def test_fish_completes_ids_with_what_they_stand_for(claims: Path) -> None:
    code = "ledger completion fish | source; complete -C 'ledger show deaths-5'"
    text = "More than 500 people were killed, says Goïta."
    assert in_shell(claims.parent, "fish", "--no-config", "-c", code) == [f"deaths-500\t{text}"]


@pytest.mark.usefixtures("database")
@pytest.mark.skipif(shutil.which("zsh") is None, reason="there is no zsh here")
def test_zsh_completes_values_with_spaces_on_the_line(claims: Path) -> None:
    seen = " ".join(in_shell(claims.parent, "zsh", "-f", "-c", ZSH))
    assert "--topic civilian\\ harm" in seen
    assert '"topics": ["civilian harm"]' in seen
