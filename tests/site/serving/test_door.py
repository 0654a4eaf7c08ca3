"""Door: under which names a site answers, and what strangers find closed."""

from __future__ import annotations

import re
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pytest
import pytest_asyncio

from ledger.site.serving.door import BODY, LONGEST, PARTS, is_closed, is_own, site_address
from tests.commands.running import LEDGER, Server, served
from tests.site.bounds import megabytes
from tests.site.conftest import ONE_LOOP, Site, opened
from tests.site.reading import Read
from tests.small import SMALL, write_folder

URL: Final = "https://ledger.example.org/"

SAMPLES: Final = {
    "database": "ledger",
    "table": "claims",
    "query": "most_contested",
    "pks": "deaths-300",
    "path": "app.css",
    "rest": "/x",
    "id": "deaths-300",
    "number": "1",
    "form": "json",
    "feed": "claims",
    "kind": "claims",
    "part": "1",
}
"""What stands in an address for each of its parts."""

NEEDED: Final = re.compile(
    r"/-/(static|static-plugins)/.*|/-/jump(\.json)?|/ledger/-/(queries|schema)(\.json)?"
    r"|/ledger/-/query/parameters|/ledger/claims/-/(count|schema.*)|/ledger/-/query(\.json)?"
)
"""The only addresses of Datasette's own that may be open."""


@pytest_asyncio.fixture(loop_scope="session", params=[False, True], ids=["no SQL", "SQL"])
async def strangers(database: Path, request: pytest.FixtureRequest) -> AsyncIterator[Site]:
    """Yield a site for strangers."""
    async with opened(database, sql=request.param, public=True) as site:
        yield site


def addresses(regex: str) -> Iterator[str]:
    """Yield addresses that a route answers, without an ending and with one."""
    for ending in ("", ".json"):
        path = re.sub(r"\(\\\.\(\?P<format>[^()]*(?:\([^()]*\))?[^()]*\)\)\?", ending, regex)
        path = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", lambda part: SAMPLES[part[1]], path)
        yield path.strip("^$").replace("\\", "")


@ONE_LOOP
async def test_no_route_tells_a_stranger_where_the_ledger_lies(strangers: Site) -> None:
    asked = {
        address
        for route, _ in strangers.datasette._routes()  # noqa: SLF001 # every address there is
        for address in addresses(route.pattern)
    }
    assert len(asked) > 40
    answered = set()
    for address in sorted(asked):
        for method in ("get", "head", "post"):
            answer = await getattr(strangers.datasette.client, method)(address)
            assert str(strangers.database.parent) not in answer.text + str(answer.headers)
            if "/-" in address and answer.status_code != 404:
                answered.add(address)
    assert {address for address in answered if not NEEDED.fullmatch(address)} == set()


@ONE_LOOP
@pytest.mark.parametrize("page", ["databases", "versions", "threads", "plugins", "settings", "x"])
@pytest.mark.parametrize(
    "spelling",
    [
        "/-/{}",
        "/-/{}.json",
        "/-/{}/",
        "//-/{}",
        "/-//{}",
        "/./-/{}",
        "/%2d/{}",
        "/%2D%2F{}",
        "/%252d/{}",
        "/-/static/../{}",
        "/-/static/%2e%2e/{}",
        "/ledger/-/{}",
        "/ledger/claims/-/{}",
    ],
)
async def test_pages_about_the_machine_are_closed_however_they_are_spelt(
    strangers: Site, page: str, spelling: str
) -> None:
    address = spelling.format(page)
    for method in ("get", "head"):
        answer = await getattr(strangers.datasette.client, method)(address)
        assert answer.status_code == 404
        assert "content-security-policy" in answer.headers


@ONE_LOOP
async def test_a_closed_page_looks_like_every_page_that_there_is_not(strangers: Site) -> None:
    page = await strangers.get("/-/versions", status=404)
    assert page == await strangers.get("/nothing", status=404)
    assert "There is no such page" in page


@ONE_LOOP
async def test_strangers_find_no_control_that_is_broken(strangers: Site) -> None:
    pages = ("/", "/data", "/ledger", "/ledger/claims", "/ledger/cited_to_outlet", "/about")
    links = {
        link
        for page in pages
        for link in re.findall(
            r'(?:href|src|action|url)="(/[^"]*/-/[^"]*)"', await strangers.get(page)
        )
    }
    # The boxes of a query's parameters are there without it; it only adds to them.
    for link in links - {"/ledger/-/query/parameters"}:
        await strangers.get(link.replace("&amp;", "&"))


