"""The pages that readers see: the claims, one claim, and what hostile text cannot do to them."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Final

import pytest

from ledger.build import build
from ledger.words import SCOPES
from tests.site.conftest import ONE_LOOP, Site, opened
from tests.small import ACTORS, AT_LEAST, DOCUMENTS, DOSSIER, OUTLETS, SMALL, write_folder

pytestmark = ONE_LOOP

HOSTILE: Final = (
    '<script>alert(1)</script> " onmouseover="alert(2)" \' {{ 7 * 7 }} javascript:alert(3)'
)

TOLD: Final = """\
- id: date-told
  text: It happened in April, says Goïta.
  claimant: rebels
  found: [page#2, page#3]
  cites:
  - {outlet: wire, title: A report, url: "https://wire.example/1", archived: "https://archive.example/1"}
  - {outlet: radio, url: "https://radio.example/2", stance: disputes}
  based_on: date-given
  as_of: 2023
  hedge: alleged
  note: An editor's remark.
  retracted: {on: 2023-01-02, because: They had mixed up the months.}
"""


class Page(HTMLParser):
    """The links, texts and attributes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.scripts: list[str] = []
        self.handlers: list[str] = []
        self.words: list[str] = []
        self._in_script = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in an element's links and what it would run."""
        self._in_script = tag == "script"
        self.handlers += [value or "" for name, value in attrs if name.startswith("on")]
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "action"}]

    def handle_endtag(self, tag: str) -> None:
        """Notice the end of a script."""
        self._in_script = self._in_script and tag != "script"

    def handle_data(self, data: str) -> None:
        """Take in a piece of text."""
        (self.scripts if self._in_script else self.words).append(data)


def section(page: str, name: str) -> str:
    """Return one section of a claim's page."""
    return page.partition(f'<section id="{name}">')[2].partition("</section>")[0]


def built(folder: Path, files: dict[str, str]) -> Path:
    """Return the database of a claims folder."""
    path = folder / "ledger.db"
    assert build(write_folder(folder / "claims", {**SMALL, **files}), path).problems == []
    return path


async def test_the_claims_page_shows_each_claim_as_a_card(small: Site) -> None:
    page = await small.get("/ledger/claims")
    assert page.count('<li class="claim-card') == 5
    assert '<a href="/claims/deaths-500">More than 500 people were killed, says Goïta.</a>' in page
    assert '<span class="claim-value">500 or more people</span>' in page
    assert '<span class="badge status-contested">contested</span>' in page
    assert '<a href="/claims/deaths-500#conflicts">contradicts 1 claim</a>' in page
    assert '<a class="chip" href="/ledger/claims?_outlet=daily">The Daily</a>' in page
    assert '<a class="chip" href="/ledger/claims?_nearby=radio">Radio Goïta</a>' in page
    assert page.count("at its paragraph</span>") == 3
    assert "_outlet=radio" not in page
    assert '<a class="chip" href="/ledger/claims?_topic=civilian%20harm">civilian harm</a>' in page


async def test_the_claims_page_shows_the_most_contradicted_first(shipped: Site) -> None:
    page = await shipped.get("/ledger/claims?_size=1")
    (first,) = shipped.sql("SELECT id FROM claims ORDER BY n_conflicts DESC, id LIMIT 1")
    assert f'<a href="/claims/{first[0]}">' in page


async def test_search_finds_claims_on_the_page(small: Site) -> None:
    page = await small.get("/ledger/claims?_search=goita")
    assert page.count('<li class="claim-card') == 1
    assert '"/claims/deaths-500"' in page


async def test_a_claims_page_shows_what_it_contradicts_and_why(small: Site) -> None:
    found = section(await small.get("/ledger/claims/deaths-300"), "conflicts")
    assert 'href="/ledger/claims/deaths-500"' in found
    assert "More than 500 people were killed, says Goïta." in found
    assert "The totals exclude each other." in found
    assert "500 or more people" in found
    assert "claimed by The Page" in found


async def test_a_claims_page_leads_to_its_question_claimant_and_sources(small: Site) -> None:
    page = await small.get("/ledger/claims/deaths-300")
    assert '<a href="/ledger/questions/deaths">How many people were killed?</a>' in page
    assert '<a href="/ledger/claims?claimant=witnesses">Witnesses</a>' in page
    found = section(page, "sources")
    carried, _, beside = found.partition("<h2>Outlets that only stand at its paragraph</h2>")
    assert '<a class="chip" href="/ledger/claims?_outlet=daily">The Daily</a>' in carried
    assert "Wire" not in carried
    assert SCOPES["document"] in carried
    assert '<a class="chip" href="/ledger/claims?_nearby=wire">The Wire</a> × 2' in beside  # noqa: RUF001 # times
    assert SCOPES["paragraph"] in beside
    assert '<a href="/ledger/actors/witnesses">Witnesses</a>' in found
    assert '<a href="/ledger/documents/page">The Page</a>, paragraph 2' in found
    assert "From mali/village-2022.yaml, line 16." in found


async def test_a_claim_that_nothing_contradicts_says_so(small: Site) -> None:
    page = await small.get("/ledger/claims/date-given")
    assert "Nothing in the ledger contradicts this claim." in section(page, "conflicts")


