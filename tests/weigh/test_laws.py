"""Laws: what a change of a ledger leaves as it was, whatever the ledger."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest

from ledger.database.schema import tables
from tests.weigh.oracle import COLUMNS, Ledger, Record, Row, Rows, conflicts, fallen
from tests.weigh.oracle_ledgers import (
    ACTORS,
    OUTLETS,
    built,
    draw_ledger,
    renamed,
    renamed_text,
)

MANY: Final = 300
"""How many ledgers each law is tried on."""

OF_PLACES: Final = {"file", "line"}

NOT_BY_ID: Final = {
    *("build", "countries", "expectations", "files", "parsed_registers", "profiles", "remarks")
}
"""The tables whose first column is no id of the ledger's own."""

EVERYTHING: Final = {
    table.name: ", ".join(column for column in table.columns if column not in OF_PLACES)
    for table in tables()
    if table.kind == "table" and table.name not in NOT_BY_ID
}
"""All columns that say something of a ledger, but where it stands in the files."""


def drawn(first: int = 0, number: int = MANY) -> dict[str, Ledger]:
    """Return some ledgers by name."""
    names = {f"w{seed}": seed for seed in range(first, first + number)}
    return {
        name: renamed(draw_ledger(Random(seed)), f"{name}-{{}}".format)  # noqa: S311 # the same each time
        for name, seed in names.items()
    }


def come_to(folder: Path, ledgers: Mapping[str, Ledger], columns: Mapping[str, str]) -> Any:  # noqa: ANN401 # rows by name and table, as `built` returns them
    """Return the rows that ledgers without problems come to."""
    found = built(folder, dict(ledgers), columns)
    assert isinstance(found, dict), found
    return found


def told(rows: Iterable[Row]) -> list[Row]:
    """Return rows in an order of their own."""
    return sorted(rows, key=repr)


def assert_same(name: str, ledger: Ledger, before: Rows, after: Rows) -> None:
    """Fail with what differs between the rows of a ledger before and after a change."""
    for table in before:
        gone = [row for row in told(before[table]) if row not in after[table]]
        come = [row for row in told(after[table]) if row not in before[table]]
        if gone or come:
            records = json.dumps(ledger["claims"], indent=1)
            pytest.fail(f"{name}: {table}: {gone} became {come} of\n{records}", pytrace=False)


def _mirrored(words: Iterable[str]) -> dict[str, str]:
    names = sorted(words)
    return dict(zip(names, reversed(names), strict=True))


OTHER_OUTLETS: Final = _mirrored(OUTLETS)

OTHER_ACTORS: Final = _mirrored(ACTORS)

BY_POSITION: Final = ("claims", "positions", "claim_positions", "position_origins")
"""The tables in which something depends on the position that a claim is counted in."""


def other_name(word: str) -> str:
    """Return another id for an id, whose other one is the first: the last becomes the first.

    Documents keep theirs, since of several the first by id speaks where nobody is named.
    """
    if word[1:].isdigit():
        return f"{word[0]}{9 - int(word[1:])}"
    return OTHER_OUTLETS.get(word, word)


def other_actor(word: str) -> str:
    """Return another id for an actor's."""
    return OTHER_ACTORS.get(word, word)


def by_content(rows: Rows, name: Callable[[str], str]) -> Rows:
    """Return rows with other ids, in which a position is its claims and pairs are in order."""
    homes: dict[str, list[str]] = {}
    for claim, home in rows["claims (homes)"]:
        homes.setdefault(home, []).append(renamed_text(claim, name))
    held = {home: " ".join(sorted(claims)) for home, claims in homes.items() if home}
    found = {
        table: [tuple(held.get(cell) or _cell(cell, name) for cell in row) for row in some]
        for table, some in rows.items()
    }
    found["conflicts"] = [_either_way(row) for row in found["conflicts"]]
    return found


def _cell(cell: Any, name: Callable[[str], str]) -> Any:  # noqa: ANN401 # whatever a cell holds
    if not isinstance(cell, str):
        return cell
    text = renamed_text(cell, name)
    return json.dumps(sorted(json.loads(text))) if text.startswith("[") else text


def _either_way(row: Row) -> Row:
    ends = sorted([(row[0], row[3]), (row[1], row[4])])
    return (ends[0][0], ends[1][0], row[2], ends[0][1], ends[1][1], *row[5:])


@pytest.mark.parametrize("name", [other_name, other_actor])
def test_other_ids_change_nothing(name: Callable[[str], str], tmp_path: Path) -> None:
    columns = COLUMNS | {"claims (homes)": "id, position"}
    ledgers = drawn()
    mirrored = {mark: renamed(ledger, name) for mark, ledger in ledgers.items()}
    before = come_to(tmp_path / "before", ledgers, columns)
    after = come_to(tmp_path / "after", mirrored, columns)
    for mark, ledger in ledgers.items():
        rows = by_content(before[mark], str), by_content(after[mark], name)
        if name is other_actor or _is_spoken_of(ledger):
            # Of claims that fit several positions equally well, only ids tell which one takes.
            rows = _beside_positions(rows[0]), _beside_positions(rows[1])
        assert_same(mark, ledger, *rows)


def _is_spoken_of(ledger: Ledger) -> bool:
    """Return whether anybody declares anything of two claims, which may be alike in all else."""
    return any({"conflicts", "compatible"} & {*claim} for claim in ledger["claims"].values())


