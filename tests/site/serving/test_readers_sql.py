"""Readers' SQL takes neither the memory of the site nor the time of other readers."""

from __future__ import annotations

import json
import re
import signal
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from html import unescape
from pathlib import Path
from threading import Timer
from typing import Final
from urllib.parse import quote

import pytest

from ledger.build import build
from ledger.site.serving.readers_process import CELLS, LARGEST
from ledger.site.serving.readers_sql import asks_in
from tests.commands.running import LEDGER, ROOT, Server, served
from tests.site.bounds import GROWTH, WAIT, megabytes, watched

ENDLESS: Final = "with recursive c(x) as (select 1 union all select x + 1 from c)"

LARGE: Final = {
    "a blob of zeros": "select zeroblob(900000000)",
    "a blob as letters": "select length(hex(zeroblob(200000000)))",
    "chance": "select hex(randomblob(900000000))",
    "a replacement": "select length(replace(hex(zeroblob(1000000)), '0', 'aaaaaaaaaa'))",
    "a text of all texts": "select length(group_concat(a.text || b.text)) from claims a, claims b",
    "JSON of all texts": "select json_group_array(a.text || b.text) from claims a, claims b",
    "many large rows": f"{ENDLESS} select hex(zeroblob(500000)) from c limit 1000",
    "many large blobs": f"{ENDLESS} select zeroblob(1000000) from c limit 1000",
    "a wide row": f"select {', '.join(['hex(zeroblob(1000000))'] * 60)}",
    "signs of four bytes": f"select {', '.join(['replace(hex(zeroblob(900000)), 0, 1)'] * 9)}"
    " || '\N{SCROLL}'",
    "doubled tables": "with a0(x) as (select 1 union all select 2), "
    + ", ".join(f"a{n}(x) as (select 1 from a{n - 1} p, a{n - 1} q)" for n in range(1, 25))
    + " select count(*) from a24",
}
"""What wants more memory than there is for it; each is refused."""

LONG: Final = {
    "endless rows": f"{ENDLESS} select count(*) from c",
    "endless different rows": f"{ENDLESS.replace('all ', '')} select max(x) from c",
    "every three claims": "select count(*) from claims a, claims b, claims c, claims d",
    "every four sorted": "select a.text || b.text || c.text || d.text as t "
    "from claims a, claims b, claims c, claims d order by t limit 5",
    "one long search": "select instr(hex(zeroblob(1900000)), "
    "substr(hex(zeroblob(950000)), 2) || '1')",
    "one long replacement": "select length(replace(hex(zeroblob(1900000)), "
    "substr(hex(zeroblob(950000)), 2) || '1', ''))",
    "sixty joined tables": f"select count(*) from {', '.join(f'claims c{n}' for n in range(60))}",
}
"""What takes longer than a query may; each is ended, also within one step of a function."""

HONEST: Final = {
    "many cells": f"{ENDLESS} select {', '.join(['x'] * 500)} from c limit 1000",
    "a long answer": f"{ENDLESS} select x || hex(zeroblob(1500)) from c limit 1000",
    "one large text": "select hex(zeroblob(1900000)) || '\N{SCROLL}'",
    "a pattern of many parts": f"select count(*) from claims where text like '{'%e' * 2000}%z'",
    "a search for many words": "select count(*) from claims_fts where claims_fts match "
    f"'{' OR '.join(f'{chr(97 + n % 26)}*' for n in range(1000))}'",
}
"""What is answered, though it is more than most ask for."""

SAID: Final = re.compile(r'<p class="message-error">(.*?)</p>', re.DOTALL)


@pytest.fixture(scope="module")
def shipped_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a database of the claims that are shipped."""
    folder = tmp_path_factory.mktemp("asking")
    assert build(ROOT / "claims", folder / "ledger.db").problems == []
    return folder


def serving(folder: Path, *options: str) -> Iterator[Server]:
    """Run a site whose readers may run SQL."""
    arguments: tuple[str | Path, ...] = (
        "--claims",
        ROOT / "claims",
        "--port",
        "0",
        "--sql",
        *options,
    )
    with served(LEDGER, "serve", *arguments, cwd=folder) as server:
        address = server.address.replace("0.0.0.0", "127.0.0.1")  # noqa: S104 # where it listens
        yield Server(server.process, address, server.said)


@pytest.fixture(scope="module")
def own(shipped_folder: Path) -> Iterator[Server]:
    """Yield the site of this machine's own address, where a query may take ten seconds."""
    yield from serving(shipped_folder)


@pytest.fixture(scope="module")
def open_to_all(shipped_folder: Path) -> Iterator[Server]:
    """Yield a site for strangers, who may run SQL for a second."""
    yield from serving(shipped_folder, "--host", "0.0.0.0")  # noqa: S104 # what is tested


def pages(number: int) -> list[str]:
    """Return the addresses that somebody else reads meanwhile: one remembered, the others not."""
    return [
        "/",
        f"/claims/moura-deaths-hrw?n={number}",
        f"/search?q=mali+{number}",
        f"/ledger/claims?_size=5&id__not={number}",
    ]


