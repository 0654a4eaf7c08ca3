"""Search: what is found, grouped by kind, its matches marked, and nothing that breaks it."""

from __future__ import annotations

import sqlite3
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.site.pages.search import KINDS, MARKS, SHOWN, found, parts
from tests.site.conftest import ONE_LOOP, Site
from tests.site.reading import Read


@pytest.mark.parametrize("words", ["Goita", "GOÏTA", "goïta"])
@ONE_LOOP
async def test_accents_and_capitals_make_no_difference(small: Site, words: str) -> None:
    page = Read(await small.get(f"/search?q={quote(words)}"))
    assert page.said("//mark") == ["Goïta", "Goïta"]
    assert {"/claims/deaths-500", "/outlets/radio"} <= set(page.links)
    assert "2 matches: 1 outlet, 1 claim." in page.words


@ONE_LOOP
async def test_what_is_found_is_grouped_by_kind(small: Site) -> None:
    page = Read(await small.get("/search?q=killed"))
    assert page.said("//h2") == ["2 questions", "1 dossier", "4 claims"]
    assert page.links.index("/disputes/deaths") < page.links.index("/claims/deaths-300")


@ONE_LOOP
async def test_what_was_found_by_another_name_says_so(small: Site) -> None:
    page = await small.get("/search?q=Daily")
    assert "/outlets/daily" in Read(page, "outlets").links
    assert "also called" not in Read(page).words
    small_page = Read(await small.get("/search?q=armed"))
    assert "Nothing in the ledger has all of these words." in small_page.words


@ONE_LOOP
async def test_without_words_the_page_says_what_can_be_found(small: Site) -> None:
    for address in ("/search", "/search?q=", "/search?q=%20", "/search?q=%22%22"):
        page = Read(await small.get(address))
        assert page.headings == ["Search"]
        assert not page.element.xpath("//mark")
    assert "Searches questions, actors," in Read(await small.get("/search")).words


@pytest.mark.parametrize(
    "words",
    [
        '"',
        '" OR 1 --',
        "NEAR(a b)",
        "killed*",
        "text:killed",
        "^killed",
        "<script>alert(1)</script>",
        "\x00\ue000\ue001",
        "{{ 7 * 7 }}",
        "'; DROP TABLE claims; --",
        "a " * 1300,
        "ي" * 300,
    ],
)
@ONE_LOOP
async def test_no_words_are_wrong_and_none_are_more_than_words(small: Site, words: str) -> None:
    page = await small.get(f"/search?q={quote(words)}")
    assert not Read(page).element.xpath("//script")
    assert page.count("<h1") == 1


@ONE_LOOP
async def test_what_was_asked_stands_in_the_box(small: Site) -> None:
    asked = '"First Brigade" <b>'
    page = Read(await small.get(f"/search?q={quote(asked)}"))
    assert page.element.xpath("//input[@name='q']/@value") == [asked]


@ONE_LOOP
async def test_more_than_is_shown_can_be_reached(shipped: Site) -> None:
    page = Read(await shipped.get("/search?q=Mali"), "claims")
    assert "/ledger/claims?_search=Mali" in page.links
    assert len([link for link in page.links if link.startswith("/claims/")]) == 20


@ONE_LOOP
async def test_one_kind_can_be_asked_for_alone(shipped: Site) -> None:
    page = Read(await shipped.get("/search?q=mali"))
    (more,) = (link for link in page.links if link.endswith("kind=questions"))
    alone = Read(await shipped.get(more))
    questions = [link for link in alone.links if link.startswith(("/questions/", "/disputes/"))]
    assert alone.said("//h2") == [f"{len(questions)} questions"]
    assert len(set(questions)) == len(questions) > SHOWN["questions"]
    assert f"{len(questions)} questions" in page.said("//h2")
    assert "/search?q=mali" in alone.links
    none = Read(await shipped.get("/search?q=mali&kind=outlets"))
    assert "None of its outlets has all of these words. Search everything" in none.words
    assert "/search?q=mali" in none.links
    unknown = Read(await shipped.get("/search?q=mali&kind=nothing"))
    assert unknown.said("//h2") == page.said("//h2")


def test_every_kind_that_is_searched_has_a_page(connection: sqlite3.Connection) -> None:
    groups = {
        group.name
        for words in ("page", "village", "army", "daily")
        for group in found(connection, words)
    }
    groups |= {group.name for group in found(connection, "killed")}
    assert groups == KINDS.keys()


def test_a_text_is_taken_apart_at_its_matches() -> None:
    marked = f"a {MARKS[0]}b{MARKS[1]} c{MARKS[0]}d{MARKS[1]}"
    assert parts(marked) == [("a ", False), ("b", True), (" c", False), ("d", True)]


@given(st.text(st.sampled_from(["a", "<", *MARKS])))
def test_whatever_is_marked_no_letter_is_lost_and_no_mark_is_shown(text: str) -> None:
    assert "".join(piece for piece, _ in parts(text)) == text.replace(MARKS[0], "").replace(
        MARKS[1], ""
    )


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.text(max_size=40))
def test_any_text_can_be_searched(connection: sqlite3.Connection, words: str) -> None:
    for group in found(connection, words):
        assert group.total >= len(group.rows) > 0


@ONE_LOOP
async def test_a_claim_that_is_found_says_whose_it_is_and_that_it_is_contested(small: Site) -> None:
    page = Read(await small.get("/search?q=uniform"))
    assert "Claim by the State, contested: Rebels in uniform killed them." in page.words
    page = Read(await small.get("/search?q=happened"))
    assert "Claim by the Page: It happened in March." in page.words
