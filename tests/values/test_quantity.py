"""Quantities: every way of giving a number, as an interval, and which two cannot both be true."""

from __future__ import annotations

import re
from math import inf
from typing import Final

import pytest

from ledger.values import (
    CODINGS,
    Asked,
    Comparing,
    Comparison,
    Quantity,
    Tree,
    UnreadableValue,
    parse_quantity,
)
from ledger.values.quantity import (
    ACLED,
    FORMS,
    PLURAL,
    QuantityKind,
    are_apart,
    in_full,
    print_quantity,
    quantity_in_words,
)

ABOVE_300: Final = Quantity(300, inf, low_open=True)
BELOW_300: Final = Quantity(-inf, 300, high_open=True)


def _compared(one: Quantity, other: Quantity, written: tuple[str, str]) -> Comparison:
    return QuantityKind().compare(one, other, written, Comparing(Asked("quantity"), Tree()))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("300", 300, 300),
        ("0", 0, 0),
        ("-5", -5, -5),
        ("25.32", 25.32, 25.32),
        ("~300", 270, 330),
        ("~ 300", 270, 330),
        ("about 300", 270, 330),
        ("around 300", 270, 330),
        ("approximately 300", 270, 330),
        ("roughly 300", 270, 330),
        ("some 300", 270, 330),
        ("About 300", 270, 330),
        ("~-300", -330, -270),
        ("500+", 500, inf),
        ("500 +", 500, inf),
        (">=500", 500, inf),
        ("≥ 500", 500, inf),
        ("at least 500", 500, inf),
        ("no fewer than 500", 500, inf),
        ("no less than 500", 500, inf),
        ("<=170", -inf, 170),
        ("≤170", -inf, 170),
        ("up to 170", -inf, 170),
        ("as many as 170", -inf, 170),
        ("at most 170", -inf, 170),
        ("no more than 170", -inf, 170),
        ("250..300", 250, 300),
        ("250 .. 300", 250, 300),
        ("300..300", 300, 300),
        ("250..", 250, inf),
        ("..300", -inf, 300),
        ("1 thousand..1.5 million", 1_000, 1_500_000),
        ("1,000..1,500,000", 1_000, 1_500_000),
        ("1..2 million", 1_000_000, 2_000_000),
        ("1.5..2 Million", 1_500_000, 2_000_000),
        ("900 .. 950 thousand", 900_000, 950_000),
        ("-2..-1 billion", -2_000_000_000, -1_000_000_000),
        ("0..2 million", 0, 2_000_000),
        ("..2 million", -inf, 2_000_000),
        ("2 million..", 2_000_000, inf),
        ("2 thousand..3000", 2_000, 3_000),
        ("~500+", 450, inf),
        ("at least about 500", 450, inf),
        ("about up to 170", -inf, 187),
        ("69%", 69, 69),
        ("69 percent", 69, 69),
        ("69 per cent", 69, 69),
        ("25.32 %", 25.32, 25.32),
        ("~80%", 72, 88),
        ("50%..60%", 50, 60),
        ("1,400", 1_400, 1_400),
        ("1,500", 1_500, 1_500),
        ("0.500", 0.5, 0.5),
        ("-0.125", -0.125, -0.125),
        ("1.5000", 1.5, 1.5),
        ("12.34", 12.34, 12.34),
        ("1500.123", 1_500.123, 1_500.123),
        ("1,234.567", 1_234.567, 1_234.567),
        ("1 234.567", 1_234.567, 1_234.567),
        ("400 000", 400_000, 400_000),
        ("400\u00a0000", 400_000, 400_000),
        ("400\u202f000", 400_000, 400_000),
        ("400_000", 400_000, 400_000),
        ("1,234,567.5", 1_234_567.5, 1_234_567.5),
        ("13 thousand", 13_000, 13_000),
        ("1.5 million", 1_500_000, 1_500_000),
        ("1.1 million", 1_100_000, 1_100_000),
        ("2billion", 2_000_000_000, 2_000_000_000),
        ("about 1.5 Million", 1_350_000, 1_650_000),
        ("  300\n", 300, 300),
        ("1234567890123", 1_234_567_890_123, 1_234_567_890_123),
    ],
)
def test_a_form_means_an_interval(text: str, low: float, high: float) -> None:
    assert parse_quantity(text) == Quantity(low, high)


@pytest.mark.parametrize("text", [">300", "> 300", "more than 300", "over 300", "More  than 300"])
def test_more_than_leaves_the_number_itself_out(text: str) -> None:
    assert parse_quantity(text) == ABOVE_300


@pytest.mark.parametrize("text", ["<300", "fewer than 300", "less than 300", "under 300"])
def test_fewer_than_leaves_the_number_itself_out(text: str) -> None:
    assert parse_quantity(text) == BELOW_300


