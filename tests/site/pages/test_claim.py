"""The page of a claim: how it stands, who is cited, what it contradicts, how to cite it."""

from __future__ import annotations

import pytest

from ledger.site.pages.claim import history_of, status_said
from tests.site.conftest import ONE_LOOP, Site
from tests.site.seen import Seen


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("contested", "1 claim contradicts it"),
        ("corroborated", "2 origins agree and none disagrees"),
        ("single origin", "it rests on one origin’s word"),
        ("uncited", "no outlet is cited for it"),
        ("superseded", "its claimant’s later word replaces it"),
        ("retracted", "its claimant has withdrawn it"),
    ],
)
def test_every_status_is_said_in_words(status: str, said: str) -> None:
    assert status_said({"status": status, "n_conflicts": 1, "n_origins": 2}) == said


def test_a_claims_history_is_told_in_its_order() -> None:
    told = history_of(
        {
            "supersedes": "first",
            "supersedes_text": "Twenty.",
            "made": "2022-06",
            "claimant_name": "The State",
            "superseded_by": [{"id": "last", "text": "None.", "made": "2023"}],
            "retracted_on": "2024-01-01",
            "retracted_because": "A slip.",
        }
    )
    assert [(event["when"], event["what"]) for event in told] == [
        ("", "It replaces the earlier word"),
        ("June 2022", "Made by The State"),
        ("2023", "Replaced by the later word"),
        ("1 January 2024", "Withdrawn: A slip."),
    ]


@ONE_LOOP
async def test_the_sentence_is_the_title(rich: Site) -> None:
    page = Seen(await rich.get("/claims/deaths-300"))
    assert page.all("//h1") == ["About 300 people were killed."]
    assert page.words("//title") == "About 300 people were killed."
    (description,) = page.root.xpath("//meta[@name='description']/@content")
    assert description.startswith("About 300 people. Claimed by Witnesses. Contested:")


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
    assert "For the paragraph that it stands in Radio Goïta The Wire × 2" in found  # noqa: RUF001 # times
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
