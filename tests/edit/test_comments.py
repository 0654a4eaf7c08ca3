"""Comments: what is one, and what only looks like one."""

from __future__ import annotations

import pytest

from ledger.edit.comments import comments_in, has_comment
from ledger.edit.layout import lay_out


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("# a\nb: c # d\n#e\n", ["# a", "# d", "#e"]),
        ("a: x#y '# no'\n", []),
        ("a: '# no'  # yes\nb: \"# no\"#yes\n", ["# yes", "#yes"]),
        ("a: |  # yes\n  # no\n  text # no\n# yes\n", ["# yes", "# yes"]),
        ("a: >+ #yes\n  # no\n\nb: 1", ["#yes"]),
        ("a: [x, # yes\n  y#no, #yes\n]\n", ["# yes", "#yes"]),
        ("a: {b: 1,#yes\n}\n", ["#yes"]),
        ("'# no': 1\n? '#no' # yes\n: 2\n", ["# yes"]),
        ("a: &name x # yes  \nb: *name # yes\n", ["# yes", "# yes"]),
        ("a:   # yes\r\n  # yes\r\n  - b\r\n", ["# yes", "# yes"]),
        ("%YAML 1.1\n--- # yes\na: 1\n... # yes\n", ["# yes", "# yes"]),
        ("# only\n", ["# only"]),
        ("a: plain\n  goes on # yes\n", ["# yes"]),
        ("a: é 漢字 😀 # yes\n", ["# yes"]),
    ],
)
def test_comments_are_found_where_no_value_stands(text: str, says: list[str]) -> None:
    found = comments_in(text, lay_out(text))
    assert [one.says for one in found] == says
    assert all(text.startswith(one.says, one.start) for one in found)


def test_a_part_without_values_has_a_comment_or_not() -> None:
    text = "a: 1 # one\nb: 2\n"
    assert has_comment(text, 4, 10)
    assert not has_comment(text, 15, len(text))
