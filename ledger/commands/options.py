"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

claims_option: Final = click.option(
    "--claims",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("claims"),
    show_default=True,
    help="The folder with the claims.",
)

database_option: Final = click.option(
    "--db",
    "database",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("ledger.db"),
    show_default=True,
    help="The database file.",
)
