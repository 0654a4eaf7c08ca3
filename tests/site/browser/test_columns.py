"""Columns: readers may hide and choose any of them, also the one that the page is sorted by."""

from __future__ import annotations

import pytest

from ledger.site.browser.columns import with_sorted_column
from tests.site.conftest import Site


@pytest.mark.parametrize(
    ("query", "default", "mended"),
    [
        ("_nocol=a", "a", ""),
        ("_nocol=a&_nocol=b", "a", "_nocol=b"),
        ("_nocol=b", "a", "_nocol=b"),
        ("_nocol=b", None, "_nocol=b"),
        ("_nocol=a&_sort=b", "a", "_nocol=a&_sort=b"),
        ("_nocol=b&_sort=b", "a", "_sort=b"),
        ("_nocol=b&_sort_desc=b", "a", "_sort_desc=b"),
        ("_col=b", "a", "_col=b&_col=a"),
        ("_col=b&_sort=c", "a", "_col=b&_sort=c&_col=c"),
        ("_col=a", "a", "_col=a"),
        ("_col=b", None, "_col=b"),
        ("x=a%26b&_col=b&y=", "a", "x=a%26b&_col=b&y=&_col=a"),
    ],
)
def test_a_query_selects_the_column_that_it_sorts_by(
    query: str, default: str | None, mended: str
) -> None:
    assert with_sorted_column(query, default).decode() == mended


@pytest.mark.parametrize("form", ["", ".json"])
@pytest.mark.parametrize(
    "query",
    [
        "_nocol=turn",
        "_col=claimant",
        "_col=text&_col=status&_col=outlets&_col=value",
        "_sort=made&_nocol=made",
        "_sort_desc=n_outlets&_col=text",
        "_nocol=text",
        "_nocol=claimant&_nocol=made&_nocol=hedge&_nocol=unit",
        "_nocol=outlets",
    ],
)
async def test_any_column_can_be_hidden_or_chosen(small: Site, query: str, form: str) -> None:
    # Two rows to a page, for it is the address of the next page that needs the column.
    page = await small.get(f"/ledger/claims{form}?_size=2&{query}")
    assert "deaths-" in page


async def test_cards_are_shown_as_long_as_their_columns_are(small: Site) -> None:
    hidden = "_nocol=claimant&_nocol=made&_nocol=hedge&_nocol=unit&_nocol=turn"
    assert "claim-card" in await small.get(f"/ledger/claims?{hidden}")
    assert "claim-card" not in await small.get("/ledger/claims?_nocol=text")


async def test_a_hidden_column_is_not_shown(small: Site) -> None:
    rows = (await small.json("/ledger/claims.json?_nocol=text&_nocol=turn"))["rows"]
    assert "text" not in rows[0]
    assert "turn" in rows[0]


async def test_a_column_that_does_not_exist_is_refused(small: Site) -> None:
    await small.get("/ledger/claims?_col=nothing", status=400)
