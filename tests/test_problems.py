"""Problems: data with a place, sorted and shown as one line each, and documented by their code."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ledger.build  # noqa: F401 # importing the whole way registers every code
from ledger.problems import CODES, LONGEST, LedgerError, Place, Problem, code_of, documented


def test_problems_are_sorted_by_path_then_line_then_code() -> None:
    problems = [
        Problem(Place("a.yaml", 2), "b-code", "what", "remedy"),
        Problem(Place("a.yaml", 10), "a-code", "what", "remedy"),
        Problem(Place("a.yaml", 10), "b-code", "what", "remedy"),
        Problem(Place("b.yaml"), "a-code", "what", "remedy"),
    ]
    assert all(one < other for one, other in pairwise(problems))


def test_a_place_that_is_a_whole_file_is_its_first_line() -> None:
    assert Place("a.yaml").line == 1


def test_equal_problems_are_one() -> None:
    assert len({Problem(Place("a"), "c", "w", "r"), Problem(Place("a", 1), "c", "w", "r")}) == 1


@settings(deadline=None)
@given(what=st.text())
def test_what_is_wrong_is_told_on_one_line_of_bounded_length(what: str) -> None:
    told = Problem(Place("a.yaml"), "code", what, "remedy").what
    assert len(told.splitlines()) <= 1
    assert len(told) <= LONGEST
    assert told.rstrip("…") in " ".join(what.split())


def test_what_is_wrong_is_cut_only_where_it_is_too_long() -> None:
    told = [Problem(Place("a"), "code", "x" * n, "r").what for n in (LONGEST, LONGEST + 1)]
    assert told == ["x" * LONGEST, "x" * (LONGEST - 1) + "…"]


def test_a_functions_docstring_documents_the_code_that_its_name_spells() -> None:
    def never_seen_before() -> None:
        """Documented once.

        And at length.
        """

    try:
        assert documented(never_seen_before) is never_seen_before
        assert code_of(never_seen_before) == "never-seen-before"
        assert CODES["never-seen-before"] == "Documented once.\n\nAnd at length."
        with pytest.raises(LedgerError, match="two functions define the problem code never-seen"):
            documented(never_seen_before)
    finally:
        del CODES["never-seen-before"]


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_code_is_documented_in_a_sentence_and_further_ones(code: str) -> None:
    first, *more = CODES[code].splitlines()
    assert first.endswith((".", ":"))
    assert len(first) <= 100
    assert more == [] or more[0] == ""
    assert CODES[code].endswith(".") or code == "not-yaml"
