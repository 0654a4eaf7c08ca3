"""The page of a question: its positions side by side, why they conflict, on whose word."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio

from ledger.build import build
from ledger.reports.questions import question
from ledger.site.pages.question import DEPTH, page_of
from ledger.words import NATURE_NAMES, NATURES, STATES
from tests.full import FULL
from tests.site.conftest import ONE_LOOP, Site, opened
from tests.site.reading import Read
from tests.site.seen import Seen
from tests.small import DOSSIER, SMALL, write_folder


@pytest_asyncio.fixture(loop_scope="session")
async def full(tmp_path: Path) -> AsyncIterator[Site]:
    """Yield the site over a ledger with one of each relation."""
    database = tmp_path / "ledger.db"
    assert build(write_folder(tmp_path / "full", FULL), database).problems == []
    async with opened(database) as site:
        yield site


@asynccontextmanager
async def written(
    folder: Path, dossier: str, documents: str = SMALL["documents.yaml"]
) -> AsyncIterator[Site]:
    """Run the site over the small ledger with another dossier until the end of the block."""
    files = SMALL | {"mali/village-2022.yaml": dossier, "documents.yaml": documents}
    path = folder / "ledger.db"
    assert build(write_folder(folder / "claims", files), path).problems == []
    async with opened(path) as site:
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
    assert "The paragraph cites: Radio Goïta, The Wire (named 2 times there)" in sides[0]
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
    sql = (
        "SELECT n_origins || ' ' || n_independent || ' ' || n_outlets || ' ' || n_outlets_nearby "
        "|| ' ' || n_documents FROM positions WHERE question = 'deaths' ORDER BY number"
    )
    for row, (counts,) in zip(table, full.sql(sql), strict=True):
        assert f" {counts} " in f"{row} "
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


def test_many_claims_take_as_many_queries_as_few(tmp_path: Path) -> None:
    counts = []
    for n in (6, 60):
        crowd = "".join(CROWD.format(n=one, value=20 + 60 * (one % 2)) for one in range(n))
        files = {**SMALL, "mali/village-2022.yaml": SMALL["mali/village-2022.yaml"] + crowd}
        path = tmp_path / f"{n}.db"
        assert build(write_folder(tmp_path / str(n), files), path).problems == []
        with closing(sqlite3.connect(path)) as connection:
            asked: list[str] = []
            connection.set_trace_callback(asked.append)
            page_of(connection, name="deaths", disputed=True)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@ONE_LOOP
@pytest.mark.parametrize("name", ["nobody", "deaths-300"])
async def test_what_is_no_question_is_not_found(small: Site, name: str) -> None:
    await small.get(f"/disputes/{name}", status=404)


@ONE_LOOP
@pytest.mark.parametrize("nature", list(NATURES))
async def test_every_dispute_says_of_what_kind_it_is(shipped: Site, nature: str) -> None:
    sql = "SELECT id FROM disputes WHERE nature = ? ORDER BY id LIMIT 3"
    for (name,) in shipped.sql(sql, nature):
        page = Seen(await shipped.get(f"/disputes/{name}"))
        (kicker,) = page.root.xpath("//p[@class='kicker']")
        assert kicker.xpath(".//*[@class='shape']")
        assert NATURE_NAMES[nature] in kicker.text_content()


CIVILIANS: Final = """
- id: civilians-yes
  text: The dead were civilians.
  claimant: witnesses
  question: civilians
  value: yes
  found: page#2
- id: fighters
  text: Those fought there were fighters.
  claimant: state
  question: {question}
  value: {value}
  found: page#3
  conflicts: {{civilians-yes: Civilians are no fighters.}}
