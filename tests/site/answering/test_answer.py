"""How pages are answered: their headers, who may see them, and what is not there."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from datasette.utils.asgi import NotFound, Request

from ledger.build import build
from ledger.reports.rows import Facts, row_of
from ledger.site.answering.answer import build_of, gathered, near_ids, newest_made
from ledger.site.serving.start import make_datasette
from tests.commands.running import METADATA
from tests.site.conftest import ONE_LOOP, Site, opened
from tests.site.reading import Read
from tests.site.seen import Seen
from tests.small import DOSSIER, write_folder

pytestmark = ONE_LOOP

PAGES = ("/", "/disputes", "/disputes/deaths", "/claims/deaths-300")

EACH = pytest.mark.parametrize("path", PAGES)


@EACH
async def test_a_page_lets_nothing_run_and_loads_nothing_from_elsewhere(
    rich: Site, path: str
) -> None:
    answer = await rich.datasette.client.get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    page = Seen(answer.text)
    assert page.forbidden() == []
    loaded = page.root.xpath("//link[@rel='stylesheet']/@href | //img/@src | //script/@src")
    assert [one for one in loaded if not str(one).startswith("/-/static")] == []


@EACH
async def test_a_page_has_its_landmarks_one_headline_and_a_way_past_the_navigation(
    rich: Site, path: str
) -> None:
    page = Seen(await rich.get(path))
    assert len(page.root.xpath("//h1")) == 1
    assert len(page.root.xpath("//main[@id='content']")) == 1
    assert page.links()[0] == "#content"
    assert page.root.get("lang") == "en"
    ids = page.root.xpath("//@id")
    assert len(ids) == len(set(ids))
    named = page.root.xpath("//@aria-labelledby")
    assert set(named) <= set(ids)
    inner = {link[1:] for link in page.links() if re.fullmatch(r"#[^#]+", link)}
    assert inner <= set(ids)


@EACH
async def test_headings_leave_no_level_out(rich: Site, path: str) -> None:
    page = Seen(await rich.get(path))
    levels = [int(one.tag[1]) for one in page.root.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


@EACH
async def test_a_page_leads_to_the_same_rows_in_the_data_browser(rich: Site, path: str) -> None:
    page = Seen(await rich.get(path))
    rows = [link for link in page.links() if re.match(r"/ledger/\w+[.?/]", link)]
    assert any(".json" in link for link in rows)
    assert any(".csv" in link for link in rows)
    for link in rows:
        await rich.get(link)


async def test_a_page_counts_what_its_build_holds(rich: Site) -> None:
    foot = Seen(await rich.get("/disputes")).words("//footer")
    ((claims, disputes),) = rich.sql("SELECT n_claims, n_disputes FROM build")
    assert f"{claims} claims on" in foot
    assert f"{disputes} of them in dispute" in foot


@pytest.mark.parametrize("path", ["/claims/nobody", "/disputes/nobody", "/questions/nobody"])
async def test_what_is_not_there_is_not_found(rich: Site, path: str) -> None:
    page = Seen(await rich.get(path, status=404))
    assert page.all("//h1")[0].startswith("There is no such ")
    assert page.root.xpath("//main//input/@value") == ["nobody"]
    assert page.forbidden() == []


async def test_a_mistake_of_a_page_is_not_taken_for_a_thing_that_is_not_there(rich: Site) -> None:
    request = Request.fake("/")
    with pytest.raises(KeyError):
        await gathered(rich.datasette, request, _look_wrongly)
    with pytest.raises(NotFound):
        await gathered(rich.datasette, request, _look_in_vain)


def _look_wrongly(connection: sqlite3.Connection) -> object:
    return build_of(connection)["nothing"]


def _look_in_vain(connection: sqlite3.Connection) -> Facts:
    return row_of(connection, "SELECT 1 WHERE 0")


async def test_the_index_of_datasette_is_still_there(rich: Site) -> None:
    assert "/ledger/claims" in await rich.get("/data")
    assert '"ledger"' in await rich.get("/data.json")


async def test_a_new_build_is_shown_at_once(claims: Path, database: Path) -> None:
    async with opened(database) as site:
        assert "It happened in March." in await site.get("/claims/date-given")
        dossier = DOSSIER.replace("in March", "in April")
        write_folder(claims, {"mali/village-2022.yaml": dossier})
        assert build(claims, database).problems == []
        assert "It happened in April." in await site.get("/claims/date-given")


async def test_who_may_not_see_the_database_sees_no_page_of_it(
    database: Path, tmp_path: Path
) -> None:
    metadata = json.loads(METADATA.read_text(encoding="utf-8"))
    metadata["databases"]["ledger"]["allow"] = {"id": "editor"}
    (tmp_path / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    datasette = make_datasette(database, tmp_path / "metadata.json", sql=True, public=False)
    await datasette.invoke_startup()
    for path in PAGES:
        assert (await datasette.client.get(path)).status_code == 403, path
    for served in datasette.databases.values():
        served.close()
    datasette.executor.shutdown()


async def test_a_ledger_whose_file_has_another_name_has_its_pages_too(
    database: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(database.read_bytes())
    async with opened(other) as site:
        assert "About 300 people were killed." in await site.get("/claims/deaths-300")


async def test_a_database_of_another_version_is_told_to_be_built_again(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE build SET schema = schema - 1")
        connection.execute("DROP TABLE profiles")
    async with opened(database) as site:
        page = await site.get("/outlets/wire", status=503)
        assert "another version of claim-ledger" in Seen(page).root.text_content()
        await site.get("/claims/deaths-300")


async def test_what_a_page_does_wrong_itself_is_not_put_on_the_database(database: Path) -> None:
    async with opened(database) as site:
        request = Request.fake("/")
        with pytest.raises(sqlite3.OperationalError):
            await gathered(site.datasette, request, lambda one: one.execute("SELECT nothing"))


async def test_every_page_says_of_when_the_newest_claim_is(shipped: Site) -> None:
    assert "The newest claim is dated about 1 February 2024." in await shipped.get("/about")
    assert "newest claim of about 1 February 2024" in await shipped.get("/")


async def test_where_no_claim_is_dated_none_is_the_newest(claims: Path, database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        assert newest_made(connection) == "2022-04-05"
    write_folder(claims, {"mali/village-2022.yaml": DOSSIER.replace("  made: 2022-04-05\n", "")})
    assert build(claims, database).problems == []
    with closing(sqlite3.connect(database)) as connection:
        assert newest_made(connection) is None


@pytest.mark.parametrize(
    ("kind", "asked", "found"),
    [
        ("claim", "deaths-30", ["deaths-300"]),
        ("claim", "deaths-3000", ["deaths-300"]),
        ("claim", "deaths-500-again", ["deaths-500"]),
        ("question", "deathly", ["deaths"]),
        ("outlet", "wires", ["wire"]),
        ("claim", "zzzz", []),
        ("claim", "dea", []),
        ("paragraph", "page", []),
        ("page", "wire", []),
    ],
)
async def test_what_shares_the_longest_beginning_is_offered(
    kind: str, asked: str, found: list[str], connection: sqlite3.Connection
) -> None:
    assert [one["id"] for one in near_ids(connection, kind, asked)][:1] == found


async def test_a_page_that_is_not_there_leads_to_what_may_be_meant(small: Site) -> None:
    page = Read(await small.get("/claims/deaths-30", status=404))
    assert "/claims/deaths-300" in page.links
    asked = Read(await small.get("/disputes/death", status=404))
    assert "/questions/deaths" in asked.links
