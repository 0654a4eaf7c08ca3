"""Disputes of a built database, and the comparison of two of its claims."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ledger.build import build
from ledger.currency import coding_of, is_current
from ledger.reports.contested import contested
from ledger.reports.disputes import (
    Compared,
    Facts,
    NotThereError,
    compare_claims,
    nearest,
    read_disputes,
)
from ledger.site.pages.dossier import dossier_of
from tests.commands.running import METADATA, ROOT
from tests.small import AT_LEAST, SMALL, write_folder


def disputes_in(database: Path, question: str | None = None) -> list[Facts]:
    with closing(sqlite3.connect(database)) as connection:
        return read_disputes(connection, question)


def compared_in(database: Path, one: str, other: str) -> Compared:
    with closing(sqlite3.connect(database)) as connection:
        return compare_claims(connection, one, other)


def test_a_dispute_comes_with_its_positions_and_their_claims(database: Path) -> None:
    (dispute,) = disputes_in(database, "deaths")
    positions: Any = dispute["positions"]
    assert [position["label"] for position in positions] == ["about 300", "500 or more"]
    assert [(position["low"], position["high"]) for position in positions] == [
        (270, 330),
        (500, None),
    ]
    assert [claim["id"] for position in positions for claim in position["claims"]] == [
        "deaths-300",
        "deaths-500",
    ]
    assert positions[0]["claims"][0]["outlets"] == ["radio", "wire"]


def test_all_disputes_come_without_a_question(database: Path) -> None:
    assert {dispute["id"] for dispute in disputes_in(database)} == {"deaths", "killers"}


def test_the_most_contested_disputes_come_first_everywhere(tmp_path: Path) -> None:
    database = tmp_path / "ledger.db"
    assert build(ROOT / "claims", database).problems == []
    order = [dispute["id"] for dispute in disputes_in(database)]
    metadata = json.loads(METADATA.read_text(encoding="utf-8"))["databases"]["ledger"]
    with closing(sqlite3.connect(database)) as connection:
        assert contested(connection).orders["contested"] == order
        query = connection.execute(metadata["queries"]["most_contested"]["sql"])
        assert [row[0] for row in query] == order
        dossier = dossier_of(connection, "moura-2022")
    pictured = [question["id"] for question in dossier["pictured"]]
    assert pictured == [name for name in order if name in pictured]
    assert len(pictured) > 1


def test_a_question_that_nobody_disputes_has_no_dispute(tmp_path: Path) -> None:
    dossier = (
        SMALL["mali/village-2022.yaml"]
        .replace("value: 500+", "value: 290")
        .replace("  conflicts:\n    deaths-300: The totals exclude each other.\n", "")
    )
    folder = write_folder(tmp_path / "claims", SMALL | {"mali/village-2022.yaml": dossier})
    assert build(folder, tmp_path / "ledger.db").problems == []
    assert disputes_in(tmp_path / "ledger.db", "deaths") == []


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        ("nothing", "there is no question nothing"),
        ("", "there is no question "),
        ("death", "there is no question death; did you mean deaths?"),
        ("killer", "there is no question killer; did you mean killers?"),
    ],
)
def test_an_unknown_question_is_said_to_be_unknown(ask: str, told: str, database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        with pytest.raises(NotThereError) as raised:
            read_disputes(connection, ask)
        assert f"{raised.value}{nearest(connection, raised.value)}" == told
    assert raised.value.name == ask


def test_a_claim_tells_which_other_positions_it_fits(tmp_path: Path) -> None:
    files = SMALL | {"mali/village-2022.yaml": SMALL["mali/village-2022.yaml"] + AT_LEAST}
    assert build(write_folder(tmp_path / "claims", files), tmp_path / "ledger.db").problems == []
    (dispute,) = disputes_in(tmp_path / "ledger.db", "deaths")
    positions: Any = dispute["positions"]
    fits = {one["id"]: one["fits"] for place in positions for one in place["claims"]}
    assert fits == {"deaths-300": [], "deaths-500": [], "deaths-20": ["deaths_2"]}
    assert [place["n_documents"] for place in positions] == [1, 1]


def test_two_claims_are_compared_by_their_values(database: Path) -> None:
    compared = compared_in(database, "deaths-500", "deaths-300")
    assert compared.comparison.verdict == "conflict"
    assert compared.comparison.because == "about 300 reaches to 330; 500 or more starts at 500"
    assert compared.comparison.gap == 170
    assert compared.conflict is not None
    assert compared.conflict["origin"] == "both"


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
