"""Door: who may come in to a site, under which name, and what is closed to strangers."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit
from weakref import WeakKeyDictionary

from ledger.site.serving.readers_sql import asks_in

if TYPE_CHECKING:
    from datasette.app import Datasette

Headers = list[tuple[bytes, bytes]]

PARTS: Final = 100
"""How many parts an address has behind its question mark at most."""

LONGEST: Final = 8_000
"""How many bytes stand there at most, if they are not a reader's own SQL: a table that is looked
through for thousands of things at once keeps everybody else from the tables."""

BODY: Final = 100_000
"""How many bytes somebody may send to the site at once."""

NOWHERE: Final = "/-/nowhere"
"""The address in place of every one that is closed: it says that there is no such page."""

HOST: Final = re.compile(r"(?P<name>[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")
"""What a request may say of the host that it asks: a name or an address, and a port."""

OPEN: Final = re.compile(
    r"/-/(?:static|static-plugins)/.+|/-/jump(?:\.json)?"
    r"|/[^/]+/-/(?:queries(?:\.json)?|query/parameters|schema(?:\.json|\.md)?)"
    r"|/[^/]+/-/query(?:\.\w+)?|/[^/]+/[^/]+/-/count"
)
"""What strangers may ask for of Datasette's own addresses: what pages are made of and lead to.

It is more than Datasette 0.65 has; what Datasette has besides, and may have one day, is closed.
Whether SQL is run is for Datasette to say.
"""

NOT_A_HOST: Final = "The Host header of this request is no name and no address."

LOCAL: Final = (
    "This site answers on this machine only, as localhost, 127.0.0.1 or [::1]; "
    "`ledger serve --url` gives it another name."
)

OTHER: Final = "This site is found under another name: {url}"

MANY_PARTS: Final = f"This address has more than {PARTS} parts behind its question mark."

LONG: Final = f"This address has more than {LONGEST:,} signs behind its question mark."

LARGE_BODY: Final = f"This site reads no more than {BODY:,} bytes of a request."


@dataclass(frozen=True, slots=True)
class Door:
    """Whether strangers come in, and the site's own address if it was told."""

    public: bool
    url: str | None = None


DOORS: Final[WeakKeyDictionary[Datasette, Door]] = WeakKeyDictionary()
"""The door of every site that `ledger serve` opened; plain Datasette has none."""


def is_own(name: str) -> bool:
    """Return whether a host is this machine, for programs that run on it."""
    bare = name.strip("[]").lower().removesuffix(".")
    return bare == "localhost" or bare.endswith(".localhost") or (_is_address(bare, loopback=True))


