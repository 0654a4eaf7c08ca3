"""The page of a claim: how it stands, who is cited, what it contradicts, how to cite it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from ledger.build import build
from ledger.reports.claims import claim
from ledger.site.pages.claim import history_of, status_said
from tests.site.conftest import ONE_LOOP, Site, opened
from tests.site.seen import Seen
from tests.small import DOSSIER, SMALL, write_folder


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("contested", "1 claim contradicts it"),
        ("corroborated", "two or more independent origins agree and none disagrees"),
        ("single origin", "it rests on one independent origin’s word"),
        ("origin not recorded", "nobody recorded whom it goes back to"),
        ("superseded", "its claimant’s later word replaces it"),
        ("retracted", "its claimant has withdrawn it"),
    ],
)
def test_every_status_is_said_in_words(
    status: str, said: str, connection: sqlite3.Connection
) -> None:
    one = claim(connection, "deaths-300")
    assert status_said(replace(one, status=status, n_conflicts=1, n_origins=2)) == said


def test_a_claims_history_is_told_in_its_order(connection: sqlite3.Connection) -> None:
    relay = claim(connection, "deaths-relayed")
    (later,) = relay.based_on
    one = replace(
        relay,
        supersedes="first",
        supersedes_text="Twenty.",
        made="2022-06",
        superseded_by=[replace(later, made="2023")],
        retracted_on="2024-01-01",
        retracted_because="A slip.",
    )
    assert [(event.when, event.what) for event in history_of(one)] == [
        ("", "It replaces the earlier word"),
        ("June 2022", "Made by The State"),
        ("2023", "Replaced by the later word"),
        ("1 January 2024", "Withdrawn: A slip."),
    ]


@ONE_LOOP
@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("deaths-300", "Claim by Witnesses, contested: About 300 people were killed."),
        ("killers-rebels", "Claim by the State, contested: Rebels in uniform killed them."),
        ("deaths-withdrawn", "Claim by the Army, withdrawn: Nobody was killed."),
        ("date-given", "Claim by the Page: It happened in March."),
    ],
)
async def test_a_claims_title_says_whose_it_is_and_that_it_is_contested(
    rich: Site, name: str, title: str
) -> None:
    page = Seen(await rich.get(f"/claims/{name}"))
    assert page.words("//title") == title
    assert page.root.xpath("//meta[@property='og:title']/@content") == [title]
    assert page.words("//h1") in title
    for kind in ("name='description'", "property='og:description'"):
        (described,) = page.root.xpath(f"//meta[@{kind}]/@content")
        assert described.startswith(title)


@ONE_LOOP
async def test_a_claim_that_nobody_is_known_to_make_is_one_in_its_document(tmp_path: Path) -> None:
    documents = SMALL["documents.yaml"].replace("  voice: page\n", "")
    files = SMALL | {"documents.yaml": documents}
    path = tmp_path / "ledger.db"
    assert build(write_folder(tmp_path / "claims", files), path).problems == []
    async with opened(path) as site:
        page = Seen(await site.get("/claims/date-given"))
    assert page.words("//title") == "Claim in The Page: It happened in March."


@ONE_LOOP
async def test_a_claim_tells_its_value_its_question_and_its_side(rich: Site) -> None:
    page = Seen(await rich.get("/claims/deaths-300"))
    assert page.all("//ul[@class='facts']")[0].startswith("about 300 people claimed by Witnesses")
    record = dict(zip(page.all("//aside//dt"), page.all("//aside//dd"), strict=True))
    assert record["Value in the file"] == "~300"
    assert record["What it can mean"] == "270 to 330 people"
    assert record["Answers the question"] == "How many people were killed?"
    assert record["Takes the position"].startswith("Position A ")
    assert "/disputes/deaths" in page.links()


@ONE_LOOP
async def test_every_citation_comes_with_its_title_link_and_copy(rich: Site) -> None:
    page = Seen(await rich.get("/claims/deaths-300"))
    found = page.section("sources")
    assert "For this very claim" in found
    assert "Three hundred dead: the count" in found
    assert "6 April 2022" in found
    assert "disputes it" in found
    assert "https://radio.example/a?b=1&c=2" in page.links()
    assert "https://archive.example/radio" in page.links()
    assert "paragraph" not in found.partition("Where it was read")[0]
    assert "Where it was read The Page, paragraph 2" in found


@ONE_LOOP
async def test_what_a_claim_contradicts_is_there_with_the_reason(rich: Site) -> None:
    page = Seen(await rich.get("/claims/deaths-300"))
    found = page.section("conflicts")
    assert "Position B More than 500 people were killed, says Goïta." in found
    assert "The totals exclude each other." in found
    assert "By the values: About 300 reaches to 330; 500 or more starts at 500." in found
    assert "/claims/deaths-500" in page.links()


@ONE_LOOP
async def test_a_claim_that_nothing_contradicts_says_so(rich: Site) -> None:
    page = Seen(await rich.get("/claims/date-given"))
    assert "Nothing in the ledger contradicts this claim." in page.section("conflicts")


@ONE_LOOP
async def test_a_relay_names_what_it_is_based_on_and_whose_word_that_is(rich: Site) -> None:
    relay = Seen(await rich.get("/claims/deaths-relayed")).section("origins")
    assert "It repeats others and goes back to Witnesses: 1 origin" in relay
    assert "What it is based on About 300 people were killed." in relay
    basis = Seen(await rich.get("/claims/deaths-300")).section("origins")
    assert "What is based on it 300 people were killed, the state relays." in basis


@ONE_LOOP
async def test_a_withdrawn_claim_says_when_and_why(rich: Site) -> None:
    page = Seen(await rich.get("/claims/deaths-withdrawn"))
    assert "Withdrawn 1 June 2022. It was a slip." in page.words()
    assert "1 June 2022 Withdrawn: It was a slip." in page.section("history")


@ONE_LOOP
async def test_a_claim_can_be_cited_and_found_in_its_file(rich: Site) -> None:
    page = Seen(await rich.get("/claims/deaths-300"))
    found = page.section("cite")
    ((file, line),) = rich.sql("SELECT file, line FROM claims WHERE id = 'deaths-300'")
    assert "About 300 people were killed" in found
    assert "http://localhost/claims/deaths-300" in found
    assert f"{file}, line {line}" in found


@ONE_LOOP
async def test_the_row_as_the_database_has_it_is_still_there(rich: Site) -> None:
    page = Seen(await rich.get("/claims/deaths-300"))
    assert "/ledger/claims/deaths-300" in page.links()
    assert "/claims/deaths-300" in Seen(await rich.get("/ledger/claims/deaths-300")).links()


@ONE_LOOP
async def test_every_claim_that_is_shipped_has_a_page(shipped: Site) -> None:
    for (name,) in shipped.sql("SELECT id FROM claims ORDER BY turn LIMIT 60"):
        page = Seen(await shipped.get(f"/claims/{name}"))
        assert page.forbidden() == []


OTHERS: Final = """
- id: nothing-asked
  text: Fifty people were killed that day.
  found: page#3
  conflicts: {deaths-300: Both count that day.}
