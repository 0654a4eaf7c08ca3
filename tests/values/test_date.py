"""Dates: EDTF read as a span of days, told in words, and which two exclude each other."""

from __future__ import annotations

import re
from datetime import date

import pytest

from ledger.values import (
    Asked,
    Comparing,
    Comparison,
    DateSpan,
    Tree,
    UnreadableValue,
    parse_date,
    spans_meet,
)
from ledger.values.date import FORMS, DateKind, begins_on, date_in_words
from tests.values.printing import print_date


def _span(earliest: str, latest: str) -> DateSpan:
    first, last = (date.fromisoformat(end) if end else None for end in (earliest, latest))
    return DateSpan(first, last)


def _compared(one: DateSpan, other: DateSpan, written: tuple[str, str]) -> Comparison:
    return DateKind().compare(one, other, written, Comparing(Asked("date"), Tree()))


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2022-03", "2022-03-01", "2022-03-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022-03-27", "2022-03-27", "2022-03-27"),
        (" 2022-03-27\n", "2022-03-27", "2022-03-27"),
        ("2022-03-27T10:00:00", "2022-03-27", "2022-03-27"),
        ("2022-03-27T24:00:00", "2022-03-27", "2022-03-27"),
        ("2022-03-27T10:00:00Z", "2022-03-26", "2022-03-28"),
        ("2022-03-27T12:00:00+02:00", "2022-03-26", "2022-03-28"),
        ("2022-03-27T12:00:00Z", "2022-03-27", "2022-03-28"),
        ("2022-03-27T08:00:00-05", "2022-03-27", "2022-03-28"),
        ("2022-03-27T24:00:00Z", "2022-03-27", "2022-03-28"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01", "0001-01-01"),
        ("9999-12-31T23:59:59Z", "9999-12-31", "9999-12-31"),
        ("2022-03-27T12:00:00Z/2022-04", "2022-03-27", "2022-04-30"),
        ("2022~", "2021-01-01", "2023-12-31"),
        ("2022?", "2021-01-01", "2023-12-31"),
        ("2022%", "2020-01-01", "2024-12-31"),
        ("2022-01~", "2021-12-01", "2022-02-28"),
        ("2022-12?", "2022-11-01", "2023-01-31"),
        ("2022-03-01~", "2022-02-28", "2022-03-02"),
        ("2022-03-01%", "2022-02-27", "2022-03-03"),
        ("2022-03-23/2022-03-31", "2022-03-23", "2022-03-31"),
        ("2022-03-23 / 2022-03-31", "2022-03-23", "2022-03-31"),
        ("2018/2020-02", "2018-01-01", "2020-02-29"),
        ("2022-03~/2022-05?", "2022-02-01", "2022-06-30"),
        ("2012/..", "2012-01-01", ""),
        ("2012/", "2012-01-01", ""),
        ("../2012", "", "2012-12-31"),
        ("/2012-01-17", "", "2012-01-17"),
        ("2022-21", "2022-03-01", "2022-05-31"),
        ("2022-22", "2022-06-01", "2022-08-31"),
        ("2022-23", "2022-09-01", "2022-11-30"),
        ("2022-24", "2022-12-01", "2023-02-28"),
        ("2022-22~", "2022-03-01", "2022-11-30"),
        ("2022-21/2022-23", "2022-03-01", "2022-11-30"),
        ("2022-33", "2022-01-01", "2022-03-31"),
        ("2022-41", "2022-07-01", "2022-12-31"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2022-XX", "2022-01-01", "2022-12-31"),
        ("2022-03-XX", "2022-03-01", "2022-03-31"),
        ("2022-0X", "2022-01-01", "2022-09-30"),
        ("2022-1X", "2022-10-01", "2022-12-31"),
        ("2022-03-0X", "2022-03-01", "2022-03-09"),
        ("2022-02-2X", "2022-02-20", "2022-02-28"),
        ("2022-03-3X", "2022-03-30", "2022-03-31"),
        ("201X~", "2000-01-01", "2029-12-31"),
        ("19XX%", "1700-01-01", "2199-12-31"),
        ("0XXX", "0001-01-01", "0999-12-31"),
        ("2022-XX~", "2021-12-01", "2023-01-31"),
        ("2022-XX-XX", "2022-01-01", "2022-12-31"),
        ("2022-X5", "2022-05-01", "2022-05-31"),
        ("[2021, 2022]", "2021-01-01", "2022-12-31"),
        ("2004S2", "2000-01-01", "2099-12-31"),
        ("{2022-03..2022-05}", "2022-03-01", "2022-05-31"),
        ("[2022-03-23..]", "2022-03-23", ""),
        ("[..2022]", "", "2022-12-31"),
        ("2004-06-~11", "2004-06-10", "2004-06-12"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999-12-31", "9999-12-31", "9999-12-31"),
    ],
)
def test_a_form_means_a_span_of_days(text: str, earliest: str, latest: str) -> None:
    assert parse_date(text) == _span(earliest, latest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "../..",
        "[..]",
        "Monday",
        "March 2022",
        "20220327",
        "2022-3-1",
        "2022-00",
        "2022-13",
        "2022-99",
        "2022-00-10",
        "2022-02-29",
        "2022-02-3X",
        "2022-04-31",
        "2022-03-00",
        "2022-21-01",
        "2022-W12",
        "2022..",
        "2020/2021/2022",
        "2022/Monday",
        "unknown",
        "0000",
        "-0500",
        "Y17000",
        "Y1E9999999",
        "٢٠٢٢",
        "0001-01-01~",
        "9999-12~",
        "[2023..2022]",
        "[2022..2023",
        "[[2022]]",
        "[2022,]",
        "[2022/2023]",
        "XXXX",
        "XXXX-XX",
        "XXXX-XX-XX~",
        "2022-X0X",
        "2022-XX-32",
        "2022S330",
        "?2004S2",
        "2022-X99",
        "2022-03-27T25:00:00Z",
        "2022-03-27T24:00:01Z",
        "2022-03-27T10:60:00",
        "2022-03-27T10:00",
        "2022-03-27T10:00:00+15:00",
        "2022-03-27T10:00:00+02:75",
        "2022-02-30T10:00:00Z",
        "Y17E999999",
        "2022" * 100,
    ],
)
def test_what_is_not_a_date_is_refused_with_the_forms_accepted(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(UnreadableValue, match="is not a date") as refused:
        parse_date(text)
    assert f"`{text}`" in refused.value.what
    assert refused.value.forms == FORMS
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("[2021,2023]", "[2021,2023]"),
        ("{2021,2023}", "[2021,2023]"),
        ("[2023-01, 2021..2022-03, 2023]", "[2021-01-01..2022-03-31,2023]"),
        ("[..2019,2021]", "[..2019-12-31,2021]"),
        ("[2019,2021..]", "[2019,2021-01-01..]"),
        ("[2020~,2024]", "[2019-01-01..2021-12-31,2024]"),
        ("[2022-1X,2024]", "[2022-10-01..2022-12-31,2024]"),
        ("2022-X1", "[2022-01,2022-11]"),
        ("202X-02-29", "[2020-02-29,2024-02-29,2028-02-29]"),
        ("2022-02-X9", "[2022-02-09,2022-02-19]"),
        ("2022-0X-31", "[2022-01-31,2022-03-31,2022-05-31,2022-07-31,2022-08-31]"),
        ("2X23-03-0X", "[" + ",".join(f"2{n}23-03-01..2{n}23-03-09" for n in range(10)) + "]"),
    ],
)
def test_digits_left_out_and_choices_mean_the_days_that_they_name(text: str, printed: str) -> None:
    assert print_date(parse_date(text)) == printed
    assert parse_date(printed) == parse_date(text)


