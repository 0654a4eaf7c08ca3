"""A claim for programs: `/claims/<id>.json`, `.jsonld`, `.bib`, `.csl.json` and `.txt`."""

from __future__ import annotations

import json

import pytest

from ledger.site.formats.claim_files import FORMS
from tests.site.conftest import ONE_LOOP, Site

pytestmark = ONE_LOOP


@pytest.mark.parametrize("form", FORMS)
async def test_a_claim_has_every_form_with_its_own_type(rich: Site, form: str) -> None:
    answer = await rich.datasette.client.get(f"/claims/deaths-300.{form}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == FORMS[form].media_type
    assert "About 300 people were killed." in answer.text


@pytest.mark.parametrize("form", FORMS)
async def test_a_claim_that_is_not_there_is_not_found(rich: Site, form: str) -> None:
    await rich.get(f"/claims/nobody.{form}", status=404)


async def test_json_has_all_that_the_database_has_of_a_claim(rich: Site) -> None:
    facts = json.loads(await rich.get("/claims/deaths-300.json"))
    assert facts["record"] == "claim"
    assert facts["file"] == "mali/village-2022.yaml"
    assert [one["id"] for one in facts["conflicts"]] == ["deaths-500"]


async def test_a_page_links_to_its_citations(rich: Site) -> None:
    text = await rich.get("/claims/deaths-300")
    for form in ("bib", "csl.json", "jsonld", "json"):
        assert f'href="/claims/deaths-300.{form}"' in text