def ask(server: Server, sql: str) -> tuple[int, str, str]:
    """Return the status of a query, what it is refused with, and the page."""
    status, text = server.get(f"/ledger?sql={quote(sql)}")
    said = SAID.search(text)
    return status, unescape(said[1].strip()) if said else "", text


@pytest.mark.parametrize("at_once", [1, 4])
@pytest.mark.parametrize("sql", LARGE.values(), ids=LARGE)
def test_a_query_for_too_much_is_refused_in_a_sentence_and_takes_nothing(
    own: Server, sql: str, at_once: int
) -> None:
    with watched(own, pages) as taken, ThreadPoolExecutor(at_once) as readers:
        answers = list(readers.map(lambda one: ask(own, one), [sql] * at_once))
    for _, said, _ in answers:
        assert re.search(r"ask for (less|fewer)", said), said
    assert taken.growth < GROWTH
    assert max(taken.waits.values()) < WAIT, taken.waits
    assert taken.waits.keys() == {"", "claims", "search", "ledger"}


@pytest.mark.parametrize("at_once", [1, 4])
@pytest.mark.parametrize("sql", LONG.values(), ids=LONG)
def test_a_query_that_takes_too_long_is_ended_while_others_read(
    open_to_all: Server, sql: str, at_once: int
) -> None:
    with watched(open_to_all, pages) as taken, ThreadPoolExecutor(at_once) as readers:
        answers = list(readers.map(lambda one: ask(open_to_all, one), [sql] * at_once))
    sentences = {said for _, said, _ in answers}
    assert sentences == {"The query took longer than the 1 s that a query may take."}
    assert taken.growth < GROWTH
    assert max(taken.waits.values()) < WAIT, taken.waits


@pytest.mark.parametrize("sql", HONEST.values(), ids=HONEST)
def test_an_answer_of_many_cells_or_letters_keeps_nobody_waiting(own: Server, sql: str) -> None:
    with watched(own, pages) as taken, ThreadPoolExecutor(4) as readers:
        answers = list(readers.map(lambda one: ask(own, one), [sql] * 4))
    assert {(status, said) for status, said, _ in answers} == {(200, "")}
    assert taken.growth < GROWTH
    assert max(taken.waits.values()) < WAIT, taken.waits


@pytest.mark.parametrize(
    "where",
    [
        "length(zeroblob(900000000)) > 1",
        "length(hex(zeroblob(200000000))) > 1",
        "(select count(*) from claims a, claims b, claims c, claims d) > 1",
        "instr(hex(zeroblob(1900000)), substr(hex(zeroblob(950000)), 2) || '1')",
    ],
)
@pytest.mark.parametrize(
    "form", ["?", ".json?", ".csv?", ".json?_stream=on&", ".csv?_stream=on&", ".csv?_size=max&"]
)
def test_the_sql_of_a_filter_is_bounded_as_well(open_to_all: Server, where: str, form: str) -> None:
    with watched(open_to_all, pages) as taken, ThreadPoolExecutor(4) as readers:
        path = f"/ledger/claims{form}_where={quote(where)}"
        answers = list(readers.map(open_to_all.get, [path] * 4))
    told = ("ask for less of it", "took longer than the 1 s", "CSV streaming is disabled")
    for status, text in answers:
        assert status == 400
        assert any(one in text for one in told), text
    assert taken.growth < GROWTH
    assert max(taken.waits.values()) < WAIT, taken.waits


@pytest.mark.parametrize("form", [".json", ".csv"])
@pytest.mark.parametrize("sql", ["select zeroblob(900000000)", f"{ENDLESS} select max(x) from c"])
def test_programs_are_told_why_a_query_was_refused(
    open_to_all: Server, sql: str, form: str
) -> None:
    status, text = open_to_all.get(f"/ledger{form}?sql={quote(sql)}")
    assert status == 400
    assert "ask for less of it" in text or "took longer than the 1 s" in text


def test_slow_tables_keep_nobody_from_reading(own: Server) -> None:
    # A pattern of many parts that no text has, on every claim and every row of the citations.
    slow = f"/ledger/claim_sources?text__like={quote('%e' * 400 + '%z')}&_size=max"
    with watched(own, lambda number: pages(number)[:3]) as taken, ThreadPoolExecutor(8) as readers:
        answers = list(readers.map(own.get, [f"{slow}&_facet=scope&n={n}" for n in range(8)]))
    assert {status for status, _ in answers} <= {200, 400}
    assert taken.growth < GROWTH
    assert max(taken.waits.values()) < WAIT, taken.waits


def test_whoever_waits_too_long_for_a_turn_is_told_so(own: Server) -> None:
    sql = f"{ENDLESS} select count(*) from c"
    with ThreadPoolExecutor(8) as readers:
        answers = list(readers.map(lambda one: ask(own, one), [sql] * 8))
    sentences = {said for _, said, _ in answers}
    assert "The query took longer than the 10 s that a query may take." in sentences
    assert "Other readers' queries are running; ask again in a moment." in sentences
    assert ask(own, "select 40 + 2")[2].count(">42<") == 1


