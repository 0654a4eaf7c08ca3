"""Words: the closed lists hold what the types allow, and each word has its meaning."""

from __future__ import annotations

from typing import get_args

import pytest

from ledger import words

LISTS: dict[str, dict[str, str]] = {
    name: listed
    for name, listed in vars(words).items()
    if isinstance(listed, dict) and name.isupper()
}


@pytest.mark.parametrize(
    ("allowed", "listed"),
    [(words.Answer, words.ANSWERS), (words.Strength, words.STRENGTHS)],
    ids=["answers", "strengths"],
)
def test_a_type_allows_exactly_the_words_of_its_list(
    allowed: object, listed: dict[str, str]
) -> None:
    assert list(get_args(allowed)) == list(listed)


@pytest.mark.parametrize("name", list(LISTS))
def test_every_word_has_a_meaning_that_is_part_of_a_sentence(name: str) -> None:
    meanings = LISTS[name].values()
    assert len(set(meanings)) == len(meanings)
    for meaning in meanings:
        assert meaning[0].islower()
        assert not meaning.endswith(".")


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (words.ANSWERS, "quantity date actor place choice yes-no text"),
        (words.STRENGTHS, "conflict tension"),
        (words.SCOPES, "claim paragraph document"),
        (words.STANCES, "supports disputes mentions"),
    ],
)
def test_the_words_of_the_contract_are_these(listed: dict[str, str], expected: str) -> None:
    assert list(listed) == expected.split()


def test_the_statuses_and_states_of_the_contract_are_these() -> None:
    assert set(words.STATUSES) == {
        "contested",
        "corroborated",
        "single origin",
        "origin not recorded",
        "superseded",
        "retracted",
    }
    assert list(words.STATES) == [
        "disputed",
        "contested elsewhere",
        "agreed",
        "single origin",
        "origin not recorded",
        "unanswered",
    ]
