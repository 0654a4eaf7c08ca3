"""Two claims named on the command line, and what the files declare of them."""

from __future__ import annotations

import click

from ledger.edit import Editing


def distinct(claim: str, other: str) -> None:
    """Raise click.UsageError if two claims are one."""
    if claim == other:
        message = f"a claim and itself: {claim} stands on both sides; name two different claims"
        raise click.UsageError(message)


def declared_on(edit: Editing, claim: str, other: str, key: str) -> bool:
    """Return whether a claim declares `conflicts` or `compatible` with another."""
    declared = edit.claim(claim).get(key)
    return isinstance(declared, dict) and other in declared
