"""Profiles: each says of an outlet or actor what asking the other tables says."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest

from ledger.build import build
from ledger.database import profiles
from ledger.database.profiles import profile_of
from ledger.reports.contested import contested
from tests.benchmarks.generate import Size, generate
from tests.commands.running import ROOT

OF: Final = {
    "outlet": "SELECT claim FROM citations WHERE outlet = :id AND scope <> 'paragraph'",
    "actor": "SELECT id FROM claims WHERE claimant = :id",
}
"""The claims that a profile is of."""

WHOSE: Final = {
    "outlet": "SELECT claim, outlet AS who FROM citations WHERE scope <> 'paragraph'",
    "actor": "SELECT id AS claim, claimant AS who FROM claims WHERE claimant IS NOT NULL",
}

STATUSES: Final = """
SELECT status, count(*) FROM claims WHERE id IN ({of}) GROUP BY status ORDER BY 2 DESC, 1
"""

TAKEN: Final = """
SELECT q.weighed_as, c.position, count(*) FROM claims c JOIN questions q ON q.id = c.question
WHERE q.id IN (SELECT id FROM disputes) AND c.position IS NOT NULL AND c.id IN ({of})
GROUP BY q.weighed_as, c.position
"""

OPPOSED: Final = """
SELECT w.who, count(DISTINCT k.other) AS n, count(DISTINCT k.own_question) AS asked,
    min(k.own_question)
