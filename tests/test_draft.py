"""The draft: what a claim takes over from its dossier and documents, and how rows are kept."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from ledger.draft import BATCH, Draft, as_json, days_of, only_year_of, open_draft, year_of
from ledger.read import read_folder
from tests.small import DOCUMENTS, DOSSIER, PLACES, SMALL, write_folder


@contextmanager
def read(folder: Path, **changed: str) -> Iterator[Draft]:
    """Yield the draft of the small ledger with some of its files changed."""
    names = {name.partition(".")[0].rpartition("/")[2]: name for name in SMALL}
    files = SMALL | {names.get(name, f"{name}.jsonl"): text for name, text in changed.items()}
    with open_draft(write_folder(folder / "claims", files)) as draft:
        assert read_folder(draft) == []
        yield draft


def of_claims(draft: Draft, columns: str) -> dict[str, tuple[object, ...]]:
    """Return some columns of every claim, by its id."""
    rows = draft.rows(f"SELECT id, {columns} FROM draft_claim")  # noqa: S608 # names of ours
    return {str(name): tuple(values) for name, *values in rows}


@pytest.mark.parametrize(
    ("written", "first", "last", "year"),
    [
        (None, None, None, None),
        ("2022-03-27", "2022-03-27", "2022-03-27", 2022),
        ("2022-03", "2022-03-01", "2022-03-31", 2022),
        ("2022", "2022-01-01", "2022-12-31", 2022),
        ("2022-03-23/2023-01", "2022-03-23", "2023-01-31", 2022),
        ("2022/..", "2022-01-01", None, 2022),
        ("../2022-05", None, "2022-05-31", 2022),
    ],
)
def test_a_date_means_its_first_and_last_day(
    written: str | None, first: str | None, last: str | None, year: int | None
) -> None:
    assert days_of(written) == (first, last)
    assert year_of(written) == year


def test_lists_are_json_with_letters_as_themselves() -> None:
    assert as_json(["Goïta", 'a "b"']) == '["Goïta", "a \\"b\\""]'
    assert as_json([]) == "[]"


def test_a_place_lies_in_the_country_of_what_it_lies_within(tmp_path: Path) -> None:
    places = (
        f"{PLACES}"
        "border: {name: The Border, within: village, country: BF}\n"
        "nowhere: {name: Nowhere}\n"
        "one: {name: One, within: other}\n"
        "other: {name: Other, within: one}\n"
    )
    with read(tmp_path, places=places) as draft:
        countries_of = draft.registers.countries_of
        assert countries_of(["village"]) == ["ML"]
        assert countries_of(["mali", "village", "border"]) == ["BF", "ML"]
        assert countries_of(["nowhere", "one", "unknown"]) == []


def test_a_claim_takes_over_the_topics_and_countries_of_its_dossier(tmp_path: Path) -> None:
    dossier = DOSSIER.replace(
        "  found: page#3\n", "  found: page#3\n  topics: [attacks, civilian harm]\n"
    )
    with read(tmp_path, **{"village-2022": dossier}) as draft:
        found = of_claims(draft, "topics, countries")
    assert found["deaths-300"] == ('["civilian harm"]', '["ML"]')
    assert found["date-given"] == ('["attacks", "civilian harm"]', '["ML"]')


@pytest.mark.parametrize(
    ("written", "year"),
    [
        ("2022", 2022),
        ("2022-01/2022-03", 2022),
        ("2021-12-31/2022-01-01", None),
        ("2022/..", None),
        (None, None),
    ],
)
def test_a_time_within_a_year_has_that_year_only(written: str | None, year: int | None) -> None:
    assert only_year_of(written) == year


def test_the_year_of_a_claim_is_when_it_was_made_or_else_what_it_holds_for(tmp_path: Path) -> None:
    dossier = DOSSIER.replace("  made: 2022-04-05", "  made: 2021-04-05\n  as_of: 2020").replace(
        "  value: 500+", "  value: 500+\n  as_of: 2020"
    )
    with read(tmp_path, **{"village-2022": dossier}) as draft:
        found = of_claims(draft, "year")
    assert found["deaths-300"] == (2021,)
    assert found["deaths-500"] == (2020,)
    assert found["date-given"] == (None,)


def test_a_claim_without_a_claimant_is_made_by_the_voice_of_its_document(tmp_path: Path) -> None:
    with read(tmp_path) as draft:
        found = of_claims(draft, "claimant")
    assert found["deaths-300"] == ("witnesses",)
    assert found["deaths-500"] == ("page",)


def test_a_claim_that_nobody_is_named_for_goes_back_to_its_document(tmp_path: Path) -> None:
    with read(tmp_path, documents=DOCUMENTS.replace("  voice: page\n", "")) as draft:
        found = of_claims(draft, "claimant, origin")
    assert found["deaths-500"] == (None, "document page")
    assert found["deaths-300"] == ("witnesses", "witnesses")


def test_a_bulk_claim_belongs_to_the_dossier_of_its_question_or_to_the_one_it_names(
    tmp_path: Path,
) -> None:
    rows = [
        {"id": "by-question", "question": "killers", "value": "army"},
        {"id": "by-name", "dossier": "village-2022"},
        {"id": "by-nothing"},
    ]
    bulk = "".join(
        json.dumps({**row, "text": "A claim.", "found": "page#1"}) + "\n" for row in rows
    )
    with read(tmp_path, bulk=bulk) as draft:
        found = of_claims(draft, "dossier, topics, countries")
    assert found["by-question"] == ("village-2022", '["civilian harm"]', '["ML"]')
    assert found["by-name"] == found["by-question"]
    assert found["by-nothing"] == (None, "[]", "[]")


def test_rows_are_seen_as_soon_as_they_are_added_and_in_their_order(tmp_path: Path) -> None:
    with open_draft(tmp_path) as draft:
        for number in range(BATCH + 1):
            draft.add("basis", (f"claim-{number}", "other", 0))
            if number in {0, BATCH - 1, BATCH}:
                counted = draft.rows("SELECT count(*) FROM draft_basis")
                assert list(counted) == [(number + 1,)]
        found = [claim for claim, *_ in draft.rows("SELECT * FROM draft_basis")]
    assert found == [f"claim-{number}" for number in range(BATCH + 1)]


def test_a_draft_leaves_nothing_in_the_database(claims: Path, tmp_path: Path) -> None:
    file = tmp_path / "ledger.db"
    with open_draft(claims, str(file)) as draft:
        read_folder(draft)
        draft.finish()
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT * FROM sqlite_schema").fetchall() == []
