"""The home page: what this is, what is contested, and ways in."""

from __future__ import annotations

import pytest

from tests.site.conftest import ONE_LOOP, Site
from tests.site.seen import Seen

pytestmark = ONE_LOOP


async def test_home_searches_and_counts(small: Site) -> None:
    page = Seen(await small.get("/"))
    (form,) = page.root.xpath("//main//form")
    assert form.get("action") == "/search"
    assert form.xpath(".//input/@name") == ["q"]
    assert "2 disputes" in page.words("//main")
    assert "5 claims, 4 contested" in page.words("//main")


async def test_home_shows_the_most_contested_questions_first(shipped: Site) -> None:
    page = Seen(await shipped.get("/"))
    shown = page.root.xpath("//section[h2='Most contested']//h3/a/@href")
    assert "/disputes/moura-deaths" in shown
    assert "/disputes/karma-perpetrators" in shown
    assert len(shown) == 6


@pytest.mark.parametrize(
    "door", ["_country=ML", "_topic=civilian%20harm", "year=2022", "_outlet=daily"]
)
async def test_every_door_leads_to_as_many_claims_as_it_says(small: Site, door: str) -> None:
    page = Seen(await small.get("/"))
    (link,) = page.root.xpath(f"//main//li[a[@href='/ledger/claims?{door}']]")
    said = int(link.xpath("./span")[0].text_content())
    assert await small.count(f"/ledger/claims.json?{door}") == said


async def test_home_is_not_shown_where_no_ledger_is_served() -> None:
    from datasette.app import Datasette  # noqa: PLC0415 # as the site itself does

    datasette = Datasette([], memory=True)
    await datasette.invoke_startup()
    answer = await datasette.client.get("/")
    assert "Most contested" not in answer.text
    assert (await datasette.client.get("/disputes")).status_code == 404
    datasette.executor.shutdown()
