"""Cursors: what a page other than the first counts, where it leads, and the page before it."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from ledger.site.browser.cursors import MARK, Cursor, Order, before_mark, cursor_of, from_first_page
from tests.site.conftest import ONE_LOOP, Site


def links(page: str) -> list[str]:
    return [html.unescape(found) for found in re.findall(r'href="([^"]*)"', page)]


def turning(page: str) -> dict[str, str]:
    """Return where the links from page to page lead, by what they say."""
    part = page.partition('<nav class="turning"')[2].partition("</nav>")[0]
    found = re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', part)
    return {said: html.unescape(to).removeprefix("http://localhost") for to, said in found}


async def walked(site: Site, path: str, most: int = 50) -> list[tuple[str, str]]:
    """Return the address and the text of each page of a list."""
    pages: list[tuple[str, str]] = []
    following: str | None = path
    while following and len(pages) < most:
        page = await site.get(following)
        pages.append((following, page))
        following = turning(page).get("Next page")
    return pages


def as_json(address: str) -> str:
    return address.replace("?", ".json?")


def told(address: str, name: str) -> str | None:
    return dict(parse_qsl(urlsplit(address).query)).get(name)


LISTS = [
    "/ledger/claims?_size=200",
    "/ledger/claims?_size=200&_sort=made",
    "/ledger/claims?_size=200&_sort_desc=made&_facet=hedge",
    "/ledger/claims?_size=300&_sort_desc=id&_facet_date=made&_facet_array=topics",
    "/ledger/claims?_size=60&_nearby=reuters&_sort=n_origins&_facet=year",
    "/ledger/claims?_size=20&_search=mali&kind__in=quantity,date",
    "/ledger/citations?_size=1000&_facet=outlet",
    "/ledger/claim_sources?_size=1000&_facet=scope",
    "/ledger/disputes?_size=20",
    "/ledger/claim_topics?_size=700&_facet=topic",
]


@ONE_LOOP
@pytest.mark.parametrize("path", LISTS)
async def test_every_page_counts_all_that_the_filters_let_through(shipped: Site, path: str) -> None:
    pages = await walked(shipped, path)
    assert len(pages) > 1
    first, count = await shipped.facets(as_json(path)), await shipped.count(as_json(path))
    for address, _ in pages[1:]:
        facets = await shipped.facets(as_json(address))
        for name, values in facets.items():
            counts = [(one["value"], one["count"]) for one in values]
            assert counts == [(one["value"], one["count"]) for one in first[name]], address
        assert facets.keys() == first.keys()
        assert await shipped.count(as_json(address)) == count


@ONE_LOOP
async def test_the_second_page_of_claims_counts_the_contested_of_the_first(
    shipped: Site,
) -> None:
    pages = await walked(shipped, "/ledger/claims", most=3)
    expected = shipped.sql("SELECT count(*) FROM claims WHERE status = 'contested'")[0][0]
    for _, page in pages:
        found = re.findall(r'"contested">contested</a> <span class="facet-count">(\d+)', page)
        assert found == [str(expected)]


@ONE_LOOP
@pytest.mark.parametrize("path", [*LISTS, "/ledger/claims?_size=60&status=single+origin"])
async def test_what_lists_other_rows_leads_to_their_first_page(shipped: Site, path: str) -> None:
    for address, page in (await walked(shipped, path, most=3))[1:]:
        ways = turning(page).values()
        kept = {to.removeprefix("http://localhost") for to in links(page) if "_next=" in to}
        allowed = {*ways, *(to for to in kept if to.startswith(("/ledger?sql", "/ledger/-/query")))}
        # Those are the page itself with more values counted, and as JSON for programs.
        rest = [to for to in kept - allowed if told(to, "_facet_size") != "max"]
        assert [to for to in rest if ".json" not in to] == [], address
        assert '<input type="hidden" name="_next"' not in page
        facets = await shipped.facets(as_json(address))
        toggles = [one["toggle_url"] for values in facets.values() for one in values]
        assert [to for to in toggles if "_next" in to] == []


@ONE_LOOP
@pytest.mark.parametrize("path", LISTS)
async def test_the_way_back_passes_the_same_pages(shipped: Site, path: str) -> None:
    pages = await walked(shipped, path)
    ways = [turning(page) for _, page in pages]
    assert not {"First page", "Previous page"} & ways[0].keys()
    for turn, way in enumerate(ways[1:], start=1):
        assert told(way["Previous page"], "_next") == told(pages[turn - 1][0], "_next")
        if turn > 1:
            assert told(way["First page"], "_next") is None
    back = turning(pages[1][1])["Previous page"]
    assert rows(await shipped.get(back)) == rows(pages[0][1])


def rows(page: str) -> list[str]:
    return re.findall(r'<p class="claim-text"><a href="([^"]*)"|<td[^>]*>(.*?)</td>', page)


@ONE_LOOP
async def test_a_page_behind_the_last_row_leads_back(shipped: Site) -> None:
    page = await shipped.get("/ledger/claims?_size=900&_next=99999,zzz&_sort=turn")
    assert {"First page", "Previous page"} & turning(page).keys()


@ONE_LOOP
async def test_an_extra_condition_is_removed_on_the_first_page(shipped: Site) -> None:
    path = "/ledger/claims?_where=n_origins+%3E+0&_next=25,x&_sort=turn"
    page = await shipped.get(path)
    removes = links(page.partition("extra where")[2].partition("</ul>")[0])
    assert len(removes) == 1
    assert "_next" not in removes[0]


@pytest.mark.parametrize(
    ("told", "order", "cursor"),
    [
        ("a", Order(None, False, ("id",)), Cursor(None, ("a",))),
        ("5,a~2Cb", Order("n", False, ("id",)), Cursor("5", ("a,b",))),
        ("$null,a", Order("n", True, ("id",)), Cursor(None, ("a",))),
        ("a,b", Order(None, False, ("x", "y")), Cursor(None, ("a", "b"))),
        ("a", Order("n", False, ("id",)), None),
        ("a,b,c", Order("n", False, ("id",)), None),
        ("", Order("n", False, ("id",)), None),
    ],
)
def test_a_cursor_is_read_in_its_order(told: str, order: Order, cursor: Cursor | None) -> None:
    assert cursor_of(told, order) == cursor


@pytest.mark.parametrize(
    ("sql", "before"),
    [
        (f"… where x = 1 and {MARK} and (y > 2) ", "… where x = 1 "),
        (f"… t where {MARK} and (y > 2) ", "… t "),
        ("… t ", "… t "),
    ],
)
def test_what_is_counted_ends_with_the_filters(sql: str, before: str) -> None:
    assert before_mark(sql) == before


@pytest.mark.parametrize(
    ("address", "first"),
    [
        ("/a?_next=1", "/a"),
        ("/a?x=1&_next=1&y=%2C", "/a?x=1&y=%2C"),
        ("/a?_nextly=1", "/a?_nextly=1"),
        ("/a", "/a"),
    ],
)
def test_an_address_of_the_first_page_has_no_cursor(address: str, first: str) -> None:
    assert from_first_page(address) == first
