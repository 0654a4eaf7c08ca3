"""Feeds: the newest claims and the newest conflicts, as Atom."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Any

import feedparser
import pytest

from ledger.site.formats import feeds
from ledger.site.formats.feeds import FEEDS, Feed, atom
from tests.site.conftest import ONE_LOOP, Site


def link(path: str) -> str:
    return f"https://ledger.example{path}"


def read(text: str) -> Any:  # noqa: ANN401 # feedparser has no type hints
    found = feedparser.parse(text)
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_claims_come_by_the_day_they_were_made_or_withdrawn(
    connection: sqlite3.Connection,
) -> None:
    feed = FEEDS["claims"](connection)
    assert [(entry.key, entry.published, entry.updated) for entry in feed.entries] == [
        ("claims/deaths-withdrawn", date(2022, 3, 28), date(2022, 6, 1)),
        ("claims/deaths-relayed", date(2022, 5, 1), date(2022, 5, 1)),
        ("claims/deaths-300", date(2022, 4, 5), date(2022, 4, 5)),
    ]


def test_a_conflict_is_as_new_as_the_younger_of_its_claims(
    connection: sqlite3.Connection,
) -> None:
    feed = FEEDS["conflicts"](connection)
    assert [(entry.key, entry.updated) for entry in feed.entries] == [
        ("conflicts/deaths-500/deaths-relayed", date(2022, 5, 1)),
        ("conflicts/deaths-300/deaths-500", date(2022, 4, 5)),
    ]


def test_entries_say_who_claims_it_and_how_it_stands(connection: sqlite3.Connection) -> None:
    titles = [entry.title for entry in FEEDS["claims"](connection).entries]
    assert titles == [
        "The Army: “Nobody was killed.” (retracted)",
        "The State: “300 people were killed, the state relays.” (contested)",
        "Witnesses: “About 300 people were killed.” (contested)",
    ]


def test_a_conflict_says_whose_words_they_are_and_what_kind_of_conflict_it_is(
    connection: sqlite3.Connection,
) -> None:
    newest = FEEDS["conflicts"](connection).entries[-1]
    assert newest.title == (
        "Witnesses: “About 300 people were killed.” (contested) / "
        "The Page: “More than 500 people were killed, says Goïta.” (contested)"
    )
    assert newest.summary.startswith("Conflict: different independent origins say it. The totals")


def test_a_feed_has_no_more_entries_than_it_may(
    connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "MOST", 1)
    for name, gather in FEEDS.items():
        whole = gather(connection)  # remembered
        cut = gather.__wrapped__(connection)  # type: ignore[attr-defined] # as functools.wraps leaves it
        assert cut.entries == whole.entries[:1], name


def test_a_feed_without_entries_is_a_feed() -> None:
    found = read(atom(Feed("claims", "None", "None yet", [], date(2020, 1, 2)), link))
    assert found.entries == []
    assert found.feed.updated == "2020-01-02T00:00:00Z"


def test_signs_that_xml_has_no_way_to_write_are_left_out() -> None:
    found = read(atom(Feed("claims", "a\x07\x00b ]]> <i>&", "", [], date(2020, 1, 2)), link))
    assert found.feed.title_detail.value == "ab ]]> <i>&"


@ONE_LOOP
@pytest.mark.parametrize("name", FEEDS)
async def test_a_feed_is_read_as_atom(rich: Site, name: str) -> None:
    answer = await rich.datasette.client.get(f"/feeds/{name}.atom")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    found = read(answer.text)
    assert found.version == "atom10"
    assert found.feed.id == f"tag:claim-ledger,2026:feeds/{name}"
    assert found.feed.updated == found.entries[0].updated
    ids = [entry.id for entry in found.entries]
    assert len(set(ids)) == len(ids)
    for entry in found.entries:
        assert entry.id.startswith(f"tag:claim-ledger,2026:{name}/")
        await rich.get(entry.link.removeprefix("http://localhost"))


@ONE_LOOP
async def test_every_page_names_the_feeds(rich: Site) -> None:
    text = await rich.get("/claims/deaths-300")
    for name in FEEDS:
        assert (
            f'type="application/atom+xml" title="Newest {name}" href="/feeds/{name}.atom"' in text
        )
