"""The starter: the files that a new ledger begins with, written all together or not at all."""

from __future__ import annotations

import json
import os
from contextlib import ExitStack
from importlib.metadata import distribution
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from ledger.problems import LedgerError
from ledger.schemas import FOLDER, modeline, write_schemas

DISTRIBUTION: Final = "claim-ledger"

FILES: Final = Path(__file__).parent / "files"
"""The files as the package holds them: `dot-` stands for the dot that their names begin with,
and `@title@` and `@requirement@` for what each ledger has of its own."""


def begin(folder: Path, title: str) -> None:
    """Write a new ledger into a folder that is new, or holds nothing of the same names.

    Raises LedgerError if something of the same name is there, or the folder cannot be written;
    then everything is as it was.
    """
    there = [name for name in parts() if os.path.lexists(folder / name)]
    if there:
        message = f"{folder} has {', '.join(there)} already; nothing was written"
        raise LedgerError(message)
    new = not folder.exists()
    beside = folder.parent if new else folder
    try:
        beside.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".ledger-", dir=beside) as held:
            aside = Path(held) / "new"  # which has the rights of a folder that is to stay
            _write(aside, title)
            if new:
                aside.rename(folder)
            else:
                _move_into(aside, folder)
    except OSError as error:
        message = f"cannot write {folder}: {error.strerror}"
        raise LedgerError(message) from error


def parts() -> list[str]:
    """Return what a new ledger is made of: the claims folder as a whole, and single files."""
    return ["claims", *sorted(path for path in _paths() if not path.startswith("claims/"))]


def requirement() -> str:
    """Return what pip installs this program by: from where it was installed itself, if that tells.

    A checkout on this machine tells nothing that another machine could follow.
    """
    installed = distribution(DISTRIBUTION)
    origin = json.loads(installed.read_text("direct_url.json") or "{}")
    if vcs := origin.get("vcs_info"):
        return f"{DISTRIBUTION} @ {vcs['vcs']}+{origin['url']}@{vcs['commit_id']}"
    return f"{DISTRIBUTION}=={installed.version}"


def _paths() -> dict[str, Path]:
    """Return each file of a new ledger by its path there, with where the package holds it."""
    return {
        file.relative_to(FILES).as_posix().replace("dot-", "."): file
        for file in FILES.rglob("*")
        if file.is_file()
    }


def _write(aside: Path, title: str) -> None:
    """Write the whole ledger into a folder of its own, with the schemas its files name."""
    claims = aside / "claims"
    write_schemas(claims / FOLDER)
    for path, file in _paths().items():
        text = file.read_text(encoding="utf-8")
        text = text.replace("@title@", title).replace("@requirement@", requirement())
        target = aside / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_relative_to(claims) and (line := modeline(claims, target)):
            text = f"{line}\n{text}"
        target.write_text(text, encoding="utf-8")


def _move_into(aside: Path, folder: Path) -> None:
    """Move a new ledger's parts into a folder; where one cannot be, all are taken back."""
    with ExitStack() as undo:
        for name in parts():
            target = folder / name
            for inner in reversed(target.parents):
                if inner.is_relative_to(folder) and not inner.exists():
                    inner.mkdir()
                    undo.callback(inner.rmdir)
            (aside / name).rename(target)
            undo.callback(target.rename, aside / name)
        undo.pop_all()
