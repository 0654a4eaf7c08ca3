"""Stock: Datasette's own index, which the home page stands in front of: `/data`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request


async def data_page(datasette: Datasette, request: Request, send: Any) -> Any:  # noqa: ANN401 # ASGI's own
    """Answer with the databases, tables and queries that Datasette has to browse."""
    from datasette.views.index import IndexView  # noqa: PLC0415 # imports datasette.app

    return await IndexView.as_view(datasette)(request, send)
