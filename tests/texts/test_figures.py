"""Figures: digits and words, fractions and percent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.texts.figures import Figure, figures_in, vague_words_in


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("three hundred men", 300),
        ("Three Hundred and Twenty-Five men", 325),
        ("a hundred men", 100),
        ("two dozen men", 24),
        ("half a million people", 500_000),
        ("one and a half million", 1_500_000),
        ("1.5 million", 1_500_000),
        ("$15 million", 15_000_000),
        ("2bn", 2_000_000_000),
        ("13,000-troop force", 13_000),
        ("13\xa0000 troops", 13_000),
        ("13.000 Soldaten", 13_000),
        ("10.8 tons", 10.8),
        ("500-plus", 500),
        ("500+", 500),
        ("an additional 32-man team", 32),
        ("a range of 250-300", 300),
        ("in 250..300", 250),
        ("the eighth time", 8),
        ("it doubled", 2),
        ("over a decade", 10),
        ("nobody came", 0),
        ("قُتل ٣٠٠ شخص", 300),
    ],
)
def test_a_number_is_found_in_digits_and_in_words(text: str, number: float) -> None:
    assert Figure(number) in figures_in(text)


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("69%", 69),
        ("69 percent", 69),
        ("sixty-nine per cent", 69),
        ("between 40 and 50 percent", 40),
        ("nine out of ten", 90),
        ("three in five", 60),
        ("4 of every 5", 80),
        ("four-fifths", 80),
        ("three quarters", 75),
        ("half of them", 50),
        ("a slim majority", 50),
        ("a quarter", 25),
    ],
)
def test_shares_are_percent(text: str, percent: float) -> None:
    assert Figure(percent, percent=True) in figures_in(text)


def test_two_thirds_are_between_66_and_67_percent() -> None:
    (share,) = [figure.number for figure in figures_in("two-thirds") if figure.percent]
    assert 66 < share < 67


@pytest.mark.parametrize("text", ["G5", "AK-47", "the 3rd battalion", "300th", "hundreds", "B12"])
def test_what_counts_nothing_is_no_number(text: str) -> None:
    assert figures_in(text) == frozenset()


def test_a_percentage_is_no_plain_number() -> None:
    assert figures_in("69 percent") == {Figure(69, percent=True)}
    assert figures_in("1.5 million") == {Figure(1_500_000)}


@given(st.integers(min_value=0, max_value=10**9))
def test_every_number_is_found_with_and_without_separators(number: int) -> None:
    assert Figure(number) in figures_in(f"some {number} people")
    assert Figure(number) in figures_in(f"some {number:,} people.")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("dozens of men", {"dozens"}),
        ("Tens of\nthousands fled", {"tens of thousands"}),
        ("hundreds, if not thousands", {"hundreds", "thousands"}),
        ("a dozen", set()),
    ],
)
def test_vague_words_are_found_whole(text: str, words: set[str]) -> None:
    assert vague_words_in(text) == words
