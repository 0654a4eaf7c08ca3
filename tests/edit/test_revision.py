"""Revision: only what differs of a value changes, in the way it was written."""

from __future__ import annotations

import pytest

from ledger.edit.yaml_text import put, remove
from ledger.problems import LedgerError


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a: old words  # c\n", "a: new words  # c\n"),
        ("a: 'old words'  # c\n", "a: 'new words'  # c\n"),
        ('a: "old words"  # c\n', 'a: "new words"  # c\n'),
        ("a: &one old words\n", "a: &one new words\n"),
        ("a:\n  old\n  words # c\nb: 1\n", "a:\n  new words # c\nb: 1\n"),
        ("a: |-  # c\n    old\n    words\n# d\n", "a: |-  # c\n    new words\n# d\n"),
        ("a: |  # c\n  old\nb: 1\n", "a: |-  # c\n  new words\nb: 1\n"),
        ("a: >-\n   old\n   words\nb: 1\n", "a: >-\n   new words\nb: 1\n"),
        ("a: |+\n  old\n\nb: 1\n", "a: new words\nb: 1\n"),
        ("a: {b: old, c: [old], a: 'old'}\n", None),
        ("a: \n", "a: new words\n"),
        ("a: ''\n", "a: 'new words'\n"),
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_a_text_is_written_as_the_old_one_was(old: str, new: str | None, line_break: str) -> None:
    old = old.replace("\n", line_break)
    expected = "a: new words\n" if new is None else new
    assert put(old, ("a",), "new words") == expected.replace("\n", line_break)


@pytest.mark.parametrize(
    ("old", "value", "new"),
    [
        ("a: 'x'\n", "it's", "a: 'it''s'\n"),
        ("a: 'x'\n", "one\ntwo", 'a: "one\\ntwo"\n'),
        ("a: x\n", "b: c #d", 'a: "b: c #d"\n'),
        ("a: [x]\n", "y", None),
        ("a: >-\n  x\n", "one\ntwo", 'a: "one\\ntwo"\n'),
        ("a: |-\n  x\n", "one\n\ntwo", "a: |-\n  one\n\n  two\n"),
        ("a: |-\n  x\n", " x", 'a: " x"\n'),
        ("a: |-\n  x\n", "x\n", "a: |\n  x\n"),
        ("a: |-\n  x", "x\n", 'a: "x\\n"'),
        ("a: |\n  x\n", "x\n\n", 'a: "x\\n\\n"\n'),
    ],
)
def test_a_text_that_cannot_stand_as_the_old_one_is_quoted(
    old: str, value: str, new: str | None
) -> None:
    assert put(old, ("a",), value) == (f"a: {value}\n" if new is None else new)


def test_a_long_text_is_folded_as_wide_as_the_old_one() -> None:
    old = f"a: >  # why\n  {'old ' * 15}old\n  old\nb: 1\n"
    words = " ".join(["new"] * 30)
    new = put(old, ("a",), words)
    assert new.splitlines()[0] == "a: >-  # why"
    assert [len(line) for line in new.splitlines()[1:-1]] == [65, 57]
    assert new.endswith("\nb: 1\n")


MAPPING = """\
f:
  # drafted by two editors
  says: About 30.   # rounding
  by:   "Ann"

  # until the report
  on: 2024-01
  because: |-
    One.
    # no comment
  # the end of it
g: {says: x, on: 1}  # g
"""


