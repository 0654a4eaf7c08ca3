"""Tables: what there is to ask of a table or a view, as far as an address asks for it."""

from __future__ import annotations

import pytest
from datasette.utils.asgi import Request

from ledger.site.browser.cursors import Order
from ledger.site.browser.tables import Askable, json_of, table_of, through_of
from tests.site.conftest import ONE_LOOP, Site


async def asked(site: Site, table: str, query: str) -> Askable:
    return await table_of(site.datasette, Request.fake(f"/ledger/{table}?{query}"), "ledger", table)


@ONE_LOOP
async def test_a_table_is_known_with_its_key_its_order_and_its_columns(shipped: Site) -> None:
    claims = await asked(shipped, "claims", "")
    assert claims.keys == ("id",)
    assert claims.order == Order("turn", False, ("id",))
    assert claims.types["turn"] == "TEXT"
    assert "status" not in claims.sortable
    assert not claims.lacks("rowid")
    assert claims.lacks("nosuch")
    assert claims.named == "The table claims"


@ONE_LOOP
async def test_a_view_has_no_key(shipped: Site) -> None:
    view = await asked(shipped, "claim_sources", "")
    assert (view.keys, view.is_view, view.named) == ((), True, "The view claim_sources")
    assert view.lacks("rowid")


@ONE_LOOP
async def test_what_takes_long_is_looked_for_where_it_is_asked(shipped: Site) -> None:
    assert (await asked(shipped, "claims", "")).no_arrays == ()
    assert (await asked(shipped, "claims", "_facet_array=text")).no_arrays == ("text",)
    assert (await asked(shipped, "claims", "outlets__arraycontains=x")).no_arrays == ()
    assert (await asked(shipped, "claims", "_search=x")).searched == ("text", "quote", "note")
    assert (await asked(shipped, "outlets", "_search=x")).searched is None
    through = '_through={"table":"citations","column":"outlet","value":"x"}'
    assert "outlet" in (await asked(shipped, "claims", through)).referring["citations"]
    assert (await asked(shipped, "places", through)).referring == {"citations": ()}


@pytest.mark.parametrize(
    ("text", "through"),
    [
        ('{"table": "a", "column": "b", "value": 1}', ("a", "b")),
        ('{"table": "a", "column": "b"}', None),
        ('{"table": "a", "column": "b", "value": {}}', None),
        ('{"table": 1, "column": "b", "value": 1}', None),
        ("[]", None),
        ("", None),
    ],
)
def test_the_table_that_rows_are_narrowed_through(
    text: str, through: tuple[str, str] | None
) -> None:
    assert through_of(text) == through


@pytest.mark.parametrize("text", ["{", "[" * 100_000, "nan?", ""])
def test_a_text_that_is_no_json_says_nothing(text: str) -> None:
    assert json_of(text) is None