def test_every_day_of_a_masked_date_is_one_whose_digits_fit() -> None:
    for mask in ("2022-XX-15", "2022-X1-XX", "202X-02-2X", "X022-1X", "202X-XX-31", "2022-1X-X5"):
        fits = re.compile(
            mask.replace("X", "[0-9]") + (".*" if len(mask) < len("2022-01-01") else "")
        )
        days = {
            date.fromordinal(int(day)).isoformat()
            for run in parse_date(mask).runs()
            for day in range(int(run.first), int(run.last) + 1)
        }
        first, last = date(1, 1, 1).toordinal(), date.max.toordinal() + 1
        some = (
            range(first, last) if mask[0] == "X" else range(date(2019, 1, 1).toordinal(), 745_000)
        )
        named = (date.fromordinal(day).isoformat() for day in some)
        assert days == {day for day in named if fits.fullmatch(day)}


@pytest.mark.parametrize("text", ["20XX-XX-15", "XXXX-12-25", "XXXX-12"])
def test_a_date_of_too_many_stretches_is_refused(text: str) -> None:
    with pytest.raises(
        UnreadableValue, match="more than 400 separate stretches of days"
    ) as refused:
        parse_date(text)
    assert refused.value.forms == "a date that leaves out less, or an interval"


def test_a_choice_of_too_many_dates_is_refused() -> None:
    with pytest.raises(UnreadableValue, match="more than 400 separate stretches of days"):
        parse_date("[" + "2022," * 1_000 + "2023]")


