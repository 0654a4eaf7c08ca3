"""JSON-LD: claims and disputes in the words of schema.org."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

import extruct
import lxml.html
import pytest

from ledger.reports.kinds import show
from ledger.site.formats.entries import entry_of
from ledger.site.formats.jsonld import claim_node, question_node
from tests.site.conftest import ONE_LOOP, Site


def link(path: str) -> str:
    return f"https://ledger.example{path}"


def claim(connection: sqlite3.Connection, name: str) -> dict[str, Any]:
    return claim_node(entry_of(connection, name), link)


def test_a_claim_has_its_author_day_appearance_and_citations(
    connection: sqlite3.Connection,
) -> None:
    node = claim(connection, "deaths-300")
    assert node["@type"] == "Claim"
    assert node["@id"] == "https://ledger.example/claims/deaths-300"
    assert node["author"]["name"] == "Witnesses"
    assert node["author"]["@type"] == "Organization"
    assert node["datePublished"] == "2022-04-05"
    assert node["about"]["@id"] == "https://ledger.example/disputes/deaths#question"
    (appearance,) = node["appearance"]
    assert appearance["@id"] == "https://ledger.example/documents/page#paragraph-2"
    assert appearance["isPartOf"]["publisher"]["name"] == "The Daily"
    report = node["citation"][0]
    assert report["url"] == "https://radio.example/a?b=1&c=2"
    assert report["archivedAt"] == "https://archive.example/radio"
    assert report["publisher"]["name"] == "Radio Goïta"
    assert "datePublished" not in node["citation"][1]
    assert node["citation"][1]["description"] == "cited for this very claim; disputes it"
    assert node["name"] == "Witnesses: “About 300 people were killed.” (contested)"
    assert node["text"] == "About 300 people were killed."


def test_the_documents_it_was_read_in_are_citations_with_their_stance(
    connection: sqlite3.Connection,
) -> None:
    for name, stance in (("killers-army", "mentions"), ("deaths-500", "supports")):
        (cited,) = claim(connection, name)["citation"]
        assert cited["@id"] == "https://ledger.example/documents/page"
        assert cited["name"] == "The Page"
        assert cited["publisher"]["@id"] == "https://ledger.example/outlets/daily"
        assert cited["description"] == (
            f"the outlet whose own document it was read in; {stance} it"
        )


def test_the_outlets_of_a_paragraph_are_only_what_that_paragraph_mentions(
    connection: sqlite3.Connection,
) -> None:
    node = claim(connection, "killers-rebels")
    second, third = node["appearance"]
    assert [one["name"] for one in second["mentions"]] == ["The Wire", "Radio Goïta"]
    assert [one["name"] for one in third["mentions"]] == ["The Daily"]
    assert "Wire" not in json.dumps(node["citation"])
    assert "mentions" not in claim(connection, "deaths-500")["appearance"][0]


def test_only_an_official_or_a_person_is_a_person(connection: sqlite3.Connection) -> None:
    entry = entry_of(connection, "deaths-300")
    for kind, told in (("person", "Person"), ("official", "Person"), ("NGO", "Organization")):
        node = claim_node(entry | {"claimant_kind": kind}, link)
        assert node["author"]["@type"] == told
    assert "author" not in claim_node(entry | {"claimant": None}, link)


def test_a_claim_is_reviewed_only_where_its_question_has_a_finding(
    connection: sqlite3.Connection,
) -> None:
    assert "review" not in claim(connection, "deaths-300")
    (review,) = claim(connection, "killers-rebels")["review"]
    assert review["@type"] == "ClaimReview"
    assert review["claimReviewed"] == "Rebels in uniform killed them."
    assert review["author"] == {"@type": "Person", "name": "An Editor"}
    assert review["reviewBody"] == "Soldiers did it. Two names agree."
    assert "reviewRating" not in review


def test_a_claim_names_what_it_contradicts_and_what_it_repeats(
    connection: sqlite3.Connection,
) -> None:
    node = claim(connection, "deaths-relayed")
    assert node["isBasedOn"] == [{"@id": "https://ledger.example/claims/deaths-300"}]
    contradicted = {"@id": "https://ledger.example/claims/deaths-500"}
    assert contradicted in node["http://purl.org/spar/cito/disagreesWith"]


def test_a_question_has_its_positions_as_answers_none_of_them_accepted(
    connection: sqlite3.Connection,
) -> None:
    question = show(connection, "question", "killers")
    node = question_node(question, question["positions"], question["findings"], link)
    asked = node["mainEntity"]
    assert asked["@type"] == "Question"
    assert asked["answerCount"] == 2
    assert len(asked["suggestedAnswer"]) == 2
    assert "acceptedAnswer" not in asked
    assert asked["review"][0]["@type"] == "Review"
    assert {part["@type"] for part in node["hasPart"]} == {"Claim"}


@ONE_LOOP
@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/claims/deaths-300", "Claim"),
        ("/disputes/killers", "WebPage"),
    ],
)
async def test_a_page_carries_its_json_ld(rich: Site, path: str, kind: str) -> None:
    text = await rich.get(path)
    found = extruct.extract(text, base_url="http://localhost", syntaxes=["json-ld", "opengraph"])
    (node,) = found["json-ld"]
    assert node["@type"] == kind
    assert node["@context"] == "https://schema.org"
    assert node["url"] == f"http://localhost{path}"
    (graph,) = found["opengraph"]
    told = dict(graph["properties"])
    assert told["og:url"] == f"http://localhost{path}"
    assert told["og:type"] == "article"
    assert told["og:site_name"] == "claim-ledger"
    heading = lxml.html.fromstring(text).xpath("string(//h1)")
    assert heading in told["og:title"]
    assert heading in node["name"]


@ONE_LOOP
async def test_the_file_says_what_the_page_says(rich: Site) -> None:
    text = await rich.get("/claims/deaths-300")
    found = extruct.extract(text, base_url="http://localhost", syntaxes=["json-ld"])
    assert found["json-ld"] == [json.loads(await rich.get("/claims/deaths-300.jsonld"))]
