"""Headers: what every answer of the site is sent with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger.site.serving.start import make_datasette
from tests.site.conftest import ONE_LOOP, Site


@ONE_LOOP
@pytest.mark.parametrize(
    "path",
    [
        "/data",
        "/ledger",
        "/ledger/claims",
        "/ledger/claims.json",
        "/ledger/claims.csv",
        "/ledger/claims/moura-deaths-hrw",
        "/ledger/most_contested",
        "/-/versions.json",
        "/-/static/app.css",
        "/ledger/nothing",
        "/claims/nobody",
    ],
)
async def test_every_answer_is_sent_with_a_policy(shipped: Site, path: str) -> None:
    answer = await shipped.datasette.client.get(path)
    assert answer.headers.get_list("x-content-type-options") == ["nosniff"]
    assert len(answer.headers.get_list("referrer-policy")) == 1
    (policy,) = answer.headers.get_list("content-security-policy")
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


@ONE_LOOP
async def test_own_pages_keep_their_stricter_policy(shipped: Site) -> None:
    stock = await shipped.datasette.client.get("/ledger/claims")
    own = await shipped.datasette.client.get("/claims/moura-deaths-hrw")
    assert "'unsafe-inline'" in stock.headers["content-security-policy"]
    assert "unsafe" not in own.headers["content-security-policy"]
    assert "script-src" not in own.headers["content-security-policy"]


@pytest.mark.parametrize("told", ["default-src 'self'", ""])
async def test_a_site_may_set_a_policy_of_its_own_or_none(
    database: Path, tmp_path: Path, told: str
) -> None:
    metadata = tmp_path / "metadata.json"
    metadata.write_text(json.dumps({"plugins": {"ledger": {"content_security_policy": told}}}))
    datasette = make_datasette(database, metadata, sql=True, public=False)
    await datasette.invoke_startup()
    answer = await datasette.client.get("/ledger")
    assert answer.headers.get("content-security-policy", "") == told
    assert answer.headers["x-content-type-options"] == "nosniff"