@pytest.mark.parametrize(
    ("text", "readings", "forms"),
    [
        ("03/04/2022", "3 April 2022 or 4 March 2022", "`2022-04-03` or `2022-03-04`"),
        ("3/4/2022", "3 April 2022 or 4 March 2022", "`2022-04-03` or `2022-03-04`"),
        ("12.11.2022", "12 November 2022 or 11 December 2022", "`2022-11-12` or `2022-12-11`"),
        ("01-02-2022", "1 February 2022 or 2 January 2022", "`2022-02-01` or `2022-01-02`"),
    ],
)
def test_a_day_and_month_that_can_be_swapped_are_refused_with_both_readings(
    text: str, readings: str, forms: str
) -> None:
    with pytest.raises(UnreadableValue) as refused:
        parse_date(text)
    assert refused.value.what == f"`{text}` has two readings ({readings})"
    assert refused.value.forms == forms


@pytest.mark.parametrize("text", ["27.03.2022", "03/27/2022", "27-3-2022"])
def test_a_day_and_month_that_cannot_be_swapped_are_refused_with_the_one_reading(text: str) -> None:
    with pytest.raises(UnreadableValue, match="is not a date") as refused:
        parse_date(text)
    assert refused.value.forms == f"2022-03-27; {FORMS}"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2022-03", date(2022, 3, 1)),
        ("2024-01-01T02:00:00Z", date(2024, 1, 1)),
        ("2023-12-31T23:30:00-05:00/2024", date(2023, 12, 31)),
        ("../2012", date(2012, 12, 31)),
        ("[2021,2023]", date(2021, 1, 1)),
    ],
)
def test_a_date_begins_on_its_first_day_a_time_of_day_on_the_one_written(
    text: str, day: date
) -> None:
    assert begins_on(text) == day


def test_an_interval_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(UnreadableValue, match="ends before it begins") as refused:
        parse_date("2022-03-31/2022-03-23")
    assert refused.value.forms == FORMS


