"""Chains: who repeats whom, and whom each claim goes back to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from ledger.build import build
from ledger.reports.chains import DEEPEST, ChainLink, chains_of, in_order, origins_of
from ledger.reports.claims import claim
from tests.small import ACTORS, DOSSIER, SMALL, write_folder

RELAY = """
- id: {name}
  text: It is repeated as {name}.
  claimant: {claimant}
  question: deaths
  value: 300
  based_on: [{bases}]
  found: page#3
"""


def relays(*told: tuple[str, str, str]) -> str:
    """Return the small dossier with claims that repeat others: names, claimants and bases."""
    more = "".join(
        RELAY.format(name=name, claimant=claimant, bases=bases) for name, claimant, bases in told
    )
    return DOSSIER + more


@pytest.fixture
def opened(tmp_path: Path, dossier: str) -> Iterator[sqlite3.Connection]:
    """Yield a connection to the database of a dossier."""
    folder = write_folder(tmp_path / "claims", {**SMALL, "mali/village-2022.yaml": dossier})
    assert build(folder, tmp_path / "ledger.db").problems == []
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as connection:
        yield connection


def drawn(link: ChainLink) -> object:
    """Return a chain as nested names."""
    below = [drawn(one) for one in link.repeated_by]
    name = link.claim.id + (" again" if link.again else "") + (" cut" if link.cut else "")
    return (name, below) if below else name


@pytest.mark.parametrize("dossier", [DOSSIER])
def test_claims_that_repeat_nobody_have_no_chain(opened: sqlite3.Connection) -> None:
    chains = chains_of(opened, ["deaths-300", "deaths-500"])
    assert chains.roots == []
    assert [one.name for one in chains.origins["deaths-300"]] == ["Witnesses"]
    assert [one.name for one in chains.origins["deaths-500"]] == ["The Page"]


@pytest.mark.parametrize(
    "dossier", [relays(("told", "state", "deaths-300"), ("retold", "army", "told"))]
)
def test_a_chain_leads_from_the_first_word_to_its_echoes(opened: sqlite3.Connection) -> None:
    chains = chains_of(opened, ["deaths-300", "told", "retold"])
    assert [drawn(root) for root in chains.roots] == [("deaths-300", [("told", ["retold"])])]
    assert [one.id for one in chains.origins["retold"]] == ["witnesses"]


@pytest.mark.parametrize(
    "dossier", [relays(("told", "state", "deaths-300"), ("retold", "army", "told"))]
)
def test_a_claim_shown_alone_still_names_its_root(opened: sqlite3.Connection) -> None:
    chains = chains_of(opened, ["retold"])
    assert [drawn(root) for root in chains.roots] == [("deaths-300", [("told", ["retold"])])]


@pytest.mark.parametrize(
    "dossier",
    [relays(("both", "state", "deaths-300, killers-army"), ("retold", "army", "both"))],
)
def test_what_repeats_two_claims_is_spelled_out_once(opened: sqlite3.Connection) -> None:
    chains = chains_of(opened, ["deaths-300", "both", "retold"])
    assert [drawn(root) for root in chains.roots] == [
        ("deaths-300", [("both", ["retold"])]),
        ("killers-army", ["both again"]),
    ]


@pytest.mark.parametrize(
    "dossier",
    [
        relays(
            ("told-0", "state", "deaths-300"),
            *((f"told-{n}", "state", f"told-{n - 1}") for n in range(1, 2 * DEEPEST)),
        )
    ],
)
def test_a_long_chain_is_cut_and_still_goes_back_to_its_root(opened: sqlite3.Connection) -> None:
    last = f"told-{2 * DEEPEST - 1}"
    chains = chains_of(opened, [last])
    assert " cut" in str(drawn(chains.roots[0]))
    assert [one.id for one in chains.origins[last]] == ["witnesses"]


NAMESAKES: Final = """
- {id: one, text: One says so., claimant: army, question: deaths, value: 7, found: page#3}
- {id: other, text: Another says so., claimant: rebels, question: deaths, value: 7, found: page#3}
- {id: both, text: Both say so., claimant: state, question: deaths, value: 7, found: page#3,
   based_on: [one, other]}
"""


def test_two_origins_of_one_name_are_two(tmp_path: Path) -> None:
    actors = ACTORS.replace("The Rebels", "The Army")
    files = {**SMALL, "actors.yaml": actors, "mali/village-2022.yaml": DOSSIER + NAMESAKES}
    assert build(write_folder(tmp_path / "claims", files), tmp_path / "ledger.db").problems == []
    with closing(sqlite3.connect(tmp_path / "ledger.db")) as connection:
        for origins in (origins_of(connection, ["both"]), chains_of(connection, ["both"]).origins):
            assert [one.id for one in origins["both"]] == ["army", "rebels"]
        assert len(in_order([*origins["both"], *origins["both"]])) == 2
        assert [one.id for one in claim(connection, "both").origins] == ["army", "rebels"]
