"""What somebody may have meant who gives an id that is not there."""

from __future__ import annotations

import json
import sqlite3
import unicodedata
from collections.abc import Iterable
from typing import Final

from ledger.likeness import near_match
from ledger.problems import LedgerError
from ledger.things import Kind

OFFERED: Final = 3
"""How many ids are offered at most."""


class NotThereError(LedgerError):
    """A question or claim is asked for that is not there."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(f"there is no {kind} {name}")
        self.kind = kind
        self.name = name


def alike(asked: str, known: Iterable[tuple[str, Iterable[str]]]) -> list[str]:
    """Return up to three ids like the one asked for, the likeliest first.

    `known` has each id with the names it goes by. An id whose name or alias is what was asked
    comes first, then a near match, then ids that contain what was asked.
    """
    names = {one: [folded(name) for name in (one, *others)] for one, others in known}
    wanted = folded(asked)
    found = [one for one, folds in names.items() if wanted in folds]
    near = near_match(wanted.replace(" ", "-"), list(names))
    found += [near] if near else []
    found += [one for one in names if wanted.replace(" ", "-") in one]
    return list(dict.fromkeys(found))[:OFFERED]


def known_ids(connection: sqlite3.Connection, kind: Kind) -> list[tuple[str, Iterable[str]]]:
    """Return the ids of a kind of thing, each with its label and, if it has some, its aliases."""
    aliases = "aliases" if kind.has_aliases else "'[]'"
    sql = f"SELECT id, {kind.label}, {aliases} FROM {kind.table} ORDER BY id"  # noqa: S608 # names of the schema
    return [(row[0], [row[1], *json.loads(row[2])]) for row in connection.execute(sql)]


def folded(text: str) -> str:
    """Return a text without accents, capitals and doubled spaces, for finding what is meant."""
    plain = unicodedata.normalize("NFKD", text)
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(kept.casefold().split())


def nearest(connection: sqlite3.Connection, error: NotThereError) -> str:
    """Return what may have been meant, to follow an error; nothing if there is nothing alike."""
    ids = connection.execute(f"SELECT id FROM {error.kind}s ORDER BY id")  # noqa: S608 # one of two tables
    near = near_match(error.name, [row[0] for row in ids])
    return f"; did you mean {near}?" if near else ""