@pytest.mark.parametrize(("tolerance", "low", "high"), [(0, 300, 300), (0.2, 240, 360)])
def test_the_question_says_how_far_about_reaches(tolerance: float, low: int, high: int) -> None:
    assert parse_quantity("~300", tolerance) == Quantity(low, high)
    assert parse_quantity("300", tolerance) == Quantity(300, 300)


@pytest.mark.parametrize(
    ("coding", "word"), [(coding, word) for coding, bounds in CODINGS.items() for word in bounds]
)
def test_a_vague_word_has_the_bounds_of_its_table(coding: str, word: str) -> None:
    bounds = Quantity(*CODINGS[coding][word])
    assert bounds.low <= bounds.high
    for written in (word, word.capitalize(), f" {word} "):
        assert parse_quantity(written, coding=coding) == bounds


def test_the_published_tables_are_these() -> None:
    assert CODINGS == {"plural": PLURAL, "acled": ACLED}
    assert PLURAL == {
        "a couple": (2, 2),
        "a few": (3, 9),
        "several": (3, 9),
        "tens": (20, 199),
        "dozens": (24, 199),
        "scores": (40, 199),
        "hundreds": (200, 1_999),
        "thousands": (2_000, 19_999),
        "tens of thousands": (20_000, 199_999),
        "hundreds of thousands": (200_000, 1_999_999),
        "millions": (2_000_000, 1_999_999_999),
    }


def test_acled_enters_one_figure_for_dozens_and_tens_and_is_the_same_for_other_words() -> None:
    assert {word: bounds for word, bounds in ACLED.items() if bounds != PLURAL[word]} == {
        "dozens": (12, 12),
        "tens": (10, 10),
    }


@pytest.mark.parametrize(("coding", "verdict"), [("plural", "compatible"), ("acled", "conflict")])
def test_a_conflict_can_depend_on_the_coding(coding: str, verdict: str) -> None:
    dozens, thirty = parse_quantity("dozens", coding=coding), parse_quantity("30")
    compared = _compared(dozens, thirty, ("dozens", "30"))
    assert compared.verdict == verdict
    told = "dozens (counted as 12) and 30 are different numbers"
    assert (compared.because == told) is (coding == "acled")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "many",
        "three hundred",
        "1e5",
        "1,5",
        "12,34",
        "1,0000",
        "3oo",
        "0x10",
        "٣٠٠",
        "nan",
        "inf",
        "$300",
        "300 people",
        "250-300",
        "..",
        "250..300..400",
        "250...300",
        "~",
        "+",
        ">",
        "more than",
        "about",
        ">dozens",
        "~250..300",
        "300++",
        "5 trillion",
        "1.5.2",
        "1.500.000",
        "1.500,00",
        ".5",
    ],
)
def test_what_is_not_a_quantity_is_refused_with_the_forms_accepted(text: str) -> None:
    with pytest.raises(UnreadableValue, match="is not a quantity") as refused:
        parse_quantity(text)
    assert refused.value.forms == FORMS


@pytest.mark.parametrize(
    ("text", "number", "thousands", "decimal"),
    [
        ("1.500", "1.500", "1,500", "1.5"),
        ("12.500", "12.500", "12,500", "12.5"),
        ("150.000", "150.000", "150,000", "150"),
        ("12.345", "12.345", "12,345", "12.3450"),
        ("-1.500", "-1.500", "-1,500", "-1.5"),
        ("1.500%", "1.500%", "1,500%", "1.5%"),
        ("1.500 Million", "1.500 million", "1,500 million", "1.5 million"),
        ("~1.500", "1.500", "1,500", "1.5"),
        ("about 1.500", "1.500", "1,500", "1.5"),
        ("<=1.500", "1.500", "1,500", "1.5"),
        ("more than 2.000", "2.000", "2,000", "2"),
        ("1.500+", "1.500", "1,500", "1.5"),
        ("1.500..2.000", "1.500", "1,500", "1.5"),
        ("1..2.000", "2.000", "2,000", "2"),
        ("1.500..2 million", "1.500", "1,500", "1.5"),
        ("..1.500", "1.500", "1,500", "1.5"),
    ],
)
def test_a_point_before_three_digits_is_refused_with_both_readings(
    text: str, number: str, thousands: str, decimal: str
) -> None:
    with pytest.raises(UnreadableValue) as refused:
        parse_quantity(text)
    where = "" if text.lower() == number else f" in `{text}`"
    assert refused.value.what == f"`{number}`{where} has two readings ({thousands} or {decimal})"
    assert refused.value.forms == f"`{thousands}` or `{decimal}`"
    for reading in (thousands, decimal):
        assert parse_quantity(reading)


