"""How text is set: at the width of the terminal, by cells, with nothing lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from ledger.commands.tables import (
    END,
    MATCH,
    STRONG,
    Column,
    cells,
    clean,
    set_fields,
    set_table,
    set_text,
    strong,
    tell,
    terminal_width,
    wrap,
)

WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=60)
MARKS = re.compile(f"[{STRONG}{MATCH}{END}]")

COLUMNS = (Column("Claim"), Column("Status"), Column("Outlets", right=True))
ROWS = [
    ("About 300 people were killed.\ndeaths-300", "contested", "12"),
    ("東京で三百人が殺された。\ndeaths-tokyo", "single origin", "3"),
    ("Cafe\u0301 bombed.\ncafe", "uncited", "0"),
]


def shown(lines: list[str]) -> list[str]:
    """Return lines as they are without a terminal's styles."""
    return [MARKS.sub("", line) for line in lines]


@given(WORDS, st.integers(1, 40))
def test_wrapping_loses_no_sign_and_adds_none_but_spaces(text: str, width: int) -> None:
    plain = clean(text)
    assert "".join("".join(wrap(plain, width)).split()) == "".join(plain.split())
    assert "".join("".join(wrap(plain, width, breaking=True)).split()) == "".join(plain.split())


@given(WORDS, st.integers(2, 40))
def test_no_line_is_wider_than_it_may_be_where_words_may_be_broken(text: str, width: int) -> None:
    assert all(cell_len(line) <= width for line in wrap(clean(text), width, breaking=True))


def test_a_word_that_is_too_wide_stands_whole_on_a_line_of_its_own() -> None:
    address = "https://example.org/a-long-address"
    assert wrap(f"see {address} for more", 12) == ["see", address, "for more"]


def test_a_text_without_spaces_ends_its_lines_between_wide_signs() -> None:
    assert wrap("東京東京東京", 5) == ["東京", "東京", "東京"]


@given(st.text(st.characters(max_codepoint=0x2100, exclude_categories=["Cc", "Cs"])))
def test_what_is_counted_fast_is_counted_right(text: str) -> None:
    assert cells(text) == cell_len(text)


def test_what_is_marked_over_the_end_of_a_line_is_marked_on_both() -> None:
    assert wrap(f"a {MATCH}bb cc{END} d", 4) == [f"a {MATCH}bb{END}", f"{MATCH}cc{END} d"]


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("東京", 4), ("Cafe\u0301", 4), (f"{STRONG}abc{END}", 3), ("", 0), ("Goïta", 5)],
)
def test_width_is_counted_in_cells(text: str, width: int) -> None:
    assert cells(text) == width


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a\x1b[31mred\x1b[0m", "a\\x1b[31mred\\x1b[0m"),
        ("a\r\nb\tc", "a b c"),
        ("bell\x07", "bell\\x07"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("\x9b31m", "\\x9b31m"),
        (f"{STRONG}a{END}", "\\ufdd0a\\ufdd2"),
        ("a\x1fb", "a b"),
        ("Goïta’s 東京", "Goïta’s 東京"),
        (12, "12"),
    ],
)
def test_control_characters_are_spelled(text: object, told: str) -> None:
    assert clean(text) == told


def test_a_marked_text_keeps_its_marks() -> None:
    assert clean(f"{MATCH}a{END}\x1b", marked=True) == f"{MATCH}a{END}\\x1b"


@given(st.text())
def test_nothing_that_acts_is_left_in_a_clean_text(text: str) -> None:
    assert re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", clean(text)) is None


def test_columns_stand_under_their_headings_whatever_is_in_them() -> None:
    lines = shown(set_table(COLUMNS, ROWS, 60))
    start = cell_len(lines[0].partition("Status")[0])
    for line in (line for line in lines if "contested" in line or "single" in line):
        assert cell_len(re.split("contested|single", line)[0]) == start
    assert {cell_len(line) for line in lines if line.endswith(("12", "3", "0", "Outlets"))} <= {
        cell_len(lines[0]),
        cell_len("deaths-300"),
    }


@pytest.mark.parametrize("width", [30, 60, 100, 200])
def test_a_table_is_never_wider_than_the_terminal(width: int) -> None:
    lines = shown(set_table(COLUMNS, ROWS, width))
    assert all(cell_len(line) <= width for line in lines)
    told = " ".join(" ".join(lines).split())
    for word in ("deaths-300", "contested", "deaths-tokyo", "uncited", "12"):
        assert word in told


def test_where_columns_do_not_fit_each_row_is_a_block() -> None:
    assert shown(set_table(COLUMNS, ROWS[:1], 30)) == [
        "About 300 people were killed.",
        "  deaths-300",
        "  Status: contested ·",
        "    Outlets: 12",
    ]


def test_rows_of_one_line_stand_close_and_others_apart() -> None:
    close = shown(set_table(COLUMNS, [("a", "b", "1"), ("c", "d", "2")], 60))
    assert close == ["Claim  Status  Outlets", "a      b             1", "c      d             2"]
    apart = shown(set_table(COLUMNS, [("a\nx", "b", "1"), ("c", "d", "2")], 60))
    assert apart[1:] == ["a      b             1", "x", "", "c      d             2"]


def test_a_table_without_rows_is_nothing() -> None:
    assert set_table(COLUMNS, [], 60) == []


def test_fields_stand_beside_their_names_and_empty_ones_are_left_out() -> None:
    fields = [("Status", "contested"), ("Note", ""), ("As of", "one two three four")]
    assert set_fields(fields, 24) == [
        "Status  contested",
        "As of   one two three",
        "        four",
    ]
    assert set_fields([("Note", "")], 20) == []


def test_running_text_is_no_wider_than_it_is_good_to_read() -> None:
    assert max(map(len, set_text("word " * 100, 300))) <= 100
    assert set_text("one two three", 9, 2, 2) == ["  one", "    two", "    three"]


@pytest.mark.parametrize(
    ("given", "width"), [("60", 60), ("200", 200), ("0", 80), ("x", 80), ("", 80), ("²", 80)]
)
def test_the_width_is_what_columns_says(
    given: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_terminal(number: int) -> object:
        raise OSError(number)

    monkeypatch.setenv("COLUMNS", given)
    monkeypatch.setattr("os.get_terminal_size", no_terminal)
    assert terminal_width() == width


def test_without_a_terminal_there_are_no_styles(capsys: pytest.CaptureFixture[str]) -> None:
    tell([strong("bold"), f"a {MATCH}match{END}"])
    assert capsys.readouterr().out == "bold\na match\n"
