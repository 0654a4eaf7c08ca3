"""Serving: the right settings, the name of the database, new builds, and what killed ones left."""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import Final

import pytest

from ledger.build import build
from ledger.problems import LedgerError
from ledger.site.serving.start import find_metadata, make_datasette
from tests.commands.running import METADATA, run, served
from tests.database.test_publish import half_copied
from tests.site.conftest import Site, opened
from tests.small import DOSSIER, SMALL, write_folder

DATASETTE: Final = Path(sys.executable).with_name("datasette")

TOLD: Final[list[str | Path]] = ["-m", METADATA]

# On 1.0 queries count as configuration; there the file is handed over twice.
TOLD_TWICE: Final = TOLD if version("datasette").startswith("0.") else [*TOLD, "-c", METADATA]


def plain_datasette(database: Path, *options: str | Path) -> list[str | Path]:
    """Return the command that serves a database without the ledger's own command."""
    return [DATASETTE, database, *options, "--port", "0"]


async def test_the_database_is_called_ledger_whatever_its_file_is_called(
    database: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copy(database, tmp_path / "other name.db"))
    async with opened(other) as site:
        assert "claim-card" in await site.get("/ledger/claims")
        assert (await site.facets("/ledger/claims.json"))["outlet"] != []
        await site.get("/other~20name/claims", status=404)


async def test_readers_on_this_machine_may_run_sql_and_ask_for_facets(small: Site) -> None:
    assert "4321" in await small.get("/ledger?sql=select+4320+%2B+1")
    await small.get("/ledger/claims?_facet=hedge")


async def test_strangers_may_not_run_sql_nor_ask_for_facets(database: Path) -> None:
    async with opened(database, sql=False, public=True) as site:
        await site.get("/ledger?sql=select+1", status=403)
        await site.get("/ledger/claims.json?_where=1", status=403)
        await site.get("/ledger/claims?_facet=hedge", status=400)
        assert "Radio Goïta" in await site.get("/ledger/claims")
        assert "The State" in await site.get("/ledger/who_contradicts_whom")


async def test_a_page_that_is_not_found_prints_nothing(
    small: Site, capfd: pytest.CaptureFixture[str]
) -> None:
    await small.get("/ledger/claims/nobody-said-this", status=404)
    await small.get("/ledger/claims?_col=nothing", status=400)
    assert "".join(capfd.readouterr()) == ""


async def test_facets_are_not_guessed(small: Site) -> None:
    assert "suggested-facets" not in await small.get("/ledger/citations")


async def test_pages_are_laid_out_by_the_ledgers_own_style_sheet(small: Site) -> None:
    page = await small.get("/ledger/claims")
    (address,) = {
        part.partition('"')[0] for part in page.split('href="') if "ledger.css" in part[:80]
    }
    assert ".claim-card" in await small.get(address)


async def test_a_build_while_the_site_runs_is_seen_without_a_restart(
    claims: Path, small: Site
) -> None:
    before = await small.get("/ledger/claims.json?_shape=array&_col=id")
    added = f"{DOSSIER}- {{id: added, text: One more., found: page#3}}\n"
    write_folder(claims, {"mali/village-2022.yaml": added})
    assert build(claims, small.database).served
    after = await small.get("/ledger/claims.json?_shape=array&_col=id")
    ids = {row["id"] for row in json.loads(after)}
    assert ids - {row["id"] for row in json.loads(before)} == {"added"}
    assert "One more." in await small.get("/ledger/claims/added")


async def test_what_a_killed_build_left_is_rolled_back_before_a_page_is_read(
    small: Site, tmp_path: Path
) -> None:
    claims = write_folder(tmp_path / "new", {**SMALL, "mali/new.yaml": many_claims()})
    assert build(claims, tmp_path / "new.db").problems == []
    assert "deaths-300" in await small.get("/ledger/claims.json?_shape=array")
    half_copied(tmp_path / "new.db", small.database)
    assert "deaths-300" in await small.get("/ledger/claims.json?_shape=array")
    assert small.sql("PRAGMA integrity_check") == [("ok",)]


