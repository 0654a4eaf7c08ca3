"""Hostile text: markup, scripts, formulas, commands of TeX and turned text stay text everywhere."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import extruct
import feedparser
import html5lib
import lxml.etree
import lxml.html
import pytest
import pytest_asyncio
from bibtexparser.entrypoint import parse_string

from ledger.site.answering.safety import one_line, tex, xml_text
from ledger.site.browser.formulas import guarded_cell
from ledger.site.formats.entries import headline
from ledger.site.formats.feeds import FEEDS
from ledger.site.formats.forms import BY_ENDING
from tests.site.conftest import ONE_LOOP, Site, opened
from tests.site.hostile import TEXTS, poison

pytestmark = ONE_LOOP

HTML: Final = "{http://www.w3.org/1999/xhtml}"

LINKS: Final = frozenset({"href", "src", "action", "formaction", "xlink:href", "data", "poster"})

PAGES: Final = (
    "/",
    "/disputes",
    "/about",
    "/search?q=killed",
    *(f"/search?q={quote(text)}" for text in TEXTS),
    f"/disputes?_topic={quote(TEXTS[0])}&answer={quote(TEXTS[1])}",
    "/documents/page/2",
    "/disputes/deaths/card",
    "/disputes/killers/card",
)
"""The pages that the sitemap does not name, and those that say again what they were asked."""


@pytest.fixture(scope="session")
def hostile_database(rich_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database whose every free text is hostile."""
    path = tmp_path_factory.mktemp("hostile") / "ledger.db"
    shutil.copy(rich_database, path)
    poison(path)
    return path


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def hostile(hostile_database: Path) -> AsyncIterator[Site]:
    """Yield the site over the hostile ledger."""
    async with opened(hostile_database) as site:
        yield site


