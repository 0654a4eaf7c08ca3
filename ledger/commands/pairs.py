"""Two claims named on the command line, and what the files declare of them."""

from __future__ import annotations

import click

from ledger.edit import Editing
from ledger.read.yaml_file import Data


def distinct(claim: str, other: str) -> None:
    """Raise click.UsageError if two claims are one."""
    if claim == other:
        message = f"a claim and itself: {claim} stands on both sides; name two different claims"
        raise click.UsageError(message)


def declared_on(edit: Editing, claim: str, other: str, key: str) -> bool:
    """Return whether a claim declares `conflicts` or `compatible` with another."""
    return declaration(edit, claim, other, key) is not None


def declaration(edit: Editing, claim: str, other: str, key: str) -> Data | None:
    """Return what a claim declares with another behind `conflicts` or `compatible`, as written."""
    declared = edit.claim(claim).get(key)
    return declared.get(other) if isinstance(declared, dict) else None
