"""The shipped counts: what the database says of who says what is what the files come to.

The values are compared elsewhere. Here the conflicts and the positions are as the database has
them, and all that is counted of them is counted anew, from the files, by the oracle.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from ledger.words import STATES, STATUSES
from tests.commands.running import ROOT
from tests.weigh.oracle import (
    COLUMNS,
    Ledger,
    Pair,
    Record,
    Row,
    Weighed,
    nature_of_pair,
    rows_of,
)

CLAIMS: Final = ROOT / "claims"

REGISTERS: Final = ("outlets", "actors", "places", "documents")


class Shipped(Weighed):
    """The shipped ledger, where claims take the positions that the database says."""

    def n_positions(self, names: Collection[str]) -> int:
        """Return how many positions a question's claims take; of some of them, pairs decide."""
        positions = {self.homes[name] for name in names if name in self.homes}
        every = sum(home in positions for home in self.homes.values()) == len(names)
        return len(positions) if every else min(len(positions), 1)

    def fits(self, name: str, names: Collection[str]) -> bool:
        """Return whether no open conflict stands between a claim and others."""
        return not any(
            {name, other} == {*pair} for other in names for pair in self.open_pairs([name])
        )


def read_claims() -> Ledger:
    """Return the shipped ledger as it stands in its files."""
    ledger: Ledger = {kind: {} for kind in (*REGISTERS, "questions", "claims")}
    for file in sorted(CLAIMS.rglob("*.yaml")):
        data: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 # our own text, all scalars text
        if file.stem in REGISTERS:
            ledger[file.stem] |= data
        elif file.name != "ledger.yaml":
            ledger["questions"] |= data.get("questions", {})
            ledger["claims"] |= {claim["id"]: claim for claim in data.get("claims", [])}
    return ledger


def conflicts_in(connection: sqlite3.Connection, ledger: Ledger) -> dict[Pair, Record]:
    """Return the conflicts that a database has, their natures found anew."""
    names = [name.strip() for name in COLUMNS["conflicts"].split(",")]
    rows = connection.execute(f"SELECT {COLUMNS['conflicts']} FROM conflicts")  # noqa: S608 # our own names
    found = {row[:2]: dict(zip(names, row, strict=True)) for row in rows}
    for pair, conflict in found.items():
        conflict["nature"] = nature_of_pair(ledger, found, *pair)
    return found


@pytest.fixture(scope="module")
def connection(shipped_database: Path) -> Iterator[sqlite3.Connection]:
    """Return a connection to the database of the shipped claims."""
    with closing(sqlite3.connect(shipped_database)) as opened:
        yield opened


@pytest.fixture(scope="module")
def counted(connection: sqlite3.Connection) -> dict[str, list[Row]]:
    """Return the rows that the shipped files come to."""
    ledger = read_claims()
    sql = "SELECT id, position FROM claims WHERE position IS NOT NULL"
    homes = dict(connection.execute(sql))
    return rows_of(Shipped(ledger, homes, conflicts_in(connection, ledger)))


@pytest.mark.parametrize("table", COLUMNS)
def test_what_is_counted_of_the_shipped_files_is_what_the_database_says(
    table: str, connection: sqlite3.Connection, counted: dict[str, list[Row]]
) -> None:
    rows = connection.execute(f"SELECT {COLUMNS[table]} FROM {table}")  # noqa: S608 # our own names
    assert sorted(rows, key=repr) == counted[table]


def test_the_pairs_that_are_counted_are_all_there(connection: sqlite3.Connection) -> None:
    assert connection.execute("SELECT id FROM questions WHERE pairs <> 'all'").fetchall() == []


