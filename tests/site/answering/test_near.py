"""Near: what is offered for an id that nothing has."""

from __future__ import annotations

import sqlite3

import pytest

from ledger.site.answering.near import near_ids
from tests.site.conftest import ONE_LOOP, Site
from tests.site.reading import Read


@pytest.mark.parametrize(
    ("kind", "asked", "found"),
    [
        ("claim", "deaths-30", ["deaths-300"]),
        ("claim", "deaths-3000", ["deaths-300"]),
        ("claim", "deaths-500-again", ["deaths-500"]),
        ("question", "deathly", ["deaths"]),
        ("outlet", "wires", ["wire"]),
        ("claim", "zzzz", []),
        ("claim", "dea", []),
        ("paragraph", "page", []),
        ("page", "wire", []),
    ],
)
def test_what_shares_the_longest_beginning_is_offered(
    kind: str, asked: str, found: list[str], connection: sqlite3.Connection
) -> None:
    assert [one["id"] for one in near_ids(connection, kind, asked)][:1] == found


@ONE_LOOP
async def test_a_page_that_is_not_there_leads_to_what_may_be_meant(small: Site) -> None:
    page = Read(await small.get("/claims/deaths-30", status=404))
    assert "/claims/deaths-300" in page.links
    asked = Read(await small.get("/disputes/death", status=404))
    assert "/questions/deaths" in asked.links
