"""Safe writing: a file holds its old content or its new content, whatever happens on the way.

Nor is anything lost that somebody else saves meanwhile: new contents are written aside and then
change places with the old ones. What came out is looked at; if it is not what was read before,
everything goes back to where it was.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from ledger.edit.exchange import exchange
from ledger.edit.hold import HeldByOthersError, Hold, hold
from ledger.problems import LedgerError

try:
    import fcntl
except ImportError:  # pragma: no cover # where there are no such locks, nothing is held
    fcntl = None  # type: ignore[assignment] # the module's absence is the message

_LEFTOVER: Final = re.compile(r"\..+\.(?:yaml|jsonl)\.(?:new|old)")


class ChangedMeanwhileError(LedgerError):
    """Somebody else saved a file since it was read; nothing was written."""

    def __init__(self, file: Path, stays: Sequence[Path] = ()) -> None:
        told = f"{file} was changed by somebody else meanwhile; {_written(stays)}; try again"
        super().__init__(told)


class Change(NamedTuple):
    """What a file is to hold, and what it held when it was read; None: it was not there."""

    file: Path
    before: bytes | None
    content: bytes


def replace_content(file: Path, content: bytes) -> None:
    """Give a file new content in one step, or make it, whatever it holds; its permissions stay.

    The content is written beside the file, forced to the disk and moved into its place. Raises
    LedgerError if that cannot be done; the file is then as it was.
    """
    file = Path(os.path.realpath(file))
    aside = _aside(file)
    try:
        with ExitStack() as stack:
            stack.callback(_forget, aside)
            _write_aside(file, content, stack)
            aside.replace(file)
        _sync_folder(file.parent)
    except OSError as error:
        message = f"cannot write {file}: {error.strerror}; it is as it was"
        raise LedgerError(message) from error


def replace_all(changes: Iterable[Change]) -> None:
    """Give files new contents, or make them, if all are as they were read; permissions stay.

    All are written aside before the first takes its place, and looked at before and after. Raises
    ChangedMeanwhileError if one is not as it was read, LedgerError if one cannot be written. All
    are then as they were, but those that somebody saved after us, which the message names.
    """
    with ExitStack() as stack:
        moves = [_prepared(change, stack) for change in changes]
        for move in moves:
            _begin(move, stack)
        moved: list[_Move] = []
        try:
            for move in moves:
                moved.append(move)
                _take_place(move)
            for folder in {move.file.parent for move in moves}:
                _sync_folder(folder)
            # Again: who had found the old file by its name may only now have begun to write.
            for move in moves:
                _look(move)
        except _OthersSavedError as error:
            raise ChangedMeanwhileError(error.file, _undone(moved)) from error
        except OSError as error:
            stays = _undone(moved)
            message = f"cannot write {moved[-1].file}: {error.strerror}; {_written(stays)}"
            raise LedgerError(message) from error
        except BaseException:
            _undone(moved)
            raise


def remove_leftovers(folder: Path) -> None:
    """Remove what killed commands left aside below a folder; nobody else may be changing it."""
    for file in _hidden_files(folder):
        if _LEFTOVER.fullmatch(file.name):
            with suppress(OSError):  # it is no file, or not ours to remove
                if not file.is_symlink() and _is_nobodys(file):
                    file.unlink()


@dataclass(slots=True)
class _Move:
    """A new content on its way: it stands aside, and then in the place of the old one."""

    file: Path
    aside: Path
    change: Change
    ours: Hold
    old: Hold | None = None
    is_copy: bool = False
    is_done: bool = False


class _OthersSavedError(Exception):
    """Somebody else saved a file."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self.file = file


def _prepared(change: Change, stack: ExitStack) -> _Move:
    """Write a content aside. Raises LedgerError if it cannot be written."""
    file = Path(os.path.realpath(change.file))
    aside = _aside(file)
    stack.callback(_forget, aside)
    try:
        _write_aside(file, change.content, stack)
        ours = Hold(os.open(aside, os.O_RDONLY), change.content, leased=False)
    except OSError as error:
        message = f"cannot write {file}: {error.strerror}; it is as it was"
        raise LedgerError(message) from error
    stack.callback(ours.close)
    return _Move(file, aside, change, ours)


