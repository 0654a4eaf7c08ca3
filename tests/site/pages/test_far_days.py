"""Far days: at both ends of the calendar, every page, card, feed and export answers."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio

from ledger.build import build
from ledger.site.formats.feeds import FEEDS
from ledger.site.formats.forms import FORMS
from tests.site.conftest import ONE_LOOP, Site, opened
from tests.small import write_folder
from tests.weigh.weighing import REGISTERS, Record

pytestmark = ONE_LOOP

PAIRS: Final = (
    ("9999", "2020"),
    ("0001", "2020"),
    ("0001", "9999"),
    ("9999-12-31", "9999-12-30"),
    ("9999-12-31/..", "../0001-01-01"),
    ("9998-11", "9999-12-31"),
    ("9999-07", "9999-12"),
    ("0001-01-01", "0001-03"),
    ("[0001,9999]", "2020"),
    ("9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00"),
    ("9999-XX-31", "9999-12-30"),
)


def _claims(nth: int, one: str, other: str) -> list[Record]:
    """Return two claims in conflict, every date of which is far off."""
    return [
        {
            "id": f"c{nth}-{side}",
            "text": f"It was then, says side {side} of {nth}.",
            "question": f"day-{nth}",
            "value": value,
            "claimant": who,
            "made": beside,
            "found": "page#2",
            "cites": [{"outlet": "daily", "title": "Then", "published": beside}],
        }
        for side, who, value, beside in (("a", "ann", one, other), ("b", "bob", other, one))
    ]


def _withdrawn(nth: int, one: str, other: str) -> Record:
    """Return a claim that held for a far time and was withdrawn on the last day of all."""
    return {
        "id": f"c{nth}-of",
        "text": f"It held then, {nth}.",
        "as_of": other,
        "made": one,
        "found": "page#1",
        "retracted": {"on": "9999-12-31", "because": "A mistake."},
    }


@pytest.fixture(scope="module")
def far_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database of disputes at the ends of the calendar."""
    folder = tmp_path_factory.mktemp("far")
    dossiers = {
        f"dossier-{nth}.yaml": json.dumps(
            {
                "title": f"Dossier {nth}",
                "when": one,
                "where": ["town"],
                "questions": {f"day-{nth}": {"asks": f"When was {nth}?", "answer": "date"}},
                "claims": [*_claims(nth, one, other), _withdrawn(nth, one, other)],
            }
        )
        for nth, (one, other) in enumerate(PAIRS)
    }
    claims = write_folder(folder / "claims", REGISTERS | dossiers)
    assert build(claims, folder / "ledger.db").problems == []
    return folder / "ledger.db"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def far(far_database: Path) -> AsyncIterator[Site]:
    """Yield the site over that ledger."""
    async with opened(far_database) as site:
        yield site


async def test_every_own_page_answers(far: Site) -> None:
    assert far.sql("SELECT count(*) FROM disputes") == [(len(PAIRS),)]
    paths = re.findall("<loc>http://localhost([^<]*)</loc>", await far.get("/sitemap.xml"))
    assert len(paths) > 4 * len(PAIRS)
    orders = [f"/disputes?sort={sort}" for sort in ("recent", "spread", "n_conflicts", "happened")]
    for path in [*paths, *orders, "/", "/disputes", "/about", "/search?q=then"]:
        await far.get(path)


@pytest.mark.parametrize("nth", range(len(PAIRS)), ids=map(" - ".join, PAIRS))
async def test_every_dispute_is_drawn_on_its_pages_and_in_its_files(far: Site, nth: int) -> None:
    for path in (f"/disputes/day-{nth}", f"/disputes/day-{nth}/card"):
        assert "<svg" in await far.get(path)
    for path in (f"/questions/day-{nth}", f"/dossiers/dossier-{nth}"):
        await far.get(path)
    address = f"http%3A%2F%2Flocalhost%2Fdisputes%2Fday-{nth}"
    await far.get(f"/oembed?url={address}")
    for side in ("a", "b", "of"):
        for form in FORMS:
            if "claim" in form.things:
                await far.get(f"/claims/c{nth}-{side}.{form.ending}")


async def test_every_feed_and_export_and_stock_page_answers(far: Site) -> None:
    for name in FEEDS:
        assert "<feed" in await far.get(f"/feeds/{name}.atom")
    tables = [name for (name,) in far.sql("SELECT name FROM sqlite_master WHERE type != 'index'")]
    shown = [name for name in tables if "_fts" not in name and not name.startswith("sqlite_")]
    for name in shown:
        for ending in ("", ".json", ".csv"):
            await far.get(f"/ledger/{name}{ending}")
    for form in FORMS:
        if form.lists:
            await far.get(f"/ledger/claims.{form.ending}")
