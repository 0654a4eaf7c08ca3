"""The index: what a built database tells of where everything stands, and what it is not asked."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ledger.build import build
from ledger.database.schema import SCHEMA_VERSION
from ledger.draft import open_draft
from ledger.files import is_register
from ledger.index import Ids, open_index
from ledger.nearby import open_nearby
from ledger.problems import LedgerError
from ledger.read import Part, read_part
from tests.small import SMALL, write_folder


def test_a_database_that_turns_out_to_be_damaged_is_told_in_one_line(
    claims: Path, database: Path
) -> None:
    with closing(sqlite3.connect(database)) as connection:
        sql = "SELECT (rootpage - 1) * page_size, page_size FROM sqlite_schema, pragma_page_size"
        begins, size = connection.execute(f"{sql} WHERE name = 'claims'").fetchone()
    content = database.read_bytes()
    database.write_bytes(content[:begins] + b"\xff" * size + content[begins + size :])
    message = f"^cannot read {database}: .*; delete it and build it anew$"
    with pytest.raises(LedgerError, match=message), open_index(claims, database) as index:
        index.rows("SELECT text FROM claims ORDER BY text", {})


def test_registers_are_taken_as_they_were_parsed_until_they_change(
    claims: Path, database: Path
) -> None:
    with open_index(claims, database) as index, open_draft(claims) as draft:
        paths = frozenset(path for path in index.hashes if is_register(path))
        assert read_part(draft, claims, Part(paths)) == []
        assert index.parsed.keys() == paths
        assert index.registers.registers == draft.registers
    (claims / "outlets.yaml").write_text("anew: {name: Anew}\n", encoding="utf-8")
    with open_index(claims, database) as index:
        assert index.parsed.keys() == paths - {"outlets.yaml"}
        assert index.registers.registers.outlets.keys() == {"anew"}


def test_an_id_in_a_file_that_was_not_read_is_known(claims: Path, database: Path) -> None:
    with open_index(claims, database) as index:
        assert index.has("claim", "deaths-300")
        assert not index.has("claim", "deaths-300", {"mali/village-2022.yaml"})
        assert index.path_of("question", "deaths") == "mali/village-2022.yaml"
        assert index.is_current
    (claims / "mali/village-2022.yaml").unlink()
    with open_index(claims, database) as index:
        assert not index.has("claim", "deaths-300")
        assert index.path_of("question", "deaths") is None
        assert not index.is_current
        assert index.changed == frozenset()


def write_nonsense(database: Path) -> None:
    database.write_bytes(b"SQLite format 3\0" + b"nonsense" * 1_000)


def write_text(database: Path) -> None:
    database.write_text("title: no database\n", encoding="utf-8")


def write_other_schema(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE build (schema)")
        connection.execute("INSERT INTO build VALUES (?)", [SCHEMA_VERSION + 1])
        connection.commit()


def write_somebody_elses(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE recipes (name)")


def cut_short(database: Path) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE t (x)")
    write_folder(database.parent / "claims", SMALL)
    assert build(database.parent / "claims", database).problems == []
    content = database.read_bytes()
    database.write_bytes(content[: len(content) // 10])


@pytest.mark.parametrize(
    "spoil",
    [
        write_nonsense,
        write_text,
        write_other_schema,
        write_somebody_elses,
        cut_short,
        Path.mkdir,
        Path.touch,
    ],
)
def test_a_file_that_is_no_database_of_ours_counts_as_none(tmp_path: Path, spoil: object) -> None:
    claims = write_folder(tmp_path / "claims", SMALL)
    database = tmp_path / "ledger.db"
    assert callable(spoil)
    spoil(database)
    with open_index(claims, database) as index:
        assert not index.is_current
        with open_nearby(index, Ids(questions=frozenset(["deaths"]))) as nearby:
            assert nearby.weigh()
            sql = "SELECT state FROM draft_question_weight WHERE question = 'deaths'"
            assert list(nearby.draft.rows(sql)) == [("disputed",)]


def test_a_file_that_goes_while_the_index_is_open_is_told_in_one_line(
    claims: Path, database: Path
) -> None:
    with open_index(claims, database) as index:
        assert index.is_named(["deaths-300"])
        (claims / "mali/village-2022.yaml").unlink()
        message = r"^cannot read .*village-2022\.yaml: No such file or directory$"
        with pytest.raises(LedgerError, match=message):
            index.is_named(["no-such-claim"])
        with pytest.raises(LedgerError, match=message):
            index.with_naming(["no-such-claim"], Part(frozenset()))