FROM claim_conflicts k JOIN ({whose}) w ON w.claim = k.other
WHERE k.state = 'open' AND k.claim IN ({of})
GROUP BY w.who ORDER BY n DESC, asked DESC, w.who
"""

SCOPES: Final = """
SELECT scope, count(*) FROM citations WHERE outlet = :id GROUP BY scope ORDER BY 2 DESC, 1
"""

CITED_IN: Final = """
SELECT document, count(DISTINCT paragraph), count(DISTINCT claim) FROM citations
WHERE outlet = :id AND scope = 'paragraph' GROUP BY document ORDER BY 3 DESC, 1
"""


KEPT: Final = 3
"""How much of each list is kept here, so that some lists are longer."""


def generated(folder: Path) -> Path:
    """Return a generated claims folder."""
    claims = folder / "claims"
    generate(claims, Size(3000), "jsonl")
    return claims


@pytest.fixture(scope="module", params=["shipped", "generated"])
def connection(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[sqlite3.Connection]:
    """Yield a connection to a database of many outlets and actors."""
    folder = tmp_path_factory.mktemp(request.param)
    claims = ROOT / "claims" if request.param == "shipped" else generated(folder)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CLAIMS", "DISPUTES", "DOCUMENTS", "IN_PARAGRAPH", "OPPONENTS"):
            patch.setattr(profiles, name, KEPT)
        assert build(claims, folder / "ledger.db").problems == []
    with closing(sqlite3.connect(folder / "ledger.db")) as opened:
        yield opened


@pytest.fixture(params=["outlet", "actor"])
def profiled(
    request: pytest.FixtureRequest, connection: sqlite3.Connection
) -> list[tuple[str, str, dict[str, Any]]]:
    """Return the kind, id and profile of everything of a kind."""
    kind = request.param
    ids = connection.execute(f"SELECT id FROM {kind}s")  # noqa: S608 # a name of the schema
    return [(kind, name, profile_of(connection, kind, name)) for (name,) in ids]


Profiled = list[tuple[str, str, dict[str, Any]]]


def asked(connection: sqlite3.Connection, sql: str, kind: str, name: str) -> list[list[Any]]:
    """Return what a query over the claims of an outlet or actor finds, as JSON would have it."""
    told = sql.format(of=OF[kind], whose=WHOSE[kind])
    return [list(row) for row in connection.execute(told, {"id": name})]


def test_claims_are_counted_and_the_most_contested_named(
    connection: sqlite3.Connection, profiled: Profiled
) -> None:
    for kind, name, profile in profiled:
        sql = "SELECT id FROM claims WHERE id IN ({of}) ORDER BY turn"
        ids = [one for (one,) in asked(connection, sql, kind, name)]
        assert (profile["n_claims"], profile["claims"]) == (len(ids), ids[:KEPT])
        assert profile["statuses"] == asked(connection, STATUSES, kind, name)
    assert any(profile["n_claims"] > KEPT for *_, profile in profiled)


def test_disputes_come_in_the_order_of_their_page_with_every_position_taken(
    connection: sqlite3.Connection, profiled: Profiled
) -> None:
    disputes = contested(connection)
    for kind, name, profile in profiled:
        taken: dict[str, list[list[Any]]] = {}
        for question, position, n in asked(connection, TAKEN, kind, name):
            taken.setdefault(question, []).append([position, n])
        order = disputes.in_order("contested", frozenset(taken))
        assert profile["n_disputes"] == len(taken)
        assert [one for one, _ in profile["disputes"]] == order[:KEPT]
        assert all(sorted(those) == sorted(taken[one]) for one, those in profile["disputes"])
    assert any(profile["n_disputes"] > KEPT for *_, profile in profiled)


def test_whoever_is_behind_the_claims_against_theirs_is_named(
    connection: sqlite3.Connection, profiled: Profiled
) -> None:
    for kind, name, profile in profiled:
        opponents = asked(connection, OPPOSED, kind, name)
        others = [one for one in opponents if one[0] != name]
        own = [one for one in opponents if one[0] == name]
        assert profile["opposed_by"] == others[:KEPT]
        assert profile["against_itself"] == (own[0] if own else None)
    assert any(profile["against_itself"] for *_, profile in profiled)
    assert any(len(profile["opposed_by"]) == KEPT for *_, profile in profiled)


def test_an_outlets_citations_are_counted_by_scope_and_document(
    connection: sqlite3.Connection,
) -> None:
    for (name,) in connection.execute("SELECT id FROM outlets").fetchall():
        profile = profile_of(connection, "outlet", name)
        assert profile["scopes"] == asked(connection, SCOPES, "outlet", name)
        cited_in = asked(connection, CITED_IN, "outlet", name)
        assert profile["cited_in"] == cited_in[:KEPT]


def test_a_document_tells_of_each_paragraph_what_was_read_there(
    connection: sqlite3.Connection,
) -> None:
    several = 0
    for (name,) in connection.execute("SELECT id FROM documents").fetchall():
        profile = profile_of(connection, "document", name)
        read_in = "SELECT claim FROM appearances WHERE document = :id"
        sql = STATUSES.format(of=read_in)
        statuses = [list(row) for row in connection.execute(sql, {"id": name})]
        assert profile["statuses"] == statuses
        rows = connection.execute(READ, {"id": name}).fetchall()
        told: dict[int, tuple[int, list[str]]] = {}
        for number, claim, status in rows:
            n, ids = told.get(number, (0, []))
            told[number] = n + (status == "contested"), [*ids, claim]
        several += any(len(ids) > KEPT for _, ids in told.values())
        assert profile["paragraphs"] == [[no, n, ids[:KEPT]] for no, (n, ids) in told.items()]
    assert several


READ: Final = """
SELECT a.paragraph, c.id, c.status FROM appearances a JOIN claims c ON c.id = a.claim
WHERE a.document = :id AND a.paragraph IS NOT NULL ORDER BY a.paragraph, c.turn
"""


def test_what_no_claim_is_of_has_an_empty_profile(claims: Path, database: Path) -> None:
    with (claims / "outlets.yaml").open("a", encoding="utf-8") as file:
        file.write("silent: {name: The Silent Gazette}\n")
    assert build(claims, database).problems == []
    with closing(sqlite3.connect(database)) as opened:
        profile = profile_of(opened, "outlet", "silent")
    lists = ("claims", "statuses", "disputes", "opposed_by", "scopes", "cited_in")
    assert [profile[name] for name in lists] == [[]] * 6
    assert (profile["n_claims"], profile["n_disputes"], profile["against_itself"]) == (0, 0, None)


def test_what_is_not_there_has_no_profile(connection: sqlite3.Connection) -> None:
    with pytest.raises(LookupError):
        profile_of(connection, "outlet", "nobody")
