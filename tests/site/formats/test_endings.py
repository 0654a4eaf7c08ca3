"""Endings: the addresses of tables for other programs, as Datasette reads them."""

from __future__ import annotations

import pytest

from ledger.site.formats.endings import ASKED, mended

ALL = "_size=max&_nofacet=1&_nosuggest=1&_nocount=1"


@pytest.mark.parametrize(
    ("path", "ending", "query", "read", "asked"),
    [
        ("/ledger/claims.csl.json", ".csl.json", "", "/ledger/claims.csl", ALL),
        ("/ledger/claims.bib", ".bib", "a=b%26", "/ledger/claims.bib", f"a=b%26&{ALL}"),
        (
            "/ledger/claims.bib",
            ".bib",
            "_size=5&_nocount=&_nofacet=1",
            "/ledger/claims.bib",
            "_size=5&_nocount=&_nofacet=1&_nosuggest=1",
        ),
    ],
)
def test_programs_get_whole_pages_without_facets(
    path: str, ending: str, query: str, read: str, asked: str
) -> None:
    scope = {"path": path, "raw_path": path.encode(), "query_string": query.encode()}
    found = mended(scope, ending)
    assert found["path"] == read
    assert found["raw_path"] == read.encode()
    assert found["query_string"].decode() == asked
    assert found[ASKED] == path + (f"?{query}" if query else "")
    assert scope["path"] == path
