"""Options that several commands share."""

from __future__ import annotations

import os
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


def _file(context: click.Context, parameter: click.Parameter, path: Path) -> Path:
    """Return the path of a file, or of none; raises click.BadParameter for anything else."""
    real = os.path.realpath(path)
    if os.path.lexists(real) and not Path(real).is_file():
        message = f"{str(path)!r} is no regular file; name a file, or a new one"
        raise click.BadParameter(message, context, parameter)
    return path


database_option: Final = click.option(
    "--db",
    "database",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=_file,
    default=Path("ledger.db"),
    show_default=True,
    help="The database file.",
)
