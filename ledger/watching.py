"""Watching: when the files of a claims folder change, and what that changed in the ledger.

Files are looked at rather than waited for: the file system's own notices do not reach across a
network, are lost where many files change at once, and would need one more library. Looking at
12,500 files takes some 40 ms; however many there are, looking takes a twentieth of the time.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from ledger.database.opening import read_only
from ledger.files import MISTAKEN_ENDINGS, walk
from ledger.problems import Problem

T = TypeVar("T")

Seen = dict[str, tuple[int, ...]]
"""Files by their paths in the folder, each with what tells that it is as it was."""

EVERY: Final = 0.5
"""How many seconds lie between two looks, at least."""

SHARE: Final = 20
"""How many times as long as a look took the pause after it is, at least."""

REST: Final = 0.2
"""How many seconds nothing may change before a change counts as done."""

LONGEST: Final = 5.0
"""How many seconds a change that goes on and on is waited for."""

WEIGHED: Final = frozenset({"compatible-needless", "expectation-unmet", "expectation-unreadable"})
"""The codes of problems that are looked for only in files without any other."""

OPEN: Final = """
SELECT claim_a, claim_b, question, strength, nature, reason FROM conflicts
WHERE state = 'open' ORDER BY claim_a, claim_b
"""


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """An open conflict as a built database has it."""

    one: str
    other: str
    question: str | None
    strength: str
    nature: str
    reason: str


@dataclass(frozen=True, slots=True)
class LedgerState:
    """What is known of a ledger: problems and remarks, and open conflicts.

    `whole` is false while its remarks are unknown, since nothing was built yet.
    """

    found: tuple[Problem, ...] = ()
    conflicts: tuple[OpenConflict, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Difference:
    """What one state of a ledger has that another one had not, and the other way round."""

    found: list[Problem]
    gone: list[Problem]
    conflicts: list[OpenConflict]
    settled: list[OpenConflict]


def look(folder: Path) -> Seen:
    """Return the files below a folder as they are now, as far as a build takes note of them.

    A folder that is not there, or goes while it is looked at, holds nothing.
    """
    noted = ((path, entry) for path, entry in walk(folder, patient=True) if _is_noted(entry))
    return {path: _state_of(entry) for path, entry in noted}


def _state_of(entry: os.DirEntry[str]) -> tuple[int, ...]:
    """Return what changes if a file does; of a link also what changes if its target does."""
    state: tuple[int, ...] = ()
    # What a linked folder holds is seen where it lies.
    linked = entry.is_symlink() and Path(entry.path).is_file()
    for follow in (False, True) if linked else (False,):
        with suppress(OSError):
            # Not the inode: some network folders number their files anew at will.
            now = entry.stat(follow_symlinks=follow)
            state += (now.st_mtime_ns, now.st_ctime_ns, now.st_size)
    return state


def _is_noted(entry: os.DirEntry[str]) -> bool:
    """Return whether a build takes note of a file: not, say, of a database that lies here too."""
    ending = entry.name.rpartition(".")[2].lower()
    return f".{ending}" in MISTAKEN_ENDINGS or entry.is_symlink()


def changes(
    folder: Path, seen: Seen, pause: Callable[[float], None] = time.sleep
) -> Iterator[list[str]]:
    """Yield, without end, the paths of the files that changed since they were seen.

    Many changes within a moment are one. What changes while the caller works comes next.
    """
    while True:
        began = time.perf_counter()
        now = look(folder)
        if now == seen:
            pause(max(EVERY, SHARE * (time.perf_counter() - began)))
            continue
        now = _at_rest(folder, now, pause)
        paths = sorted(path for path in seen.keys() | now.keys() if seen.get(path) != now.get(path))
        seen = now
        if paths:
            yield paths


def _at_rest(folder: Path, now: Seen, pause: Callable[[float], None]) -> Seen:
    """Return the files as they are once they stop changing, or have changed for too long."""
    patience = time.monotonic() + LONGEST
    while True:
        pause(REST)
        later = look(folder)
        if later == now or time.monotonic() > patience:
            return later
        now = later


def open_conflicts(database: Path) -> tuple[OpenConflict, ...]:
    """Return the open conflicts of a built database; none if there is no database."""
    if not database.exists():
        return ()
    with closing(read_only(database)) as connection:
        return tuple(OpenConflict(*row) for row in connection.execute(OPEN))


def with_problems(state: LedgerState, problems: Sequence[Problem]) -> LedgerState:
    """Return what is known after a build that problems prevented.

    What was not looked for on the way to them is neither gone nor new.
    """
    weighed = any(problem.code in WEIGHED for problem in problems)
    kept = [
        one for one in state.found if one.level == "remark" or (one.code in WEIGHED and not weighed)
    ]
    return LedgerState((*problems, *kept), state.conflicts, state.whole)


def difference(before: LedgerState, after: LedgerState, changed: Sequence[str]) -> Difference:
    """Return what is new and what is gone, where the files at some paths changed."""
    found = _without(after.found, before.found, _same_problem)
    if not before.whole:
        found = [one for one in found if one.level == "problem" or one.place.path in changed]
    return Difference(
        found,
        _without(before.found, after.found, _same_problem),
        _without(after.conflicts, before.conflicts, _same_conflict),
        _without(before.conflicts, after.conflicts, _same_conflict),
    )


def _same_problem(problem: Problem) -> Hashable:
    """Return what makes a problem the same although the lines above it changed."""
    return problem.place.path, problem.code, problem.what


def _same_conflict(conflict: OpenConflict) -> Hashable:
    return conflict.one, conflict.other, conflict.strength


def _without(these: Sequence[T], those: Sequence[T], same: Callable[[T], Hashable]) -> list[T]:
    """Return these without as many of each kind as there are among those."""
    left = Counter(map(same, those))
    found = []
    for one in these:
        if left[same(one)]:
            left[same(one)] -= 1
        else:
            found.append(one)
    return found