async def test_a_claims_page_tells_everything_that_is_known_about_it(tmp_path: Path) -> None:
    path = built(tmp_path, {"mali/village-2022.yaml": f"{DOSSIER}{TOLD}"})
    async with opened(path) as site:
        page = await site.get("/ledger/claims/date-told")
        given = await site.get("/ledger/claims/date-given")
    assert "Retracted 2023-01-02: They had mixed up the months." in page
    assert "An editor&#39;s remark." in page
    assert "as of 2023" in page
    assert "<em>alleged</em>" in page
    assert 'based on <a href="/ledger/claims/date-given">It happened in March.</a>' in page
    assert 'repeated by <a href="/ledger/claims/date-told">It happened in April' in given
    found = " ".join(section(page, "sources").split())
    link = '<a href="https://wire.example/1" rel="nofollow noopener"><cite>A report</cite></a>'
    assert link in found
    assert '(<a href="https://archive.example/1" rel="nofollow noopener">archived</a>)' in found
    assert "<cite>https://radio.example/2</cite></a>" in found
    assert "<strong>disputes it</strong>" in found
    assert "for this very claim" in found


async def test_a_claim_that_fits_several_positions_says_so(tmp_path: Path) -> None:
    path = built(tmp_path, {"mali/village-2022.yaml": f"{DOSSIER}{AT_LEAST}"})
    async with opened(path) as site:
        fitting = await site.get("/ledger/claims/deaths-20")
        other = await site.get("/ledger/claims/deaths-300")
        question = " ".join((await site.get("/ledger/questions/deaths")).split())
    assert "Its value also fits the position: 500 or more." in fitting
    assert "also fits" not in other
    weight = "1 origin; 1 outlet, 2 more at its paragraphs; 1 document</span>"
    assert weight in fitting
    assert (
        "Claimed in another position, and compatible with this one too: "
        '<a href="/ledger/claims/deaths-20">At least 20 people were killed.</a>'
    ) in question.partition("<h2>500 or more people</h2>")[2]
    assert question.count("compatible with this one too") == 1
    assert question.count("1 document</span>") == 3


async def test_a_claim_that_does_not_exist_is_not_found(small: Site) -> None:
    await small.get("/ledger/claims/nobody-said-this", status=404)


@pytest.mark.parametrize("dossier", ["moura-2022", "karma-2023"])
async def test_claims_that_contradict_each_other_are_linked_both_ways(
    shipped: Site, dossier: str
) -> None:
    pairs = shipped.sql(
        "SELECT k.claim, k.other, k.reason FROM claim_conflicts k JOIN claims c ON c.id = k.claim "
        "JOIN claims o ON o.id = k.other WHERE ? IN (c.dossier, o.dossier)",
        dossier,
    )
    assert pairs
    assert {(other, claim) for claim, other, _ in pairs} == {
        (claim, other) for claim, other, _ in pairs
    }
    pages = {claim: await shipped.get(f"/ledger/claims/{claim}") for claim, _, _ in pairs}
    for claim, other, reason in pairs:
        page = Page(section(pages[claim], "conflicts"))
        assert f"/ledger/claims/{other}" in page.links
        assert reason in page.words


@pytest.mark.parametrize(
    "path",
    [
        "/ledger/claims",
        "/ledger/claims?_outlet=wire",
        "/ledger/claims?_nocol=status",
        "/ledger/claims/deaths-300",
        "/ledger/claims/deaths-500",
        "/ledger/disputes",
        "/ledger/questions/deaths",
        "/ledger/conflicts",
        "/ledger/outlets",
        "/ledger/citations",
        "/ledger/most_contested",
    ],
)
async def test_hostile_text_stays_text(tmp_path: Path, path: str) -> None:
    quoted = "'" + HOSTILE.replace("'", "''") + "'"
    dossier = DOSSIER
    for plain in (
        "Killings at a village",
        "civilian harm",
        "About 300 people were killed.",
        "How many people were killed?",
        "The totals exclude each other.",
    ):
        dossier = dossier.replace(plain, quoted)
    dossier = dossier.replace("  made: 2022-04-05\n", f"  hedge: {quoted}\n  note: {quoted}\n")
    database = built(
        tmp_path,
        {
            "mali/village-2022.yaml": dossier,
            "outlets.yaml": OUTLETS.replace("The Wire", quoted),
            "actors.yaml": ACTORS.replace("Witnesses", quoted),
            "documents.yaml": DOCUMENTS.replace("The Page", quoted),
        },
    )
    async with opened(database) as site:
        page = Page(await site.get(path))
    assert any("<script>alert(1)</script>" in text for text in page.words)
    assert not any("alert(" in text for text in [*page.scripts, *page.handlers])
    assert not any(link.strip().lower().startswith("javascript:") for link in page.links)


async def test_the_tables_of_readers_have_headings_for_people(small: Site) -> None:
    page = await small.get("/ledger/claims?_nearby=wire")
    assert "<h1>Claims</h1>" in page
    said = " ".join(" ".join(Page(page).words).split())
    assert 'where outlet at the paragraph is "The Wire" with the most contested first' in said
    assert "sorted by" not in page
    assert "<h1>Disputes" in await small.get("/ledger/disputes")
    assert "<h1>Questions</h1>" in await small.get("/ledger/questions")


async def test_disputes_are_narrowed_by_the_documents_their_claims_were_read_in(
    small: Site,
) -> None:
    assert await small.count("/ledger/disputes.json?_document=page") == 2
    assert await small.count("/ledger/questions.json?_document=nowhere") == 0


async def test_the_data_browser_leads_back_to_the_pages_for_readers(small: Site) -> None:
    links = Page(await small.get("/ledger/claims")).links
    assert {"/disputes", "/search", "/about"} <= set(links)
    assert "/disputes/deaths" in Page(await small.get("/ledger/disputes")).links
    assert "/questions/deaths" in Page(await small.get("/ledger/questions/deaths")).links
