"""Which kinds of things an id stands for."""

from __future__ import annotations

import json
import sqlite3

import pytest

from ledger.reports.kinds import kinds_of, show
from ledger.things import KINDS
from ledger.words import STATUSES


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("deaths-300", ["claim"]),
        ("deaths", ["question"]),
        ("deaths_deaths-300", ["position"]),
        ("village-2022", ["dossier"]),
        ("wire", ["outlet"]),
        ("page", ["actor", "document"]),
        ("mali", ["place"]),
        ("page#1", ["paragraph"]),
        ("nothing", []),
        ("' OR TRUE --", []),
    ],
)
def test_an_id_may_stand_for_several_kinds_of_things(
    name: str, kinds: list[str], connection: sqlite3.Connection
) -> None:
    assert kinds_of(connection, name) == kinds


def test_everything_in_the_database_can_be_shown_as_json(connection: sqlite3.Connection) -> None:
    shown = 0
    for kind in KINDS:
        id_of = "document || '#' || number" if kind == "paragraph" else "id"
        sql = f"SELECT {id_of} FROM {KINDS[kind].table}"  # noqa: S608 # our own names
        for row in connection.execute(sql).fetchall():
            facts = show(connection, kind, row[0])
            assert (facts["record"], facts["id"]) == (kind, row[0])
            assert json.loads(json.dumps(facts)) == facts
            shown += 1
    assert shown > 30


def test_the_ledger_in_which_all_is_shown_has_claims_of_every_status_but_one(
    connection: sqlite3.Connection,
) -> None:
    found = {row[0] for row in connection.execute("SELECT DISTINCT status FROM claims")}
    assert found <= set(STATUSES)
    assert len(found) >= 4