def test_of_a_mapping_only_the_keys_that_differ_change() -> None:
    value = {"says": "About 40.", "by": "Ann", "on": "2024-02", "because": "Two."}
    assert put(MAPPING, ("f",), dict(value)) == (
        MAPPING.replace("About 30.", "About 40.")
        .replace("2024-01", "2024-02")
        .replace("One.\n    # no comment", "Two.")
    )
    assert put(MAPPING, ("g",), {"says": "y", "on": "1", "new": "a, b"}) == MAPPING.replace(
        "{says: x, on: 1}", '{says: y, on: 1, new: "a, b"}'
    )
    assert put(MAPPING, ("g",), {"on": "2"}) == MAPPING.replace("{says: x, on: 1}", "{on: 2}")
    without_on = dict(value, says="About 30.", because="One.\n# no comment")
    del without_on["on"]
    assert put(MAPPING, ("f",), {**without_on}) == MAPPING.replace("  on: 2024-01\n", "")
    added = {**without_on, "on": "2024-01", "hour": "5", "minute": "6"}
    assert put(MAPPING, ("f",), {**added}) == MAPPING.replace(
        "no comment\n", "no comment\n  hour: 5\n  minute: 6\n"
    )


def test_of_a_list_only_the_entries_that_differ_change() -> None:
    old = "a:\n- {k: 1}  # one\n# on two\n- k: 2\n- x  # three\n"
    assert put(old, ("a",), [{"k": "1"}, {"k": "3"}, "x"]) == old.replace("2", "3")
    assert put(old, ("a",), [{"k": "1"}, "x"]) == old.replace("- k: 2\n", "")
    assert put(old, ("a",), [{"k": "1"}]) == "a:\n- {k: 1}  # one\n# on two\n"
    flow = "a: [x, y,   z]  # c\n"
    assert put(flow, ("a",), ["x", "z"]) == "a: [x, z]  # c\n"
    assert put(flow, ("a",), ["x", "y"]) == "a: [x, y]  # c\n"
    assert put(flow, ("a",), ["z"]) == "a: [z]  # c\n"
    assert put(flow, ("a",), []) == "a: []  # c\n"


@pytest.mark.parametrize(
    ("old", "value"),
    [
        ("a:\n  # on b\n  b: 1\n", {"c": "1"}),
        ("a:\n  # on b\n  b: 1\n", "text"),
        ("a:\n- x  # on x\n- y\n", "text"),
        ("a: [x,  # on x\n  y]\n", []),
    ],
)
def test_where_a_comment_would_be_lost_the_change_is_refused(old: str, value: object) -> None:
    with pytest.raises(LedgerError, match=r"^`a` cannot be changed without losing a comment: edit"):
        put(old, ("a",), value)  # type: ignore[arg-type] # all of them are data


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a:\n  # on b\n  b: 1  # b\n  # on c\n  c: 1\n", "a:\n  # on b\n  # on c\n  c: 1\n"),
        ("a:\n  c: 1  # c\n  b: |\n    # text\n# end\n", "a:\n  c: 1  # c\n# end\n"),
        ("a: {b: 1, c: 1}  # a\n", "a: {c: 1}  # a\n"),
        ("a: {c: 1, b: 1 }  # a\n", "a: {c: 1 }  # a\n"),
        ("a: {c: 1, b: 1, }  # a\n", "a: {c: 1, }  # a\n"),
        ("a: {\n  c: 1,  # c\n  b: 1  # b\n}\n", "a: {\n  c: 1,  # c\n}\n"),
        ("a: {\n  b: 1,  # b\n  c: 1  # c\n}\n", "a: {\n  c: 1  # c\n}\n"),
        ("x:\n- a: 1\n", None),
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_what_is_removed_takes_its_own_comments_and_no_others(
    old: str, new: str | None, line_break: str
) -> None:
    if new is None:
        with pytest.raises(LedgerError):
            remove(old, ("a", "b"))
        return
    old, new = (text.replace("\n", line_break) for text in (old, new))
    assert remove(old, ("a", "b")) == new


def test_the_next_key_takes_the_place_behind_a_dash() -> None:
    assert remove("- b: 1\n  c: 1  # c\n", (0, "b")) == "- c: 1  # c\n"
    for old in ("- b: 1  # b\n  c: 1\n", "- b: 1\n  # on c\n  c: 1\n"):
        with pytest.raises(LedgerError, match=r"^`0.b` stands behind a dash: edit the file"):
            remove(old, (0, "b"))
