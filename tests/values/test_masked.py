"""Masked: what digits left out leave possible."""

from __future__ import annotations

import pytest

from ledger.values.masked import take_apart, units_of, years_left_out


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("2022-XX-15", ("2022", "XX", "15", "")),
        ("2022-XX-XX", ("2022", None, None, "")),
        ("2022-XX", ("2022", None, None, "")),
        ("2022-0X-XX", ("2022", "0X", None, "")),
        ("2022-XX-XX~", ("2022", "XX", "XX", "~")),
        ("201X?", ("201X", None, None, "?")),
        ("2022-03-15", None),
        ("2022-X", None),
        ("X", None),
        ("2022-2X", None),
        ("2022-03-4X", None),
    ],
)
def test_a_date_with_digits_left_out_is_taken_apart(
    written: str, parts: tuple[str, str | None, str | None, str] | None
) -> None:
    assert take_apart(written) == parts


def test_the_units_are_those_that_there_are_in_order() -> None:
    assert list(units_of("000X", None, None)) == [(year, None, None) for year in range(1, 10)]
    assert list(units_of("2022", "1X", None)) == [(2022, month, None) for month in (10, 11, 12)]
    assert list(units_of("2022", "X2", "3X")) == [(2022, 12, 30), (2022, 12, 31)]
    assert list(units_of("2023", "02", "29")) == []
    assert list(units_of("202X", "02", "29")) == [(year, 2, 29) for year in (2020, 2024, 2028)]


@pytest.mark.parametrize(("year", "years"), [("201X", 10), ("20X2", 1), ("2XXX", 1_000)])
def test_a_year_is_as_precise_as_the_digits_at_its_end(year: str, years: int) -> None:
    assert years_left_out(year) == years
