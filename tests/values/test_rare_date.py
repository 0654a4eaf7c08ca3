"""Rare dates: what digits left out mean, and that a foreign parser neither prints nor raises."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from time import perf_counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ledger.values import DateSpan, UnreadableValue, parse_date
from ledger.values.rare_date import rare_ends, take_apart, units_of, years_left_out

dates_and_more = (
    st.from_regex(
        r"[~?%]?[0-9X]{2,5}S[0-9]{0,4}|[~?%-]?[0-9X]{4}([~?%]?-[~?%]?[0-9X]{0,2}){0,3}[~?%]?"
    )
    | st.from_regex(
        r"[\[{]?(\.\.)?[0-9X]{4}(-[0-9X]{2}){0,2}([,/]|\.\.)?[0-9X~?%TZ:+-]{0,12}[\]}]?"
    )
    | st.from_regex(r"Y?-?[0-9]{1,6}(E[0-9]{1,9})?(S[0-9]{1,9})?", fullmatch=True)
    | st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9:]{2,5})?")
    | st.text(alphabet="0123456789X~?%-/.,[]{}SYETZ:+", max_size=120)
)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022-33", date(2022, 1, 1), date(2022, 3, 31)),
        ("2004-06-~11", date(2004, 6, 10), date(2004, 6, 12)),
        ("?2022-03", date(2021, 3, 1), date(2023, 3, 31)),
        ("2004S2", date(2000, 1, 1), date(2099, 12, 31)),
    ],
)
def test_a_rare_form_has_a_first_and_a_last_day(text: str, first: date, last: date) -> None:
    assert rare_ends(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["2022S330", "?2004S2", "2022S" + "9" * 30, "-0500", "Y17E999999", "[2021,2023]", "2022/"],
)
def test_what_the_parser_stumbles_over_is_no_date(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rare_ends(text) is None
    assert capsys.readouterr() == ("", "")


@settings(deadline=None, max_examples=400)
@given(text=dates_and_more)
@example(text="2022-X1")
@example(text="2022-X99")
@example(text="2022-X5")
@example(text="?2004S2")
@example(text="2022S330")
@example(text="Y17E999999")
@example(text="[" * 5_000)
@example(text="[" + "2022-XX-15," * 5_000 + "2022]")
@example(text="9" * 100_000)
@example(text="X" * 100_000)
@example(text="2022-" * 20_000)
@example(text="2022/" * 20_000)
def test_any_text_is_a_date_or_unreadable_in_silence_and_soon(text: str) -> None:
    began = perf_counter()
    outcome: DateSpan | str
    try:
        outcome = parse_date(text)
    except UnreadableValue as refused:
        outcome = refused.forms
    assert outcome
    assert perf_counter() - began < 10


def test_reading_dates_prints_nothing_in_a_fresh_program() -> None:
    texts = [
        "2022-X1",
        "2022-X5",
        "2022-X99",
        "?2004S2",
        "2022S330",
        "2022-33",
        "?2004-X2",
        "2004-?X2",
    ]
    program = f"""
from ledger.values import UnreadableValue, parse_date
for text in {texts!r}:
    try:
        parse_date(text)
    except UnreadableValue:
        pass
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


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
