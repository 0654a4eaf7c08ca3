"""Addresses: whole ones are what Datasette itself would make of each path."""

from __future__ import annotations

from typing import Final

import pytest
from datasette.app import Datasette
from datasette.utils.asgi import Request

from ledger.site.answering.addresses import linker

PATHS: Final = ("/", "/claims/a-b", "/disputes/x?_country=ML&page=2", "/oembed")


@pytest.mark.parametrize("settings", [{}, {"base_url": "/site/"}, {"force_https_urls": True}])
@pytest.mark.parametrize("asked", ["/", "/ledger/claims?_size=3", "/disputes/x"])
def test_whole_addresses_are_those_of_datasette(
    settings: dict[str, str | bool], asked: str
) -> None:
    datasette = Datasette([], settings=settings)
    request = Request.fake(asked)
    link = linker(datasette, request)
    for path in PATHS:
        assert link(path) == datasette.absolute_url(request, datasette.urls.path(path))
    https = "force_https_urls" in settings
    assert link("/about").startswith("https://" if https else "http://")
