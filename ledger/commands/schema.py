"""`ledger schema`: the JSON Schemas by which editors check what people write."""

from __future__ import annotations

from pathlib import Path

import click

from ledger.schemas import NAMES, as_json, schema_of, write_schemas


@click.command(name="schema")
@click.argument("name", required=False, type=click.Choice(NAMES))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write NAME.json into this folder; without NAME, every schema.",
)
def command(name: str | None, out: Path | None) -> None:
    """Print the JSON Schema of a file of the ledger: without NAME, that of a dossier.

    NAME is dossier, a register (outlets, actors, places, documents), or claim: a line of a
    .jsonl file. The schemas are of draft-07. Editors with a YAML language server find a file's
    schema by its first line, which `ledger init` writes:
    "# yaml-language-server: $schema=.schema/outlets.json".

    \b
    Example:
      ledger schema dossier
      ledger schema --out claims/.schema
    """  # noqa: D301 # \b is click's sign for lines to leave alone
    if out is None:
        click.echo(as_json(schema_of(name or "dossier")), nl=False)
        return
    for file in write_schemas(out, (name,) if name else NAMES):
        click.echo(file)
