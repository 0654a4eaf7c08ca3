"""Kept: what a built database tells of where everything stands, and when it is not believed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ledger.build import build, check_folder
from ledger.database.schema import SCHEMA_VERSION
from ledger.draft import open_draft
from ledger.files import is_register
from ledger.kept import DamagedError, is_ours, open_changed, open_kept
from ledger.read import read_files
from tests.small import DOSSIER, SMALL, write_folder
from tests.telling import told_by


def damage(database: Path, table: str) -> None:
    """Overwrite the first page of a table."""
    with closing(sqlite3.connect(database)) as connection:
        sql = "SELECT (rootpage - 1) * page_size, page_size FROM sqlite_schema, pragma_page_size"
        begins, size = connection.execute(f"{sql} WHERE name = ?", [table]).fetchone()
    content = database.read_bytes()
    database.write_bytes(content[:begins] + b"\xff" * size + content[begins + size :])


@pytest.mark.parametrize("table", ["claims", "questions", "files", "profiles"])
def test_a_damaged_database_costs_a_build_of_everything(
    table: str, claims: Path, database: Path, tmp_path: Path
) -> None:
    write_folder(claims, {"mali/village-2022.yaml": DOSSIER.replace("value: 500+", "value: 501")})
    assert build(claims, tmp_path / "anew.db").problems == []
    damage(database, table)
    assert build(claims, database).problems == []
    assert told_by(database) == told_by(tmp_path / "anew.db")


def test_where_nothing_is_written_damage_is_told_in_one_line(claims: Path, database: Path) -> None:
    write_folder(claims, {"mali/village-2022.yaml": DOSSIER.replace("value: 500+", "value: 501")})
    damage(database, "claims")
    message = f"^cannot read {database}: .*; delete it and build it anew$"
    with pytest.raises(DamagedError, match=message), open_kept(claims, database) as kept:
        kept.rows("SELECT text FROM claims ORDER BY text", {})
    with pytest.raises(DamagedError, match=message):
        check_folder(claims, database)


def test_registers_are_taken_as_they_were_parsed_until_they_change(
    claims: Path, database: Path
) -> None:
    with open_kept(claims, database) as kept, open_draft(claims) as draft:
        paths = {path for path in kept.hashes if is_register(path)}
        assert read_files(draft, paths) == []
        assert kept.parsed.keys() == paths
        assert kept.registers.registers == draft.registers
    (claims / "outlets.yaml").write_text("anew: {name: Anew}\n", encoding="utf-8")
    with open_kept(claims, database) as kept:
        assert kept.parsed.keys() == paths - {"outlets.yaml"}
        assert kept.registers.registers.outlets.keys() == {"anew"}


def test_an_id_in_a_file_that_did_not_change_is_known(claims: Path, database: Path) -> None:
    with open_kept(claims, database) as kept:
        assert kept.has("claim", "deaths-300")
        assert not kept.has("claim", "deaths-300", {"mali/village-2022.yaml"})
        assert kept.path_of("question", "deaths") == "mali/village-2022.yaml"
        assert kept.changed == kept.deleted == frozenset()
    (claims / "mali/village-2022.yaml").unlink()
    with open_kept(claims, database) as kept:
        assert not kept.has("claim", "deaths-300")
        assert kept.path_of("question", "deaths") is None
        assert kept.deleted == {"mali/village-2022.yaml"}
        assert kept.changed == frozenset()


def test_what_changed_is_read_with_the_registers_and_nothing_else(
    claims: Path, database: Path
) -> None:
    write_folder(claims, {"two.yaml": "title: Two\nclaims:\n- {id: x, text: X., found: page#1}\n"})
    sql = "SELECT id FROM draft_claim"
    with open_kept(claims, database) as kept:
        with open_changed(kept) as draft:
            assert list(draft.rows(sql)) == [("x",)]
            assert draft.registers.outlets.keys() == {"daily", "radio", "wire"}
        texts = {"two.yaml": b"title: Two\n", "outlets.yaml": b"anew: {name: Anew}\n"}
        with open_changed(kept, texts) as draft:
            assert list(draft.rows(sql)) == []
            assert draft.registers.outlets.keys() == {"anew"}


def write_nonsense(database: Path) -> None:
    database.write_bytes(b"SQLite format 3\0" + b"nonsense" * 1_000)


def write_text(database: Path) -> None:
    database.write_text("title: no database\n", encoding="utf-8")


def write_other_schema(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE build (version, schema, coding)")
        connection.execute("INSERT INTO build VALUES ('0', ?, 'plural')", [SCHEMA_VERSION + 1])
        connection.commit()


def write_somebody_elses(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE recipes (name)")


def cut_short(database: Path) -> None:
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
    with open_kept(claims, database) as kept:
        assert kept.database is None
        assert kept.changed == SMALL.keys()
    assert check_folder(claims, database) == []


def test_a_database_with_another_table_of_vague_words_is_another(
    database: Path,
) -> None:
    with closing(sqlite3.connect(database)) as connection:
        assert is_ours(connection)
        assert is_ours(connection, "plural")
        assert not is_ours(connection, "acled")