def site_address(url: str) -> str | None:
    """Return the address of a site as it is told once, with a slash at its end.

    None for what is no address of the web, or has more than a host, a port and a path.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    plain = parts.scheme in {"http", "https"} and not (parts.query or parts.fragment)
    if not plain or port == 0 or not HOST.fullmatch(parts.netloc) or not _is_path(parts.path):
        return None
    return parts._replace(netloc=parts.netloc.lower()).geturl().rstrip("/") + "/"


def keep_door(datasette: Datasette) -> Callable[[Any], Any]:
    """Return a wrapper that answers who may come in, and tells the others why they may not.

    A name that a page elsewhere made up for this machine would let that page read what is here;
    an address of numbers nobody can make up. Where the site's own address is known, links are
    made of it, whatever a request says.
    """

    def wrap(app: Any) -> Callable[[Any, Any, Any], Awaitable[None]]:  # noqa: ANN401 # an ASGI application
        async def keeping(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 # ASGI's own
            door = DOORS.get(datasette)
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            refused = _too_much(scope) or (door and _refusal(door, scope["headers"]))
            if refused:
                await _refuse(send, *refused)
                return
            if door is None:
                await app(scope, receive, send)
                return
            received = await _received(scope, receive)
            if received is None:
                await _refuse(send, 413, LARGE_BODY)
                return
            await app(_as_seen(door, scope, datasette.setting("base_url")), received, send)

        return keeping

    return wrap


def is_closed(path: str) -> bool:
    """Return whether a path is one of Datasette's own that strangers have no use for.

    However it is spelt: with a sign written as its number, or with a slash too many.
    """
    if OPEN.fullmatch(path):
        return False
    spelt = path
    while (plain := unquote(spelt)) != spelt:
        spelt = plain
    return "-" in re.split(r"[/\\]+", re.sub(r"\.\w+$", "", spelt))


def _too_much(scope: dict[str, Any]) -> tuple[int, str] | None:
    """Return the status and the words that an address is refused with if it asks for too much."""
    query: bytes = scope["query_string"]
    if query.count(b"&") >= PARTS:
        return 400, MANY_PARTS
    # Where the next page of a table begins is written in its address, by Datasette.
    told = sum(len(part) for part in query.split(b"&") if not part.startswith(b"_next="))
    if told > LONGEST and not asks_in(scope["path"], query):
        return 414, LONG
    return None


def _refusal(door: Door, headers: Headers) -> tuple[int, str] | None:
    """Return the status and the words that a request is refused with for the host it names."""
    hosts = [value for name, value in headers if name == b"host"]
    if not hosts:
        return None  # browsers always name one
    match = HOST.fullmatch(hosts[0].decode("latin-1"))
    if len(hosts) > 1 or not match or not _is_host(match["name"]):
        return 400, NOT_A_HOST
    name = match["name"].lower()
    if door.url:
        known = name == urlsplit(door.url).netloc.partition(":")[0] or is_own(name)
        return None if known or _is_address(name.strip("[]")) else (421, OTHER.format(url=door.url))
    return None if door.public or is_own(name) else (421, LOCAL)


def _as_seen(door: Door, scope: dict[str, Any], base: str) -> dict[str, Any]:
    """Return a request as the site sees it: under its own address, outside of what is closed."""
    changed: dict[str, Any] = {}
    if door.url:
        site = urlsplit(door.url)
        rest = [pair for pair in scope["headers"] if pair[0] != b"host"]
        changed |= {"scheme": site.scheme, "headers": [(b"host", site.netloc.encode()), *rest]}
    below = _below(scope, base)
    if door.public and is_closed(below):
        changed |= {"path": NOWHERE, "raw_path": NOWHERE.encode(), "query_string": b""}
    elif base != "/" and not below.startswith(base):
        # What a site lies below, Datasette takes off if it is there, and puts before each link even
        # if it is. Where a page's own path begins so as well, it must stay.
        path = "/" + scope["path"].removeprefix(base).lstrip("/")
        changed |= {"path": path, "raw_path": below.encode("latin-1")}
    return {**scope, **changed}


def _below(scope: dict[str, Any], base: str) -> str:
    """Return the path below the site's own, as Datasette reads it."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    path = raw.decode("latin-1").partition("?")[0]
    return "/" + path.removeprefix(base) if base != "/" and path.startswith(base) else path


async def _received(scope: dict[str, Any], receive: Any) -> Any | None:  # noqa: ANN401 # ASGI's own
    """Return what hands a request's body on; None if it is larger than the site reads.

    Datasette holds all of it, on every address, before it looks whether anybody wants it.
    """
    if scope["method"] in {"GET", "HEAD", "OPTIONS"}:
        return receive
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            return receive
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > BODY:
            return None
    messages = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Any:  # noqa: ANN401 # as above
        return messages.pop() if messages else await receive()

    return again


async def _refuse(send: Any, status: int, why: str) -> None:  # noqa: ANN401 # ASGI's own
    body = f"{why}\n".encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _is_host(name: str) -> bool:
    return _is_address(name[1:-1]) if name.startswith("[") else ".." not in name


def _is_address(text: str, *, loopback: bool = False) -> bool:
    """Return whether a host is an address of numbers; with `loopback`, one of this machine."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return address.is_loopback or not loopback


def _is_path(path: str) -> bool:
    return re.fullmatch(r"(?:/[A-Za-z0-9._~-]+)*/?", path) is not None