async def test_strangers_are_not_told_where_a_ledger_lay_that_is_gone(database: Path) -> None:
    async with opened(database, sql=False, public=True) as site:
        database.unlink()
        for path in (
            "/",
            "/data",
            "/ledger",
            "/ledger/claims",
            "/claims/deaths-300",
            "/search?q=x",
        ):
            answer = await site.datasette.client.get(path)
            assert str(database.parent) not in answer.text
        assert not database.exists()


async def test_who_serves_for_this_machine_keeps_datasettes_pages(small: Site) -> None:
    await small.get("/-/versions.json")
    await small.get("/-/plugins")


@pytest.mark.parametrize(
    ("path", "closed"),
    [
        ("/-/static/app.css", False),
        ("/-/static-plugins/claim-ledger/ledger.css", False),
        ("/-/jump.json", False),
        ("/ledger/-/query", False),
        ("/ledger/-/query.json", False),
        ("/ledger/-/query/parameters", False),
        ("/ledger/-/queries/store", True),
        ("/ledger/-/queries/analyze", True),
        ("/ledger/-/execute-write", True),
        ("/ledger/claims/-/drop", True),
        ("/ledger/claims/deaths-300/-/delete", True),
        ("/-", True),
        ("/-.json", True),
        ("/claims/a-b", False),
        ("/ledger/claims/-x", False),
    ],
)
def test_an_address_is_closed_unless_pages_need_it(path: str, closed: bool) -> None:
    assert is_closed(path) is closed


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("https://ledger.example.org", "https://ledger.example.org/"),
        ("http://Example.org:8080/", "http://example.org:8080/"),
        ("https://example.org/the/ledger", "https://example.org/the/ledger/"),
        ("http://[2001:db8::1]:80/", "http://[2001:db8::1]:80/"),
        ("ledger.example.org", None),
        ("ftp://example.org/", None),
        ("https://", None),
        ("https://user@example.org/", None),
        ("https://example.org/?q=1", None),
        ("https://example.org/#x", None),
        ("https://example.org:99999/", None),
        ("https://example.org:0/", None),
        ("https://exa mple.org/", None),
        ("https://[::1/", None),
        ("https://example.org/a b", None),
        ("https://example.org//x", None),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_the_address_of_a_site_is_a_host_and_perhaps_a_path(told: str, address: str | None) -> None:
    assert site_address(told) == address


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("localhost", True),
        ("LocalHost.", True),
        ("ledger.localhost", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("[::1]", True),
        ("::1", True),
        ("0.0.0.0", False),  # noqa: S104 # every address is not this machine's own
        ("::", False),
        ("localhost.evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("192.168.1.7", False),
        ("", False),
    ],
)
def test_a_machines_own_names_are_its_own_whatever_they_begin_with(name: str, own: bool) -> None:
    assert is_own(name) is own


async def status(site: Site, host: str, path: str = "/about") -> tuple[int, str]:
    """Return what a site answers to a request for a host."""
    answer = await site.datasette.client.get(path, headers={"host": host})
    return answer.status_code, answer.text


GOOD: Final = ["localhost", "localhost:8001", "127.0.0.1:1", "[::1]", "[::1]:9000", "a.localhost"]

FOREIGN: Final = [
    "evil.example",
    "evil.example:8001",
    "localhost.evil.example",
    "192.168.1.7",
    "xn--e1afmkfd.example",
]

MALFORMED: Final = [
    "",
    " ",
    "[::1",
    "::1",
    "[zz]",
    "a b",
    "localhost:port",
    "localhost:123456",
    "user@localhost",
    "localhost/path",
    "localhost#x",
    "a..b",
    "x" * 300,
    "<script>",
]


@ONE_LOOP
async def test_this_machines_ledger_is_answered_under_its_own_names_alone(small: Site) -> None:
    assert {(await status(small, host))[0] for host in GOOD} == {200}
    for host in FOREIGN:
        code, text = await status(small, host)
        assert code == 421
        assert len(text.splitlines()) == 1
        assert "localhost" in text
    for host in MALFORMED:
        code, text = await status(small, host)
        assert (code, len(text.splitlines())) == (400, 1)


async def test_a_site_without_an_address_is_answered_under_every_name_that_is_one(
    database: Path,
) -> None:
    async with opened(database, sql=False, public=True) as site:
        for host in [*GOOD, *FOREIGN]:
            code, page = await status(site, host)
            assert code == 200
            assert f'<link rel="canonical" href="http://{host}/about">' in page
        assert {(await status(site, host))[0] for host in MALFORMED} == {400}


