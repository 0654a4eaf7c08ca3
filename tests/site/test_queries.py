"""Canned queries: each answers its question about the claims that are shipped."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from ledger.words import NATURES
from tests.site.conftest import ONE_LOOP, Site
from tests.test_metadata import DESCRIBED

pytestmark = ONE_LOOP

PARAMETERS: Final[dict[str, str]] = {
    "contradicted_outlet": "outlet=oe-watch&other=",
    "cited_to_outlet": "outlet=reuters",
    "question_timeline": "question=moura-deaths",
}


async def answer(site: Site, name: str, query: str = "") -> list[dict[str, Any]]:
    """Return the rows of a query."""
    rows: list[dict[str, Any]] = json.loads(
        await site.get(f"/ledger/{name}.json?_shape=array&{query}")
    )
    return rows


@pytest.mark.parametrize("name", DESCRIBED["queries"])
async def test_every_query_has_an_answer_and_a_page(shipped: Site, name: str) -> None:
    query = PARAMETERS.get(name, "")
    rows = await answer(shipped, name, query)
    assert rows
    page = await shipped.get(f"/ledger/{name}?{query}")
    assert DESCRIBED["queries"][name]["title"].replace("'", "&#39;") in page
    listed = await shipped.get("/ledger")
    if "/ledger/-/queries" in listed:  # Datasette 1.0 lists some and leads to the rest
        listed += await shipped.get("/ledger/-/queries")
    assert f'href="/ledger/{name}"' in listed


async def test_the_most_contested_questions_come_first(shipped: Site) -> None:
    rows = await answer(shipped, "most_contested")
    assert [list(NATURES).index(row["nature"]) for row in rows] == sorted(
        list(NATURES).index(row["nature"]) for row in rows
    )
    for nature in NATURES:
        sql = (
            "SELECT id, support, n_conflicts + n_conflicts_elsewhere FROM disputes "
            "WHERE state <> 'tension only' AND nature = ?"
        )
        known = {row[0]: row[1:] for row in shipped.sql(sql, nature)}
        alike = [row["id"] for row in rows if row["nature"] == nature]
        assert set(alike[: len(known)]) == set(known)
        figures = [known[name] for name in alike[: len(known)]]
        assert figures == sorted(figures, reverse=True)
    assert len(rows) == shipped.sql("SELECT count(*) FROM disputes")[0][0]
    moura = next(row for row in rows if row["id"] == "moura-deaths")
    assert "300" in moura["positions"]


async def test_an_outlets_contradicted_claims_are_carried_by_it_and_by_another(
    shipped: Site,
) -> None:
    rows = await answer(shipped, "contradicted_outlet", "outlet=oe-watch&other=")
    carried = set(
        shipped.sql("SELECT claim, outlet FROM citations WHERE scope IN ('claim', 'document')")
    )
    for row in rows:
        assert (row["claim"], "oe-watch") in carried
        assert (row["contradicted_by"], row["other_outlet"]) in carried
        assert row["other_outlet"] != "oe-watch"
    other = rows[0]["other_outlet"]
    narrowed = f"outlet=oe-watch&other={other}"
    found = await answer(shipped, "contradicted_outlet", narrowed)
    assert found == [row for row in rows if row["other_outlet"] == other]


async def test_an_outlet_that_only_stands_at_paragraphs_is_contradicted_by_nobody(
    shipped: Site,
) -> None:
    for outlet in ("new-york-times", "cnn"):
        assert await answer(shipped, "contradicted_outlet", f"outlet={outlet}&other=") == []
        scopes = {
            row["scope"] for row in await answer(shipped, "cited_to_outlet", f"outlet={outlet}")
        }
        assert scopes == {"paragraph"}


@pytest.mark.parametrize("name", ["single_origin", "look_multi_sourced"])
async def test_claims_with_a_single_independent_origin_have_one(shipped: Site, name: str) -> None:
    rows = await answer(shipped, name)
    assert {row["n_independent"] for row in rows} == {1}


async def test_what_is_contested_elsewhere_is_contradicted_by_claims_that_do_not_answer_it(
    shipped: Site,
) -> None:
    rows = await answer(shipped, "contested_elsewhere", "_size=max")
    states = "SELECT id FROM questions WHERE state = 'contested elsewhere'"
    assert {row["id"] for row in rows} == {name for (name,) in shipped.sql(states)}
    assert all(row["other_question"] != row["id"] for row in rows)


async def test_outlets_are_counted_by_what_they_carry_and_stand_beside(shipped: Site) -> None:
    rows = {row["outlet"]: row for row in await answer(shipped, "outlets_side_by_side")}
    for outlet in ("reuters", "oe-watch"):
        for column, table in (
            ("carries", "claim_outlets"),
            ("stands_beside", "claim_outlets_nearby"),
        ):
            sql = f"SELECT count(*) FROM {table} WHERE outlet = ?"  # noqa: S608 # a table of the schema
            assert [(rows[outlet][column],)] == shipped.sql(sql, outlet)


async def test_the_word_that_is_told_differently_is_nobodys_side(shipped: Site) -> None:
    rows = await answer(shipped, "told_differently")
    natures = "SELECT count(*) FROM conflicts WHERE nature = 'retelling' AND state = 'open'"
    assert [(len(rows),)] == shipped.sql(natures)
    altered = {row["claim"] for row in rows if row["altered"]}
    assert len(altered) > 0


async def test_who_contradicts_whom_is_the_same_from_both_sides(shipped: Site) -> None:
    rows = await answer(shipped, "who_contradicts_whom")
    counts = {(row["claimant"], row["contradicts"]): row["conflicts"] for row in rows}
    assert counts == {(other, one): number for (one, other), number in counts.items()}
    open_ends = "SELECT count(*) FROM claim_conflicts k WHERE k.state = 'open'"
    assert sum(counts.values()) <= shipped.sql(open_ends)[0][0]


async def test_a_claimant_contradicts_itself_once_for_each_pair(shipped: Site) -> None:
    ((open_pairs,),) = shipped.sql(
        "SELECT count(*) FROM conflicts k JOIN claims a ON a.id = k.claim_a "
        "JOIN claims b ON b.id = k.claim_b WHERE k.state = 'open' AND a.claimant = b.claimant "
        "AND a.claimant = 'counter-extremism-project'"
    )
    rows = await answer(shipped, "who_contradicts_whom")
    (own,) = [
        row for row in rows if row["claimant"] == row["contradicts"] == "Counter Extremism Project"
    ]
    assert own["conflicts"] == open_pairs


async def test_the_ids_of_an_answer_lead_to_their_pages(shipped: Site) -> None:
    page = await shipped.get("/ledger/cited_to_outlet?outlet=bloomberg")
    assert '<a href="/documents/cep-mali">cep-mali</a>' in page
    assert '<a href="/claims/' in page
    assert '<a href="/questions/moura-deaths">' in await shipped.get("/ledger/most_contested")


async def test_everything_cited_to_an_outlet_is_listed(shipped: Site) -> None:
    rows = await answer(shipped, "cited_to_outlet", "outlet=reuters&_size=max")
    counted = shipped.sql("SELECT count(*) FROM citations WHERE outlet = 'reuters'")
    assert len(rows) == counted[0][0]


async def test_a_time_line_runs_from_the_earliest_to_the_latest_and_the_undated(
    shipped: Site,
) -> None:
    rows = await answer(shipped, "question_timeline", "question=moura-deaths")
    counted = shipped.sql("SELECT count(*) FROM claims WHERE question = 'moura-deaths'")
    assert len(rows) == counted[0][0]
    dates = [(row["dated"] is None, row["dated"] or "") for row in rows]
    assert dates == sorted(dates)
    assert {undated for undated, _ in dates} == {True, False}
