"""Routes: which address is answered by which page or file."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Final

from ledger.site.formats import downloads
from ledger.site.formats.downloads import ID
from ledger.site.pages.about import about_page
from ledger.site.pages.actor import actor_page
from ledger.site.pages.card import dispute_card
from ledger.site.pages.claim import claim_page
from ledger.site.pages.disputes import disputes_page
from ledger.site.pages.document import document_page, paragraph_page
from ledger.site.pages.dossier import dossier_page
from ledger.site.pages.home import home_page
from ledger.site.pages.outlet import outlet_page
from ledger.site.pages.place import place_page
from ledger.site.pages.question import dispute_page, question_page
from ledger.site.pages.search import search_page

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

View = Callable[..., Awaitable[Any]]

NUMBER: Final = r"(?P<number>[1-9][0-9]{0,8})"
"""A paragraph's number in an address."""


async def data_page(datasette: Datasette, request: Request, send: Any) -> Any:  # noqa: ANN401 # ASGI's own
    """Answer with Datasette's own index, which the home page stands in front of."""
    from datasette.views.index import IndexView  # noqa: PLC0415 # imports datasette.app

    return await IndexView.as_view(datasette)(request, send)


ROUTES: Final[tuple[tuple[str, View], ...]] = (
    (r"^/$", home_page),
    (r"^/about$", about_page),
    (rf"^/actors/{ID}$", actor_page),
    (rf"^/documents/{ID}$", document_page),
    (rf"^/documents/{ID}/{NUMBER}$", paragraph_page),
    (rf"^/dossiers/{ID}$", dossier_page),
    (rf"^/outlets/{ID}$", outlet_page),
    (rf"^/places/{ID}$", place_page),
    (r"^/search$", search_page),
    (rf"^/claims/{ID}$", claim_page),
    (r"^/disputes$", disputes_page),
    (rf"^/disputes/{ID}$", dispute_page),
    (rf"^/disputes/{ID}/card$", dispute_card),
    (rf"^/questions/{ID}$", question_page),
    (r"^/data(\.(?P<format>json))?$", data_page),
)


def routes() -> list[tuple[str, View]]:
    """Return the address of every own page and file, as a regular expression, and what answers."""
    return [*ROUTES, *downloads.routes()]