def test_the_forms_in_the_message_are_all_accepted() -> None:
    for form in FORMS.removeprefix("EDTF: ").split(", "):
        parse_date(form.partition(" ")[0])


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("2022", "2022"),
        ("2022-02", "2022-02"),
        ("2022-03-27", "2022-03-27"),
        ("2022-03-01/2022-03-31", "2022-03"),
        ("2022-03~", "2022-02-01/2022-04-30"),
        ("2012/..", "2012-01-01/.."),
        ("../2012", "../2012-12-31"),
        ("0099", "0099"),
    ],
)
def test_a_span_is_printed_in_the_shortest_form(text: str, printed: str) -> None:
    assert print_date(parse_date(text)) == printed
    assert parse_date(printed) == parse_date(text)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2022", "2022"),
        ("2022-03", "March 2022"),
        ("2022-03-07", "7 March 2022"),
        (" 2022-03\n", "March 2022"),
        ("2022-03~", "about March 2022"),
        ("2022?", "perhaps 2022"),
        ("2022-03-07%", "perhaps about 7 March 2022"),
        ("2022-21", "spring 2022"),
        ("2022-24~", "about winter 2022"),
        ("201X", "the decade from 2010"),
        ("2012/..", "2012 or later"),
        ("../2012-01", "January 2012 or earlier"),
        ("2022-03-23 / 2022-03-31", "23 March 2022 to 31 March 2022"),
        ("2022-33", "2022-33"),
        ("2022-03-2X\n", "2022-03-2X"),
        ("[2021,2023]", "2021 or 2023"),
        ("{2021, 2022,2023-05}", "2021, 2022 and May 2023"),
        ("[2021, 2022-03..2022-05]", "2021 or March 2022 to May 2022"),
        ("[..2019,2021]", "2019 or earlier or 2021"),
        ("[2022]", "2022"),
    ],
)
def test_a_date_is_told_as_a_reader_says_it(written: str, words: str) -> None:
    assert date_in_words(written) == words


@pytest.mark.parametrize(
    ("one", "other", "because", "gap"),
    [
        ("2022-03-27", "2022-03-29", "27 March 2022 and 29 March 2022 are different days", 2),
        ("2021", "2022-03", "2021 ends on 31 December 2021; March 2022 begins on 1 March 2022", 60),
        ("2021", "2022-01-01", "2021 ends on 31 December 2021, before 1 January 2022", 1),
        ("2021-12-31", "2022", "2022 begins on 1 January 2022, after 31 December 2021", 1),
        (
            "2022-03-27~",
            "2022-04-02~",
            "about 27 March 2022 reaches to 28 March 2022; "
            "about 2 April 2022 reaches back to 1 April 2022",
            4,
        ),
        (
            "../2012",
            "2014/..",
            "2012 or earlier ends on 31 December 2012; 2014 or later begins on 1 January 2014",
            366,
        ),
    ],
)
def test_a_conflict_tells_where_the_two_part_and_how_many_days(
    one: str, other: str, because: str, gap: int
) -> None:
    first, second = parse_date(one), parse_date(other)
    assert not spans_meet(first, second)
    assert not spans_meet(second, first)
    compared = _compared(first, second, (one, other))
    assert (compared.verdict, compared.because, compared.gap) == ("conflict", because, gap)
    assert _compared(second, first, (other, one)).gap == gap


@pytest.mark.parametrize(
    ("one", "other", "verdict", "because"),
    [
        ("2022-03-27", "2022-03", "compatible", "share 27 March 2022"),
        ("2012/..", "2013/..", "compatible", "share every day from 1 January 2013 on"),
        ("../2012", "../2013", "compatible", "share every day up to 31 December 2012"),
        ("2012/..", "../2012-02", "compatible", "share 1 January 2012 to 29 February 2012"),
        ("2022-03", "2022-03-01/2022-03-31", "same", "both mean 1 March 2022 to 31 March 2022"),
        ("2012/..", "2012/", "same", "both mean every day from 1 January 2012 on"),
    ],
)
def test_two_that_can_be_true_tell_the_days_they_share(
    one: str, other: str, verdict: str, because: str
) -> None:
    compared = _compared(parse_date(one), parse_date(other), (one, other))
    assert (compared.verdict, compared.gap) == (verdict, None)
    assert compared.because.endswith(because)
