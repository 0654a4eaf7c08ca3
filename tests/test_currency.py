"""Currency: whether a database tells of the files as they are now, and was made from them."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ledger.build import build
from ledger.currency import (
    built_as,
    coding_of,
    is_current,
    is_made_from,
    note_making,
    refuse_other_claims,
)
from ledger.problems import LedgerError
from tests.small import DOSSIER, SMALL, write_folder

VILLAGE = "mali/village-2022.yaml"


def other_ledger(folder: Path) -> tuple[Path, Path]:
    """Return the claims and the database of a ledger that shares its registers with the small."""
    claims = write_folder(folder / "claims", {**SMALL, VILLAGE: DOSSIER.replace("300", "301")})
    assert build(claims, folder / "ledger.db").problems == []
    return claims, folder / "ledger.db"


def test_a_database_is_current_until_a_file_changes(claims: Path, database: Path) -> None:
    assert is_current(claims, database)
    assert is_current(claims, database, "plural")
    assert not is_current(claims, database, "acled")
    write_folder(claims, {VILLAGE: f"{DOSSIER}# more\n"})
    assert not is_current(claims, database)


def test_a_database_keeps_its_coding(claims: Path, database: Path) -> None:
    assert coding_of(database) == "plural"
    assert build(claims, database, coding="acled").problems == []
    assert coding_of(database) == "acled"


def test_a_database_is_made_from_the_folder_that_it_was_built_from_whatever_changes(
    claims: Path, database: Path
) -> None:
    for path in SMALL:
        write_folder(claims, {path: f"{SMALL[path]}# more\n"})
    assert is_made_from(claims, database)


def test_a_database_of_other_claims_is_not_made_from_a_folder(
    claims: Path, database: Path, tmp_path: Path
) -> None:
    others, theirs = other_ledger(tmp_path / "other")
    assert is_made_from(others, theirs)
    assert not is_made_from(claims, theirs)
    assert not is_made_from(others, database)
    with pytest.raises(
        LedgerError, match=r"ledger.db was not built from .*claims and is as it was"
    ):
        refuse_other_claims(claims, theirs)
    refuse_other_claims(others, theirs)


def test_a_copy_of_a_database_was_not_made_from_the_folder(
    claims: Path, database: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copy(database, tmp_path / "last-month.db"))
    write_folder(claims, {VILLAGE: f"{DOSSIER}# more\n"})
    assert not is_made_from(claims, copy)
    assert is_made_from(claims, database)


def test_a_database_that_took_the_place_of_ours_is_not_ours(claims: Path, tmp_path: Path) -> None:
    _, theirs = other_ledger(tmp_path / "other")
    assert build(claims, tmp_path / "mine.db").problems == []
    shutil.copy(theirs, tmp_path / "mine.db")
    assert not is_made_from(claims, tmp_path / "mine.db")


def test_a_database_and_its_folder_may_move_together(tmp_path: Path) -> None:
    other_ledger(tmp_path / "here")
    moved = tmp_path / "there" / "further"
    moved.parent.mkdir()
    (tmp_path / "here").rename(moved)
    write_folder(moved / "claims", {VILLAGE: DOSSIER})
    assert is_made_from(moved / "claims", moved / "ledger.db")


def test_whichever_database_a_killed_build_leaves_is_ours(claims: Path, database: Path) -> None:
    built = built_as(database)
    assert built is not None
    for source in ("0" * 64, "1" * 64):
        note_making(claims, database, source)  # and was killed before it published
        assert is_made_from(claims, database)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE build SET source_sha256 = ?", ["1" * 64])
    assert is_made_from(claims, database)


def test_a_database_without_a_note_is_ours_where_it_usually_lies(
    claims: Path, database: Path, tmp_path: Path
) -> None:
    (tmp_path / ".ledger.db.made").unlink()
    write_folder(claims, {VILLAGE: f"{DOSSIER}# more\n"})
    assert is_made_from(claims, database)
    for path in SMALL:
        write_folder(claims, {path: f"{SMALL[path]}# more\n"})
    assert not is_made_from(claims, database)


@pytest.mark.parametrize("note", [b"", b"[]", b"{}", b'{"claims": 1, "sources": 2}', b"\xff\0"])
def test_a_damaged_note_is_none(claims: Path, database: Path, tmp_path: Path, note: bytes) -> None:
    (tmp_path / ".ledger.db.made").write_bytes(note)
    assert is_made_from(claims, database)
    copy = Path(shutil.copy(database, tmp_path / "copy.db"))
    (tmp_path / ".copy.db.made").write_bytes(note)
    assert not is_made_from(claims, copy)


def test_what_is_not_there_or_no_database_stands_in_nobodys_way(
    claims: Path, tmp_path: Path
) -> None:
    assert is_made_from(claims, tmp_path / "new.db")
    (tmp_path / "new.db").touch()
    assert is_made_from(claims, tmp_path / "new.db")