async def test_a_query_waits_for_a_copy_that_takes_longer_than_a_query_may(small: Site) -> None:
    ledger = small.datasette.get_database("ledger")
    # Datasette looks at the clock only once in a thousand steps.
    sql = "SELECT count(*) FROM claims a, claims b, claims c, claims d"
    with closing(sqlite3.connect(small.database, isolation_level=None)) as copying:
        copying.execute("BEGIN EXCLUSIVE")
        asked = asyncio.create_task(ledger.execute(sql))
        await asyncio.sleep(1.2)  # a query may take a second
        assert not asked.done()
        copying.execute("ROLLBACK")
        assert (await asked).single_value() == 5**4


async def test_readers_wait_longer_than_sqlite_would(small: Site) -> None:
    (waited,) = await small.datasette.get_database("ledger").execute("PRAGMA busy_timeout")
    assert waited[0] > 5_000


def many_claims() -> str:
    lines = [f"- {{id: new-{number}, text: New., found: page#3}}\n" for number in range(300)]
    return f"title: New\nclaims:\n{''.join(lines)}"


async def test_other_databases_are_left_alone(tmp_path: Path) -> None:
    from datasette.app import Datasette  # noqa: PLC0415 # as the site does

    path = tmp_path / "plants.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE claims (id TEXT PRIMARY KEY, text TEXT)")
        connection.execute("INSERT INTO claims VALUES ('oak', 'An oak is a tree.')")
    datasette = Datasette([str(path)])
    await datasette.invoke_startup()
    for address in ("/plants/claims?_outlet=reuters&_nocol=text", "/plants/claims/oak"):
        answer = await datasette.client.get(address)
        assert answer.status_code == 200
        assert "oak" in answer.text
        assert "ledger" not in answer.text
    assert [file.name for file in tmp_path.iterdir()] == ["plants.db"]
    for one in datasette.databases.values():
        one.close()
    datasette.executor.shutdown()


@pytest.mark.parametrize("options", [TOLD, TOLD_TWICE], ids=["once", "twice"])
def test_plain_datasette_serves_the_ledger_too(
    database: Path, claims: Path, options: list[str | Path]
) -> None:
    with served(*plain_datasette(database, *options)) as server:
        status, page = server.get("/ledger/claims?status=contested")
        assert status == 200
        assert page.count('<li class="claim-card') == 4
        assert 'data-facet-value="radio">Radio Goïta</a>' in page
        assert len(server.rows("claims", "&_nearby=radio&_topic=civilian+harm")) == 3
        assert "Witnesses" in server.get("/ledger/claims/deaths-300")[1]
        if options == TOLD_TWICE:
            assert server.get("/ledger/cited_to_outlet?outlet=radio")[0] == 200
        # A build sees that the file is being served, and copies into it.
        write_folder(claims, {"mali/village-2022.yaml": DOSSIER.replace("About", "Some")})
        inode = database.stat().st_ino
        assert run("build", "--claims", claims, "--db", database).returncode == 0
        assert database.stat().st_ino == inode
        assert {row["text"] for row in server.rows("claims", "&id=deaths-300")} == {
            "Some 300 people were killed."
        }


def test_plain_datasette_inspects_the_ledger(database: Path) -> None:
    ran = subprocess.run(
        [DATASETTE, "inspect", database], capture_output=True, text=True, check=True
    )
    assert json.loads(ran.stdout)["ledger"]["tables"]["claims"]["count"] == 5


def test_the_metadata_file_told_is_taken(tmp_path: Path) -> None:
    told = tmp_path / "mine.json"
    told.write_text("{}")
    assert find_metadata(told) == told
    with pytest.raises(LedgerError, match=r"^there is no .*nowhere\.json$"):
        find_metadata(tmp_path / "nowhere.json")


def test_the_metadata_file_of_the_folder_comes_before_that_of_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_metadata().samefile(METADATA)
    Path("datasette-metadata.json").write_text("{}")
    assert find_metadata().resolve() == tmp_path / "datasette-metadata.json"


@pytest.mark.parametrize("text", ["not JSON", "", "\ufeff{", "[1, 2]", '"text"'])
def test_a_metadata_file_that_is_no_json_object_is_told_in_one_line(
    database: Path, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "mine.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(LedgerError, match=r"mine\.json is not a JSON object"):
        make_datasette(database, file, sql=True, public=False)


def test_a_metadata_file_that_is_not_utf_8_is_told_in_one_line(
    database: Path, tmp_path: Path
) -> None:
    file = tmp_path / "mine.json"
    file.write_bytes(b"\xff\xfe{}")
    with pytest.raises(LedgerError, match=r"mine\.json is not a JSON object"):
        make_datasette(database, file, sql=True, public=False)
