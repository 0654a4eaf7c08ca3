"""Origins as they are told: who they are, under what they count, and how many there are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Final

import pytest

from ledger.build import build
from ledger.reports.origins import (
    backing_in_words,
    origins_in_figures,
    origins_in_words,
    origins_of,
    outlets_in_figures,
    outlets_in_words,
)
from tests.small import ACTORS, DOSSIER, SMALL, write_folder

MORE: Final = """
- {id: one, text: One says so., claimant: army, question: deaths, value: 300, found: page#3}
- {id: other, text: Another says so., claimant: rebels, question: deaths, value: 300, found: leaf}
- {id: both, text: Both say so., claimant: state, question: deaths, value: 300, found: page#3,
   based_on: [one, other]}
- {id: unnamed, text: Sources say so., claimant: sources, question: deaths, value: 300, found: leaf}
- {id: voiceless, text: It says so., question: deaths, value: 300, found: leaf}
- {id: nobody, text: It is said., claimant: army, question: deaths, value: 300, found: page#3,
   origins: unknown}
"""


@pytest.fixture(name="opened", scope="module")
def opened_(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """Yield a connection to the small ledger with some origins more; two have one name."""
    actors = ACTORS.replace("The Rebels", "The Army")
    files = {
        **SMALL,
        "actors.yaml": actors + "sources: {name: Media sources, kind: unnamed}\n",
        "more/documents.yaml": "leaf: {title: A Leaf, outlet: wire}\n",
        "mali/village-2022.yaml": DOSSIER + MORE,
    }
    folder = tmp_path_factory.mktemp("origins")
    database = folder / "ledger.db"
    assert build(write_folder(folder / "claims", files), database).problems == []
    with closing(sqlite3.connect(database)) as connection:
        yield connection


def told(connection: sqlite3.Connection, claim: str) -> list[tuple[object, ...]]:
    """Return the origins of a claim, each as its fields."""
    found = origins_of(connection, "claim", [claim])[claim]
    return [(one.name, one.id, one.document, one.whole, one.whole_name) for one in found]


def test_origins_are_told_with_the_whole_that_they_count_under(opened: sqlite3.Connection) -> None:
    assert told(opened, "both") == [
        ("The Army", "army", None, "state", "The State"),
        ("The Army", "rebels", None, "rebels", "The Army"),
    ]
    assert told(opened, "voiceless") == [("A Leaf", None, "leaf", "document leaf", "A Leaf")]
    assert told(opened, "unnamed") == [
        ("Media sources", "sources", None, "claim unnamed", "Media sources")
    ]
    assert told(opened, "nobody") == []


def test_a_position_has_each_origin_of_its_claims_once(opened: sqlite3.Connection) -> None:
    (position,) = opened.execute("SELECT position FROM claims WHERE id = 'both'").fetchone()
    found = origins_of(opened, "position", [position])[position]
    assert sorted(one.whole for one in found) == [
        "claim unnamed",
        "document leaf",
        "rebels",
        "state",
        "witnesses",
    ]


@dataclass
class Counts:
    """What origins and outlets stand behind."""

    n_origins: int | None = 1
    n_independent: int | None = 1
    n_outlets: int = 1
    n_outlets_nearby: int = 0


@pytest.mark.parametrize(
    ("counts", "origins", "outlets"),
    [
        (Counts(), "1 origin", "1 outlet"),
        (Counts(3, 3, 2), "3 origins", "2 outlets"),
        (Counts(3, 1, 0, 4), "3 origins, 1 independent", "0 outlets, 4 more at its paragraphs"),
        (Counts(None, None), "origin not recorded", "1 outlet"),
    ],
)
def test_four_counts_are_told_side_by_side(counts: Counts, origins: str, outlets: str) -> None:
    assert (origins_in_words(counts), outlets_in_words(counts)) == (origins, outlets)


def test_origins_are_told_with_what_they_count_as(opened: sqlite3.Connection) -> None:
    army, rebels = (origins_of(opened, "claim", [one])[one] for one in ("one", "other"))
    state = origins_of(opened, "claim", ["killers-rebels"])["killers-rebels"]
    one_whole = Counts(n_origins=2, n_independent=1)
    assert backing_in_words(one_whole, [*army, *state]) == "2 origins, 1 independent (The State)"
    two = Counts(n_origins=3, n_independent=2)
    assert backing_in_words(two, [*army, *rebels, *state]) == (
        "3 origins, 2 independent (The Army and The State count as one: The State)"
    )
    assert backing_in_words(Counts(n_origins=1, n_independent=1), army) == "1 origin"
    assert backing_in_words(Counts(n_origins=None, n_independent=None), []) == (
        "origin not recorded"
    )


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((None, None), "unknown"),
        ((1, 1), "1"),
        ((3, 1), "3, 1 independent"),
        ((1200, 1100), "1,200, 1,100 independent"),
    ],
)
def test_origins_are_told_in_a_cell(counts: tuple[int | None, int | None], told: str) -> None:
    assert origins_in_figures(*counts) == told


@pytest.mark.parametrize(
    ("counts", "told"), [((2, 0), "2"), ((0, 3), "0, 3 nearby"), ((1, 1000), "1, 1,000 nearby")]
)
def test_outlets_are_told_in_a_cell(counts: tuple[int, int], told: str) -> None:
    assert outlets_in_figures(*counts) == told