"""


def elsewhere(question: str) -> str:
    """Return the small dossier with a question that only a claim elsewhere contests."""
    asks = "  civilians: {asks: Were they civilians?, answer: yes-no}\n"
    asks += "  armed: {asks: Were they armed?, answer: yes-no}\n"
    claims = CIVILIANS.format(question=question, value="yes")
    if not question:
        claims = claims.replace("  question: \n  value: yes\n", "")
    return DOSSIER.replace("questions:\n", f"questions:\n{asks}") + claims


@ONE_LOOP
@pytest.mark.parametrize("other", ["armed", ""])
async def test_what_claims_elsewhere_say_against_it_is_told_on_both_pages(
    tmp_path: Path, other: str
) -> None:
    async with written(tmp_path, elsewhere(other)) as site:
        moved = await site.datasette.client.get("/questions/civilians")
        assert (moved.status_code, moved.headers["location"]) == (302, "/disputes/civilians")
        page = Seen(await site.get("/disputes/civilians"))
        told = page.section("elsewhere")
        assert "Those fought there were fighters. The State" in told
        assert "Civilians are no fighters." in told
        assert ("on Were they armed?" in told) == bool(other)
        assert ("it answers no question" in told) == (not other)
        lede = page.words("//p[@class='lede']")
        assert lede == (
            "On 27 March 2022 at A Village: Witnesses say yes. The State says what contradicts it: "
            "Those fought there were fighters."
        )
        if other:
            assert "/disputes/armed" in page.links()
            back = Seen(await site.get("/disputes/armed")).section("together")
            assert "Were they civilians? one of its claims is in conflict with one here" in back
        calm = await site.get("/disputes/killers")
        assert "elsewhere" not in calm


@ONE_LOOP
async def test_a_whole_and_its_parts_are_named_as_hanging_together(tmp_path: Path) -> None:
    part = "  women: {asks: How many women?, answer: quantity, unit: people, part_of: deaths}\n"
    same = "  dead: {asks: How many died?, answer: quantity, unit: people, same_as: deaths}\n"
    dossier = DOSSIER.replace("questions:\n", f"questions:\n{part}{same}")
    async with written(tmp_path, dossier) as site:
        whole = Seen(await site.get("/disputes/deaths")).section("together")
        assert "How many women? it counts a part of what is counted here" in whole
        assert "How many died? it asks the same" in whole
        women = Seen(await site.get("/questions/women")).section("together")
        assert "How many people were killed? what is counted here is a part of it" in women
        dead = Seen(await site.get("/questions/dead")).section("together")
        assert "How many people were killed? it asks the same" in dead


@ONE_LOOP
async def test_a_relay_that_alters_what_it_repeats_says_so(tmp_path: Path) -> None:
    relay = (
        "\n- id: retold\n  text: The army repeats 900.\n  claimant: army\n  question: deaths\n"
        "  value: 900\n  based_on: [deaths-300]\n  found: page#3\n"
    )
    async with written(tmp_path, DOSSIER + relay) as site:
        page = Seen(await site.get("/disputes/deaths"))
        said = "ays 900 people where what it relays says about 300 people"
        assert f"S{said}" in page.section("positions")
        assert f"s{said}" in page.section("chains")
        assert f"S{said}" in Seen(await site.get("/claims/retold")).words()
        basis = Seen(await site.get("/claims/deaths-300")).section("origins")
        assert f"S{said}" in basis


@ONE_LOOP
async def test_one_word_that_documents_tell_differently_is_told_as_such(tmp_path: Path) -> None:
    documents = SMALL["documents.yaml"] + "leaf: {title: The Leaf, outlet: radio}\n"
    other = (
        "\n- id: other\n  text: Forty died.\n  claimant: witnesses\n  question: deaths\n"
        "  value: 40\n  found: leaf\n"
    )
    async with written(tmp_path, DOSSIER + other, documents) as site:
        told = Seen(await site.get("/disputes/deaths")).section("chains")
    assert (
        "The word of Witnesses is told differently by 2 documents: The Leaf and The Page." in told
    )


@ONE_LOOP
async def test_how_far_apart_claims_are_is_not_said_of_vague_words(tmp_path: Path) -> None:
    async with written(tmp_path, DOSSIER) as site:
        assert "170 people apart" in Seen(await site.get("/disputes/deaths")).words()
    async with written(tmp_path / "vague", DOSSIER.replace("~300", "dozens")) as site:
        page = Seen(await site.get("/disputes/deaths"))
        assert "apart" not in page.words()
        assert "a factor of" not in page.words()
        assert "dozens of people drawn as 24 to 199" in page.section("plot")
        assert "no number" in page.section("plot")
        assert "apart" not in Seen(await site.get("/disputes")).words("//ol[@start]")


@ONE_LOOP
async def test_origins_of_one_whole_are_told_with_the_whole(tmp_path: Path) -> None:
    army = DOSSIER + (
        "\n- id: killers-army-rebels\n  text: The army says rebels.\n  claimant: army\n"
        "  question: killers\n  value: rebels\n  found: page#3\n"
    )
    async with written(tmp_path, army) as site:
        side = Seen(await site.get("/disputes/killers")).all("//div[@class='sides']/section")[1]
    assert "2 origins, 1 independent; 1 outlet" in side
    assert "All 2 count as one: The State." in side


@ONE_LOOP
async def test_an_editors_summary_opens_the_page(tmp_path: Path) -> None:
    summary = "    summary: Witnesses count fewer than the page.\n    unit: people\n"
    async with written(tmp_path, DOSSIER.replace("    unit: people\n", summary)) as site:
        page = Seen(await site.get("/disputes/deaths"))
    assert page.words("//p[@class='lede']") == "Witnesses count fewer than the page."
    (described,) = page.root.xpath("//meta[@property='og:description']/@content")
    assert described == "Witnesses count fewer than the page."


ASKED_ONCE: Final = """
title: A day
questions:
  asked: {asks: Did it happen?, answer: yes-no}
claims:
"""

FIRST: Final = (
    "- {id: first, text: It did., claimant: witnesses, question: asked, value: yes, found: page#3}"
)

STATED: Final = {
    "disputed": f"{ASKED_ONCE}{FIRST}\n"
    "- {id: no, text: It did not., claimant: state, question: asked, value: no, found: page#3}\n",
    "contested elsewhere": f"{ASKED_ONCE}{FIRST}\n"
    "- {id: no, text: No., claimant: state, found: page#3, conflicts: {first: It denies.}}\n",
    "agreed": f"{ASKED_ONCE}{FIRST}\n"
    "- {id: also, text: It did., claimant: state, question: asked, value: yes, found: page#3}\n",
    "single origin": f"{ASKED_ONCE}{FIRST}\n",
    "origin not recorded": f"{ASKED_ONCE}{FIRST}\n".replace(
        "found: page#3", "found: page#3, origins: unknown"
    ),
}


@ONE_LOOP
@pytest.mark.parametrize("state", [one for one in STATES if one != "unanswered"])
async def test_every_state_of_a_question_has_its_words(tmp_path: Path, state: str) -> None:
    dossier = STATED[state]
    said = {
        "disputed": "In dispute",
        "contested elsewhere": "Contested by claims elsewhere",
        "agreed": "Answered by several independent origins",
        "single origin": "Answered by a single origin",
        "origin not recorded": "nobody recorded whom the answers go back to",
    }
    async with written(tmp_path, dossier) as site:
        page = Seen(await site.get("/questions/asked"))
    assert said[state] in page.words("//p[@class='kicker']")


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
