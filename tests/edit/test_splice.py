"""Splice: parts of a text give way, and the rest stays."""

from __future__ import annotations

import pytest

from ledger.edit.splice import (
    Splice,
    joined,
    line_break,
    line_end,
    line_start,
    next_line,
    spliced,
)


def test_parts_give_way_in_any_order_and_the_rest_stays() -> None:
    parts = [Splice(5, 6, "F"), Splice(1, 3), Splice(1, 1, "x"), Splice(6, 6, "y")]
    assert spliced("abcdef", parts) == "axdeFy"
    assert spliced("abc", []) == "abc"


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_lines_begin_and_end_where_their_breaks_are(ending: str) -> None:
    text = ending.join(["ab", "cd", "ef"])
    second = text.index("d")
    assert text[line_start(text, second) : line_end(text, second)] == "cd"
    assert text[next_line(text, second) :] == "ef"
    assert line_end(text, len(text)) == next_line(text, len(text)) == len(text)
    assert line_break(text) == ending
    assert joined(text, ["x", "y"]) == f"x{ending}y"
