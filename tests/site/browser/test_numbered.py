"""Numbered: addresses of positions as they once were lead to what the positions are called now."""

from __future__ import annotations

import pytest

from ledger.site.browser.numbered import numbered
from tests.site.conftest import ONE_LOOP, Site


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("deaths_3", ("deaths", 3)),
        ("is-sahel-2018-2020_12", ("is-sahel-2018-2020", 12)),
        ("deaths_deaths-300", None),
        ("deaths_1234567890", None),
        ("deaths_²", None),
        ("deaths", None),
        ("", None),
    ],
)
def test_an_id_as_it_once_was_is_a_question_and_a_number(
    asked: str, found: tuple[str, int] | None
) -> None:
    assert numbered(asked) == found


@ONE_LOOP
@pytest.mark.parametrize("ending", ["", ".json", ".json?_shape=array"])
async def test_an_address_with_a_number_leads_to_the_position(small: Site, ending: str) -> None:
    positions = small.sql("SELECT id, question, number FROM positions")
    assert len(positions) > 1
    for name, question, number in positions:
        old = await small.datasette.client.get(f"/ledger/positions/{question}_{number}{ending}")
        assert old.status_code == 302  # a redirect
        assert old.headers["location"] == f"/ledger/positions/{name}{ending}"
        assert name in await small.get(f"/ledger/positions/{question}_{number}{ending}")


@ONE_LOOP
@pytest.mark.parametrize("name", ["deaths_99", "deaths_0", "nosuch_1", "deaths_nosuch", "deaths"])
async def test_a_number_that_no_position_has_is_not_there(small: Site, name: str) -> None:
    await small.get(f"/ledger/positions/{name}", 404)
    await small.get(f"/ledger/claims/{name}", 404)