LINKED: Final = (
    "/about",
    "/claims/deaths-300",
    "/claims/deaths-300.jsonld",
    "/claims/deaths-300.txt",
    "/disputes/deaths",
    "/feeds/claims.atom",
    "/sitemap.xml",
    "/robots.txt",
    "/ledger/claims.json?_size=1",
    "/ledger/claims.csl.json",
    "/ledger/claims.geojson",
    "/oembed?url=https://ledger.example.org/claims/deaths-300",
)


@pytest.mark.parametrize("url", [URL, "https://example.org:8443/the/ledger/"])
async def test_a_site_with_an_address_makes_links_of_it_and_of_nothing_else(
    database: Path, url: str
) -> None:
    async with opened(database, sql=False, public=True, url=url) as site:
        home = url.split("/", 3)[2]
        paths = [path.replace(URL, url) for path in LINKED]
        for host in (home, "127.0.0.1:8001", "10.0.0.8"):
            for path in paths:
                code, text = await status(site, host, path)
                assert code == 200
                assert re.search(r"https?://" + re.escape(url.split("//")[1]), text), path
                assert not re.search(
                    r"https?://(localhost|127\.|10\.|example\.org[:/](?!8443))", text
                )
                assert f"http://{home}" not in text
        assert {(await status(site, host))[0] for host in FOREIGN if host != "192.168.1.7"} == {421}
        assert {(await status(site, host))[0] for host in MALFORMED} == {400}


async def test_a_site_below_a_path_is_answered_with_and_without_it(database: Path) -> None:
    async with opened(database, sql=False, public=True, url=f"{URL}the/ledger/") as site:

        async def ask(path: str) -> tuple[int, str]:
            answer = await site.datasette.client.request("GET", path, avoid_path_rewrites=True)
            return answer.status_code, answer.text

        for path in ("/the/ledger/disputes/deaths", "/disputes/deaths"):
            code, page = await ask(path)
            assert code == 200
            assert '"/the/ledger/claims/deaths-300"' in page
        for path in ("/the/ledger/-/versions", "/-/versions", "/the/ledger/%2d/versions"):
            assert (await ask(path))[0] == 404


@ONE_LOOP
async def test_an_address_of_very_many_parts_is_refused_at_once(small: Site) -> None:
    many = "&".join(f"id__not=x{number}" for number in range(900))
    for path in ("/ledger/claims", "/ledger/claims.json", "/ledger", "/search", "/disputes"):
        refused = await small.get(f"{path}?{many}", status=400)
        assert refused == f"This address has more than {PARTS} parts behind its question mark.\n"
    few = "&".join(f"id__not=x{number}" for number in range(PARTS))
    assert "claim-card" in await small.get(f"/ledger/claims?{few}")


@ONE_LOOP
@pytest.mark.parametrize(
    "query",
    [
        "id__in=" + ",".join(f"x{number}" for number in range(9000)),
        "_searchmode=raw&_search=" + "+OR+".join(f"{sign}*" for sign in "abcdefgh" * 300),
        "text__glob=" + "*e" * 5000,
        "id=" + "x" * LONGEST,
    ],
)
async def test_an_address_that_is_very_long_is_refused_at_once(small: Site, query: str) -> None:
    refused = await small.get(f"/ledger/claims?{query}", status=414)
    assert refused == "This address has more than 8,000 signs behind its question mark.\n"


@ONE_LOOP
async def test_sql_may_be_longer_than_an_address_otherwise(small: Site) -> None:
    await small.get(f"/ledger/claims.json?_where=id<>'{'x' * 12_000}'")
    await small.get(f"/ledger.json?sql=select+'{'x' * 20_000}'")
    await small.get(f"/ledger/claims.json?id={'x' * (LONGEST - 10)}")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Yield a real server of this machine's own address."""
    folder = write_folder(tmp_path_factory.mktemp("door") / "claims", SMALL).parent
    with served(LEDGER, "serve", "--port", "0", cwd=folder) as server:
        yield server


def spoken(server: Server, request: bytes) -> bytes:
    """Return what a server answers to a request as it is written."""
    with socket.create_connection(("127.0.0.1", port_of(server)), timeout=30) as connection:
        connection.sendall(request)
        answer = b""
        while piece := connection.recv(65_536):
            answer += piece
        return answer


