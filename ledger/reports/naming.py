"""Naming: which claims name an actor or a place as their value, and which dossiers a place.

Values and lists have no index, so they are read once for each build and remembered.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from typing import Final, NamedTuple

from ledger.reports.memory import remembered

NAMING: Final = """
SELECT id, kind, value FROM claims WHERE kind IN ('actor', 'place') AND value IS NOT NULL
ORDER BY turn
"""

WHERE: Final = "SELECT id, places FROM dossiers ORDER BY id"

_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

Ids = Mapping[str, list[str]]


class Named(NamedTuple):
    """Ids of claims by the actor and by the place that they name, of dossiers by their places."""

    actors: Ids
    places: Ids
    dossiers: Ids


@remembered
def named(connection: sqlite3.Connection) -> Named:
    """Return what names whom in a build; the most contested claims come first."""
    by: dict[str, dict[str, list[str]]] = {"actor": defaultdict(list), "place": defaultdict(list)}
    for claim, kind, value in connection.execute(NAMING):
        # `not a` names a as well.
        for name in dict.fromkeys(_ID.findall(value.removeprefix("not "))):
            by[kind][name].append(claim)
    dossiers: dict[str, list[str]] = defaultdict(list)
    for dossier, places in connection.execute(WHERE):
        for place in dict.fromkeys(json.loads(places)):
            dossiers[place].append(dossier)
    return Named(dict(by["actor"]), dict(by["place"]), dict(dossiers))
