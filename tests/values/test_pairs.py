"""Pairs of values: the verdict that a careful reader gives, and the sentence that explains it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, cast, get_args

import pytest

from ledger.values import Asked, Said, compare, parse_time, parse_value
from ledger.values.comparison import Verdict
from ledger.words import ANSWERS, Answer
from tests.values.trees import OPTIONS, QUESTIONS


class Pair(NamedTuple):
    """Two values, and what is expected of comparing them."""

    kind: str
    one: str
    other: str
    verdict: str
    because: str = ""


def _pairs() -> Iterator[Pair]:
    lines = Path(__file__).with_name("pairs.txt").read_text(encoding="utf-8").splitlines()
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        if line and line[0] not in "# ":
            pair = Pair(*re.split(r" {2,}", line.rstrip()))
            yield pair._replace(because=after[4:]) if after.startswith("  = ") else pair


PAIRS = list(_pairs())


def _said(text: str, kind: str) -> Said:
    written, _, as_of = text.partition(" at ")
    value = parse_value(written, Asked(cast(Answer, kind), options=OPTIONS))
    return Said(written, value, parse_time(as_of) if as_of else None, as_of)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.one} - {pair.other}")
def test_two_values_get_the_verdict_of_a_careful_reader_from_both_sides(pair: Pair) -> None:
    one, other = (_said(text, pair.kind) for text in (pair.one, pair.other))
    forth = compare(one, other, QUESTIONS[pair.kind])
    back = compare(other, one, QUESTIONS[pair.kind])
    assert (forth.verdict, back.verdict) == (pair.verdict, pair.verdict)
    assert forth.gap == back.gap
    if pair.because:
        assert forth.because == pair.because


def test_the_pairs_have_every_kind_and_verdict_and_none_twice() -> None:
    assert len(PAIRS) >= 80
    assert sum(bool(pair.because) for pair in PAIRS) >= 12
    assert {pair.kind for pair in PAIRS} == set(ANSWERS)
    assert {pair.verdict for pair in PAIRS} == set(get_args(Verdict))
    seen = Counter((pair.kind, frozenset((pair.one, pair.other))) for pair in PAIRS)
    assert [pair for pair, times in seen.items() if times > 1] == []
