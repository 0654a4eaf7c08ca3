"""Forms: what follows from their one declaration: addresses, links, and what is told of them."""

from __future__ import annotations

import json

import pytest

from ledger.site.formats.form import Form
from ledger.site.formats.forms import FORMS
from tests.site.conftest import ONE_LOOP, Site

pytestmark = ONE_LOOP

OF_CLAIMS = [form for form in FORMS if "claim" in form.things]

EACH = pytest.mark.parametrize("form", OF_CLAIMS, ids=lambda form: form.ending)


@EACH
async def test_a_claim_has_every_form_with_its_own_type(rich: Site, form: Form) -> None:
    answer = await rich.datasette.client.get(f"/claims/deaths-300.{form.ending}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{form.media_type}; charset=utf-8"
    assert "About 300 people were killed." in answer.text


@EACH
async def test_a_claim_that_is_not_there_is_not_found(rich: Site, form: Form) -> None:
    await rich.get(f"/claims/nobody.{form.ending}", status=404)


async def test_json_has_all_that_the_database_has_of_a_claim(rich: Site) -> None:
    facts = json.loads(await rich.get("/claims/deaths-300.json"))
    assert facts["record"] == "claim"
    assert facts["file"] == "mali/village-2022.yaml"
    assert [one["id"] for one in facts["conflicts"]] == ["deaths-500"]


async def test_a_page_links_to_its_citations(rich: Site) -> None:
    text = await rich.get("/claims/deaths-300")
    for form in ("bib", "csl.json", "jsonld", "json"):
        assert f'href="/claims/deaths-300.{form}"' in text
