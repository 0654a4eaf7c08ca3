"""Refusals: each documents its code, and carries the sentence and the remedy for the reader."""

from __future__ import annotations

import pytest
from pydantic_core import PydanticCustomError

from ledger import refusals
from ledger.problems import CODES

ALL = [
    refusals.id_not_a_slug("A b"),
    refusals.url_not_http("ftp://a"),
    refusals.date_unreadable("`soon` is not a date", "2022"),
    refusals.code_unreadable("mali", "a country code", "Use ML."),
    refusals.stance_unknown("agrees"),
    refusals.found_unreadable(None),
    refusals.not_a_paragraph("two"),
    refusals.options_missing("choice"),
    refusals.options_missing("text"),
    refusals.unit_needless("text"),
    refusals.coordinate_missing("longitude"),
    refusals.reason_missing(["a", "b"]),
    refusals.not_true_or_false("yes"),
    refusals.order_needless("text"),
    refusals.many_answers("yes-no"),
    refusals.origins_known(["a", "b"]),
]


@pytest.mark.parametrize("refusal", ALL, ids=lambda refusal: refusal.type)
def test_a_refusal_has_a_documented_code_a_sentence_and_a_remedy(
    refusal: PydanticCustomError,
) -> None:
    assert refusal.type in CODES
    context = refusal.context or {}
    assert set(context) == {"what", "remedy"}
    assert refusal.message() == context["what"]
    assert context["remedy"].endswith((".", "`"))


def test_every_refusal_is_among_them() -> None:
    defined = {name.replace("_", "-") for name in vars(refusals)} & set(CODES)
    told = {refusal.type for refusal in ALL} - {refusals.not_true_or_false("").type}
    assert defined == told | {refusals.empty_value().type}


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("page#page=", "Write it like this: page#page=4."),
        ("page#t=noon", "Write it like this: page#t=0:31."),
        ("page#chapter=3", "Accepted before `=`: page, row, id, t."),
    ],
)
def test_whoever_names_a_part_of_a_document_wrongly_is_told_how(written: str, remedy: str) -> None:
    assert (refusals.found_unreadable(written).context or {})["remedy"] == remedy


def test_braces_in_what_somebody_wrote_are_shown_as_they_are() -> None:
    assert refusals.id_not_a_slug("{what}{0}{").message() == "`{what}{0}{` cannot be an id"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("a text", "a text"),
        (None, "null"),
        (True, "true"),
        (["a", {"b": "é"}], '["a", {"b": "é"}]'),
    ],
)
def test_a_value_is_shown_as_somebody_wrote_it(value: object, written: str) -> None:
    assert refusals.as_written(value) == written


def test_the_claims_without_a_reason_are_all_named_and_the_first_is_the_example() -> None:
    context = refusals.reason_missing(["a", "b"]).context or {}
    assert context["what"] == "no reason is given beside `a`, `b`"
    assert "`a: The totals exclude each other.`" in context["remedy"]
