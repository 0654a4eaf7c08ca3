"""Oracle: what the program makes of small random ledgers is what the design says of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

import pytest

from tests.weigh.oracle import COLUMNS, Ledger, Record, Rows, Weighed, expected
from tests.weigh.oracle_ledgers import built, draw_ledger, renamed

AT_ONCE: Final = 200
"""How many ledgers stand in one folder: each has registers and a dossier of its own."""

IN_ALL: Final = 2_000

TABLES: Final = COLUMNS | {"claims (homes)": "id, position"}


def differences(ledger: Ledger, rows: Rows) -> list[str]:
    """Return every way in which the rows of a ledger are not those that they should be."""
    homes = {name: home for name, home in rows["claims (homes)"] if home}
    told = [
        f"{position}: these cannot all be true together: {Weighed(ledger, homes).taking(position)}"
        for position in Weighed(ledger, homes).untenable()
    ]
    for table, should in expected(ledger, homes).items():
        found = rows[table]
        told += [f"{table}: expected {row}" for row in should if row not in found]
        told += [f"{table}: got      {row}" for row in sorted(found, key=repr) if row not in should]
    return told


def alone(ledger: Ledger) -> list[str]:
    """Return the differences of a ledger that is built alone; none if it has problems."""
    with TemporaryDirectory() as folder:
        name = next(iter(ledger["outlets"])).partition("-")[0]
        rows = built(Path(folder), {name: ledger}, TABLES)
        return [] if isinstance(rows, list) else differences(ledger, rows[name])


def shrunk(ledger: Ledger) -> Ledger:
    """Return a ledger of as few records and keys as still make a difference of some kind."""
    kinds = {one.partition(":")[0] for one in alone(ledger)}
    smaller = True
    while smaller:
        smaller = False
        for one in without_something(ledger):
            if {told.partition(":")[0] for told in alone(one)} & kinds:
                ledger, smaller = one, True
                break
    return ledger


def without_something(ledger: Ledger) -> Iterator[Ledger]:
    """Yield a ledger without each of its claims, questions, keys and entries of lists in turn."""
    for kind in ("claims", "questions", "documents", "actors", "outlets"):
        for name in ledger[kind]:
            if kind == "outlets" and len(ledger[kind]) == 1:
                continue
            left = deepcopy(ledger)
            del left[kind][name]
            for claim in left["claims"].values():
                _forget(claim, name)
            yield left
        for name, record in ledger[kind].items():
            for key in record.keys() - {"name", "title", "text", "asks", "answer", "found"}:
                left = deepcopy(ledger)
                del left[kind][name][key]
                yield left
            for key, value in record.items():
                if isinstance(value, list) and len(value) > 1:
                    left = deepcopy(ledger)
                    left[kind][name][key].pop()
                    yield left


def _forget(claim: Record, name: str) -> None:
    """Leave out of a claim what names another."""
    for key in ("conflicts", "compatible"):
        claim.get(key, {}).pop(name, None)
    if isinstance(claim.get("based_on"), list):
        claim["based_on"] = [one for one in claim["based_on"] if one != name]
    for key in ("based_on", "supersedes"):
        if claim.get(key) in (name, []):
            del claim[key]


def told(ledger: Ledger) -> str:
    """Return a ledger and its differences as a person reads them."""
    used = [
        f"{kind[:-1]} {name}: {json.dumps(record)}"
        for kind, records in ledger.items()
        for name, record in records.items()
    ]
    return "\n".join(["", *used, *alone(ledger)])


@pytest.mark.parametrize("first", range(0, IN_ALL, AT_ONCE))
def test_2000_random_ledgers_come_to_what_the_design_says(first: int, tmp_path: Path) -> None:
    ledgers: dict[str, Ledger] = {}
    for number in range(first, first + AT_ONCE):
        drawn = draw_ledger(Random(number))  # noqa: S311 # the same ledgers each time
        ledgers[f"w{number}"] = renamed(drawn, f"w{number}-{{}}".format)
    found = built(tmp_path, ledgers, TABLES)
    assert isinstance(found, dict), found
    for name, ledger in ledgers.items():
        if differences(ledger, found[name]):
            pytest.fail(told(shrunk(ledger)), pytrace=False)
