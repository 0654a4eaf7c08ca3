"""Publishing: whatever happens to a build, readers have the whole old database or the new one."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Final

import pytest

from ledger.build import build
from ledger.database.opening import heal
from ledger.database.publish import beside, publish, serving, written_aside
from ledger.problems import LedgerError
from tests.commands.running import LEDGER, run, served, start
from tests.small import SMALL, write_folder
from tests.telling import told_by

CLAIMS: Final = 300

BUILD: Final = (LEDGER, "build", "--replace", "--claims")
"""The command by which one claims folder's database takes the place of another's."""

KILLS: Final = 10
"""How many builds are killed in each loop."""

LONG: Final = "What is said here takes some room so that its copy takes a while. " * 10

# Copies a database into another and is killed when half of the pages are there.
HALF_A_COPY: Final = """
import os, signal, sqlite3, sys

def stop(status, remaining, total):
    if remaining < total / 2:
        os.kill(os.getpid(), signal.SIGKILL)

new, old = sqlite3.connect(sys.argv[1]), sqlite3.connect(sys.argv[2])
old.execute("PRAGMA cache_size = 5")  # what does not fit is written before the end
new.backup(old, pages=10, progress=stop)
"""

# Writes into a database that somebody has switched to a write-ahead log, and is killed.
LEFT_A_LOG: Final = """
import os, signal, sqlite3, sys

connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode = WAL")
connection.execute("DELETE FROM claim_topics")
connection.execute("DELETE FROM citations")
os.kill(os.getpid(), signal.SIGKILL)
"""

# Runs the command where no file may become longer than 100 kB, as on a disk that is full.
DISK_FULL: Final = """
import os, resource, sys

resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
os.execv(sys.argv[1], sys.argv[1:])
"""


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return two claims folders with as many claims, none of them the same."""
    folder = tmp_path_factory.mktemp("editions")
    return {name: write_folder(folder / name, edition(name)) for name in ("first", "second")}


@pytest.fixture(scope="module")
def published(
    editions: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """Return the databases of the two folders."""
    folder = tmp_path_factory.mktemp("published")
    for name, claims in editions.items():
        assert build(claims, folder / f"{name}.db").problems == []
    return {name: folder / f"{name}.db" for name in editions}


@pytest.fixture
def database(published: dict[str, Path], tmp_path: Path) -> Path:
    """Return a database with the first folder's claims."""
    return Path(shutil.copy(published["first"], tmp_path / "ledger.db"))


@pytest.fixture
def measured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for a build that is only timed."""
    return tmp_path_factory.mktemp("measured")


def edition(name: str) -> dict[str, str]:
    claims = "".join(
        f"- {{id: {name}-{number}, text: {LONG}, found: page#1}}\n" for number in range(CLAIMS)
    )
    return {**SMALL, "mali/village-2022.yaml": f"title: A village\nclaims:\n{claims}"}


def edition_in(database: Path) -> str:
    """Return whose claims a database has, all of them and nobody else's, as a reader sees it."""
    address = f"{database.as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return edition_of([name for (name,) in connection.execute("SELECT id FROM claims")])


def edition_of(names: list[str]) -> str:
    assert len(set(names)) == CLAIMS
    (name,) = {name.partition("-")[0] for name in names}
    return name


def half_copied(new: Path, database: Path) -> None:
    """Leave a database half overwritten, with the journal that says what stood there."""
    before = database.read_bytes()
    ran = subprocess.run([sys.executable, "-c", HALF_A_COPY, new, database], check=False)
    assert ran.returncode == -9
    assert database.read_bytes() != before
    assert journal_of(database).exists()


def pages_of(database: Path) -> bytes:
    """Return a file without the numbers by which SQLite tells its readers of a change."""
    content = database.read_bytes()
    return content[:24] + content[28:40] + content[44:92] + content[96:]


def journal_of(database: Path) -> Path:
    return database.with_name(f"{database.name}-journal")


def left_in(folder: Path) -> list[str]:
    """Return what lies in a folder, but for the note of what a database was made from."""
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(".made"))


def kill_build(claims: Path, database: Path, file: Path, seconds: float) -> None:
    """Start a build, wait until a file is there and then some time, and kill it."""
    with start(*BUILD, claims, "--db", database) as process:
        until_there(file, process)
        time.sleep(seconds)
        process.kill()


