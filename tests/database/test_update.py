"""Update: a database that changes under its readers, who see what was or what is."""

from __future__ import annotations

import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from ledger.build import build
from ledger.database.load import APART
from ledger.database.opening import read_only
from ledger.database.publish import serving
from ledger.database.update import commit
from ledger.problems import LedgerError
from tests.commands.running import LEDGER
from tests.small import SMALL, write_folder
from tests.telling import told_by

MANY = 400


def dossier(value: str, ids: Iterator[str] | None = None) -> str:
    """Return a dossier whose claims all say the same number."""
    names = ids or (f"c{number:03}" for number in range(MANY))
    claims = "".join(
        f"- {{id: {name}, text: It is so., question: q, value: {value}, found: page#2}}\n"
        for name in names
    )
    return f"title: Many\nquestions:\n  q: {{asks: How many?, answer: quantity}}\nclaims:\n{claims}"


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """Return a claims folder of many claims on one question, which was built."""
    claims = write_folder(tmp_path / "claims", {**SMALL, "many.yaml": dossier("1")})
    assert build(claims, tmp_path / "ledger.db").problems == []
    return claims


def rows(database: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(read_only(database)) as connection:
        return connection.execute(sql).fetchall()


def test_it_is_the_same_file_and_what_is_not_due_is_not_written(many: Path) -> None:
    database = many.parent / "ledger.db"
    before, inode = database.read_bytes(), database.stat().st_ino
    text = SMALL["mali/village-2022.yaml"].replace("value: 500+", "value: 510+")
    write_folder(many, {"mali/village-2022.yaml": text})
    assert build(many, database).problems == []
    assert database.stat().st_ino == inode
    size = int(str(rows(database, "PRAGMA page_size")[0][0]))
    after = database.read_bytes()
    pages = range(0, max(len(before), len(after)), size)
    otherwise = sum(before[at : at + size] != after[at : at + size] for at in pages)
    assert otherwise < len(pages) / 3


def test_new_claims_come_between_their_neighbours(many: Path, tmp_path: Path) -> None:
    database = many.parent / "ledger.db"
    names = ("a", "c000-5", "c000-6", "c200-1", *(f"c{number:03}" for number in range(MANY)), "z")
    write_folder(many, {"many.yaml": dossier("1", iter(names))})
    assert build(many, database).problems == []
    assert build(many, tmp_path / "anew.db").problems == []
    assert told_by(database) == told_by(tmp_path / "anew.db")
    found = rows(database, "SELECT id, rowid FROM claims")
    seats = {str(name): int(str(seat)) for name, seat in found}
    assert seats["c000"] < seats["c000-5"] < seats["c000-6"] < seats["c001"]
    assert seats["c200"] == APART * 201


def test_where_no_number_is_left_between_two_claims_all_is_written_anew(
    many: Path, tmp_path: Path
) -> None:
    database = many.parent / "ledger.db"
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE claims SET rowid = rowid + ? WHERE id = 'c000'", [APART - 1])
        connection.execute("INSERT INTO claims_fts (claims_fts) VALUES ('rebuild')")
    names = ("c000", "c000-5", *(f"c{number:03}" for number in range(1, MANY)))
    write_folder(many, {"many.yaml": dossier("1", iter(names))})
    assert build(many, database).problems == []
    assert rows(database, "SELECT rowid FROM claims WHERE id = 'c000-5'") == [(APART * 2,)]
    assert build(many, tmp_path / "anew.db").problems == []
    assert told_by(database) == told_by(tmp_path / "anew.db")


def test_a_database_that_writes_ahead_of_itself_is_replaced(many: Path) -> None:
    database = many.parent / "ledger.db"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    write_folder(many, {"many.yaml": dossier("2")})
    assert build(many, database).problems == []
    assert rows(database, "PRAGMA journal_mode") == [("delete",)]
    assert rows(database, "SELECT DISTINCT value FROM claims WHERE question = 'q'") == [("2",)]


def test_whoever_reads_sees_what_was_or_what_is(many: Path) -> None:
    database = many.parent / "ledger.db"
    seen: set[tuple[object, ...]] = set()
    with serving(database), closing(read_only(database, patience=30)) as reader:
        for turn in range(6):
            write_folder(many, {"many.yaml": dossier(str(turn + 2))})
            with subprocess.Popen(
                [LEDGER, "build", "--claims", many, "--db", database], stdout=subprocess.DEVNULL
            ) as building:
                while building.poll() is None:
                    sql = "SELECT DISTINCT value FROM claims WHERE question = 'q'"
                    (value,) = reader.execute(sql).fetchall()
                    seen.add(value)
            assert building.returncode == 0
            assert reader.execute(sql).fetchall() == [(str(turn + 2),)]
    assert seen <= {(str(number),) for number in range(1, 8)}


def test_somebody_who_does_not_end_reading_is_told_of(many: Path) -> None:
    database = many.parent / "ledger.db"
    with (
        closing(read_only(database)) as reader,
        closing(sqlite3.connect(database, timeout=0.1, isolation_level=None)) as writer,
    ):
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM claims").fetchone()
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM profiles")
        message = f"^cannot write {database}: somebody has been reading it for too long$"
        with pytest.raises(LedgerError, match=message):
            commit(writer, database)
        reader.execute("COMMIT")
        commit(writer, database)
    assert rows(database, "SELECT count(*) FROM profiles") == [(0,)]


def test_whoever_is_killed_leaves_what_was_or_what_is(many: Path) -> None:
    database = many.parent / "ledger.db"
    rng = Random(1)  # noqa: S311 # moments, not secrets
    ended = {"killed": 0, "done": 0}
    for turn in range(14):
        before = str(rows(database, "SELECT value FROM claims WHERE id = 'c000'")[0][0])
        write_folder(many, {"many.yaml": dossier(str(turn + 2))})
        with subprocess.Popen(
            [LEDGER, "build", "--claims", many, "--db", database], stdout=subprocess.DEVNULL
        ) as building:
            time.sleep(rng.uniform(0.1, 0.9))
            building.kill()
        ended["killed" if building.returncode < 0 else "done"] += 1
        sql = "SELECT DISTINCT value FROM claims WHERE question = 'q'"
        (value,) = rows(database, sql)
        assert value in {(before,), (str(turn + 2),)}
        assert rows(database, "PRAGMA integrity_check") == [("ok",)]
    assert ended["killed"]
    assert build(many, database).problems == []
    assert rows(database, sql) == [("15",)]
