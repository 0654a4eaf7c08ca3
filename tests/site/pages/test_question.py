"""The page of a question: its positions side by side, why they conflict, on whose word."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
import pytest_asyncio

from ledger.build import build
from ledger.reports.questions import question
from ledger.site.pages.question import DEPTH
from tests.full import FULL
from tests.site.conftest import ONE_LOOP, Site, opened
from tests.site.reading import Read
from tests.site.seen import Seen
from tests.small import SMALL, write_folder


@pytest_asyncio.fixture(loop_scope="session")
async def full(tmp_path: Path) -> AsyncIterator[Site]:
    """Yield the site over a ledger with one of each relation."""
    database = tmp_path / "ledger.db"
    assert build(write_folder(tmp_path / "full", FULL), database).problems == []
    async with opened(database) as site:
        yield site


@ONE_LOOP
async def test_the_positions_stand_side_by_side_with_their_claims(small: Site) -> None:
    page = Seen(await small.get("/disputes/deaths"))
    assert page.all("//h1") == ["How many people were killed?"]
    sides = page.all("//div[@class='sides']/section")
    assert len(sides) == 2
    assert "about 300 people" in sides[0]
    assert "claimed by Witnesses" in sides[0]
    assert "5 April 2022" in sides[0]
    assert "The Wire × 2" in sides[0]  # noqa: RUF001 # times
    assert "Read in The Page, paragraph 2" in sides[0]


@ONE_LOOP
async def test_quantities_are_drawn_on_one_scale_with_open_ends_open(small: Site) -> None:
    page = Seen(await small.get("/disputes/deaths"))
    assert page.root.xpath("//ol[@class='plot']//*[local-name()='line'][@class='bar-open']")
    assert "A dotted line with an arrow has no end that way" in page.words()
    assert page.root.xpath("//ol[@class='plot']//*[local-name()='rect'][@class='band']")


@ONE_LOOP
async def test_days_are_drawn_on_a_time_line(shipped: Site) -> None:
    page = Seen(await shipped.get("/disputes/takuba-end-date"))
    assert "On a time line" in page.all("//h2")


@ONE_LOOP
async def test_a_logarithmic_scale_says_so(shipped: Site) -> None:
    assert "The axis is logarithmic" in await shipped.get("/disputes/moura-deaths")


@ONE_LOOP
async def test_actors_have_columns_and_no_scale(small: Site) -> None:
    page = Seen(await small.get("/disputes/killers"))
    assert page.root.xpath("//ol[@class='plot']") == []
    assert page.all("//div[@class='sides']//h3") == ["Position A The Army", "Position B The Rebels"]


@ONE_LOOP
async def test_why_a_pair_conflicts_is_said_by_the_editor_and_by_the_values(small: Site) -> None:
    found = Seen(await small.get("/disputes/deaths")).section("conflicts")
    assert "The totals exclude each other." in found
    assert "By the values: About 300 reaches to 330; 500 or more starts at 500." in found
    assert "1 pair of claims that exclude each other" in found


@ONE_LOOP
async def test_origins_stand_against_outlets(full: Site) -> None:
    found = Seen(await full.get("/disputes/deaths"))
    table = found.all("//table//tbody/tr")
    sql = """
    SELECT n_origins, n_outlets, n_documents FROM positions WHERE question = ? ORDER BY number
    """
    for row, (origins, outlets, documents) in zip(table, full.sql(sql, "deaths"), strict=True):
        assert f" {origins} {outlets} {documents} " in f"{row} "
    assert "Witnesses" in found.section("origins")


@ONE_LOOP
async def test_who_the_parties_are_is_said(shipped: Site) -> None:
    listed = Read(await shipped.get("/disputes/france-supports-jihadists"), "about").words
    assert (
        "Parties to it France, Government of Mali, and whoever belongs to the same government"
        in listed
    )
    named = Read(await shipped.get("/disputes/la-terrasse-motive"), "about")
    assert "Al-Mourabitoun, Fawaz Ould Ahmeida, whom answers name, and whoever" in named.words
    assert "/actors/al-mourabitoun" in named.links
    none = Read(await shipped.get("/disputes/mali-metre-2023-russia-against-what"), "about").words
    assert "Parties to it" not in none


@ONE_LOOP
async def test_what_hinges_on_one_origin_is_said(small: Site) -> None:
    found = Seen(await small.get("/disputes/deaths")).section("origins")
    assert "without the word of The Page or that of Witnesses, this would be no dispute." in found


@ONE_LOOP
async def test_a_dispute_that_hinges_on_nobody_says_so(shipped: Site) -> None:
    found = Seen(await shipped.get("/disputes/moura-deaths")).section("origins")
    assert "whichever it is, this would still be a dispute." in found


@ONE_LOOP
async def test_who_repeats_whom_is_drawn(full: Site) -> None:
    page = Seen(await full.get("/disputes/deaths"))
    assert page.root.xpath("//ul[@class='chain']/li/ul/li")
    assert "Witnesses About 300 people were killed. The Page The radio repeats" in page.section(
        "chains"
    ).replace("Position A ", "").replace("Position B ", "")


@ONE_LOOP
async def test_a_revision_is_none_of_the_conflicts(full: Site) -> None:
    page = Seen(await full.get("/disputes/deaths"))
    assert "The State speaks of 20 people killed." in page.section("revisions")
    assert "The State now speaks of 203 people killed." in page.section("revisions")
    assert "20 people" not in page.section("conflicts")


@ONE_LOOP
async def test_a_dismissed_conflict_is_shown_as_one_with_the_reason(full: Site) -> None:
    found = Seen(await full.get("/disputes/deaths")).section("conflicts")
    assert "1 pair that an editor dismissed: both may be true" in found
    assert "Counts only the first day." in found


@ONE_LOOP
async def test_claims_that_fell_are_set_apart(full: Site) -> None:
    found = Seen(await full.get("/disputes/deaths")).section("others")
    assert "retracted" in found
    assert "Nobody was killed." in found


@ONE_LOOP
async def test_a_finding_is_set_apart_and_signed(full: Site) -> None:
    found = Seen(await full.get("/disputes/deaths")).section("finding")
    assert "About 300." in found
    assert "Two lists agree." in found
    assert "Signed by An Editor, 2 January 2023" in found


@ONE_LOOP
async def test_a_question_is_shown_at_the_address_that_tells_its_state(full: Site) -> None:
    client = full.datasette.client
    moved = await client.get("/disputes/scene")
    assert (moved.status_code, moved.headers["location"]) == (302, "/questions/scene")
    moved = await client.get("/questions/deaths")
    assert (moved.status_code, moved.headers["location"]) == (302, "/disputes/deaths")
    page = Seen(await full.get("/questions/scene"))
    assert "Answered by a single origin" in page.words()
    assert "without the word of Witnesses, nobody in the ledger would answer it." in page.words()
    assert "Why they cannot all be true" not in page.words()


@ONE_LOOP
async def test_every_question_that_is_shipped_has_a_page(shipped: Site) -> None:
    for (name,) in shipped.sql("SELECT id FROM questions ORDER BY id LIMIT 60"):
        page = Seen(await shipped.get(f"/questions/{name}"))
        assert page.forbidden() == []


CROWD = """
- id: crowd-{n}
  text: Claim {n} of the crowd.
  question: deaths
  value: {value}
  found: page#3
