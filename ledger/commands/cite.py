"""`ledger cite`: cite an outlet's report for a claim."""

from __future__ import annotations

from pathlib import Path

import click

from ledger.commands.candidates import complete_ids
from ledger.commands.changing import (
    changing,
    changing_options,
    checked,
    conclude,
    known_claim,
    named,
)
from ledger.commands.typed import ChangingCommand
from ledger.edit import Editing
from ledger.edit.catalogue import read_catalogue
from ledger.problems import LedgerError
from ledger.read.yaml_file import Data
from ledger.records import Citation
from ledger.words import STANCES


@click.command(name="cite", cls=ChangingCommand)
@click.argument("claim", metavar="ID", shell_complete=complete_ids("claim"))
@click.argument("outlets", metavar="OUTLET...", nargs=-1, required=True)
@click.option("--title", help="The title of the report.")
@click.option("--url", help="Where the report can be read; or write OUTLET=URL.")
@click.option("--published", metavar="DATE", help="When it was published, EDTF.")
@click.option("--archived", metavar="URL", help="Where a copy is archived.")
@click.option("--stance", type=click.Choice(list(STANCES)), help="supports unless told.")
@changing_options
def command(  # noqa: PLR0913 # an option each
    claim: str,
    outlets: tuple[str, ...],
    force: bool,
    dry_run: bool,
    claims: Path,
    database: Path,
    **about: str | None,
) -> None:
    """Cite the report of each OUTLET for the claim ID. OUTLET is an id, a name or an alias.

    \b
    Example:
      ledger cite moura-deaths-hrw reuters --published 2022-04-05 --url https://example.org/moura
    """  # noqa: D301 # \b is click's sign for lines to leave alone
    told = {key: value for key, value in about.items() if value is not None}
    if len(outlets) > 1 and told.keys() - {"stance"}:
        flag = min(told.keys() - {"stance"})
        message = f"--{flag} is about one report; name one OUTLET, or leave it out"
        raise click.UsageError(message)

    def change(edit: Editing) -> None:
        known_claim(edit, claim, "ID")
        written = edit.claim(claim).get("cites")
        cites = written if isinstance(written, list) else []
        cited = [_citation(edit, outlet, told) for outlet in outlets]
        for one in cited:
            if one in cites:
                message = (
                    f"{claim} cites {one['outlet']} already, with nothing that tells the two "
                    "reports apart; give the --url, --title or --published of this one"
                )
                raise LedgerError(message)
            cites = [*cites, one]
        edit.append_in_claim(claim, "cites", *cited)
        done = f"{claim} cites {', '.join(str(one['outlet']) for one in cited)}"
        conclude(edit, lambda: [(edit.place_of_claim(claim), done)], force=force, dry_run=dry_run)

    changing(claims, database, change)


def _citation(edit: Editing, written: str, told: dict[str, str]) -> dict[str, Data]:
    """Return a citation as it is written into a claim."""
    name, sign, url = written.partition("=")
    if sign and "url" in told:
        message = f"{written!r} and --url give two addresses; give one"
        raise click.UsageError(message)
    outlet = named(read_catalogue(edit.kept), "outlet", name, "OUTLET")
    found = {"outlet": outlet, **({"url": url} if sign else {}), **told}
    order = list(Citation.model_fields)
    checked(Citation, found, {"outlet": "OUTLET"})
    return {key: found[key] for key in sorted(found, key=order.index)}