def _begin(move: _Move, stack: ExitStack) -> None:
    """Hold the old file. Raises ChangedMeanwhileError if it is not as it was read."""
    try:
        move.old = hold(move.file)
        stack.callback(move.old.close)
    except FileNotFoundError:
        pass
    except HeldByOthersError as error:
        message = (
            f"another program is writing into {move.file}; nothing was written; "
            "try again when it has ended"
        )
        raise LedgerError(message) from error
    except OSError as error:
        message = f"cannot read {move.file}: {error.strerror}; it is as it was"
        raise LedgerError(message) from error
    if (move.old.content if move.old else None) != move.change.before:
        raise ChangedMeanwhileError(move.change.file)


def _take_place(move: _Move) -> None:
    """Move a new content into its place. Raises _OthersSavedError if that is not as it was."""
    try:
        if move.old is None:
            _make(move.aside, move.file)
        else:
            move.is_copy = not exchange(move.aside, move.file)
    except (FileExistsError, FileNotFoundError) as error:
        raise _OthersSavedError(move.change.file) from error
    move.is_done = True
    _look(move)


def _look(move: _Move) -> None:
    """Raise _OthersSavedError if what was taken away is not what was read."""
    if move.old and not ((move.is_copy or move.old.is_at(move.aside)) and move.old.is_untouched()):
        raise _OthersSavedError(move.change.file)


def _make(aside: Path, file: Path) -> None:
    """Give a new file its name too. Raises FileExistsError if something has it."""
    try:
        file.hardlink_to(aside)
    except FileExistsError:
        raise
    except OSError:  # a disk whose files have one name each
        with file.open("xb") as made:
            made.write(aside.read_bytes())
            made.flush()
            os.fsync(made.fileno())


def _undone(moved: Iterable[_Move]) -> list[Path]:
    """Put back what was there; return the files that somebody has saved since, which stay."""
    return [move.change.file for move in moved if move.is_done and not _undo(move)]


def _undo(move: _Move) -> bool:
    """Put back what was there before a move; return False if somebody has saved over it."""
    if move.old is None:
        return _unmade(move)
    last, ours = os.fstat(move.ours.opened), True
    while True:
        placed = move.aside.stat()
        try:
            exchange(move.aside, move.file)
        except FileNotFoundError:  # removed meanwhile
            _make(move.aside, move.file)
            return True
        came_out = move.aside.stat()
        if os.path.samestat(came_out, last) and (not ours or move.ours.is_untouched()):
            return ours
        # Somebody has saved it after us: theirs goes back to its place, and is looked for there.
        last, ours = placed, False


def _unmade(move: _Move) -> bool:
    """Remove a file that was made; return False if somebody has saved over it."""
    try:
        with suppress(FileNotFoundError):
            if move.file.read_bytes() != move.change.content:
                return False
            move.file.unlink()
    except OSError:
        return False
    return True


def _written(stays: Sequence[Path]) -> str:
    """Return what was written of a change that could not be: nothing, or what stays."""
    if not stays:
        return "nothing was written"
    named = " and ".join(map(str, stays))
    return f"{named} keeps its change, for it was saved by somebody else since"


def _aside(file: Path) -> Path:
    # Always the same name: what a killed process left makes way for the next.
    return file.with_name(f".{file.name}.new")


def _forget(aside: Path) -> None:
    """Remove what stands aside, where there is anything."""
    with suppress(OSError):
        aside.unlink(missing_ok=True)


def _write_aside(file: Path, content: bytes, stack: ExitStack) -> None:
    """Write a content beside a file and force it to the disk; it is held until the stack ends."""
    aside = _aside(file)
    file.parent.mkdir(parents=True, exist_ok=True)
    aside.unlink(missing_ok=True)
    opened = stack.enter_context(aside.open("xb"))
    with suppress(OSError, AttributeError):  # no locks here; then nobody looks for one
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
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


def _is_nobodys(leftover: Path) -> bool:
    """Return whether no living command holds what stands aside."""
    with leftover.open("rb") as opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except (OSError, AttributeError):  # no locks here
            return True
    return True


def _hidden_files(folder: Path) -> Iterator[Path]:
    """Yield the hidden files below a folder, but not below hidden ones."""
    for within, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(within, name) for name in names if name.startswith("."))


def _sync_folder(folder: Path) -> None:
    """Force a move to the disk, where the system can."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
