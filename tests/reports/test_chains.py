"""Chains: who repeats whom."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ledger.build import build
from ledger.reports.chains import DEEPEST, ChainLink, chains_of
from tests.small import DOSSIER, SMALL, write_folder

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
    assert chains_of(opened, ["deaths-300", "deaths-500"]) == []


@pytest.mark.parametrize(
    "dossier", [relays(("told", "state", "deaths-300"), ("retold", "army", "told"))]
)
def test_a_chain_leads_from_the_first_word_to_its_echoes(opened: sqlite3.Connection) -> None:
    chains = chains_of(opened, ["deaths-300", "told", "retold"])
    assert [drawn(root) for root in chains] == [("deaths-300", [("told", ["retold"])])]


@pytest.mark.parametrize(
    "dossier", [relays(("told", "state", "deaths-300"), ("retold", "army", "told"))]
)
def test_a_claim_shown_alone_still_names_its_root(opened: sqlite3.Connection) -> None:
    chains = chains_of(opened, ["retold"])
    assert [drawn(root) for root in chains] == [("deaths-300", [("told", ["retold"])])]


@pytest.mark.parametrize(
    "dossier",
    [relays(("both", "state", "deaths-300, killers-army"), ("retold", "army", "both"))],
)
def test_what_repeats_two_claims_is_spelled_out_once(opened: sqlite3.Connection) -> None:
    chains = chains_of(opened, ["deaths-300", "both", "retold"])
    assert [drawn(root) for root in chains] == [
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
def test_a_long_chain_is_cut(opened: sqlite3.Connection) -> None:
    last = f"told-{2 * DEEPEST - 1}"
    chains = chains_of(opened, [last])
    assert " cut" in str(drawn(chains[0]))
