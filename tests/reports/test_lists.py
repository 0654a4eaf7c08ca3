"""Lists: narrowed, sorted, counted, a page at a time."""

from __future__ import annotations

import sqlite3

import pytest

from ledger.reports.facets import FACETS
from ledger.reports.lists import LISTS, Chosen, columns_of, count_by, list_things


def ids(small: sqlite3.Connection, things: str, chosen: Chosen) -> list[str]:
    """Return the ids of the rows that are chosen."""
    return [row["id"] for row in list_things(small, things, chosen).rows]


@pytest.mark.parametrize("things", LISTS)
def test_a_list_has_every_row_once(things: str, small: sqlite3.Connection) -> None:
    listed = list_things(small, things, Chosen())
    count = small.execute(f"SELECT count(*) FROM {things}").fetchone()[0]  # noqa: S608 # our own names
    assert len({row["id"] for row in listed.rows}) == len(listed.rows) == listed.total == count
    assert list(listed.rows[0]) == columns_of(small, things)


def test_the_most_contested_claims_come_first(small: sqlite3.Connection) -> None:
    rows = list_things(small, "claims", Chosen()).rows
    assert [row["turn"] for row in rows] == sorted(row["turn"] for row in rows)
    told = [(row["n_conflicts"], row["n_origins"]) for row in rows]
    assert told == sorted(told, reverse=True)


def test_of_what_a_claim_has_several_of_it_must_have_all(small: sqlite3.Connection) -> None:
    both = ids(small, "claims", Chosen({"nearby": ["wire", "radio"]}))
    assert sorted(both) == ["deaths-300", "killers-army", "killers-rebels"]
    assert ids(small, "claims", Chosen({"nearby": ["wire", "daily"]})) == []
    assert len(ids(small, "claims", Chosen({"outlet": ["daily"]}))) == 5
    assert ids(small, "claims", Chosen({"outlet": ["wire"]})) == []


def test_of_what_a_claim_has_one_of_any_will_do(small: sqlite3.Connection) -> None:
    either = ids(small, "claims", Chosen({"claimant": ["state", "page"]}))
    assert sorted(either) == ["date-given", "deaths-500", "killers-rebels"]


def test_different_facets_narrow_each_other(small: sqlite3.Connection) -> None:
    chosen = Chosen({"claimant": ["witnesses"], "question": ["deaths"]})
    assert ids(small, "claims", chosen) == ["deaths-300"]


@pytest.mark.parametrize(
    ("things", "name"), [(things, name) for things in FACETS for name in FACETS[things]]
)
def test_what_a_facet_counts_is_what_it_narrows_to(
    things: str, name: str, small: sqlite3.Connection
) -> None:
    for row in count_by(small, things, name, Chosen()).rows:
        found = list_things(small, things, Chosen({name: [row["value"]]}))
        assert row["n"] == found.total == len(found.rows) > 0


def test_counts_are_of_what_is_left_of_the_list(small: sqlite3.Connection) -> None:
    deaths = Chosen({"question": ["deaths"]})
    carrying, beside = (count_by(small, "claims", name, deaths) for name in ("outlet", "nearby"))
    assert [(row["value"], row["name"], row["n"]) for row in carrying.rows] == [
        ("daily", "The Daily", 2),
    ]
    assert [(row["value"], row["name"], row["n"]) for row in beside.rows] == [
        ("radio", "Radio Goïta", 1),
        ("wire", "The Wire", 1),
    ]


@pytest.mark.parametrize("reverse", [False, True])
def test_rows_without_a_value_come_last_however_they_are_sorted(
    reverse: bool, small: sqlite3.Connection
) -> None:
    rows = list_things(small, "claims", Chosen(sort="low", reverse=reverse)).rows
    lows = [row["low"] for row in rows]
    assert lows == ([500, 270] if reverse else [270, 500]) + [None] * 3


def test_pages_together_are_the_whole_list(small: sqlite3.Connection) -> None:
    whole = ids(small, "claims", Chosen(sort="status"))
    pages = (Chosen(sort="status", limit=2, offset=offset) for offset in (0, 2, 4))
    assert [one for page in pages for one in ids(small, "claims", page)] == whole
    page = list_things(small, "claims", Chosen(limit=2, offset=4))
    assert (len(page.rows), page.total) == (1, 5)


def test_a_value_is_never_sql(small: sqlite3.Connection) -> None:
    assert ids(small, "claims", Chosen({"outlet": ["') OR TRUE --"]})) == []
