"""Takeover: what is taken over from a database is what was read when that was built."""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.build import build
from ledger.database.takeover import Takeover
from ledger.draft import Draft, make_ready, open_draft
from ledger.files import Source
from ledger.kept import open_kept
from ledger.read import read_folder
from ledger.weigh import weigh_draft
from tests.worlds import draw_world, without_compatible, write_world

TABLES: Final = (
    *("claim", "question", "dossier", "finding"),
    *("appearance", "citation", "basis", "declared"),
)


def rows_of(draft: Draft) -> dict[str, list[str]]:
    draft.finish()
    return {
        table: sorted(repr(row) for row in draft.rows(f"SELECT * FROM draft_{table}"))  # noqa: S608 # names above
        for table in TABLES
    }


def taken_over(claims: Path, database: Path, changed: set[str]) -> dict[str, list[str]]:
    """Return what is taken over of everything but what stands in some files."""
    with open_kept(claims, database) as kept:
        assert kept.database is not None
        make_ready(kept.database)
        draft = Draft(kept.database, Source(claims))
        takeover = Takeover(draft, changed)
        ids = {
            table: [str(name) for (name,) in kept.rows(f"SELECT id FROM {table}", {})]  # noqa: S608 # three names
            for table in ("claims", "questions", "dossiers")
        }
        takeover.declarations(ids["claims"])
        for _ in range(2):  # nothing is taken over twice
            takeover.claims(ids["claims"])
            takeover.questions(ids["questions"])
            takeover.dossiers(ids["dossiers"])
        return rows_of(draft)


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_all_that_was_read_is_taken_over_as_it_was_read(rng: Random) -> None:
    with TemporaryDirectory() as name:
        claims, database = Path(name, "claims"), Path(name, "ledger.db")
        world = without_compatible(draw_world(rng))
        assert build(write_world(claims, world), database).problems == []
        with open_draft(claims) as draft:
            read_folder(draft)
            weigh_draft(draft)  # which relays alter what they repeat is known from then on
            # Of which question it is weighed on is told anew whenever it is.
            draft.connection.execute("UPDATE draft_claim SET asked = question")
            assert taken_over(claims, database, set()) == rows_of(draft)
        nothing = taken_over(claims, database, set(world.files()))
        assert nothing == {table: [] for table in TABLES}
