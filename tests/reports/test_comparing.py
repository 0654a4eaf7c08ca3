"""Comparing: whether any two claims of a built database can both be true."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ledger.build import build
from ledger.currency import coding_of, is_current
from ledger.reports.comparing import Compared, compare_claims
from ledger.reports.meant import NotThereError, nearest
from tests.small import SMALL, write_folder


def compared_in(database: Path, one: str, other: str) -> Compared:
    with closing(sqlite3.connect(database)) as connection:
        return compare_claims(connection, one, other)


def test_two_claims_are_compared_by_their_values(database: Path) -> None:
    compared = compared_in(database, "deaths-500", "deaths-300")
    assert compared.comparison.verdict == "conflict"
    assert compared.comparison.because == "about 300 reaches to 330; 500 or more starts at 500"
    assert compared.comparison.gap == 170
    assert compared.conflict is not None
    assert compared.conflict.origin == "both"


def test_actors_are_compared_through_their_tree(database: Path) -> None:
    compared = compared_in(database, "killers-army", "killers-rebels")
    assert compared.comparison.because == (
        "The Army is not The Rebels, and neither belongs to the other"
    )


@pytest.mark.parametrize(
    ("other", "because"),
    [
        ("killers-army", "they do not answer the same question"),
        ("date-given", "they do not answer the same question"),
    ],
)
def test_claims_on_different_questions_are_incomparable(
    other: str, because: str, database: Path
) -> None:
    comparison = compared_in(database, "deaths-300", other).comparison
    assert (comparison.verdict, comparison.because) == ("incomparable", because)


def test_a_claim_that_is_not_there_is_said_to_be_unknown(database: Path) -> None:
    told = "there is no claim deaths-3000; did you mean deaths-300?"
    with closing(sqlite3.connect(database)) as connection:
        with pytest.raises(NotThereError) as raised:
            compare_claims(connection, "deaths-300", "deaths-3000")
        assert f"{raised.value}{nearest(connection, raised.value)}" == told


def test_a_database_keeps_the_coding_it_was_built_with(tmp_path: Path) -> None:
    dossier = (
        SMALL["mali/village-2022.yaml"]
        .replace("value: ~300", "value: dozens")
        .replace("value: 500+", "value: 30")
    )
    folder = write_folder(tmp_path / "claims", SMALL | {"mali/village-2022.yaml": dossier})
    database = tmp_path / "ledger.db"
    assert build(folder, database, coding="acled").problems == []
    assert coding_of(database) == "acled"
    assert is_current(folder, database, "acled")
    assert not is_current(folder, database, "plural")
    told = compared_in(database, "deaths-300", "deaths-500").comparison
    assert (told.verdict, told.gap) == ("conflict", 18)


def test_what_is_no_database_has_the_plural_coding(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").write_text("no database", encoding="utf-8")
    assert coding_of(tmp_path / "ledger.db") == coding_of(tmp_path / "none.db") == "plural"