def until_there(path: Path, process: subprocess.Popen[str], seconds: float = 60) -> None:
    """Wait until a file is there, but no longer than a process runs, nor than some seconds."""
    end = time.perf_counter() + seconds
    while not path.exists() and process.poll() is None and time.perf_counter() < end:
        time.sleep(0.0001)


def seconds_of_a_build(claims: Path, folder: Path) -> float:
    """Return how long a build takes from its first writing on; it leaves a database behind."""
    database = folder / "measured.db"
    with start(*BUILD, claims, "--db", database) as process:
        until_there(beside(database, "new"), process)
        began = time.perf_counter()
        process.wait()
    return time.perf_counter() - began


def test_a_second_build_says_that_another_is_running(
    database: Path, editions: dict[str, Path]
) -> None:
    with written_aside(database) as aside:
        aside.write_bytes(b"what the first build has written")
        ran = run(*BUILD[1:], editions["second"], "--db", database)
        assert aside.read_bytes() == b"what the first build has written"
    assert ran.returncode == 1
    assert ran.stderr == (
        f"ledger: another build of {database} is running; try again when it has ended\n"
    )
    assert edition_in(database) == "first"
    assert left_in(database.parent) == ["ledger.db"]


def test_of_builds_at_the_same_time_one_at_least_succeeds(
    database: Path, editions: dict[str, Path]
) -> None:
    command: list[str | Path] = [*BUILD, editions["second"], "--db", database]
    with ExitStack() as stack:
        running = [stack.enter_context(start(*command)) for _ in range(3)]
        outputs = [process.communicate()[0] for process in running]
    codes = [process.returncode for process in running]
    assert 0 in codes
    for code, output in zip(codes, outputs, strict=True):
        assert output.startswith(f"{database}: 300 claims" if code == 0 else "ledger: another"), (
            output
        )
    assert edition_in(database) == "second"
    assert left_in(database.parent) == ["ledger.db"]


def test_the_next_build_may_begin_before_the_last_has_cleared_up(
    database: Path, published: dict[str, Path]
) -> None:
    with ExitStack() as last, ExitStack() as following:
        aside = last.enter_context(written_aside(database))
        shutil.copy(published["second"], aside)
        publish(aside, database)
        begun = following.enter_context(written_aside(database))
        last.close()
        assert begun.exists()
        assert edition_in(database) == "second"


def test_what_was_written_aside_goes_if_it_is_not_published(database: Path) -> None:
    with written_aside(database) as aside:
        aside.write_bytes(b"half a database")
        journal_of(aside).touch()
    assert left_in(database.parent) == ["ledger.db"]


def test_a_database_that_nobody_serves_is_replaced_by_a_move(
    database: Path, published: dict[str, Path]
) -> None:
    with closing(sqlite3.connect(database)) as reader:
        with written_aside(database) as aside:
            shutil.copy(published["second"], aside)
            assert publish(aside, database) is False
        # Whoever has the old file open goes on reading the old file.
        ids = [name for (name,) in reader.execute("SELECT id FROM claims")]
        assert edition_of(ids) == "first"
    assert edition_in(database) == "second"
    assert database.read_bytes() == published["second"].read_bytes()


def test_a_database_that_is_served_stays_the_same_file(
    database: Path, published: dict[str, Path]
) -> None:
    inode = database.stat().st_ino
    address = f"{database.as_uri()}?mode=ro"
    with serving(database), closing(sqlite3.connect(address, uri=True)) as reader:
        sql = "SELECT id FROM claims"
        assert edition_of([name for (name,) in reader.execute(sql)]) == "first"
        with written_aside(database) as aside:
            shutil.copy(published["second"], aside)
            assert publish(aside, database) is True
        assert edition_of([name for (name,) in reader.execute(sql)]) == "second"
    assert database.stat().st_ino == inode
    assert pages_of(database) == pages_of(published["second"])


def test_a_build_waits_for_a_reader_of_a_served_database_to_finish(
    database: Path, editions: dict[str, Path]
) -> None:
    command: list[str | Path] = [*BUILD, editions["second"], "--db", database]
    with serving(database), closing(sqlite3.connect(database)) as reader:
        rows = reader.execute("SELECT id FROM claims")
        names = [name for (name,) in rows.fetchmany(10)]
        with start(*command) as process:
            until_there(journal_of(database), process, seconds=2)
            assert process.poll() is None
            names += [name for (name,) in rows]
            output, _ = process.communicate()
    assert edition_of(names) == "first"
    assert process.returncode == 0, output
    assert edition_in(database) == "second"