- id: soldiers
  text: A thousand soldiers were killed.
  question: soldiers
  value: 1000
  found: page#3
"""


@ONE_LOOP
async def test_a_letter_stands_only_where_its_question_is_told(tmp_path: Path) -> None:
    part = (
        "  soldiers: {asks: How many soldiers?, answer: quantity, unit: people, part_of: deaths}\n"
    )
    dossier = DOSSIER.replace("questions:\n", f"questions:\n{part}") + OTHERS
    files = {**SMALL, "mali/village-2022.yaml": dossier}
    path = tmp_path / "ledger.db"
    assert build(write_folder(tmp_path / "claims", files), path).problems == []
    async with opened(path) as site:
        for name in ("nothing-asked", "soldiers"):
            told = Seen(await site.get(f"/claims/{name}")).section("conflicts")
            assert "About 300 people were killed." in told
            assert "Position A" not in told
        assert "It answers another question: How many people were killed?" in told
        ((state,),) = site.sql("SELECT state FROM questions WHERE id = 'soldiers'")
        assert state == "contested elsewhere"
        pairs = Seen(await site.get("/disputes/soldiers")).section("elsewhere")
        assert "A thousand soldiers were killed." in pairs
        assert "About 300 people were killed." in pairs
        assert "Position A" not in pairs
        told = Seen(await site.get("/claims/deaths-500")).section("conflicts")
        assert "Position A About 300 people were killed." in told


@ONE_LOOP
async def test_outlets_of_a_paragraph_are_told_apart_from_those_that_carry_it(small: Site) -> None:
    page = Seen(await small.get("/claims/deaths-300"))
    assert page.all("//section[@aria-labelledby='sources']//a[@class='chip']") == ["The Daily"]
    assert page.all("//p[@class='nearby']") == [
        "The paragraph cites: Radio Goïta, The Wire (named 2 times there)"
    ]
    also = Seen(await small.get("/claims/date-given"))
    assert also.all("//p[@class='nearby']") == [
        "The paragraph also names The Daily, counted above."
    ]
    assert "1 origin; 1 outlet, 2 more at its paragraphs" in page.section("origins")


@ONE_LOOP
async def test_a_claim_of_unknown_origin_says_so(tmp_path: Path) -> None:
    dossier = DOSSIER.replace("- id: date-given\n", "- id: date-given\n  origins: unknown\n")
    files = {**SMALL, "mali/village-2022.yaml": dossier}
    path = tmp_path / "ledger.db"
    assert build(write_folder(tmp_path / "claims", files), path).problems == []
    async with opened(path) as site:
        page = Seen(await site.get("/claims/date-given"))
    assert page.words("//p[@class='kicker']") == (
        "origin not recorded nobody recorded whom it goes back to"
    )
    assert "Nobody recorded whom it goes back to." in page.section("origins")
