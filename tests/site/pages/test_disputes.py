"""The page of disputes: cards, facets that narrow it, orders, pages and the same rows as data."""

from __future__ import annotations

import pytest

from ledger.site.pages.disputes import Asked, asked_by
from ledger.words import NATURE_NAMES, NATURES
from tests.site.conftest import ONE_LOOP, Site
from tests.site.seen import Seen

CARDS = "//li[@class='card']"


def test_an_address_says_what_is_asked_for() -> None:
    asked = asked_by("_country=ML&_country=NE&answer=date&sort=spread&page=2&nonsense=1")
    assert asked.by_facet == {"_country": ["ML", "NE"], "answer": ["date"]}
    assert (asked.sort, asked.page) == ("spread", 2)
    assert asked.query(page=2) == "_country=ML&_country=NE&answer=date&sort=spread&page=2"


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=x", "page=²", "page=9999999", "sort=x"]
)
def test_what_makes_no_sense_is_left_out(query: str) -> None:
    assert asked_by(query) == Asked()


def test_narrowing_and_widening_begin_at_the_first_page() -> None:
    asked = asked_by("answer=date&sort=recent&page=3")
    assert asked.narrowing()("_country", "ML") == "answer=date&_country=ML&sort=recent"
    assert asked.without("answer", "date") == "sort=recent"


@ONE_LOOP
async def test_a_card_says_what_is_asked_and_how_each_side_is_backed(small: Site) -> None:
    page = Seen(await small.get("/disputes"))
    assert page.all(f"{CARDS}//h2") == ["How many people were killed?", "Who killed them?"]
    card = page.all(CARDS)[0]
    assert "2 positions" in card
    assert "On 27 March 2022 at A Village: Witnesses say about 300 people;" in card
    assert "sides disagree" in card
    about = "Position A about 300 people 1 origin; 1 outlet, 2 more at its paragraphs"
    assert about in card
    assert "Position B 500 or more people 1 origin; 1 outlet" in card
    drawn = page.root.xpath(f"({CARDS})[1]//ul[@class='picture']//svg")
    assert len(drawn) == 4  # an axis beside the positions'


@ONE_LOOP
async def test_facets_count_as_those_of_the_table_do(shipped: Site) -> None:
    chosen = "_country=ML&answer=quantity"
    page = Seen(await shipped.get(f"/disputes?{chosen}"))
    counted = await shipped.count(f"/ledger/disputes.json?{chosen}")
    assert page.words("//p[@class='listing-count']").startswith(f"{counted} dispute")
    facets = await shipped.facets(f"/ledger/disputes.json?{chosen}")
    told = {f"{one['label']} {one['count']}" for one in facets["topic"]}
    shown = set(page.all("//section[h2='Topic']//li"))
    assert shown
    assert shown <= told


@ONE_LOOP
async def test_what_was_chosen_can_be_taken_back(small: Site) -> None:
    page = Seen(await small.get("/disputes?answer=actor"))
    assert page.all(f"{CARDS}//h2") == ["Who killed them?"]
    assert page.all("//ul[@class='chosen']/li") == ["Kind of answer: actor remove"]
    assert page.root.xpath("//ul[@class='chosen']//a/@href") == ["?"]


@ONE_LOOP
async def test_the_table_is_narrowed_likewise(shipped: Site) -> None:
    for narrowed in ("_document=cep-mali", "_topic=civilian+harm", "state=conflict"):
        page = Seen(await shipped.get(f"/disputes?{narrowed}&sort=spread"))
        assert f"/ledger/disputes?{narrowed}" in page.links()
        counted = await shipped.count(f"/ledger/disputes.json?{narrowed}")
        assert page.words("//p[@class='listing-count']").startswith(f"{counted} dispute")


@ONE_LOOP
async def test_the_pages_together_have_every_dispute_once(shipped: Site) -> None:
    seen: list[str] = []
    path = "/disputes"
    while path:
        page = Seen(await shipped.get(path))
        seen += page.root.xpath(f"{CARDS}//h2/a/@href | {CARDS}//*[@class='together']//a/@href")
        following = page.root.xpath("//a[@rel='next']/@href")
        path = f"/disputes{following[0]}" if following else ""
    (there,) = shipped.sql("SELECT count(*) FROM disputes")[0]
    assert len(seen) == len(set(seen)) == there


@ONE_LOOP
async def test_no_dispute_is_said_to_be_none(small: Site) -> None:
    page = Seen(await small.get("/disputes?_country=XX"))
    assert "No dispute is like that." in page.words()


@ONE_LOOP
@pytest.mark.parametrize("nature", list(NATURES))
async def test_disputes_are_narrowed_by_their_kind(shipped: Site, nature: str) -> None:
    page = Seen(await shipped.get(f"/disputes?nature={nature}"))
    ((n,),) = shipped.sql("SELECT count(*) FROM disputes WHERE nature = ?", nature)
    assert page.words("//p[@class='listing-count']").startswith(f"{n} dispute")
    told = NATURE_NAMES[nature]
    assert f"Kind of dispute: {told} remove" in page.all("//ul[@class='chosen']/li")
    cards = page.root.xpath(CARDS)
    assert cards
    for card in cards:
        assert set(card.xpath(".//*[contains(@class, 'nature')]/text()")) == {told}
    everything = Seen(await shipped.get("/disputes"))
    assert f"{told} {n}" in everything.all("//section[h2='Kind of dispute']//li")


@ONE_LOOP
async def test_what_hangs_together_shares_a_card(shipped: Site) -> None:
    page = Seen(await shipped.get("/disputes"))
    (card,) = page.root.xpath(f"{CARDS}[h2/a/@href='/disputes/karma-perpetrators']")
    assert card.xpath(".//*[@class='together']//a/@href") == [
        "/disputes/karma-motive",
        "/disputes/karma-circumstances",
    ]
    assert "/disputes/karma-motive" not in page.root.xpath(f"{CARDS}/h2/a/@href")
    alone = Seen(await shipped.get("/disputes?answer=text"))
    assert "/disputes/karma-motive" in alone.root.xpath(f"{CARDS}/h2/a/@href")
