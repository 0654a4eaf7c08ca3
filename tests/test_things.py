"""Things: what is told of each kind is so in the schema, in the files and on the site."""

from __future__ import annotations

import pytest

from ledger.database.schema import tables
from ledger.files import REGISTERS
from ledger.things import BY_TABLE, KINDS, Kind

COLUMNS = {table.name: set(table.columns) for table in tables()}


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_kind_names_columns_of_its_table(kind: Kind) -> None:
    named = {*kind.searched, *([kind.label] if kind.label else [])}
    assert named <= COLUMNS[kind.table]
    assert kind.has_aliases == ("aliases" in COLUMNS[kind.table])
    assert BY_TABLE[kind.table] is KINDS[kind.one] is kind


def test_the_kinds_that_registers_have_are_those_of_their_files() -> None:
    held = {f"{kind.table}.yaml" for kind in KINDS.values() if kind.register}
    assert held == set(REGISTERS)
