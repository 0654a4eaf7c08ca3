"""Insertion: new keys and entries stand as the others do, and between none and its comment."""

from __future__ import annotations

import pytest

from ledger.edit.yaml_text import append, put

HEAD = "# yaml-language-server: $schema=places.json\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # What introduces an entry stays with it, whatever stands above.
        ("b: 1\n# on d\nd: 1\n", "b: 1\nc: x\n# on d\nd: 1\n"),
        ("b: 1\n\n# on d\n# and more\nd: 1\n", "b: 1\nc: x\n\n# on d\n# and more\nd: 1\n"),
        ("b:\n  k: 1\n  # on b\n# on d\nd: 1\n", "b:\n  k: 1\n  # on b\nc: x\n# on d\nd: 1\n"),
        # The first of all: above its comment, unless that may be about the whole file.
        ("# file\n\n# on d\nd: 1\ne: 1\n", "# file\n\nc: x\n# on d\nd: 1\ne: 1\n"),
        (f"{HEAD}\n# on d\nd: 1\ne: 1\n", f"{HEAD}\nc: x\n# on d\nd: 1\ne: 1\n"),
        (f"{HEAD}# on d\nd: 1\ne: 1\n", f"{HEAD}# on d\nd: 1\nc: x\ne: 1\n"),
        ("# on d\nd: 1\ne: 1\n", "# on d\nd: 1\nc: x\ne: 1\n"),
        (f"{HEAD}d: 1\ne: 1\n", f"{HEAD}c: x\nd: 1\ne: 1\n"),
        ("d: 1\ne: 1\n", "c: x\nd: 1\ne: 1\n"),
        # So the first may be out of its turn: the others still have theirs.
        ("# on d\nd: 1\nb: 1\ne: 1\n", "# on d\nd: 1\nb: 1\nc: x\ne: 1\n"),
        # Where there is no order, at the end.
        ("b: 1\na: 1\n# end\n", "b: 1\na: 1\nc: x\n# end\n"),
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_a_new_key_stands_between_no_other_and_its_comment(
    old: str, new: str, line_break: str
) -> None:
    old, new = (text.replace("\n", line_break) for text in (old, new))
    assert put(old, ("c",), "x") == new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a: [x]\n", "a: [x, y]\n"),
        ("a: [x, ]\n", "a: [x, y ]\n"),
        ("a: []  # none\n", "a: [y]  # none\n"),
        ("a: [ # none\n]\n", "a: [y # none\n]\n"),
        ("a: [x # on x\n  ]\n", "a: [x, y # on x\n  ]\n"),
        ("a: [\n  x  # on x\n]\n", "a: [\n  x,  # on x\n  y\n]\n"),
        ("a: [\n  x,  # on x\n]\n", "a: [\n  x,  # on x\n  y,\n]\n"),
        (
            "a: [\n  x\n  # on x, too\n  , # odd\n]\n",
            "a: [\n  x\n  # on x, too\n  , # odd\n  y,\n]\n",
        ),
        ("a: [\n  w,\n  x\n]\n", "a: [\n  w,\n  x,\n  y\n]\n"),
        ("a:\n- x  # on x\n# on b\nb: 1\n", "a:\n- x  # on x\n- y\n# on b\nb: 1\n"),
        ("a:\n  -   w\n\n  -   x", "a:\n  -   w\n\n  -   x\n\n  - y\n"),
        ("a:\n-\n  x\n", "a:\n-\n  x\n- y\n"),
        ("a:\n- |-  # on x\n  x\n\n  x\n", "a:\n- |-  # on x\n  x\n\n  x\n- y\n"),
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_a_new_entry_stands_as_the_others_do(old: str, new: str, line_break: str) -> None:
    old, new = (text.replace("\n", line_break) for text in (old, new))
    assert append(old, ("a",), "y") == new


def test_an_entry_stands_where_a_list_that_is_put_has_it() -> None:
    flow = "a: [x, y]  # z\n"
    assert put(flow, ("a",), ["w", "x", "y"]) == "a: [w, x, y]  # z\n"
    assert put(flow, ("a",), ["x", "w", "y"]) == "a: [x, w, y]  # z\n"
    block = "a:\n# on x\n- x\n# on y\n- y\n"
    assert put(block, ("a",), ["x", "w", "y"]) == "a:\n# on x\n- x\n- w\n# on y\n- y\n"
    assert put(block, ("a",), ["w", "x", "y"]) == "a:\n- w\n# on x\n- x\n# on y\n- y\n"
