"""Coverage: which paragraphs brought a claim."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ledger.texts.coverage import paragraphs_of, summary_of
from ledger.texts.paragraphs import DocumentText
from ledger.texts.reading import ReadDocument
from ledger.texts.verify import ReadClaim

CLAIMS: Final = [ReadClaim((2, 3), "one", "One."), ReadClaim((3,), "two", "Two.")]
PAGE: Final = ReadDocument(
    "page", "The Page", None, None, {1: [], 2: ["wire", "wire"], 3: [], 4: ["radio"]}, CLAIMS
)
TEXT: Final = DocumentText(("A heading", "Rain.", "Wind.", "Snow.", "Sun."), "ab" * 32)


def test_each_paragraph_has_its_outlets_and_claims() -> None:
    paragraphs = paragraphs_of(PAGE)
    assert [one.claims for one in paragraphs] == [(), ("one",), ("one", "two"), ()]
    assert [one.number for one in paragraphs if one.is_missing] == [1, 4]
    assert paragraphs[1].outlets == ("wire", "wire")


def test_with_the_text_a_heading_is_not_missing() -> None:
    paragraphs = paragraphs_of(PAGE, TEXT)
    assert [one.number for one in paragraphs if one.has_no_sentence] == [1]
    assert [one.number for one in paragraphs if one.is_missing] == [4, 5]
    assert not any(one.has_no_sentence for one in paragraphs_of(PAGE))


def test_a_paragraph_that_an_editor_leaves_out_is_not_missing() -> None:
    page = replace(PAGE, left_out={4: "a caption"})
    paragraphs = paragraphs_of(page)
    assert [one.left_out for one in paragraphs] == [None, None, None, "a caption"]
    assert [one.number for one in paragraphs if one.is_missing] == [1]
    assert summary_of(page, [])["left_out"] == 1


def test_a_summary_counts_paragraphs_outlets_claims_and_verdicts() -> None:
    summary = summary_of(replace(PAGE, n_claims=3), ["verified"])
    assert summary == {
        "document": "page",
        "title": "The Page",
        "paragraphs": 4,
        "outlets": 2,
        "claims": 3,
        "left_out": 0,
        "without_claims": 2,
        "verified": 1,
        "partly": 0,
        "not_found": 0,
        "nothing_to_check": 0,
        "not_held": 1,
    }