def port_of(server: Server) -> int:
    """Return the port that a server listens on."""
    return int(server.address.rpartition(":")[2])


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"GET /about HTTP/1.0\r\n", 200),
        (b"GET /about HTTP/1.1\r\nHost: localhost\r\n", 200),
        (b"GET /about HTTP/1.1\r\nHost: evil.example\r\n", 421),
        (b"GET /about HTTP/1.1\r\nhOST: evil.example\r\n", 421),
        (b"GET http://evil.example/about HTTP/1.1\r\nHost: evil.example\r\n", 421),
        (b"GET /about HTTP/1.1\r\n", 400),
        (b"GET /about HTTP/1.1\r\nHost:\r\n", 400),
        (b"GET /about HTTP/1.1\r\nHost: [::1\r\n", 400),
        (b"GET /about HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n", 400),
        (b"GET /about HTTP/1.1\r\nHost: a@localhost\r\n", 400),
        (b"GET /about HTTP/1.1\r\nHost: \xc3\xa9.example\r\n", 400),
        (b"GET /about HTTP/1.1\r\nHost: localhost\r X: y\r\n", 400),
        (b"GET /about HTTP/1.1\r\nHost: " + b"x" * 5000 + b"\r\n", 400),
    ],
)
def test_no_host_that_is_asked_for_is_a_mistake_of_the_sites_own(
    real: Server, head: bytes, expected: int
) -> None:
    answer = spoken(real, head + b"Connection: close\r\n\r\n")
    assert answer.split()[1] == b"%d" % expected
    assert b"Traceback" not in answer


@pytest.mark.parametrize("path", ["/", "/ledger/most_contested", "/-/messages", "/nothing"])
async def test_a_large_body_is_refused(small: Site, path: str) -> None:
    answer = await small.datasette.client.post(path, content=b"x" * (BODY + 1))
    assert answer.status_code == 413
    assert answer.text == f"This site reads no more than {BODY:,} bytes of a request.\n"


@pytest.mark.parametrize("how", [b"Content-Length: 900000000", b"Transfer-Encoding: chunked"])
def test_nobody_can_make_a_site_hold_a_large_body(real: Server, how: bytes) -> None:
    before, sent = megabytes(real), 0
    piece = b"1000000\r\n" + b"x" * 0x1000000 + b"\r\n"
    with socket.create_connection(("127.0.0.1", port_of(real)), timeout=30) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\n" + how + b"\r\n\r\n")
        with suppress(OSError):
            while sent < 400_000_000:
                sent += connection.send(piece)
    assert megabytes(real) - before < 100


async def test_a_small_body_comes_in_whole(small: Site) -> None:
    answer: Any = await small.datasette.client.post("/-/messages", data={"message": "x" * 1000})
    assert answer.status_code in {302, 403}


@pytest.mark.parametrize("base", ["/site/", "/data/", "/a/b/"])
async def test_a_site_below_a_path_leads_to_pages_and_files_that_are_there(
    rich_database: Path, base: str
) -> None:
    pages = (
        *("/", "/disputes", "/claims/deaths-300", "/claims/nobody", "/data", "/ledger"),
        *("/ledger/claims?_topic=killings", "/ledger/claims/deaths-300", "/ledger/claims?_size=2"),
        *("/ledger/claim_sources?_next=2&_size=2", "/ledger/most_contested", "/ledger/disputes"),
    )
    async with opened(rich_database, url=f"https://ledger.example.org{base}") as site:
        found: set[str] = set()
        for page in pages:
            answer = await site.datasette.client.get(page)
            links = [
                re.sub("^https://ledger.example.org", "", one) for one in Read(answer.text).links
            ]
            found |= {link for link in links if re.match(r"/(?!/)", link)}
        assert any(".bib" in link for link in found)
        assert any("_facet" in link or "status=" in link for link in found)
        for link in found:
            assert link.startswith(base)
            await site.get("/" + link.removeprefix(base))
        text = await site.get("/ledger/claims.bib?_size=2")
        for told in ("Claims of ", "The following claims: "):
            assert f"% {told}https://ledger.example.org{base}ledger/claims.bib?_size=2" in text
        masthead = await site.get("/ledger/claims")
        assert f'<a href="{base}ledger/claims" aria-current="page">Claims</a>' in masthead


@pytest.mark.parametrize("base", ["/ledger/", "/claims/"])
async def test_a_site_below_a_path_that_pages_have_answers_as_any(
    rich_database: Path, base: str
) -> None:
    async with opened(rich_database, url=f"https://ledger.example.org{base}") as site:
        for path in ("/", "/claims/deaths-300", "/ledger/claims", "/ledger/claims.csv"):
            await site.get(path)
        text = await site.get("/ledger/claims.bib?_size=2")
        assert f"https://ledger.example.org{base}ledger/claims.bib?_size=2&_next=" in text