def all_elements(text: str) -> list[Any]:
    """Return the elements of a page, which must be one that browsers need not mend."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), strict=True)
    try:
        return list(parser.parse(text).iter())
    except html5lib.html5parser.ParseError as error:
        (line, column), code, _ = parser.errors[-1]
        message = f"{code} at {line}:{column}: {text.splitlines()[line - 1][: column + 80]}"
        raise AssertionError(message) from error


def assert_inert(elements: list[Any]) -> None:
    """Fail if anything on a page would run, or leads to what is not of the web."""
    for element in elements:
        if not isinstance(element.tag, str):
            continue
        name = element.tag.removeprefix(HTML)
        told = f"<{name} {element.attrib}>"
        assert name not in {"iframe", "object", "embed", "style", "base", "b"}, told
        assert name != "script" or element.get("type") == "application/ld+json", told
        for attribute, value in element.attrib.items():
            assert not attribute.lower().startswith("on"), told
            assert attribute not in {"style", "srcdoc"}, told
            if attribute in LINKS:
                assert re.match(r"(?:https?://[^\s]|/(?!/)|#|\?|$)", value), told


async def paths_of(site: Site) -> list[str]:
    found = re.findall("<loc>http://localhost([^<]*)</loc>", await site.get("/sitemap.xml"))
    return [*found, *PAGES]


async def test_every_own_page_is_well_formed_and_inert(hostile: Site) -> None:
    for path in await paths_of(hostile):
        answer = await hostile.datasette.client.get(path, follow_redirects=True)
        assert answer.status_code == 200, path
        try:
            elements = all_elements(answer.text)
            assert_inert(elements)
        except AssertionError as error:
            message = f"{path}: {error}"
            raise AssertionError(message) from error


async def test_a_page_shows_hostile_text_as_it_is(hostile: Site) -> None:
    for name, text in hostile.sql("SELECT id, text FROM claims"):
        page = lxml.html.fromstring(await hostile.get(f"/claims/{name}"))
        assert one_line(page.findtext(".//h1")) == one_line(text)
        assert one_line(page.findtext(".//title")).endswith(f": {one_line(text)}")


async def test_json_ld_cannot_end_its_script(hostile: Site) -> None:
    for name, text in hostile.sql("SELECT id, text FROM claims"):
        page = await hostile.get(f"/claims/{name}")
        found = extruct.extract(page, base_url="http://localhost", syntaxes=["json-ld"])
        (node,) = found["json-ld"]
        assert node["text"] == text
        for cited in node["citation"]:
            assert cited.get("url", "https://").startswith("https://")
        assert json.loads(await hostile.get(f"/claims/{name}.jsonld")) == node


@pytest.mark.parametrize("name", FEEDS)
async def test_feeds_are_well_formed(hostile: Site, name: str) -> None:
    text = await hostile.get(f"/feeds/{name}.atom")
    feed = feedparser.parse(text)
    assert not feed.bozo
    assert feed.entries
    titles = {entry.title_detail.value for entry in feed.entries}
    assert all(entry.title_detail.type == "text/plain" for entry in feed.entries)
    if name == "claims":
        claims = hostile.sql(
            "SELECT c.text, c.status, a.name FROM claims c LEFT JOIN actors a ON a.id = c.claimant"
        )
        keys = ("text", "status", "claimant_name")
        expected = {xml_text(headline(dict(zip(keys, row, strict=True)))) for row in claims}
        assert titles <= {one.strip() for one in expected}


async def test_bibtex_has_an_entry_for_each_claim_and_no_other(hostile: Site) -> None:
    text = await hostile.get("/ledger/claims.bib")
    library = parse_string(text)
    assert library.failed_blocks == []
    titles = {entry.key: entry["title"] for entry in library.entries}
    rows = hostile.sql("SELECT id, text FROM claims")
    assert titles == {name: f"{{{tex(text)}}}" for name, text in rows}
    # Where an at sign begins a line, older readers see an entry.
    assert len(re.findall("^@", text, re.MULTILINE)) == len(rows)
    assert text.count("{") == text.count("}")


async def test_csl_and_json_are_json(hostile: Site) -> None:
    items = json.loads(await hostile.get("/ledger/claims.csl.json"))
    rows: dict[str, str] = dict(hostile.sql("SELECT id, text FROM claims"))
    assert {item["id"]: item["title"] for item in items} == {
        name: one_line(text) for name, text in rows.items()
    }
    for name, text in rows.items():
        assert json.loads(await hostile.get(f"/claims/{name}.json"))["text"] == text


@pytest.mark.parametrize("table", ["claims", "disputes", "places", "dossiers"])
@pytest.mark.parametrize("form", ["geojson", "jsonld"])
async def test_graphs_and_maps_are_json(hostile: Site, table: str, form: str) -> None:
    if BY_ENDING[form].says(table):
        json.loads(await hostile.get(f"/ledger/{table}.{form}?_topic={quote(TEXTS[0])}"))


async def test_no_cell_of_a_csv_is_a_formula(hostile: Site) -> None:
    guarded = 0
    for table in ("claims", "outlets", "actors", "documents", "citations", "questions"):
        text = await hostile.get(f"/ledger/{table}.csv?_size=max")
        rows = list(csv.reader(io.StringIO(text, newline="")))
        assert {len(row) for row in rows} == {len(rows[0])}
        for row in rows:
            assert row == [guarded_cell(cell) for cell in row]
            guarded += sum(cell.startswith("'") for cell in row)
    assert guarded


async def test_what_others_embed_is_well_formed(hostile: Site) -> None:
    for kind, table in (("claims", "claims"), ("disputes", "disputes")):
        for (name,) in hostile.sql(f"SELECT id FROM {table}"):  # noqa: S608 # names above
            asked = f"/oembed?url={quote(f'http://localhost/{kind}/{name}', safe='')}"
            told = json.loads(await hostile.get(asked))
            elements = lxml.html.fragments_fromstring(told["html"])
            assert [element.tag for element in elements] == [
                "iframe" if kind == "disputes" else "blockquote"
            ]
            assert not lxml.html.fromstring(told["html"]).xpath("//script | //b | //img | //svg")
            lxml.etree.fromstring((await hostile.get(asked + "&format=xml")).encode())


async def test_the_data_browser_shows_hostile_text_as_text(hostile: Site) -> None:
    for path in (
        "/ledger/claims",
        "/ledger/disputes",
        "/ledger/claims/deaths-300",
        "/ledger/citations",
    ):
        page = lxml.html.fromstring(await hostile.get(path))
        assert not page.xpath('//*[@id="pwned"] | //img[@src="x"] | //svg[@onload]')
        for address in page.xpath("//a/@href"):
            assert not re.match(r"\s*(?:javascript|data|vbscript):", address, re.IGNORECASE), path