def test_honest_queries_run_and_bring_what_they_ask_for(own: Server) -> None:
    sql = (
        "select null as none, 1 as twice, 2 as twice, 0.5 as half, "
        '\'é\N{SCROLL}\' as "a ""name""", 9007199254740993 as large'
    )
    status, text = own.get(f"/ledger.json?sql={quote(sql)}&_shape=arrays")
    assert status == 200
    assert json.loads(text)["rows"] == [[None, 1, 2, 0.5, "é\N{SCROLL}", 9007199254740993]]
    sql = "select x'00ff' as bytes"
    bare = f"/ledger.json?sql={quote(sql)}&_shape=array"
    assert json.loads(own.get(bare)[1]) == [{"bytes": {"$base64": True, "encoded": "AP8="}}]
    long = f"{ENDLESS} select count(*) from (select x from c limit 3000000)"
    assert ">3000000<" in ask(own, long)[2].replace(",", "")
    named = f"/ledger.json?sql={quote('select :who as who')}&who=me&_shape=array"
    assert json.loads(own.get(named)[1]) == [{"who": "me"}]


def test_an_answer_has_as_many_cells_as_a_page_can_show(own: Server) -> None:
    sql = f"{ENDLESS} select {', '.join(['x'] * 500)} from c limit 1000"
    _, text = own.get(f"/ledger.json?sql={quote(sql)}&_shape=arrays")
    answer = json.loads(text)
    assert len(answer["rows"]) * 500 == CELLS
    assert answer["truncated"] is True
    assert len(text) < LARGEST


def test_a_filter_of_sql_narrows_a_table_as_ever(own: Server) -> None:
    where = quote("id like 'moura-deaths%'")
    ids = {row["id"] for row in own.rows("claims", f"&_where={where}&_col=id")}
    assert "moura-deaths-hrw" in ids
    assert all(one.startswith("moura-deaths") for one in ids)
    status, page = own.get(f"/ledger/claims?_where={where}&_search=Moura&_facet=status")
    assert status == 200
    assert "claim-card" in page


@pytest.mark.parametrize(
    "sql",
    [
        "select * from pragma_database_list",
        "select file from pragma_database_list()",
        "select * from sqlite_dbpage",
        "select * from dbstat",
        "select * from sqlite_stmt",
        "select load_extension('x')",
        "select readfile('/etc/hostname')",
        "with a as (select 1) select * from a; attach 'x.db' as x",
        "with a as (select 1) insert into claims(id) select 'x'",
    ],
)
def test_no_query_reaches_beyond_the_ledger(
    open_to_all: Server, shipped_folder: Path, sql: str
) -> None:
    before = sorted(file.name for file in shipped_folder.iterdir())
    status, text = open_to_all.get(f"/ledger?sql={quote(sql)}")
    assert ask(open_to_all, sql)[1] or status == 400
    assert str(shipped_folder) not in text
    assert sorted(file.name for file in shipped_folder.iterdir()) == before
    told = open_to_all.get("/ledger.json?sql=select+*+from+pragma_table_info('claims')")[1]
    assert "dflt_value" in told


def test_a_query_waits_for_a_build_beyond_its_own_time(
    open_to_all: Server, shipped_folder: Path
) -> None:
    with closing(
        sqlite3.connect(shipped_folder / "ledger.db", isolation_level=None, check_same_thread=False)
    ) as copying:
        copying.execute("BEGIN EXCLUSIVE")
        end = Timer(2.5, copying.execute, ["ROLLBACK"])
        end.start()
        begun = time.monotonic()
        status, said, _ = ask(open_to_all, "select count(*) from claims")
        end.join()
    assert (status, said) == (200, "")
    assert time.monotonic() - begun > 2


@pytest.mark.parametrize(
    ("path", "query", "asks"),
    [
        ("/ledger", b"sql=select+1", {"sql"}),
        ("/ledger", b"s%71l=select+1", {"sql"}),
        ("/ledger/claims", b"_where=1", {"_where"}),
        ("/ledger/claims", b"%5Fwhere=1&_size=5", {"_where"}),
        ("/ledger/claims.csv", b"_where=1", {"_where", ".csv"}),
        ("/ledger/claims", b"_where", {"_where"}),
        ("/ledger/claims", b"text__contains=sql", set()),
        ("/ledger/claims.csv", b"q=where", set()),
        ("/", b"", set()),
        ("/", b"\xff%ff=%", set()),
    ],
)
def test_it_is_known_where_a_reader_wrote_sql(path: str, query: bytes, asks: set[str]) -> None:
    assert asks_in(path, query) == asks


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM])
def test_what_ran_queries_ends_with_the_site(shipped_folder: Path, sent: signal.Signals) -> None:
    for server in serving(shipped_folder, "--host", "0.0.0.0"):  # noqa: S104 # as above
        assert ask(server, "select 1")[0] == 200
        server.process.send_signal(sent)
        server.process.wait()
        latest = time.monotonic() + 20
        while megabytes(server) and time.monotonic() < latest:
            time.sleep(0.1)
        assert megabytes(server) == 0