def test_the_mark_of_serving_ends_with_the_last_server(
    database: Path, editions: dict[str, Path]
) -> None:
    with serving(database):
        with serving(database):
            pass
        assert build(editions["second"], database).served
    assert not build(editions["second"], database).served
    assert left_in(database.parent) == ["ledger.db"]


def test_a_served_database_that_was_deleted_is_made_anew(
    database: Path, editions: dict[str, Path]
) -> None:
    with serving(database):
        database.unlink()
        assert build(editions["second"], database).problems == []
    assert edition_in(database) == "second"


def test_a_link_to_a_database_stays_a_link(database: Path, editions: dict[str, Path]) -> None:
    folder = database.parent / "elsewhere"
    folder.mkdir()
    link = folder / "current.db"
    link.symlink_to(database)
    with serving(database):
        assert build(editions["second"], link).served
    assert not build(editions["second"], link).served
    assert link.is_symlink()
    assert edition_in(database) == "second"
    assert left_in(folder) == ["current.db"]


@pytest.mark.parametrize("name", ["file:x.db", "file:y.db?mode=memory", "file:%41.db"])
def test_a_path_that_looks_like_an_address_is_a_path(
    editions: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    database = Path(name)
    for edition in ("first", "second"):
        with serving(database):
            assert build(editions[edition], database).problems == []
        assert edition_in(database.absolute()) == edition
    assert {path.name for path in tmp_path.iterdir() if path.name[0] != "."} == {name}


def test_a_half_copied_database_fails_readers_until_it_is_healed(
    database: Path, published: dict[str, Path]
) -> None:
    half_copied(published["second"], database)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        edition_in(database)
    heal(database)
    assert edition_in(database) == "first"
    assert database.read_bytes() == published["first"].read_bytes()


def test_a_link_to_a_half_copied_database_is_healed_as_well(
    database: Path, published: dict[str, Path], tmp_path: Path
) -> None:
    half_copied(published["second"], database)
    (tmp_path / "link.db").symlink_to(database)
    heal(tmp_path / "link.db")
    assert edition_in(database) == "first"


def test_healing_neither_waits_for_a_build_that_is_copying_nor_disturbs_it(
    database: Path, published: dict[str, Path]
) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as copying:
        copying.execute("BEGIN EXCLUSIVE")
        copying.execute("DELETE FROM claim_topics")
        copying.execute("DELETE FROM citations WHERE claim LIKE '%7'")
        assert journal_of(database).exists()
        heal(database)
        assert journal_of(database).exists()
        copying.execute("ROLLBACK")
    assert database.read_bytes() == published["first"].read_bytes()


def test_healing_a_database_that_is_not_there_makes_none(tmp_path: Path) -> None:
    journal_of(tmp_path / "ledger.db").write_bytes(b"left over")
    heal(tmp_path / "ledger.db")
    assert left_in(tmp_path) == ["ledger.db-journal"]


@pytest.mark.parametrize("is_served", [False, True])
def test_a_build_over_a_half_copied_database_is_whole(
    database: Path, published: dict[str, Path], editions: dict[str, Path], is_served: bool
) -> None:
    half_copied(published["second"], database)
    with ExitStack() as stack:
        if is_served:
            stack.enter_context(serving(database))
        assert build(editions["second"], database).served is is_served
    assert edition_in(database) == "second"
    assert told_by(database) == told_by(published["second"])
    assert not journal_of(database).exists()


def test_a_build_over_a_database_with_a_log_of_writes_is_whole(
    database: Path, editions: dict[str, Path]
) -> None:
    ran = subprocess.run([sys.executable, "-c", LEFT_A_LOG, database], check=False)
    assert ran.returncode == -9
    assert left_in(database.parent) == ["ledger.db", "ledger.db-shm", "ledger.db-wal"]
    assert build(editions["second"], database).problems == []
    assert edition_in(database) == "second"
    assert left_in(database.parent) == ["ledger.db"]


def test_a_build_that_is_killed_leaves_the_old_database_or_the_new_one(
    database: Path, editions: dict[str, Path], measured: Path
) -> None:
    there = "first"
    takes = seconds_of_a_build(editions["first"], measured)
    for number in range(KILLS):
        missing = "second" if there == "first" else "first"
        moment = takes * (number + 0.5) / KILLS
        kill_build(editions[missing], database, beside(database, "new"), moment)
        there = edition_in(database)
    assert run(*BUILD[1:], editions["second"], "--db", database).returncode == 0
    assert edition_in(database) == "second"
    assert left_in(database.parent) == ["ledger.db"]


def test_a_build_that_is_killed_while_the_site_runs_leaves_readers_the_old_or_the_new(
    tmp_path: Path, editions: dict[str, Path], measured: Path
) -> None:
    database = tmp_path / "ledger.db"
    first: list[str | Path] = ["--claims", editions["first"], "--db", database]
    with served(LEDGER, "serve", *first, "--port", "0") as server:
        takes = seconds_of_a_build(editions["first"], measured)
        there = "first"
        for number in range(KILLS):
            missing = "second" if there == "first" else "first"
            if number % 2:
                # The copy itself is short: begin to count when it begins.
                kill_build(editions[missing], database, journal_of(database), number / 10_000)
            else:
                moment = takes * (number + 0.5) / KILLS
                kill_build(editions[missing], database, beside(database, "new"), moment)
            there = edition_of([row["id"] for row in server.rows("claims", "&_col=id")])
            assert edition_in(database) == there
        ran = run(*BUILD[1:], editions["second"], "--db", database)
        assert ran.returncode == 0
        assert edition_of([row["id"] for row in server.rows("claims")]) == "second"


def test_a_folder_that_cannot_be_made_is_told_in_one_line(
    tmp_path: Path, editions: dict[str, Path]
) -> None:
    file = tmp_path / "file"
    file.touch()
    database = file / "ledger.db"
    ran = run("build", "--claims", editions["first"], "--db", database)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr in {
        f"ledger: cannot write {database}: {why}\n" for why in ("Not a directory", "File exists")
    }


def test_a_database_that_cannot_be_replaced_is_told_in_one_line(
    tmp_path: Path, editions: dict[str, Path]
) -> None:
    database = tmp_path / "ledger.db"
    database.mkdir()
    with pytest.raises(LedgerError, match=r"^.*ledger\.db is no regular file; "):
        build(editions["first"], database)
    assert left_in(tmp_path) == ["ledger.db"]


def test_a_full_disk_leaves_the_old_database(database: Path, editions: dict[str, Path]) -> None:
    command: list[str | Path] = [*BUILD, editions["second"], "--db", database]
    ran = subprocess.run(
        [sys.executable, "-c", DISK_FULL, *command], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith(f"ledger: cannot write {database}: ")
    assert len(ran.stderr.splitlines()) == 1
    assert edition_in(database) == "first"
    assert left_in(database.parent) == ["ledger.db"]


def test_what_is_no_ledger_s_database_is_never_written_over(tmp_path: Path) -> None:
    claims = write_folder(tmp_path / "claims", SMALL)
    text, recipes = tmp_path / "notes.txt", tmp_path / "recipes.db"
    text.write_text("Notes.\n")
    with closing(sqlite3.connect(recipes)) as connection:
        connection.execute("CREATE TABLE recipes (name)")
    for other in (claims / "outlets.yaml", text, recipes):
        before = other.read_bytes()
        message = f"^{other} is no database of a ledger; it is as it was: name another with --db$"
        with pytest.raises(LedgerError, match=message):
            build(claims, other)
        ran = run("list", "--claims", claims, "--db", other)
        assert (ran.returncode, ran.stdout) == (1, "")
        assert other.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + b"nonsense" * 1_000])
def test_an_empty_or_damaged_database_is_built_anew(tmp_path: Path, content: bytes) -> None:
    claims = write_folder(tmp_path / "claims", SMALL)
    database = tmp_path / "ledger.db"
    database.write_bytes(content)
    assert build(claims, database).problems == []
    assert database.stat().st_size > len(content)


@pytest.mark.parametrize("words", [("disputes",), ("show", "deaths-300"), ("search", "killed")])
def test_a_database_damaged_within_is_told_of_in_one_line(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    claims = write_folder(tmp_path / "claims", SMALL)
    database = tmp_path / "ledger.db"
    assert build(claims, database).problems == []
    with closing(sqlite3.connect(database)) as connection:
        sql = "SELECT rootpage, page_size FROM sqlite_schema, pragma_page_size WHERE name = ?"
        for name in ("claims", "questions", "claims_fts_data"):
            page, size = connection.execute(sql, [name]).fetchone()
            with database.open("r+b") as file:
                file.seek((page - 1) * size)
                file.write(b"\xff" * size)
    ran = run(*words, "--claims", claims, "--db", database)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("ledger: cannot read the database: ")
    assert ran.stderr.endswith("; delete it and build it anew\n")
    assert ran.stderr.count("\n") == 1
