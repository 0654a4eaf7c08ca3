"""A dossier's page: its questions and how they stand, its map, its claims in time."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from ledger.build import build
from ledger.site.pages.dossier import dossier_of
from tests.full import FULL
from tests.site.conftest import ONE_LOOP, Site, opened
from tests.site.reading import Read
from tests.small import write_folder


@pytest_asyncio.fixture(loop_scope="session")
async def full(tmp_path: Path) -> AsyncIterator[Site]:
    """Yield the site over a ledger with one of each relation."""
    path = tmp_path / "ledger.db"
    assert build(write_folder(tmp_path / "claims", FULL), path).problems == []
    async with opened(path) as site:
        yield site


@ONE_LOOP
async def test_a_dossiers_page_tells_how_its_questions_stand(full: Site) -> None:
    page = await full.get("/dossiers/village-2022")
    assert Read(page).headings == ["Killings at a village"]
    assert "27 March 2022" in Read(page).words
    assert "4 questions, 2 in dispute" in Read(page).words
    disputed = Read(page, "disputed")
    assert {"/disputes/deaths", "/disputes/killers"} == set(disputed.links)
    assert "Position A" in disputed.words
    others = Read(page, "questions")
    assert {"/questions/scene", "/questions/beginning"} == set(others.links)
    assert "single origin Where did it happen?" in others.words


@ONE_LOOP
async def test_it_names_the_parties_that_it_lists(full: Site, shipped: Site) -> None:
    assert "to it:" not in Read(await full.get("/dossiers/village-2022")).words
    page = Read(await shipped.get("/dossiers/france-and-jihadists"))
    assert "Parties to it: France, Government of Mali" in page.words
    assert {"/actors/france", "/actors/mali-government"} <= set(page.links)
    assert "to it:" not in Read(await shipped.get("/dossiers/mali-metre-2023")).words


@ONE_LOOP
async def test_it_shows_where_it_happened(full: Site) -> None:
    page = Read(await full.get("/dossiers/village-2022"))
    assert "A Village: settlement, 14.5° N, 4.1° W" in page.words
    assert "/places/village" in page.links


@ONE_LOOP
async def test_it_shows_its_claims_in_time(full: Site) -> None:
    page = await full.get("/dossiers/village-2022")
    happened = Read(page, "happened")
    assert "March 2022 It began in March." in happened.words
    assert "The shaded band is the time of the dossier’s subject." in happened.words
    made = Read(page, "made").said(".//li[@class='plot-row']")
    assert made == [
        "5 April 2022 About 300 people were killed.",
        "June 2022 The State now speaks of 203 people killed.",
    ]


@ONE_LOOP
async def test_claims_that_answer_no_question_are_not_lost(full: Site) -> None:
    page = await full.get("/dossiers/village-2022")
    assert "/claims/date-given" in Read(page, "unasked").links
    assert "/ledger/claims?dossier=village-2022" in Read(page).links
    assert "From mali/village-2022.yaml in the claims folder" in Read(page).words


@ONE_LOOP
async def test_a_dossier_that_is_not_there_is_not_found(small: Site) -> None:
    await small.get("/dossiers/nothing", status=404)


def test_without_dates_there_is_no_time_line(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE claims SET made = NULL, kind = NULL")
    dossier = dossier_of(connection, "village-2022")
    assert dossier["happened"] is None
    assert dossier["made"] is None


def test_a_time_without_an_end_is_not_drawn(connection: sqlite3.Connection) -> None:
    assert "occurred" in dossier_of(connection, "village-2022")["made"].plot.shared
    connection.execute("UPDATE dossiers SET latest = NULL")
    assert "occurred" not in dossier_of(connection, "village-2022")["made"].plot.shared


def test_claims_are_put_in_the_order_of_what_their_dates_mean(
    connection: sqlite3.Connection,
) -> None:
    connection.execute("UPDATE claims SET made = '2022-04/2022-05' WHERE id = 'deaths-500'")
    connection.execute("UPDATE claims SET made = '../2021' WHERE id = 'date-given'")
    made = dossier_of(connection, "village-2022")["made"]
    assert [claim["id"] for claim in made.claims][:4] == [
        *("date-given", "deaths-withdrawn", "deaths-500", "deaths-300")
    ]
    assert made.plot.bars["date-given"].low_open


def test_of_what_is_not_there_nothing_is_told(connection: sqlite3.Connection) -> None:
    with pytest.raises(LookupError):
        dossier_of(connection, "nothing")


@ONE_LOOP
async def test_every_claim_of_a_dossier_is_listed_or_linked(shipped: Site) -> None:
    for (name,) in shipped.sql("SELECT id FROM dossiers"):
        page = Read(await shipped.get(f"/dossiers/{name}"))
        elsewhere = shipped.sql(
            "SELECT c.id FROM claims c JOIN questions q ON q.id = c.question "
            "WHERE c.dossier = ? AND q.dossier <> c.dossier",
            name,
        )
        assert {f"/claims/{one}" for (one,) in elsewhere} <= set(page.links)
    many = Read(await shipped.get("/dossiers/jnim"))
    assert "/ledger/claims?dossier=jnim&question__isnull=1" in many.links


@ONE_LOOP
async def test_conflicts_that_touch_its_claims_are_told(shipped: Site) -> None:
    page = await shipped.get("/dossiers/moura-2022")
    across = Read(page, "across")
    assert "The place of the operation at Moura was a stronghold of terrorists." in across.words
    assert "on Were there civilians among the dead of Moura?" in across.words
    assert {"/disputes/moura-civilians", "/claims/moura-stronghold-army"} <= set(across.links)
    assert "/disputes/moura-civilians" in Read(page, "disputed").links
    assert "Conflicts between claims" not in await shipped.get("/dossiers/gouni-2022")
    for name, n in shipped.sql(
        "SELECT d.id, count(DISTINCT k.claim_a || k.claim_b) FROM dossiers d "
        "JOIN claims c ON c.dossier = d.id JOIN conflicts k ON c.id IN (k.claim_a, k.claim_b) "
        "WHERE k.state = 'open' AND k.question IS NULL GROUP BY d.id"
    ):
        told = Read(await shipped.get(f"/dossiers/{name}"), "across")
        assert len(told.element.xpath(".//li[@class='card pair']")) == n


@ONE_LOOP
async def test_a_question_leads_to_the_address_that_tells_its_state(shipped: Site) -> None:
    for (name,) in shipped.sql("SELECT id FROM dossiers"):
        for link in Read(await shipped.get(f"/dossiers/{name}")).links:
            if link.startswith("/questions/"):
                answer = await shipped.datasette.client.get(link)
                assert answer.status_code == 200, link
