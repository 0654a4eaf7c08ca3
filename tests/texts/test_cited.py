"""What each paragraph cites: groups, notes, and an article reprinted with the text."""

from __future__ import annotations

from ledger.texts.cited import cited_in
from tests.texts.register import NAMES


def cited(*paragraphs: str) -> list[list[str]]:
    """Return what each paragraph cites, in order."""
    return list(cited_in(paragraphs, NAMES).values())


def test_a_paragraph_cites_its_groups_with_repeats_and_one_without_cites_nobody() -> None:
    assert cited("A heading", "Rain. (Sources: AFP, Reuters, AFP)", "Wind.") == [
        [],
        ["AFP", "Reuters", "AFP"],
        [],
    ]


def test_a_paragraph_cites_the_outlets_of_its_notes_and_a_note_its_own() -> None:
    assert cited(
        "Rain.[i] Wind.[ii] (Source: Times)",
        "[i] “Rain,” Reuters, 2023.; “More rain,” Reuters, 2023.",
        "[ii] Ibid.",
    ) == [["Reuters", "Reuters", "Reuters", "Times"], ["Reuters", "Reuters"], ["Reuters"]]


def test_an_accompanying_article_is_cited_where_it_is_spoken_of_and_reprinted() -> None:
    assert cited(
        "According to the accompanying news article, it rained.[1]",
        "“Rain (La pluie),” AFP (a news agency), 4 May 2023.",
        "It rained, the article says.",
        "It rained more.",
        "[1] “Wind,” Reuters, 2022.",
        "About the image",
    ) == [["AFP", "Reuters"], ["AFP"], ["AFP"], ["AFP"], ["Reuters"], []]


def test_a_reference_alone_heads_nothing_that_nobody_spoke_of() -> None:
    assert cited("Rain.", "“Rain,” AFP, 4 May 2023.", "“Wind,” Times, 2022.", "The end.") == [
        [],
        ["AFP"],
        ["Times"],
        [],
    ]
