"""Where everything stands in a YAML text."""

from __future__ import annotations

from typing import Final

import pytest

from ledger.edit.layout import find_all, lay_out
from ledger.problems import LedgerError

TEXT: Final = """\
# 😀
claims:
  - id: שלום   # behind
    text: >-
      two
      lines

    found: [page#1, "p"]
  - &two {id: b}
empty:
"""


def written(*keys: str | int) -> str:
    path = find_all(lay_out(TEXT), keys)
    assert len(path) == len(keys) + 1
    return TEXT[path[-1].start : path[-1].end]


def test_a_value_is_found_character_by_character_whatever_the_script() -> None:
    assert written("claims", 0, "id") == "שלום"
    assert written("claims", 0, "found") == '[page#1, "p"]'
    assert written("claims", 0, "found", 1) == '"p"'
    assert written("claims", 1) == "&two {id: b}"
    assert written("empty") == ""


def test_a_text_in_lines_ends_with_its_last_character() -> None:
    assert written("claims", 0, "text") == ">-\n      two\n      lines"
    kept = "a: |+\n  one\n\n\nb: 1\n"
    node = find_all(lay_out(kept), ["a"])[-1]
    assert kept[node.start : node.end] == "|+\n  one\n\n"


def test_columns_are_those_of_keys_and_dashes() -> None:
    root, claims, first = find_all(lay_out(TEXT), ["claims", 0])
    assert (root.column, claims.column, first.column) == (0, 2, 4)
    assert not claims.flow
    assert find_all(lay_out(TEXT), ["claims", 1])[-1].flow


def test_the_way_goes_as_far_as_there_is_something() -> None:
    assert len(find_all(lay_out(TEXT), ["claims", 2])) == 2
    assert len(find_all(lay_out(TEXT), ["claims", "id"])) == 2
    assert len(find_all(lay_out(TEXT), [0])) == 1
    assert find_all(lay_out("# nothing\n"), ["a"]) == []


@pytest.mark.parametrize(("text", "is_empty"), [("a:", 1), ("a: []", 1), ("a: {}", 1), ("a: x", 0)])
def test_what_is_not_written_is_empty(text: str, is_empty: int) -> None:
    assert find_all(lay_out(text), ["a"])[-1].is_empty is bool(is_empty)


def test_an_alias_is_not_empty() -> None:
    node = find_all(lay_out("a: &x\nb: *x"), ["b"])[-1]
    assert (node.kind, node.is_empty) == ("alias", False)


def test_what_is_not_yaml_is_told_in_one_line() -> None:
    with pytest.raises(LedgerError, match=r"^the file is not YAML; `ledger check` says where$"):
        lay_out("a: [")
