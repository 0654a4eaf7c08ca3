"""Standing: a database that is right for some claims and questions, without a whole build.

While nothing has changed, that is the built one. After a change it is one in memory, of the
part of the ledger that bears on what is asked for.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ledger import __version__
from ledger.currency import coding_of
from ledger.database.load import load_part
from ledger.index import Ids, Index, open_index
from ledger.nearby import open_nearby

FILES_AT_MOST: Final = 200
"""How many files may have changed; with more, a whole build costs little more and lasts."""


@contextmanager
def open_standing(
    claims: Path, database: Path, ids: Sequence[str], hashes: Mapping[str, str]
) -> Iterator[sqlite3.Connection | None]:
    """Yield a connection to a database that tells of some ids as the files have them now.

    `hashes` are those of the folder's files.
    None where only a whole build can tell: there is no database yet, too much has changed, what
    is asked for hangs together with the whole ledger, as an outlet does, or the files have
    problems. Raises LedgerError if the folder cannot be read.
    """
    with open_index(claims, database, hashes) as index:
        if index.database is None or _version_of(index.database) != __version__:
            yield None
        elif index.is_current:
            yield index.database
        elif (wanted := _wanted(index, ids)) is None:
            yield None
        else:
            with open_nearby(index, wanted) as nearby:
                coding = coding_of(database)
                if not nearby.weigh(coding):
                    yield None
                    return
                load_part(nearby.draft, __version__, coding)
                yield nearby.draft.connection


def _wanted(index: Index, ids: Sequence[str]) -> Ids | None:
    """Return what some ids ask for, if all are those of claims, questions or positions."""
    if len(index.changed) > FILES_AT_MOST:
        return None
    registers = index.registers.registers
    whole = (registers.outlets, registers.actors, registers.places, registers.documents)
    if any("#" in name or any(name in register for register in whole) for name in ids):
        return None
    questions = {name.partition("_")[0] for name in ids}
    if any(index.has("dossier", name) or _is_new_dossier(index, name) for name in ids):
        return None
    return Ids(frozenset(questions), frozenset(ids))


def _is_new_dossier(index: Index, name: str) -> bool:
    return any(path.rpartition("/")[2] == f"{name}.yaml" for path in index.changed)


def _version_of(database: sqlite3.Connection) -> str:
    (built_by,) = database.execute("SELECT version FROM build").fetchone()
    return str(built_by)
