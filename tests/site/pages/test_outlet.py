"""An outlet's page: what it carries, on which side, what it only stands beside, who is against."""

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
async def test_an_outlets_page_says_what_it_is_known_to_carry(small: Site) -> None:
    page = await small.get("/outlets/daily")
    assert Read(page).headings == ["The Daily"]
    assert "Known to carry 5 claims, in 2 disputes" in Read(page).words
    claims = Read(page, "claims")
    assert {"/claims/deaths-300", "/claims/deaths-500", "/claims/date-given"} <= set(claims.links)


@ONE_LOOP
async def test_what_it_only_stands_beside_is_told_apart_and_in_grey(small: Site) -> None:
    for name in ("wire", "radio"):
        page = await small.get(f"/outlets/{name}")
        assert "Not known to carry any claim." in Read(page).words
        assert "It only stands at the paragraphs of 3 claims." in Read(page).words
        assert not Read(page, "claims").links
        beside = Read(page, "nearby")
        assert "for which of their sentences is not known" in beside.words
        assert beside.element.get("class") == "beside"
        claims = {"/claims/deaths-300", "/claims/killers-army", "/claims/killers-rebels"}
        assert claims <= set(beside.links)
        (table,) = (link for link in beside.links if link.startswith("/ledger/claims?"))
        assert table == f"/ledger/claims?_nearby={name}"
        assert await small.count(table.replace("?", ".json?")) == 3


@ONE_LOOP
async def test_who_carries_every_claim_that_cites_it_stands_beside_none(small: Site) -> None:
    page = Read(await small.get("/outlets/daily"))
    assert "only stands" not in page.words
    assert "/ledger/claims?_nearby=daily" not in page.links


@ONE_LOOP
async def test_it_says_which_positions_the_outlet_carries(small: Site) -> None:
    disputes = Read(await small.get("/outlets/daily"), "disputes")
    assert "/disputes/deaths" in disputes.links
    assert "Position A about 300 people (1 claim)" in disputes.words
    assert disputes.words.count("Position") == 4
    assert not Read(await small.get("/outlets/wire"), "disputes").links


@ONE_LOOP
async def test_it_says_who_carries_the_opposite(rich: Site, retold: Site) -> None:
    opposed = Read(await rich.get("/outlets/radio"), "opposed")
    assert opposed.said(".//tbody/tr") == ["The Daily 1 How many people were killed?"]
    assert "/outlets/daily" in opposed.links
    opposed = Read(await retold.get("/outlets/wire"), "opposed")
    assert opposed.said(".//tbody/tr") == ["The Daily 2 How many people were killed?"]


@ONE_LOOP
async def test_who_carries_both_sides_is_told_so(small: Site) -> None:
    opposed = Read(await small.get("/outlets/daily"), "opposed")
    assert "It carries claims that contradict each other, on 2 questions." in opposed.words
    assert not opposed.said(".//tbody/tr")


@ONE_LOOP
async def test_it_tells_where_it_alters_what_it_repeats(retold: Site) -> None:
    told = Read(await retold.get("/outlets/daily"), "altered")
    assert "1 claim that it carries repeats another and alters it." in told.words
    assert "This alters what it repeats:" in told.words
    assert [link for link in told.links if link.startswith("/claims/")] == [
        "/claims/deaths-400",
        "/claims/deaths-300",
    ]
    assert not Read(await retold.get("/outlets/wire"), "altered").links


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
@pytest.mark.parametrize(
    ("name", "table", "section", "most"),
    [
        (
            "oe-watch",
            "claim_outlets",
            "claims",
            "All {} claims that OE Watch (U.S. Army) is known to carry",
        ),
        ("reuters", "claim_outlets_nearby", "nearby", "All {} claims as a table"),
    ],
)
async def test_the_most_contested_claims_come_first_and_not_too_many(
    shipped: Site, name: str, table: str, section: str, most: str
) -> None:
    page = await shipped.get(f"/outlets/{name}")
    ids = shipped.sql(
        f"SELECT id FROM claims JOIN {table} ON claim = id WHERE outlet = ? ORDER BY turn",  # noqa: S608 # a table of the schema
        name,
    )
    shown = Read(page, section)
    assert [link for link in shown.links if link.startswith("/claims/")] == [
        f"/claims/{claim}" for (claim,) in ids[:CLAIMS]
    ]
    assert most.format(len(ids)) in shown.words
    assert len(page) < 120_000


def test_an_outlet_that_carries_both_sides_is_told_so_however_many_are_more_opposed(
    shipped: Site,
) -> None:
    with closing(sqlite3.connect(shipped.database)) as connection:
        for name in ("oe-watch", "counter-extremism-project"):
            (pairs,) = connection.execute(AGAINST_ITSELF, {"name": name}).fetchone()
            outlet = outlet_of(connection, name)
            assert pairs > 0
            assert outlet["against_itself"]["id"] == name
            assert name not in [one["id"] for one in outlet["opposed_by"]]
        # CNN only stands at paragraphs that tell both sides.
        assert outlet_of(connection, "cnn")["against_itself"] is None


AGAINST_ITSELF: Final = """
SELECT count(*) FROM conflicts k
JOIN claim_outlets a ON a.claim = k.claim_a JOIN claim_outlets b ON b.claim = k.claim_b
WHERE k.state = 'open' AND a.outlet = :name AND b.outlet = :name
"""
