"""Routes: every kind of thing has its page."""

from __future__ import annotations

import pytest

from ledger.things import KINDS, Kind
from tests.site.conftest import ONE_LOOP, Site


@ONE_LOOP
@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS.values() if kind.searched], ids=lambda kind: kind.one
)
async def test_the_first_of_each_kind_has_its_page(shipped: Site, kind: Kind) -> None:
    ((name, label),) = shipped.sql(f"SELECT id, {kind.label} FROM {kind.table} LIMIT 1")  # noqa: S608 # names of the schema
    assert label.split()[0] in await shipped.get(f"{kind.path}{name}")
