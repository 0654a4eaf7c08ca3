"""Formulas: no cell of a CSV that the site sends is one that a spreadsheet would run."""

from __future__ import annotations

import asyncio
import csv
import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.site.browser.formulas import Rows, guarded_cell, guarded_rows
from tests.site.conftest import opened

CELLS = st.lists(
    st.lists(st.text(st.sampled_from("=+-@\t\r\n,\"'a1.é ")), min_size=1, max_size=4), max_size=5
)


@pytest.mark.parametrize(
    ("cell", "guarded"),
    [
        ("=1+2", "'=1+2"),
        ("+33 6", "'+33 6"),
        ("-", "'-"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("-4.1", "-4.1"),
        ("+5", "+5"),
        ("-1.5e-07", "-1.5e-07"),
        ("-.5", "-.5"),
        ("-1-cmd", "'-1-cmd"),
        ("-4.1\n", "'-4.1\n"),
        ("a=1", "a=1"),
        ("'=1", "'=1"),
        ("", ""),
        (">300", ">300"),
    ],
)
def test_a_cell_that_begins_like_a_formula_is_text_and_a_number_is_a_number(
    cell: str, guarded: str
) -> None:
    assert guarded_cell(cell) == guarded


def written(rows: list[list[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@given(CELLS)
def test_rows_say_the_same_with_every_cell_guarded(rows: list[list[str]]) -> None:
    expected = [[guarded_cell(cell) for cell in row] for row in read(written(rows))]
    assert read(guarded_rows(written(rows))) == expected


@given(CELLS, st.data())
def test_pieces_of_any_length_give_the_same_as_the_whole(
    rows: list[list[str]], data: st.DataObject
) -> None:
    text = written(rows)
    pieces = Rows()
    found = ""
    while text:
        cut = data.draw(st.integers(1, len(text)))
        found += pieces.take(text[:cut])
        text = text[cut:]
    found += pieces.take("", last=True)
    assert read(found) == read(guarded_rows(written(rows)))


def test_a_row_is_given_on_as_soon_as_it_is_whole() -> None:
    pieces = Rows()
    assert pieces.take('a,"=1\r\n') == ""
    assert pieces.take('2"\r\n') == 'a,"\'=1\r\n2"\r\n'
    assert pieces.take("b,=1") == ""
    assert pieces.take("", last=True) == "b,'=1"


@pytest.mark.parametrize(
    "path",
    [
        "/ledger/claims.csv",
        "/ledger/claims.csv?_stream=on",
        "/ledger/claims.csv?_dl=on",
        "/ledger/claims.csv?_labels=on&_col=claimant&_col=text",
        "/ledger.csv?sql=select+*+from+claims",
    ],
)
async def test_every_csv_of_the_site_is_guarded(database: Path, path: str) -> None:
    hostile = '=HYPERLINK("http://evil","a, b\nc")'
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE claims SET text = ?", [hostile])
        connection.execute("UPDATE actors SET name = '@' || name")
    async with opened(database) as site:
        rows = read(await site.get(path))
    texts = {row[rows[0].index("text")] for row in rows[1:]}
    assert texts == {f"'{hostile}"}
    assert not [cell for row in rows for cell in row if cell != guarded_cell(cell)]


async def test_numbers_below_zero_stay_numbers(database: Path) -> None:
    async with opened(database) as site:
        rows = read(await site.get("/ledger/places.csv?id=village"))
    assert rows[1][rows[0].index("longitude")] == "-4.1"


async def test_a_stream_is_not_held_back(database: Path) -> None:
    # Each text is longer than the pieces in which rows are sent.
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE claims SET text = ?", ['"=1",\n' * 20_000])
    messages: list[bytes] = []

    async def send(message: dict[str, bytes]) -> None:
        messages.append(message.get("body", b""))

    async def receive() -> dict[str, object]:
        await asyncio.Event().wait()
        return {}

    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "path": "/ledger/claims.csv",
        "raw_path": b"/ledger/claims.csv",
        "query_string": b"_stream=on",
        "headers": [],
        "scheme": "http",
    }
    async with opened(database) as site:
        await site.datasette.app()(scope, receive, send)
    assert len([body for body in messages if body]) >= 5
    assert len(read(b"".join(messages).decode())) == 1 + 5


@pytest.mark.parametrize("signs", [131_072, 131_073, 1_000_000])
@pytest.mark.parametrize("begins", ["=", "-", "a", '"', "\n=", ","])
def test_a_cell_may_be_of_any_length(signs: int, begins: str) -> None:
    cell = begins + 'x"\r\n,'.ljust(signs - len(begins), "y")
    text = written([["id", cell, "-1"], ["=2", "é", cell]])
    found = guarded_rows(text)
    limit = csv.field_size_limit(2 * signs)
    try:
        assert read(found) == [["id", guarded_cell(cell), "-1"], ["'=2", "é", guarded_cell(cell)]]
    finally:
        csv.field_size_limit(limit)


@pytest.mark.parametrize("cut", [1, 7, 65_536])
def test_a_long_cell_comes_whole_in_pieces(cut: int) -> None:
    cell = '=1"\r\n,' * (200 if cut == 1 else 30_000)
    text = written([["a", cell], [cell, "b"]])
    pieces = Rows()
    found = "".join(pieces.take(text[at : at + cut]) for at in range(0, len(text), cut))
    assert found + pieces.take("", last=True) == guarded_rows(text)
    assert found.count("'=1") == 2


@pytest.mark.parametrize("signs", [131_073, 1_000_000])
@pytest.mark.parametrize("query", ["", "?_stream=on", "?_size=max", "?_size=10"])
async def test_a_csv_with_a_long_text_is_whole(database: Path, query: str, signs: int) -> None:
    text = ('="\n' * signs)[:signs]
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE claims SET text = ?", [text])
    async with opened(database) as site:
        found = await site.get(f"/ledger/claims.csv{query}")
    limit = csv.field_size_limit(2 * signs)
    try:
        rows = read(found)
    finally:
        csv.field_size_limit(limit)
    assert [row[1] for row in rows[1:]] == [f"'{text}"] * 5


async def test_other_answers_are_as_they_were(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE claims SET text = '=1+2'")
    async with opened(database) as site:
        assert "'=1+2" not in await site.get("/ledger/claims.json")
        assert "=" not in await site.get("/ledger/claims.csv?_col=id&_nocol=text")
        await site.get("/ledger/nothing.csv", status=404)
