"""Mending: the data browser for readers who hear a page, and the page for what is not there."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from datasette.app import Datasette
from datasette.version import __version__

from tests.site.conftest import ONE_LOOP, Site

pytestmark = ONE_LOOP

TABLE = "/ledger/claims?status=contested"


@pytest.mark.parametrize("path", ["/data", "/ledger", TABLE, "/ledger/claims/deaths-300"])
async def test_a_page_of_the_data_browser_names_its_language_and_its_main_part(
    small: Site, path: str
) -> None:
    page = await small.get(path)
    assert page.count('<html lang="en">') == 1
    assert (page.count("<main>"), page.count("</main>")) == (1, 1)
    assert page.index("<main>") < page.index("<h1") < page.index("</main>")


@pytest.mark.parametrize("path", ["/data", "/ledger", TABLE, "/ledger/claims/deaths-300"])
async def test_a_page_of_the_data_browser_has_the_masthead_of_the_own_pages(
    small: Site, path: str
) -> None:
    header = (await small.get(path)).partition("<header")[2].partition("</header>")[0]
    own = (await small.get("/about")).partition("<header")[2].partition("</nav>")[0]
    links = re.findall(r'href="([^"]*)"', header)
    assert re.findall(r'href="([^"]*)"', own) == links[:6]
    assert links[:2] == ["/", "/disputes"]


async def test_the_licence_does_not_stand_above_the_first_row(small: Site) -> None:
    page = await small.get(TABLE)
    # Datasette 1.0 does not tell it on a table's page at all.
    assert "Data license" not in page.partition("claim-card")[0]
    assert page.count("Data license") == int(__version__.startswith("0."))


async def test_every_field_of_a_table_s_filters_has_a_label(small: Site) -> None:
    fields = re.findall(
        r"<(?:select|input)[^>]*name=\"_(?:filter|sort\")[^>]*>", await small.get(TABLE)
    )
    assert len(fields) >= 6
    assert [field for field in fields if "aria-label=" not in field] == []


@pytest.mark.parametrize("path", [TABLE, "/ledger/claims/deaths-300", "/ledger/questions/deaths"])
async def test_headings_skip_no_level_and_only_the_title_has_the_first(
    small: Site, path: str
) -> None:
    levels = [int(level) for level in re.findall(r"<h(\d)", await small.get(path))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


async def test_an_address_where_nothing_is_leads_on_within_the_ledger_s_own_frame(
    small: Site,
) -> None:
    page = await small.get("/no/such/page", status=404)
    assert '<h1 class="headline">There is no such page</h1>' in page
    assert 'href="/disputes"' in page
    assert page.count("</html>") == 1


async def test_a_site_without_a_ledger_is_left_as_datasette_has_it(tmp_path: Path) -> None:
    (tmp_path / "other.db").touch()
    site = Datasette([str(tmp_path / "other.db")])
    missing = await site.client.get("/no/such/page")
    assert missing.status_code == 404
    assert "There is no such page" not in missing.text
    assert "<main>" not in (await site.client.get("/other")).text


async def test_the_page_of_an_error_has_the_ledger_s_look(small: Site) -> None:
    page = await small.get("/ledger?sql=selec", status=400)
    assert "/-/static-plugins/claim-ledger/pages.css" in page
    assert '<p class="standfirst">' in page
    assert 'href="/disputes"' in page


async def test_a_row_s_page_has_the_row_as_a_table(small: Site) -> None:
    page = await small.get("/ledger/claims/deaths-300")
    row = page.partition("The row as the database has it")[2]
    assert "claim-card" not in row
    assert "<table" in row
