"""`ledger watch`: build whenever the claims change, and tell what that changed."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing import parent_process
from pathlib import Path
from types import FrameType
from typing import Final, TypeVar

import click

from ledger.build import Built, build
from ledger.commands.build import build_and_tell
from ledger.commands.options import claims_option, database_option
from ledger.currency import coding_of, is_current, refuse_other_claims
from ledger.problems import LedgerError, Problem
from ledger.watching import (
    LedgerState,
    OpenConflict,
    Seen,
    changes,
    difference,
    look,
    open_conflicts,
    with_problems,
)
from ledger.words import NATURE_NAMES

T = TypeVar("T")

MOST: Final = 20
"""How many lines of a kind are printed after one change; the summary counts them all."""

ENDING: Final = (signal.SIGINT, signal.SIGTERM)
"""What ends the watch; the second of two does not disturb the end."""

AGAIN: Final = 1.0
"""After how many seconds a build is tried again that could not go on."""


@click.command(name="watch")
@claims_option
@database_option
def command(claims: Path, database: Path) -> None:
    """Build the database, and again whenever a file below the claims folder changes.

    After each change the new problems and conflicts are printed, and those that went away. While
    the folder has problems, the database stays as it was. Ctrl-C ends it.

    \b
    Example:
      ledger watch --claims claims --db ledger.db
    """  # noqa: D301 # \b is click's sign for lines to leave alone
    with _until_told():
        seen, state = first_state(claims, database)
        click.echo(f"Watching {claims} (Ctrl-C ends it)")
        _follow(claims, database, seen, state)


def first_state(claims: Path, database: Path) -> tuple[Seen, LedgerState]:
    """Build a database if anything changed since it was built, and tell of it.

    Return the files as they were before, and what is known of the ledger now. Raises LedgerError
    if the database was not built from this folder.
    """
    seen = look(claims)
    coding = coding_of(database)
    if is_current(claims, database, coding):
        return seen, LedgerState((), open_conflicts(database), whole=False)
    refuse_other_claims(claims, database)
    built = build_and_tell(claims, database, coding, err=True)
    whole = not built.problems
    return seen, LedgerState(
        (*built.problems, *built.remarks), open_conflicts(database), whole=whole
    )


def follow(claims: Path, database: Path, seen: Seen, state: LedgerState) -> None:
    """Follow the changes of a claims folder until told to end: the work of a child process."""
    with _until_told():
        _follow(claims, database, seen, state)


def _until_told() -> suppress:
    """Return a block that Ctrl-C and SIGTERM end quietly, with what a build left cleared away."""

    def end(_number: int, _frame: FrameType | None) -> None:
        for number in ENDING:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in ENDING:
        # A child process has been told to leave Ctrl-C to its parent.
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, end)
    return suppress(KeyboardInterrupt)


def _follow(claims: Path, database: Path, seen: Seen, state: LedgerState) -> None:
    for paths in changes(claims, seen, _pause):
        began = time.perf_counter()
        built = _patiently(lambda: build(claims, database, coding=coding_of(database)))
        if built.problems:
            after = with_problems(state, built.problems)
        else:
            after = LedgerState(tuple(built.remarks), open_conflicts(database))
        _tell_difference(claims, state, after, paths)
        click.echo(_summary(built, database, paths, time.perf_counter() - began))
        state = after


def _pause(seconds: float) -> None:
    """Wait; in a child process end if its parent has ended without a word."""
    parent = parent_process()
    if parent is not None and not parent.is_alive():
        raise KeyboardInterrupt
    time.sleep(seconds)


def _patiently(attempt: Callable[[], Built]) -> Built:
    """Return what an attempt comes to, tried until it can go on; each hindrance is told once."""
    told = ""
    while True:
        try:
            return attempt()
        except LedgerError as error:
            if str(error) != told:
                told = str(error)
                click.echo(f"ledger: {told}", err=True)
        _pause(AGAIN)


def _tell_difference(
    claims: Path, before: LedgerState, after: LedgerState, paths: Sequence[str]
) -> None:
    told = difference(before, after, paths)
    _tell("gone", told.gone, lambda one: f"{one.level} gone: {_place(claims, one)}")
    _tell(
        "new problems and remarks",
        told.found,
        lambda one: f"new {one.level}: {_place(claims, one, line=True)}\n    {one.remedy}",
    )
    _tell("conflicts gone", told.settled, lambda one: f"{one.strength} gone: {_pair(one)}")
    _tell("new conflicts", told.conflicts, lambda one: f"new {_kind(one)}: {_pair(one)}")


def _tell(kind: str, found: Sequence[T], line: Callable[[T], str]) -> None:
    for one in found[:MOST]:
        click.echo(line(one))
    if len(found) > MOST:
        click.echo(f"… {kind}: {len(found) - MOST:,} more")


def _place(claims: Path, problem: Problem, *, line: bool = False) -> str:
    path = (claims / problem.place.path).as_posix()
    return f"{path}{f':{problem.place.line}' if line else ''}: {problem.code}: {problem.what}"


def _kind(conflict: OpenConflict) -> str:
    """Return how strong a conflict is and of what kind: `conflict (sides disagree)`."""
    return f"{conflict.strength} ({NATURE_NAMES[conflict.nature]})"


def _pair(conflict: OpenConflict) -> str:
    on = f" on {conflict.question}" if conflict.question else ""
    return f"{conflict.one} and {conflict.other}{on}: {conflict.reason}"


def _summary(built: Built, database: Path, paths: Sequence[str], seconds: float) -> str:
    """Return the one line that sums up a change: when, what changed, and what is so now."""
    more = f" and {len(paths) - 1:,} more" if len(paths) > 1 else ""
    changed = f"{time.strftime('%H:%M:%S')} {paths[0]}{more} changed: "
    if built.problems:
        count = len(built.problems)
        kept = f"{database} is as it was" if database.exists() else "nothing was built"
        return f"{changed}{count:,} problem{'s' if count > 1 else ''}; {kept}"
    counts = built.counts
    return (
        f"{changed}{counts['n_claims']:,} claims, {counts['n_disputes']:,} questions in dispute, "
        f"{counts['n_conflicts']:,} conflicts; {seconds:.1f} s"
    )
