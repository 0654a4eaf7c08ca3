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
from ledger.affected import Affected
from ledger.currency import coding_of
from ledger.database.load import load_part
from ledger.index import Ids, Index, open_index
from ledger.nearby import open_nearby
from ledger.overlay import Overlay, Renewed, Thing
from ledger.records import FOUND

FILES_AT_MOST: Final = 200
"""How many files may have changed; with more, a whole build costs little more and lasts."""


@contextmanager
def open_standing(
    claims: Path, database: Path, ids: Sequence[str], hashes: Mapping[str, str]
) -> Iterator[sqlite3.Connection | None]:
    """Yield a connection to a database that tells of some ids as the files have them now.

    `hashes` are those of the folder's files.
    None where only a whole build can tell: there is no database yet, too much has changed or is
    gone, or the files have problems. Raises LedgerError if the folder cannot be read.
    """
    with open_index(claims, database, hashes) as index:
        if index.database is None:
            yield None
            return
        # From here on the database is as it was now, whoever builds meanwhile.
        index.database.execute("BEGIN")
        if _version_of(index.database) != __version__:
            yield None
        elif index.is_current:
            yield index.database
        elif len(index.changed) > FILES_AT_MOST:
            yield None
        else:
            with _open_renewed(index, ids) as renewed:
                yield renewed


@contextmanager
def _open_renewed(index: Index, ids: Sequence[str]) -> Iterator[sqlite3.Connection | None]:
    """Yield a connection to a database in memory, of what bears on some ids."""
    things = [thing for name in ids for thing in _things(index, name)]
    questions = frozenset(name.partition("_")[0] for name in ids)
    dossiers = frozenset(thing.id for thing in things if thing.table == "dossiers")
    asked = Ids(questions, frozenset(ids), dossiers)
    # A thing gathers from everywhere: all that changed may bear on it.
    affected = Affected(index, asked) if things else None
    wanted = affected.ids if affected else asked
    if wanted is None:
        yield None
        return
    with open_nearby(index, wanted) as nearby:
        coding = coding_of(index.database_path)
        if affected and not affected.is_told_by(nearby.draft):
            yield None
            return
        if not nearby.weigh(coding) or nearby.problems:
            yield None
            return
        load_part(nearby.draft, __version__, coding)
        connection = nearby.draft.connection
        if things:
            of = nearby.ids
            renewed = Renewed(of.claims | of.answering, of.questions)
            Overlay(index, connection, renewed).lay(things)
        yield connection


def _things(index: Index, name: str) -> Iterator[Thing]:
    """Yield whatever has an id and gathers claims from everywhere."""
    registers = index.registers.registers
    for table, register in registers.by_table().items():
        if name in register:
            yield Thing(table, name)
    if (found := FOUND.fullmatch(name)) and found["document"] in registers.documents:
        yield Thing("documents", found["document"], int(found["paragraph"]))
    if index.has("dossier", name) or _is_new_dossier(index, name):
        yield Thing("dossiers", name)


def _is_new_dossier(index: Index, name: str) -> bool:
    return any(path.rpartition("/")[2] == f"{name}.yaml" for path in index.changed)


def _version_of(database: sqlite3.Connection) -> str:
    (built_by,) = database.execute("SELECT version FROM build").fetchone()
    return str(built_by)
