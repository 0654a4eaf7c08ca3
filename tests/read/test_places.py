"""The exact line of something inside a record, found when a problem needs it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ledger.files import Source
from ledger.problems import Place
from ledger.read import line_in
from tests.read.reading import write_files

DOSSIER = """\
topics: [war]
title: Moura
where:
- mali
questions: {deaths: {asks: How many?, answer: quantity,
  part_of: losses}}
claims:
- cites:
  - outlet: daily
    title: A title
  id: a
  conflicts:
    b: They differ.
- {id: b, conflicts: {a: They differ.},
   found: page#1}
"""

ONE_LIST = "claims: [{id: a,\n  value: 1}, {id: b,\n  value: 2}]\ntitle: T\n"


@pytest.mark.parametrize(
    ("record", "keys", "line"),
    [
        (1, ("title",), 2),
        (1, ("where",), 3),
        (1, ("where", 0), 4),
        (5, ("part_of",), 6),
        (8, ("cites", 0, "title"), 10),
        (8, ("conflicts", "b"), 13),
        (14, ("found",), 15),
        (8, ("value",), 8),
        (8, (), 8),
        (2, ("title",), 2),
        (99, ("title",), 99),
    ],
)
def test_a_key_of_a_record_has_its_line_and_else_the_records_own(
    tmp_path: Path, record: int, keys: tuple[str | int, ...], line: int
) -> None:
    write_files(tmp_path, {"mali/moura.yaml": DOSSIER})
    place = line_in(Source(tmp_path), Place("mali/moura.yaml", record), *keys)
    assert place == Place("mali/moura.yaml", line)


def test_a_record_that_begins_on_the_line_of_its_list_is_told_from_it(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.yaml": ONE_LIST})
    assert line_in(Source(tmp_path), Place("a.yaml", 1), "value") == Place("a.yaml", 2)
    assert line_in(Source(tmp_path), Place("a.yaml", 2), "value") == Place("a.yaml", 3)


def test_a_record_of_a_bulk_file_has_one_line(tmp_path: Path) -> None:
    assert line_in(Source(tmp_path), Place("a.jsonl", 7), "found") == Place("a.jsonl", 7)


def test_a_file_that_has_changed_is_read_again(tmp_path: Path) -> None:
    for nanoseconds, text, line in [(1, "a: b\nc: d\n", 2), (2, "a: b\n\n\nc: d\n", 4)]:
        write_files(tmp_path, {"a.yaml": text})
        os.utime(tmp_path / "a.yaml", ns=(nanoseconds, nanoseconds))
        assert line_in(Source(tmp_path), Place("a.yaml", 1), "c") == Place("a.yaml", line)


def test_a_file_that_was_moved_away_leaves_the_records_own_line(tmp_path: Path) -> None:
    assert line_in(Source(tmp_path), Place("gone.yaml", 3), "title") == Place("gone.yaml", 3)
