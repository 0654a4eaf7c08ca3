"""An actor's page: what it claims, its tree, what names it, whom it contradicts."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from ledger.reports.registers import named
from ledger.site.pages.actor import actor_of
from tests.site.conftest import ONE_LOOP, Site
from tests.site.reading import Read


@ONE_LOOP
async def test_an_actors_page_says_what_it_claims_and_what_names_it(small: Site) -> None:
    page = await small.get("/actors/army")
    assert Read(page).headings == ["The Army"]
    assert "Makes no claim in the ledger; 1 claim names it as an answer." in Read(page).words
    assert Read(page, "naming").links[0] == "/claims/killers-army"
    claims = Read(await small.get("/actors/witnesses"), "claims")
    assert {"/claims/deaths-300", "/claims/killers-army"} <= set(claims.links)


@ONE_LOOP
async def test_it_shows_what_the_actor_is_part_of_and_its_parts(small: Site) -> None:
    page = Read(await small.get("/actors/army"))
    assert "Part of The State Parts of it First Brigade" in page.words
    assert page.said("//ol[@class='tree-above']/li") == ["The State"]
    top = Read(await small.get("/actors/state"))
    assert top.said("//div[@class='tree']/ul/li/ul/li") == ["First Brigade"]


@ONE_LOOP
async def test_it_says_whom_the_actor_contradicts(small: Site) -> None:
    opposed = Read(await small.get("/actors/state"), "opposed")
    assert opposed.said(".//tbody/tr") == ["Witnesses 1 Who killed them?"]
    assert "/questions/killers" in opposed.links
    back = Read(await small.get("/actors/witnesses"), "opposed")
    assert set(back.said(".//tbody/tr/th")) == {"The State", "The Page"}


@ONE_LOOP
async def test_it_says_what_the_actor_counts_under(retold: Site) -> None:
    for name in ("army", "brigade"):
        page = Read(await retold.get(f"/actors/{name}"))
        assert "It counts as The State: what those of one whole say has one" in page.words
    for name in ("state", "rebels"):
        assert "It counts as" not in Read(await retold.get(f"/actors/{name}")).words


@ONE_LOOP
async def test_it_says_who_speaks_for_itself_and_who_stands_for_the_unnamed(
    retold: Site,
) -> None:
    council = Read(await retold.get("/actors/council"))
    assert "It speaks for itself, though it is part of a whole" in council.words
    reports = Read(await retold.get("/actors/reports"))
    assert "stands for people whom nobody names: each claim counts as an origin" in reports.words


def test_every_shipped_actor_counts_as_its_origins_do(shipped: Site) -> None:
    with closing(sqlite3.connect(shipped.database)) as connection:
        rows = connection.execute(
            "SELECT DISTINCT actor, whole FROM claim_origins WHERE origin = actor"
        ).fetchall()
        assert len(rows) > 50
        assert {one: actor_of(connection, one)["whole"].id for one, _ in rows} == dict(rows)


@ONE_LOOP
async def test_it_tells_where_its_word_is_told_differently(retold: Site) -> None:
    told = Read(await retold.get("/actors/witnesses"), "retold")
    assert "3 pairs of claims in open conflict, told by 2 documents" in told.words
    assert "Who repeats it alters it:" in told.words
    assert "Told differently elsewhere:" in told.words
    assert {"/claims/deaths-300", "/claims/deaths-400", "/claims/deaths-900"} <= set(told.links)
    state = Read(await retold.get("/actors/state"), "retold")
    assert "This alters what it repeats:" in state.words
    assert not Read(await retold.get("/actors/rebels"), "retold").links


@ONE_LOOP
async def test_claims_that_name_it_beyond_those_shown_are_in_the_table(
    shipped: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.site.pages.actor.NAMING_SHOWN", 2)
    with closing(sqlite3.connect(shipped.database)) as connection:
        naming = named(connection).actors
    name = max(naming, key=lambda one: len(naming[one]))
    page = Read(await shipped.get(f"/actors/{name}?few"), "naming")
    claims = [link for link in page.links if link.startswith("/claims/")]
    assert claims == [f"/claims/{one}" for one in naming[name][:2]]
    assert len(naming[name]) > len(claims)
    (more,) = (link for link in page.links if link.startswith("/ledger/claims?"))
    rows = json.loads(await shipped.get(f"{more.replace('?', '.json?')}&_shape=array&_size=max"))
    assert {row["id"] for row in rows} >= set(naming[name])


@ONE_LOOP
async def test_it_leads_to_its_rows(small: Site) -> None:
    page = Read(await small.get("/actors/witnesses"))
    assert "/ledger/claims?claimant=witnesses" in page.links
    assert "/ledger/actors/witnesses" in page.links


@ONE_LOOP
async def test_who_makes_no_claims_has_no_rows_of_claims_to_lead_to(small: Site) -> None:
    page = await small.get("/actors/brigade")
    assert "Makes no claim in the ledger" in Read(page).words
    assert "/ledger/claims?claimant=" not in page


@ONE_LOOP
async def test_an_actor_that_is_not_there_is_not_found(small: Site) -> None:
    await small.get("/actors/nobody", status=404)


def test_a_claimant_against_itself_is_told_apart(connection: sqlite3.Connection) -> None:
    # The army's only claim was withdrawn: it is in no open conflict.
    army = actor_of(connection, "army")
    assert army["against_itself"] is None
    assert army["opposed_by"] == []
    assert [one.id for one in army["claims"]] == ["deaths-withdrawn"]


@ONE_LOOP
async def test_who_contradicts_whom_is_the_same_from_both_ends(shipped: Site) -> None:
    pairs = shipped.sql(
        "SELECT DISTINCT c.claimant, o.claimant FROM claim_conflicts k "
        "JOIN claims c ON c.id = k.claim JOIN claims o ON o.id = k.other "
        "WHERE k.state = 'open' AND c.claimant <> o.claimant"
    )
    assert pairs
    busy = max({one for one, _ in pairs}, key=lambda one: sum(p[0] == one for p in pairs))
    shown = Read(await shipped.get(f"/actors/{busy}"), "opposed")
    others = {other for one, other in pairs if one == busy}
    listed = {link.removeprefix("/actors/") for link in shown.links if link.startswith("/actors/")}
    assert listed <= others
    assert len(listed) == min(len(others), 12)


def test_of_what_is_not_there_nothing_is_told(connection: sqlite3.Connection) -> None:
    with pytest.raises(LookupError):
        actor_of(connection, "nobody")