@pytest.mark.parametrize(
    ("text", "in_scale", "alone", "remedy"),
    [
        ("100..2 thousand", "100,000 to 2,000", "100 to 2,000", "`100..2,000`"),
        ("500..2 million", "500,000,000 to 2,000,000", "500 to 2,000,000", "`500..2,000,000`"),
        ("1,000..1.5 million", "1,000,000,000 to 1,500,000", "1,000 to 1,500,000", "`1,000..1,500"),
    ],
)
def test_a_range_whose_lower_end_is_above_in_the_scale_of_the_upper_is_refused_with_both_readings(
    text: str, in_scale: str, alone: str, remedy: str
) -> None:
    with pytest.raises(UnreadableValue) as refused:
        parse_quantity(text)
    told = f"`{text}` has two readings ({in_scale}, which ends before it begins, or {alone})"
    assert refused.value.what == told
    assert refused.value.forms.startswith(remedy)


def test_a_range_that_ends_before_it_begins_is_refused() -> None:
    for text in ("300..250", "3 million..250", "3,000..2", "3 million..2 thousand"):
        told = f"^the range `{re.escape(text)}` ends before it begins$"
        with pytest.raises(UnreadableValue, match=told):
            parse_quantity(text)


def test_a_number_too_large_to_store_is_refused() -> None:
    with pytest.raises(UnreadableValue, match="larger than any number"):
        parse_quantity("9" * 400)
    with pytest.raises(UnreadableValue, match="larger than any number"):
        parse_quantity("9" * 300 + " billion")


def test_the_forms_in_the_message_are_all_accepted() -> None:
    for listed in FORMS.split(", "):
        for form in listed.split(" or "):
            parse_quantity(form)


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (Quantity(300, 300), "300"),
        (Quantity(270, 330), "270..330"),
        (Quantity(500, inf), "500+"),
        (Quantity(-inf, 170), "<=170"),
        (ABOVE_300, ">300"),
        (BELOW_300, "<300"),
        (Quantity(12.345, 12.345), "12.3450"),
        (Quantity(-1.125, 0.125), "-1.1250..0.125"),
        (Quantity(0.0000001, 1e22), "0.0000001..10000000000000000000000"),
    ],
)
def test_a_quantity_is_printed_in_the_shortest_form(quantity: Quantity, text: str) -> None:
    assert print_quantity(quantity) == text
    assert parse_quantity(text) == quantity


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("300", "300"),
        ("~300", "about 300"),
        ("about 300", "about 300"),
        ("500+", "500 or more"),
        ("~500+", "about 500 or more"),
        (">=500", "at least 500"),
        ("≥500", "at least 500"),
        ("<=170", "up to 170"),
        ("≤170", "up to 170"),
        (">300", "more than 300"),
        (">~300", "more than about 300"),
        ("<300", "fewer than 300"),
        ("250..300", "250 to 300"),
        ("250..", "250 or more"),
        ("..300", "up to 300"),
        ("69%", "69%"),
        ("dozens", "dozens"),
        ("1,000 \n ..2,000", "1,000 to 2,000"),
    ],
)
def test_a_quantity_is_told_as_a_reader_says_it(written: str, words: str) -> None:
    assert quantity_in_words(written) == words


@pytest.mark.parametrize(
    ("one", "other", "because", "gap"),
    [
        ("~300", "500+", "about 300 reaches to 330; 500 or more starts at 500", 170),
        (">300", "300", "more than 300 starts above 300, and 300 lies below that", 0),
        ("<300", "300", "fewer than 300 stays under 300, and 300 lies above that", 0),
        ("<300", ">300", "fewer than 300 stays under 300; more than 300 starts above 300", 0),
        ("300", "500", "300 and 500 are different numbers", 200),
        ("0.1", "0.3", "0.1 and 0.3 are different numbers", 0.2),
        ("1..2", "5 million", "1 to 2 reaches to 2, and 5 million lies above that", 4_999_998),
    ],
)
def test_a_conflict_tells_where_the_two_part_and_how_far(
    one: str, other: str, because: str, gap: float
) -> None:
    first, second = parse_quantity(one), parse_quantity(other)
    assert are_apart(first, second)
    compared = _compared(first, second, (one, other))
    assert (compared.verdict, compared.because, compared.gap) == ("conflict", because, gap)
    if first.low != first.high or second.low != second.high:
        assert _compared(second, first, (other, one)) == compared


