"""Headers: what every answer of the site is sent with, whoever made it.

The ledger's own pages carry a stricter policy of their own; the data browser's pages have
scripts and styles in them, which Datasette writes, and may run these and nothing from elsewhere.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from datasette.app import Datasette

POLICY: Final = b"content-security-policy"

STOCK: Final = {
    POLICY: (
        b"default-src 'none'; script-src 'self' 'unsafe-inline'; "
        b"style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        b"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"strict-origin-when-cross-origin",
}
"""What an answer is sent with where it says nothing else of the kind."""


def send_headers(datasette: Datasette, database: str) -> Callable[[Any], Any]:
    """Return a wrapper that adds the headers here to every answer of a site that has a database.

    A site whose other plugins load from elsewhere, a map's tiles for one, sets a policy of its own
    in its configuration of this plugin, `content_security_policy`; an empty one is none.
    """

    def wrap(app: Any) -> Callable[[Any, Any, Any], Awaitable[None]]:  # noqa: ANN401 # an ASGI application
        lacking = list(_configured(datasette))

        async def answering(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 # ASGI's own
            async def sending(message: Any) -> None:  # noqa: ANN401 # ASGI's own
                if message["type"] == "http.response.start":
                    told = {name.lower() for name, _ in message["headers"]}
                    added = [pair for pair in lacking if pair[0] not in told]
                    message = {**message, "headers": [*message["headers"], *added]}
                await send(message)

            await app(scope, receive, sending if database in datasette.databases else send)

        return answering

    return wrap


def _configured(datasette: Datasette) -> Iterator[tuple[bytes, bytes]]:
    """Yield the headers with the policy that the site's configuration tells."""
    config = datasette.plugin_config("ledger") or {}
    policy = config.get("content_security_policy", STOCK[POLICY].decode())
    for name, value in (STOCK | {POLICY: (policy or "").encode("latin-1")}).items():
        if value:
            yield name, value
