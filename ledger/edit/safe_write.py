"""Safe writing: a file holds its old content or its new content, whatever happens on the way."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from ledger.problems import LedgerError


def replace_content(file: Path, content: bytes) -> None:
    """Give a file new content in one step, or make it; its permissions stay.

    The content is written beside the file, forced to the disk and moved into its place. Raises
    LedgerError if that cannot be done; the file is then as it was.
    """
    file = Path(os.path.realpath(file))
    # Always the same name: what a killed process left makes way for the next.
    aside = file.with_name(f".{file.name}.new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            aside.unlink(missing_ok=True)
            _write_through(aside, content, file)
            aside.replace(file)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
        _sync_folder(file.parent)
    except OSError as error:
        message = f"cannot write {file}: {error.strerror}; it is as it was"
        raise LedgerError(message) from error


def _write_through(aside: Path, content: bytes, file: Path) -> None:
    with aside.open("wb") as opened:
        with suppress(FileNotFoundError):
            _make_like(aside, file.stat())
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())


def _make_like(aside: Path, old: os.stat_result) -> None:
    """Give a file, while nothing is in it, the owner and the permissions of another."""
    with suppress(OSError, AttributeError):  # only root may, and only where there are owners
        os.chown(aside, old.st_uid, old.st_gid)
    aside.chmod(old.st_mode & 0o7777)


def _sync_folder(folder: Path) -> None:
    """Force a move to the disk, where the system can."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
