"""`ledger explain`: what a problem's code means."""

from __future__ import annotations

import click

import ledger.build  # noqa: F401 # whatever a build imports registers its codes
from ledger.likeness import near_match
from ledger.problems import CODES


@click.command(name="explain")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Explain the problem that CODE stands for; without CODE, list every code.

    \b
    Example:
      ledger explain uncited-claim
    """  # noqa: D301 # \b is click's sign for lines to leave alone
    if code is None:
        width = max(map(len, CODES))
        for known in sorted(CODES):
            click.echo(f"{known:{width}}  {CODES[known].splitlines()[0]}")
        return
    if code not in CODES:
        meant = near_match(code, sorted(CODES))
        hint = f" Did you mean {meant}?" if meant else " `ledger explain` lists all codes."
        message = f"There is no code {code}.{hint}"
        raise click.UsageError(message)
    click.echo(CODES[code])
