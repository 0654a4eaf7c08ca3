"""An outlet's page: what it is cited for, on which side, and who is cited against it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Final

import pytest

from ledger.database.profiles import CLAIMS
from ledger.site.pages.outlet import outlet_of
from tests.site.conftest import ONE_LOOP, Site
from tests.site.reading import Read


@ONE_LOOP
async def test_an_outlets_page_says_what_it_is_cited_for(small: Site) -> None:
    page = await small.get("/outlets/wire")
    assert Read(page).headings == ["The Wire"]
    assert "Cited for 3 claims, in 2 disputes." in Read(page).words
    claims = Read(page, "claims")
    assert {"/claims/deaths-300", "/claims/killers-army", "/claims/killers-rebels"} <= set(
        claims.links
    )
    assert "/claims/date-given" not in claims.links


@ONE_LOOP
async def test_it_says_which_positions_the_outlet_is_cited_for(small: Site) -> None:
    disputes = Read(await small.get("/outlets/wire"), "disputes")
    assert "/disputes/deaths" in disputes.links
    assert "Position A about 300 people (1 claim)" in disputes.words
    assert disputes.words.count("Position") == 3


@ONE_LOOP
async def test_it_says_who_is_cited_against_it(small: Site) -> None:
    opposed = Read(await small.get("/outlets/wire"), "opposed")
    assert "It is cited on both sides of 1 question" in opposed.words
    assert (
        opposed.said(".//tbody/tr")[0]
        == "The Daily 2 How many people were killed? and 1 more question"
    )
    assert "/outlets/daily" in opposed.links


@ONE_LOOP
async def test_it_leads_to_its_documents_and_its_rows(small: Site) -> None:
    page = Read(await small.get("/outlets/daily"))
    assert "Published The Page" in page.words
    assert "/documents/page" in page.links
    assert "/ledger/claims?_outlet=daily" in page.links
    assert "/ledger/outlets/daily" in page.links
    assert "Also called Daily" in page.words


@ONE_LOOP
async def test_an_outlet_that_is_not_there_is_not_found(small: Site) -> None:
    await small.get("/outlets/nobody", status=404)


def test_every_citation_is_counted_by_what_it_is_for(connection: sqlite3.Connection) -> None:
    scopes = {one["scope"]: one["n"] for one in outlet_of(connection, "radio")["scopes"]}
    asked = "SELECT count(*) FROM citations WHERE outlet = 'radio' AND scope = ?"
    assert scopes.keys() == {"claim", "paragraph"}
    for scope, n in scopes.items():
        assert connection.execute(asked, [scope]).fetchone() == (n,)


def test_of_what_is_not_there_nothing_is_told(connection: sqlite3.Connection) -> None:
    with pytest.raises(LookupError):
        outlet_of(connection, "nobody")


@ONE_LOOP
async def test_the_most_contested_claims_come_first_and_not_too_many(shipped: Site) -> None:
    page = await shipped.get("/outlets/reuters")
    ((total,),) = shipped.sql(
        "SELECT count(DISTINCT claim) FROM citations WHERE outlet = 'reuters'"
    )
    first = shipped.sql(
        "SELECT id FROM claims WHERE id IN (SELECT claim FROM citations WHERE outlet = 'reuters') "
        "ORDER BY turn LIMIT ?",
        CLAIMS,
    )
    shown = Read(page, "claims")
    assert [link for link in shown.links if link.startswith("/claims/")] == [
        f"/claims/{name}" for (name,) in first
    ]
    assert f"All {total} claims that Reuters is cited for" in shown.words
    assert len(page) < 120_000


def test_an_outlet_cited_against_itself_is_so_however_many_are_more_opposed(
    shipped: Site,
) -> None:
    with closing(sqlite3.connect(shipped.database)) as connection:
        for name in ("reuters", "agence-france-presse"):
            asked = {"name": name}
            (pairs,) = connection.execute(AGAINST_ITSELF, asked).fetchone()
            outlet = outlet_of(connection, name)
            assert pairs > 0
            assert outlet["against_itself"]["id"] == name
            assert name not in [one["id"] for one in outlet["opposed_by"]]


AGAINST_ITSELF: Final = """
SELECT count(*) FROM conflicts k
JOIN citations a ON a.claim = k.claim_a JOIN citations b ON b.claim = k.claim_b
WHERE k.state = 'open' AND a.outlet = :name AND b.outlet = :name
"""
