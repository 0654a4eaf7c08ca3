"""`ledger compare`: whether two claims can both be true."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from ledger.commands.candidates import claim_ids
from ledger.commands.current import current_database
from ledger.commands.options import claims_option, database_option
from ledger.commands.typed import LINE
from ledger.database.opening import read_only
from ledger.reports.comparing import Side, compare_claims
from ledger.reports.meant import NotThereError, nearest
from ledger.values import kind_of
from ledger.values.kind import with_unit
from ledger.words import NATURE_NAMES


@click.command(name="compare")
@click.argument("claim", type=LINE, shell_complete=claim_ids)
@click.argument("other", type=LINE, shell_complete=claim_ids)
@claims_option
@database_option
def command(claim: str, other: str, claims: Path, database: Path) -> None:
    """Say whether CLAIM and OTHER can both be true, and why.

    The verdict is one of same, compatible, conflict and incomparable.

    \b
    Example:
      ledger compare moura-deaths-hrw moura-deaths-oe-watch
    """  # noqa: D301 # \b is click's sign for lines to leave alone
    with current_database(claims, database) as connection:
        try:
            compared = compare_claims(connection, claim, other)
        except NotThereError as error:
            with closing(read_only(database)) as built:
                message = f"{error}{nearest(built, error)}"
            argument = "CLAIM" if error.name == claim else "OTHER"
            raise click.BadParameter(message, param_hint=f"'{argument}'") from error
    for one in (compared.one, compared.other):
        click.echo(f"{one.id}: {_told(one)}")
    comparison = compared.comparison
    gap, asked = comparison.gap, compared.one
    apart = f" ({kind_of(asked.answer).distance(gap, asked.unit)} apart)" if gap else ""
    click.echo(f"{comparison.verdict}: {comparison.because}{apart}.")
    if stored := compared.conflict:
        click.echo(
            f"In the ledger: {stored.strength}, {stored.origin}, {stored.state}, "
            f"{NATURE_NAMES[stored.nature]}: {stored.reason}"
        )


def _told(claim: Side) -> str:
    value = with_unit(str(claim.value or ""), str(claim.unit or ""))
    by = f", says {claim.claimant}" if claim.claimant else ""
    return f"{value or str(claim.text).removesuffix('.')}{by}"