@pytest.mark.parametrize(
    ("one", "other", "because"),
    [
        ("up to 170", "170", "up to 170 and 170 share 170"),
        (">=100", "<150", "at least 100 and fewer than 150 share everything from 100 to under 150"),
        (
            ">100",
            "<150",
            "more than 100 and fewer than 150 share everything above 100 to under 150",
        ),
        (">100", ">150", "more than 100 and more than 150 share everything above 150"),
        ("<100", "<150", "fewer than 100 and fewer than 150 share everything under 100"),
        ("<=100", "<100", "up to 100 and fewer than 100 share everything under 100"),
        ("500+", "hundreds", "500 or more and hundreds share 500 to 1,999"),
    ],
)
def test_two_that_can_be_true_tell_what_they_share(one: str, other: str, because: str) -> None:
    first, second = parse_quantity(one), parse_quantity(other)
    assert not are_apart(first, second)
    compared = _compared(first, second, (one, other))
    assert (compared.verdict, compared.because, compared.gap) == ("compatible", because, None)


@pytest.mark.parametrize(
    ("one", "other", "because"),
    [
        ("300", "300.0", "both mean 300"),
        ("~300", "270..330", "both mean 270 to 330"),
        ("500+", ">=500", "both mean 500 and more"),
        (">300", "over 300", "both mean everything above 300"),
        ("<300", "under 300", "both mean everything under 300"),
        ("1.5 million", "1,500,000", "both mean 1,500,000"),
    ],
)
def test_two_ways_of_writing_one_interval_are_the_same(one: str, other: str, because: str) -> None:
    compared = _compared(parse_quantity(one), parse_quantity(other), (one, other))
    assert (compared.verdict, compared.because, compared.gap) == ("same", because, None)


def test_a_quantity_without_its_writing_is_told_as_it_is_printed() -> None:
    compared = _compared(Quantity(1, 2), Quantity(5, inf), ("", ""))
    assert compared.because == "1 to 2 reaches to 2; 5 or more starts at 5"


@pytest.mark.parametrize(
    ("written", "full"),
    [
        ("1..2 million", "1 million..2 million"),
        ("1.5 .. 2 Million", "1.5 million..2 Million"),
        ("1 thousand..2 million", "1 thousand..2 million"),
        ("..2 million", "..2 million"),
        ("300", "300"),
    ],
)
def test_a_range_in_full_has_its_word_at_both_ends(written: str, full: str) -> None:
    assert in_full(written) == full
    assert parse_quantity(full) == parse_quantity(written)


@pytest.mark.parametrize(
    ("text", "best", "words"),
    [
        ("32..81 (best 40)", 40, "32 to 81 (best 40)"),
        ("1..2 million (best 1.2)", 1_200_000, "1 to 2 million (best 1.2)"),
        ("200..500 (Best 200)", 200, "200 to 500 (Best 200)"),
        ("32..81", None, "32 to 81"),
    ],
)
def test_a_range_can_tell_its_best_estimate(text: str, best: float | None, words: str) -> None:
    quantity = parse_quantity(text)
    assert quantity.best == best
    assert quantity_in_words(text) == words
    assert parse_quantity(print_quantity(quantity)) == quantity


@pytest.mark.parametrize("text", ["32..81 (best 90)", "32..81 (best 1)", "32..81 (best 40"])
def test_a_best_estimate_lies_within_its_range(text: str) -> None:
    with pytest.raises(UnreadableValue, match="is not within its range"):
        parse_quantity(text)


@pytest.mark.parametrize(
    "text", ["32..81 (best)", "32..81 (best some)", "40 (best 40)", "(best 4)"]
)
def test_what_is_no_best_estimate_is_refused(text: str) -> None:
    with pytest.raises(UnreadableValue):
        parse_quantity(text)


@pytest.mark.parametrize(
    ("one", "other", "verdict", "because"),
    [
        (
            "32..81 (best 40)",
            "50..90 (best 70)",
            "compatible",
            "32 to 81 (best 40) and 50 to 90 (best 70) share 50 to 81; "
            "their best estimates, 40 and 70, differ",
        ),
        (
            "32..81 (best 40)",
            "32..81 (best 70)",
            "compatible",
            "32 to 81 (best 40) and 32 to 81 (best 70) share 32 to 81; "
            "their best estimates, 40 and 70, differ",
        ),
        (
            "32..81 (best 60)",
            "50..90 (best 60)",
            "compatible",
            "32 to 81 (best 60) and 50 to 90 (best 60) share 50 to 81",
        ),
        (
            "32..81 (best 40)",
            "50..90",
            "compatible",
            "32 to 81 (best 40) and 50 to 90 share 50 to 81",
        ),
        ("32..81 (best 40)", "32..81 (best 40)", "same", "both mean 32 to 81"),
    ],
)
def test_best_estimates_that_differ_within_what_is_shared_are_told(
    one: str, other: str, verdict: str, because: str
) -> None:
    question = Comparing(Asked("quantity"), Tree())
    compared = QuantityKind().compare(
        parse_quantity(one), parse_quantity(other), (one, other), question
    )
    assert (compared.verdict, compared.because) == (verdict, because)
