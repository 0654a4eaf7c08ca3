"""Standing: what is told of anything right after a change is what a whole build would tell."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Final

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ledger.build import build
from ledger.files import hashes_of
from ledger.reports.disputes import read_disputes
from ledger.reports.kinds import kinds_of, show
from ledger.reports.rows import Facts
from ledger.standing import open_standing
from tests.small import ACTORS, AT_LEAST, DOCUMENTS, DOSSIER, OUTLETS, PLACES, write_folder
from tests.worlds import World, draw_change, draw_world, without_compatible, write_world

IDS: Final = """
SELECT id FROM claims UNION SELECT id FROM questions UNION SELECT id FROM positions
UNION SELECT id FROM dossiers UNION SELECT id FROM outlets UNION SELECT id FROM actors
UNION SELECT id FROM places UNION SELECT id FROM documents
UNION SELECT document || '#' || number FROM paragraphs
"""

slowly = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)


def told(connection: sqlite3.Connection, name: str) -> dict[str, Facts]:
    """Return what is told of an id, by kind, and the dispute on it."""
    facts = {kind: show(connection, kind, name) for kind in kinds_of(connection, name)}
    if "question" in facts:
        facts["dispute"] = {"rows": read_disputes(connection, name)}
    return facts


def told_by_a_build(claims: Path, database: Path) -> dict[str, dict[str, Facts]] | None:
    """Return what a whole build tells of every id; None if the folder has a problem."""
    if build(claims, database).problems:
        return None
    with closing(sqlite3.connect(database)) as connection:
        ids = [str(name) for (name,) in connection.execute(IDS)]
        return {name: told(connection, name) for name in ids}


def sound(folder: Path, world: World) -> World:
    """Return a world, written to a folder and built there, in which nothing is wrong."""
    for one in (world, without_compatible(world)):
        if build(write_world(folder / "claims", one), folder / "ledger.db").problems == []:
            return one
    assume(False)
    raise AssertionError


@slowly
@given(st.randoms(use_true_random=False))
def test_after_any_change_each_id_is_told_as_by_a_whole_build(rng: Random) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        changed = draw_change(rng, sound(folder, draw_world(rng)))
        claims = write_world(folder / "claims", changed)
        hashes = hashes_of(claims)
        expected = told_by_a_build(claims, folder / "new.db")
        names = list(expected or ("daily", "page", "ann"))
        several = rng.sample(names, min(len(names), 8))
        for asked in (several, *([name] for name in names)):
            with open_standing(claims, folder / "ledger.db", asked, hashes) as standing:
                if standing is None:
                    continue
                assert expected is not None
                assert {one: told(standing, one) for one in asked} == {
                    one: expected[one] for one in asked
                }


CHANGES: Final = {
    "a claim more": ("mali/village-2022.yaml", DOSSIER + AT_LEAST),
    "a claim gone": ("mali/village-2022.yaml", DOSSIER[: DOSSIER.index("- id: date-given")]),
    "an outlet more": ("outlets.yaml", OUTLETS + "weekly: {name: The Weekly}\n"),
    "an outlet's name": ("outlets.yaml", OUTLETS.replace("The Wire", "Newswire")),
    "another tree of actors": ("actors.yaml", ACTORS.replace("part_of: state", "part_of: rebels")),
    "another tree of places": ("places.yaml", PLACES.replace("within: mopti, ", "")),
    "another country": ("places.yaml", PLACES.replace("country: ML", "country: NE")),
    "another document": ("documents.yaml", DOCUMENTS.replace("[wire, wire, radio]", "[radio]")),
}
"""Changes after which no build is needed: what changes, the file and its text."""


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_is_shown_after_a_change_needs_no_build(
    change: str, claims: Path, database: Path, tmp_path: Path
) -> None:
    path, text = CHANGES[change]
    write_folder(claims, {path: text})
    expected = told_by_a_build(claims, tmp_path / "new.db")
    assert expected is not None
    built = database.read_bytes()
    for name, facts in expected.items():
        with open_standing(claims, database, [name], hashes_of(claims)) as standing:
            assert standing is not None
            assert told(standing, name) == facts
    assert database.read_bytes() == built


@pytest.mark.parametrize("change", CHANGES)
def test_several_ids_of_all_kinds_are_told_at_once(
    change: str, claims: Path, database: Path, tmp_path: Path
) -> None:
    path, text = CHANGES[change]
    write_folder(claims, {path: text})
    expected = told_by_a_build(claims, tmp_path / "new.db")
    assert expected is not None
    with open_standing(claims, database, list(expected), hashes_of(claims)) as standing:
        assert standing is not None
        assert {name: told(standing, name) for name in expected} == expected


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"two.yaml": DOSSIER}, id="an id that an unchanged file has"),
        pytest.param({"actors.yaml": ACTORS.replace("witnesses:", "w:")}, id="an actor gone"),
        pytest.param({"documents.yaml": DOCUMENTS.replace("3: ", "4: ")}, id="a paragraph gone"),
    ],
)
@pytest.mark.parametrize("name", ["wire", "rebels", "page", "village-2022"])
def test_problems_are_left_to_a_build(
    change: dict[str, str], name: str, claims: Path, database: Path, tmp_path: Path
) -> None:
    write_folder(claims, change)
    assert build(claims, tmp_path / "new.db").problems
    with open_standing(claims, database, [name], hashes_of(claims)) as standing:
        assert standing is None


def test_without_a_database_a_build_is_needed(claims: Path, tmp_path: Path) -> None:
    with open_standing(claims, tmp_path / "new.db", ["wire"], hashes_of(claims)) as standing:
        assert standing is None


def test_nobody_changes_the_database_between_two_looks_at_it(claims: Path, database: Path) -> None:
    write_folder(claims, {"mali/village-2022.yaml": DOSSIER + AT_LEAST})
    with (
        open_standing(claims, database, ["wire"], hashes_of(claims)) as standing,
        closing(sqlite3.connect(database, timeout=0)) as writer,
    ):
        assert standing is not None
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            writer.execute("BEGIN EXCLUSIVE")
    with closing(sqlite3.connect(database, timeout=0)) as writer:
        writer.execute("BEGIN EXCLUSIVE")


def test_a_dossier_whose_place_changed_is_counted_with_its_claims_in_other_files(
    claims: Path, database: Path, tmp_path: Path
) -> None:
    text = "title: Elsewhere\nwhere: [village]\n"
    line = '{"id": "far", "text": "F.", "found": "page#1", "dossier": "elsewhere"}\n'
    write_folder(claims, {"elsewhere.yaml": text, "bulk.jsonl": line})
    assert build(claims, database).problems == []
    write_folder(claims, {"elsewhere.yaml": text.replace("village", "mopti")})
    expected = told_by_a_build(claims, tmp_path / "new.db")
    assert expected is not None
    for name in ("mopti", "village", "elsewhere"):
        with open_standing(claims, database, [name], hashes_of(claims)) as standing:
            assert standing is not None
            assert told(standing, name) == expected[name]
