"""Paging: whoever walks all pages of a table sees every row once, in whatever order."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, Final
from urllib.parse import urlsplit

import pytest

from ledger.database.schema import Table, tables
from tests.site.conftest import ONE_LOOP, Site
from tests.test_metadata import DESCRIBED

pytestmark = ONE_LOOP

MOST: Final = 1_000
"""How many rows the site gives at once at most."""

PAGES: Final = 4
"""How many pages a table is cut into; rows are lost between two of them."""


async def walked(site: Site, path: str) -> list[dict[str, Any]]:
    """Return the rows of all pages, from the first to the last."""
    rows: list[dict[str, Any]] = []
    following: str | None = path
    while following:
        answer = json.loads(await site.get(following))
        rows += answer["rows"]
        address = urlsplit(answer["next_url"] or "")
        following = f"{address.path}?{address.query}" if answer["next_url"] else None
    return rows


def as_counted(rows: list[dict[str, Any]], columns: list[str]) -> Counter[tuple[Any, ...]]:
    return Counter(tuple(row[column] for column in columns) for row in rows)


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
async def test_every_page_of_a_table_together_has_every_row_once(
    shipped: Site, table: Table
) -> None:
    sql = "SELECT name FROM pragma_table_info(?) WHERE pk"
    keys = [name for (name,) in shipped.sql(sql, table.name)]
    # The long texts are left out, or every page would take its time.
    shown = keys or [column for column in table.columns if not column.endswith("text")]
    expected = Counter(shipped.sql(f"SELECT {', '.join(shown)} FROM {table.name}"))  # noqa: S608 # names of the schema
    size = min(expected.total() // PAGES + 1, MOST)
    plain = f"/ledger/{table.name}.json?_shape=objects&_nofacet=1&_nocount=1&_size={size}"
    for column in DESCRIBED["tables"][table.name].get("sortable_columns", table.columns):
        selected = "".join(f"&_col={one}" for one in dict.fromkeys([*shown, column]))
        for order in ("_sort", "_sort_desc"):
            path = f"{plain}{selected}&{order}={column}"
            assert as_counted(await walked(shipped, path), shown) == expected, path
    assert as_counted(await walked(shipped, plain), shown) == expected, "the default order"


@pytest.mark.parametrize(
    "query",
    [
        "status=contested",
        "claimant=counter-extremism-project",
        "_nearby=reuters",
        "_outlet=oe-watch",
        "_topic=attacks&_country=ML",
        "_document=cep-mali&kind=quantity",
        "_search=mali",
        "year__gt=2010",
        "claimant__gt=b&year__gte=2015",
        "_search=mali&_nearby=reuters&year=2022",
    ],
)
@pytest.mark.parametrize("order", ["", "&_sort=made", "&_sort_desc=n_origins", "&_sort=id"])
async def test_every_page_of_a_narrowed_table_together_has_every_row_once(
    shipped: Site, query: str, order: str
) -> None:
    plain = f"/ledger/claims.json?_shape=objects&_nofacet=1&{query}{order}"
    everything = as_counted(await walked(shipped, f"{plain}&_size=max"), ["id"])
    assert everything.total() > PAGES
    assert set(everything.values()) == {1}
    size = everything.total() // PAGES + 1
    assert as_counted(await walked(shipped, f"{plain}&_size={size}"), ["id"]) == everything


@pytest.mark.parametrize("query", ["status__in=contested,corroborated", "kind__in=date,actor"])
async def test_the_default_order_of_claims_loses_no_rows_of_a_list_of_values(
    shipped: Site, query: str
) -> None:
    plain = f"/ledger/claims.json?_shape=objects&_nofacet=1&{query}"
    everything = as_counted(await walked(shipped, f"{plain}&_size=max"), ["id"])
    assert everything.total() > PAGES
    size = everything.total() // PAGES + 1
    assert as_counted(await walked(shipped, f"{plain}&_size={size}"), ["id"]) == everything