"""


def test_a_crowded_question_shows_some_of_its_claims_and_pairs(tmp_path: Path) -> None:
    crowd = "".join(CROWD.format(n=n, value=20 + 60 * (n % 2)) for n in range(400))
    dossier = SMALL["mali/village-2022.yaml"] + crowd
    folder = write_folder(tmp_path / "claims", {**SMALL, "mali/village-2022.yaml": dossier})
    assert build(folder, tmp_path / "ledger.db").problems == []
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as connection:
        asked = question(connection, "deaths", DEPTH)
    assert len(asked.claims) <= DEPTH.claims
    assert 0 < len(asked.conflicts) <= DEPTH.pairs
    assert sum(position.more_claims for position in asked.positions) > 0


@ONE_LOOP
@pytest.mark.parametrize("name", ["nobody", "deaths-300"])
async def test_what_is_no_question_is_not_found(small: Site, name: str) -> None:
    await small.get(f"/disputes/{name}", status=404)


@ONE_LOOP
async def test_a_dispute_that_goes_back_to_one_origin_says_so(shipped: Site) -> None:
    told = "all of it goes back to one origin"
    found = shipped.sql("SELECT id, n_origins = 1 FROM disputes ORDER BY id")
    assert {0, 1} == {alone for _, alone in found}
    for name, alone in found[:12]:
        assert (told in await shipped.get(f"/disputes/{name}")) == alone
    cards = Read(await shipped.get("/disputes")).words
    assert told in cards


@ONE_LOOP
async def test_a_question_says_which_of_its_claims_others_contest(shipped: Site) -> None:
    found = shipped.sql(
        "SELECT q.id, sum(c.status = 'contested') FROM questions q "
        "JOIN claims c ON c.question = q.id WHERE q.state = 'agreed' GROUP BY q.id ORDER BY 2 DESC"
    )
    contested, calm = found[0], found[-1]
    assert contested[1] > 0
    assert calm[1] == 0
    page = Read(await shipped.get(f"/questions/{contested[0]}")).words
    assert "contested by claims on other questions" in page
    assert "contested by" not in Read(await shipped.get(f"/questions/{calm[0]}")).words


@ONE_LOOP
async def test_a_dispute_of_which_any_two_claims_go_together_says_so(tmp_path: Path) -> None:
    dossier = (
        "title: A day\nquestions: {day: {asks: In which year was it?, answer: date}}\nclaims:\n"
    )
    for name, value in {"a": "[2021,2022]", "b": "[2022,2023]", "c": "[2021,2023]"}.items():
        dossier += f"- {{id: {name}, text: It was then., claimant: army, question: day, "
        dossier += f'value: "{value}", found: page#2}}\n'
    files = {**SMALL, "mali/village-2022.yaml": dossier}
    path = tmp_path / "ledger.db"
    assert build(write_folder(tmp_path / "claims", files), path).problems == []
    async with opened(path) as site:
        told = Seen(await site.get("/disputes/day")).section("conflicts")
    assert "no one answer makes all of them true at once" in told
