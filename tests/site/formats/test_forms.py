"""Forms: what follows from their one declaration: addresses, links, and what is told of them."""

from __future__ import annotations

import json

import pytest

from ledger.site.formats.citations import BIBTEX, CSL
from ledger.site.formats.form import Form
from ledger.site.formats.forms import ANNOUNCED, FORMS, form_of
from ledger.site.formats.oembed import OEMBED
from ledger.site.formats.rows import CSV, JSON
from tests.site.conftest import ONE_LOOP, Site
from tests.site.reading import Read

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


async def test_a_page_links_to_every_form_of_what_it_shows(rich: Site) -> None:
    text = await rich.get("/claims/deaths-300")
    page = Read(text)
    for form in OF_CLAIMS:
        assert f"/claims/deaths-300.{form.ending}" in page.links
        announced = f'type="{form.media_type}" title="{form.name}"'
        assert f'{announced} href="http://localhost/claims/deaths-300.{form.ending}"' in text


@pytest.mark.parametrize("path", ["/", "/about", "/claims/deaths-300", "/disputes/killers"])
async def test_every_page_announces_what_forms_announce(rich: Site, path: str) -> None:
    text = await rich.get(path)
    for name, media_type, address in ANNOUNCED:
        assert f'type="{media_type}" title="{name}" href="{address}"' in text
    assert {address for _, _, address in ANNOUNCED} == {
        "/feeds/claims.atom",
        "/feeds/conflicts.atom",
    }


@pytest.mark.parametrize(
    ("table", "path"),
    [
        ("claims", "/disputes/killers"),
        ("claims", "/outlets/radio"),
        ("disputes", "/disputes?_topic=killings"),
        ("appearances", "/documents/page/2"),
    ],
)
async def test_a_page_links_to_its_rows_in_every_form_that_has_them(
    rich: Site, table: str, path: str
) -> None:
    links = [link for link in Read(await rich.get(path)).links if f"/ledger/{table}." in link]
    told = {one.partition("?")[0].partition(".")[2] for one in links}
    assert told == {form.ending for form in FORMS if form.says(table)}
    for link in links:
        await rich.get(link)


async def test_a_link_says_what_is_there() -> None:
    assert BIBTEX.called("claims") == "BibTeX"
    assert BIBTEX.called("appearances") == "BibTeX of their claims"
    assert CSV.called("appearances") == CSV.called(None) == "CSV"
    assert CSV.of_table("/l/a", "x=1") == "/l/a.csv?x=1"
    assert JSON.of_table("/l/a", "x=1") == "/l/a.json?x=1&_shape=array&_stream=on"
    assert CSL.of_table("/l/a") == "/l/a.csl.json"
    assert [form for form in FORMS if form.says("outlets")] == [CSV, JSON]
    page = "https://a/disputes/x"
    assert OEMBED.of_thing("dispute", page) is None
    found = [form.of_thing("dispute", page, "https://a") for form in FORMS]
    assert list(filter(None, found)) == ["https://a/oembed?url=https%3A%2F%2Fa%2Fdisputes%2Fx"]


@pytest.mark.parametrize(
    ("path", "ending"),
    [
        ("/ledger/claims.csl.json", "csl.json"),
        ("/ledger/claims.csl", "csl"),
        ("claims.json", "json"),
        ("/ledger/claims", None),
        ("/ledger/claims.txt", None),
        ("/ledger/bib", None),
    ],
)
async def test_the_longest_ending_tells_the_form(path: str, ending: str | None) -> None:
    found = form_of(path)
    assert (found and found[1]) == ending


async def test_no_two_forms_are_found_at_one_address() -> None:
    told = [address for form in FORMS for address in form.addresses()]
    assert len(set(told)) == len(told)
    names = [form.name for form in FORMS]
    assert len(set(names)) == len(names)