def _beside_positions(rows: Rows) -> Rows:
    return {table: some for table, some in rows.items() if table.split()[0] not in BY_POSITION}


def test_another_order_of_records_and_files_changes_nothing(tmp_path: Path) -> None:
    ledgers = drawn()
    before = come_to(tmp_path / "before", ledgers, EVERYTHING)
    after = come_to(
        tmp_path / "after",
        {name: _shuffled(Random(name), ledger) for name, ledger in ledgers.items()},  # noqa: S311 # the same each time
        EVERYTHING,
    )
    for name, ledger in ledgers.items():
        assert_same(name, ledger, before[name], after[name])


def _shuffled(rng: Random, ledger: Ledger) -> Ledger:
    """Return a ledger in another order, half of whose claims stand in a file of lines."""
    found: Ledger = {}
    for kind, records in ledger.items():
        found[kind] = {name: records[name] for name in rng.sample(list(records), len(records))}
    some = rng.sample(list(found["claims"]), len(found["claims"]) // 2)
    found["bulk"] = {name: found["claims"].pop(name) for name in some}
    return found


def _with_claim(ledger: Ledger, name: str, claim: Record) -> Ledger:
    return {**ledger, "claims": {**ledger["claims"], name: claim}}


def test_a_relay_of_a_claim_brings_no_origin(tmp_path: Path) -> None:
    ledgers = drawn()
    columns = {
        "claims": "id, n_origins, n_independent",
        "claim_origins": COLUMNS["claim_origins"],
        "questions": "id, n_origins, n_independent, n_positions, state",
    }
    relayed = {
        name: _with_claim(ledger, f"{name}-c99", relay)
        for name, ledger in ledgers.items()
        if (relay := _relay(Random(name), ledger))  # noqa: S311 # the same each time
    }
    assert len(relayed) > MANY // 2
    before = come_to(tmp_path / "before", ledgers, columns)
    after = come_to(tmp_path / "after", relayed, columns)
    for name, ledger in relayed.items():
        own = f"{name}-c99"
        (original,) = ledger["claims"][own]["based_on"]
        said = {row[0]: row[1:] for row in after[name]["claims"]}
        assert said[own] == said[original]
        assert_same(name, ledger, before[name], _without(after[name], own))


def _relay(rng: Random, ledger: Ledger) -> Record | None:
    """Return what repeats a standing claim, of whose pairs nobody declared anything."""
    spoken = {
        name
        for one, claim in ledger["claims"].items()
        for key in ("conflicts", "compatible")
        for name in (one, *claim.get(key, {}))
        if claim.get(key)
    }
    free = sorted(ledger["claims"].keys() - fallen(ledger).keys() - spoken)
    if not free:
        return None
    original = rng.choice(free)
    kept = ("text", "question", "value", "as_of", "found")
    claim = {key: one for key, one in ledger["claims"][original].items() if key in kept}
    cited = {"cites": [{"outlet": sorted(ledger["outlets"])[0]}]}
    return claim | cited | {"claimant": sorted(ledger["actors"])[0], "based_on": [original]}


def _without(rows: Rows, name: str) -> Rows:
    """Return rows without those of a claim."""
    return {table: [row for row in some if name not in row] for table, some in rows.items()}


def test_a_claim_that_was_withdrawn_changes_nothing_but_how_many_there_are(tmp_path: Path) -> None:
    ledgers = drawn()
    columns = {
        table: ", ".join(column for column in names.split(", ") if column != "n_claims")
        for table, names in EVERYTHING.items()
    }
    more = {
        name: _with_claim(ledger, f"{name}-c99", _withdrawn(Random(name), ledger))  # noqa: S311 # the same each time
        for name, ledger in ledgers.items()
    }
    before = come_to(tmp_path / "before", ledgers, columns)
    after = come_to(tmp_path / "after", more, columns)
    for name, ledger in more.items():
        assert_same(name, ledger, before[name], _without(after[name], f"{name}-c99"))


def _withdrawn(rng: Random, ledger: Ledger) -> Record:
    """Return a claim that says what another does, and more, and was withdrawn."""
    names = sorted(ledger["claims"])
    one, other = rng.choice(names), rng.choice(names)
    kept = ("text", "question", "value", "as_of", "found", "claimant", "cites")
    claim = {key: said for key, said in ledger["claims"][one].items() if key in kept}
    declared = {"conflicts": {other: "Reason."}} if rng.random() < 0.5 else {}
    based = {"based_on": [one]} if rng.random() < 0.5 else {}
    return claim | declared | based | {"retracted": {"on": "2024", "because": "Wrong."}}


def test_ledgers_that_have_nothing_in_common_leave_each_other_as_they_were(tmp_path: Path) -> None:
    ledgers = drawn(number=20)
    together = come_to(tmp_path / "together", ledgers, EVERYTHING)
    for name, ledger in ledgers.items():
        alone = come_to(tmp_path / name, {name: ledger}, EVERYTHING)
        assert_same(name, ledger, alone[name], together[name])


def test_a_law_is_tried_on_ledgers_that_are_in_dispute() -> None:
    assert sum(bool(conflicts(ledger)) for ledger in drawn().values()) > MANY // 2
