"""A dispute's card, for other sites to show in a frame."""

from __future__ import annotations

import lxml.html

from tests.site.conftest import ONE_LOOP, Site

pytestmark = ONE_LOOP


async def test_a_card_has_the_question_its_positions_and_the_way_back(rich: Site) -> None:
    answer = await rich.datasette.client.get("/disputes/deaths/card")
    page = lxml.html.fromstring(answer.text)
    assert page.findtext(".//h1/a") == "How many people were killed?"
    (n_positions,) = rich.sql("SELECT n_positions FROM questions WHERE id = 'deaths'")[0]
    assert (
        len(page.xpath('//ul[@class="picture"]//span[contains(@class, "letter")]')) == n_positions
    )
    assert set(page.xpath("//a/@href")) == {"http://localhost/disputes/deaths"}
    assert set(page.xpath("//a/@target")) == {"_blank"}
    assert not page.xpath("//script | //style | //@style")


async def test_anybody_may_frame_a_card_and_nobody_a_page(rich: Site) -> None:
    card = await rich.datasette.client.get("/disputes/deaths/card")
    page = await rich.datasette.client.get("/disputes/deaths")
    assert "frame-ancestors *" in card.headers["content-security-policy"]
    assert "default-src 'none'" in card.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in page.headers["content-security-policy"]


async def test_only_disputes_have_a_card(rich: Site) -> None:
    await rich.get("/disputes/nobody/card", status=404)


async def test_a_card_loads_only_styles_that_are_there(rich: Site) -> None:
    page = lxml.html.fromstring(await rich.get("/disputes/deaths/card"))
    for address in page.xpath('//link[@rel="stylesheet"]/@href'):
        await rich.get(address)
