"""The command called in this process: for the many calls that end before anything is done."""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path

from click.testing import CliRunner, Result

from ledger.commands import cli


def called(claims: Path, *words: str) -> Result:
    """Call the command beside a claims folder."""
    with chdir(claims.parent):
        return CliRunner().invoke(cli, words, prog_name="ledger")
