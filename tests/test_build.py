"""The whole way: what a build returns, what it leaves alone, and when it is needed again."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ledger.build import build, check_folder
from ledger.currency import is_current
from ledger.database.counts import counts_of
from ledger.database.publish import serving
from ledger.problems import LedgerError
from tests.small import DOSSIER, SMALL, write_folder

BROKEN = DOSSIER.replace("claimant: state", "claimant: nobody")


def test_a_build_returns_the_counts_that_the_database_tells(claims: Path, tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    built = build(claims, path)
    assert (built.problems, built.served) == ([], False)
    assert built.counts == counts_of(path)
    assert built.counts["n_claims"] == 5
    assert built.counts["n_disputes"] == 2
    assert built.counts["n_files"] == 5


def test_a_build_leaves_nothing_beside_the_database(database: Path) -> None:
    assert sorted(path.name for path in database.parent.iterdir()) == [
        ".ledger.db.made",
        "claims",
        "ledger.db",
    ]


def test_a_build_makes_the_folder_of_its_database(claims: Path, tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "ledger.db"
    build(claims, path)
    assert counts_of(path)["n_claims"] == 5


def test_a_folder_with_problems_publishes_nothing(tmp_path: Path) -> None:
    claims = write_folder(tmp_path / "claims", {**SMALL, "mali/village-2022.yaml": BROKEN})
    built = build(claims, tmp_path / "ledger.db")
    assert [problem.code for problem in built.problems] == ["unknown-reference"]
    assert built.counts == {}
    assert [path.name for path in tmp_path.iterdir()] == ["claims"]


def test_a_folder_with_problems_leaves_the_database_that_is_there(database: Path) -> None:
    before = database.read_bytes()
    claims = write_folder(database.parent / "claims", {"mali/village-2022.yaml": BROKEN})
    assert build(claims, database).problems != []
    assert database.read_bytes() == before


def test_a_build_tells_whether_the_database_is_being_served(claims: Path, database: Path) -> None:
    with serving(database):
        assert build(claims, database).served
    assert not build(claims, database).served


def test_a_build_tells_of_every_file_it_reads(claims: Path, tmp_path: Path) -> None:
    seen: list[Path] = []
    build(claims, tmp_path / "ledger.db", seen.append)
    assert sorted(seen) == sorted(claims / name for name in SMALL)


def test_a_folder_that_is_not_there_cannot_be_built(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="there is no folder"):
        build(tmp_path / "nowhere", tmp_path / "ledger.db")
    assert list(tmp_path.iterdir()) == []


def test_checking_returns_all_problems_sorted_by_place(tmp_path: Path) -> None:
    broken = BROKEN.replace("page#3]", "page#9]").replace("value: army", "value: armee")
    files = {**SMALL, "mali/village-2022.yaml": broken, "a.yaml": "title: A\nclaimz: []\n"}
    problems = check_folder(write_folder(tmp_path / "claims", files))
    assert problems == sorted(problems)
    assert [(problem.place.path, problem.code) for problem in problems] == [
        ("a.yaml", "unknown-key"),
        ("mali/village-2022.yaml", "unknown-reference"),
        ("mali/village-2022.yaml", "unknown-reference"),
        ("mali/village-2022.yaml", "paragraph-unknown"),
    ]


def test_checking_a_good_folder_finds_nothing(claims: Path) -> None:
    assert check_folder(claims) == []


def test_a_database_is_current_right_after_its_build(claims: Path, database: Path) -> None:
    assert is_current(claims, database)


def change_a_word(claims: Path, _: Path) -> None:
    write_folder(claims, {"mali/village-2022.yaml": DOSSIER.replace("About", "Some")})


def add_a_file(claims: Path, _: Path) -> None:
    write_folder(claims, {"new.yaml": "title: New\n"})


def rename_a_file(claims: Path, _: Path) -> None:
    (claims / "outlets.yaml").rename(claims / "mali" / "outlets.yaml")


def delete_a_file(claims: Path, _: Path) -> None:
    (claims / "mali" / "village-2022.yaml").unlink()


def delete_the_database(_: Path, database: Path) -> None:
    database.unlink()


def spoil_the_database(_: Path, database: Path) -> None:
    database.write_bytes(b"not a database" * 500)


def empty_the_database(_: Path, database: Path) -> None:
    database.write_bytes(b"")


def build_by_another_version(_: Path, database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE build SET version = '0.0.0'")


def build_by_another_schema(_: Path, database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE build SET schema = 0")


@pytest.mark.parametrize(
    "change",
    [
        change_a_word,
        add_a_file,
        rename_a_file,
        delete_a_file,
        delete_the_database,
        spoil_the_database,
        empty_the_database,
        build_by_another_version,
        build_by_another_schema,
    ],
)
def test_a_database_is_not_current_after_a_change(
    claims: Path, database: Path, change: Callable[[Path, Path], None]
) -> None:
    change(claims, database)
    assert not is_current(claims, database)


def test_a_database_stays_current_if_a_file_is_only_touched(claims: Path, database: Path) -> None:
    for file in claims.rglob("*.yaml"):
        file.touch()
    assert is_current(claims, database)