SAME: Final = {
    "the outlets of a claim": """
        SELECT c.id, c.n_outlets, (SELECT count(DISTINCT outlet) FROM citations s
            WHERE s.claim = c.id AND s.scope IN ('claim', 'document')) AS n FROM claims c
        WHERE c.n_outlets <> n OR n <> json_array_length(c.outlets)
    """,
    "the outlets nearby a claim": """
        SELECT c.id, c.n_outlets_nearby, (SELECT count(DISTINCT outlet) FROM citations s
            WHERE s.claim = c.id AND s.scope = 'paragraph' AND s.outlet NOT IN (
                SELECT outlet FROM citations t
                WHERE t.claim = c.id AND t.scope <> 'paragraph')) AS n FROM claims c
        WHERE c.n_outlets_nearby <> n OR n <> json_array_length(c.outlets_nearby)
    """,
    "the origins of a claim": """
        SELECT c.id FROM claims c LEFT JOIN claim_origins o ON o.claim = c.id GROUP BY c.id
        HAVING coalesce(c.n_origins, 0) <> count(o.origin)
            OR coalesce(c.n_independent, 0) <> count(DISTINCT o.whole)
            OR c.n_origins = 0 OR c.n_independent = 0
    """,
    "the origins of a position": """
        SELECT p.id FROM positions p LEFT JOIN position_origins o ON o.position = p.id GROUP BY p.id
        HAVING coalesce(p.n_origins, 0) <> count(o.origin)
            OR coalesce(p.n_independent, 0) <> count(DISTINCT o.whole)
    """,
    "the origins of a position's claims": """
        SELECT DISTINCT c.position, o.origin, o.whole FROM claim_origins o
        JOIN claims c ON c.id = o.claim WHERE c.position IS NOT NULL
        EXCEPT SELECT position, origin, whole FROM position_origins
    """,
    "the conflicts of a claim": """
        SELECT c.id, c.n_conflicts, (SELECT count(*) FROM claim_conflicts k
            WHERE k.claim = c.id AND k.state = 'open') AS n FROM claims c
        WHERE c.n_conflicts <> n OR (c.status = 'contested') <> (n > 0)
    """,
    "the conflicts of a question": """
        SELECT q.id FROM questions q LEFT JOIN (
            SELECT a.weighed_as AS one, b.weighed_as AS other FROM conflicts k
            LEFT JOIN questions a ON a.id = k.question_a
            LEFT JOIN questions b ON b.id = k.question_b
            WHERE k.state = 'open'
        ) k ON q.weighed_as IN (k.one, k.other)
        GROUP BY q.id HAVING q.n_conflicts <> count(*) FILTER (WHERE k.one = k.other)
            OR q.n_conflicts_elsewhere <> count(*) FILTER (
                WHERE coalesce(k.one, k.other) IS NOT NULL AND k.one IS NOT k.other)
    """,
    "the positions of a question": """
        SELECT q.id FROM questions q LEFT JOIN positions p ON p.question = q.weighed_as
        GROUP BY q.id
        HAVING q.n_positions <> count(p.id)
    """,
    "the disputes": """
        SELECT id FROM questions WHERE state IN ('disputed', 'contested elsewhere')
        EXCEPT SELECT id FROM disputes
    """,
    "the natures": """
        SELECT id FROM questions
        WHERE (nature IS NOT NULL) <> (state IN ('disputed', 'contested elsewhere'))
    """,
    "the build": """
        SELECT * FROM build WHERE n_claims <> (SELECT count(*) FROM claims)
        OR n_contested <> (SELECT count(*) FROM claims WHERE status = 'contested')
        OR n_conflicts <> (SELECT count(*) FROM conflicts WHERE state = 'open')
        OR n_disputes <> (SELECT count(*) FROM disputes)
        OR n_questions <> (SELECT count(*) FROM questions)
        OR n_citations <> (SELECT count(*) FROM citations)
        OR n_outlets <> (SELECT count(*) FROM outlets)
        OR n_actors <> (SELECT count(*) FROM actors)
        OR n_places <> (SELECT count(*) FROM places)
        OR n_dossiers <> (SELECT count(*) FROM dossiers)
        OR n_files <> (SELECT count(*) FROM files)
        OR n_documents <> (SELECT count(*) FROM documents)
    """,
}
"""What two places of the database say of one thing: rows where they differ."""


@pytest.mark.parametrize("said", SAME)
def test_what_is_told_twice_is_told_alike(said: str, connection: sqlite3.Connection) -> None:
    assert connection.execute(SAME[said]).fetchall() == []


def test_the_words_are_those_of_the_lists(connection: sqlite3.Connection) -> None:
    statuses = {row[0] for row in connection.execute("SELECT status FROM claims")}
    states = {row[0] for row in connection.execute("SELECT state FROM questions")}
    assert (statuses - STATUSES.keys(), states - STATES.keys()) == (set(), set())
