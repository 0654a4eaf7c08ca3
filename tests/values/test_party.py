"""Parties: actors or places by id, alone, jointly, one or the other, or denied."""

from __future__ import annotations

import pytest

from ledger.values import Comparison, Parties, UnreadableValue, parse_parties
from ledger.values.party import FORMS, ActorKind, Manner, parties_in_words
from tests.values.printing import print_parties
from tests.values.trees import ACTORS


def _parties(manner: Manner, *ids: str) -> Parties:
    return Parties(manner, frozenset(ids))


def _compared(one: Parties, other: Parties) -> Comparison:
    return ActorKind().compare(one, other, ("", ""), ACTORS)


@pytest.mark.parametrize(
    ("text", "parties", "printed"),
    [
        ("jnim", _parties("one", "jnim"), "jnim"),
        ("is-sahel", _parties("one", "is-sahel"), "is-sahel"),
        (" jnim\n", _parties("one", "jnim"), "jnim"),
        (
            "wagner + malian-army",
            _parties("jointly", "wagner", "malian-army"),
            "malian-army + wagner",
        ),
        ("c+a + b", _parties("jointly", "a", "b", "c"), "a + b + c"),
        ("wagner | jnim", _parties("either", "wagner", "jnim"), "jnim | wagner"),
        ("a|b", _parties("either", "a", "b"), "a | b"),
        ("a + a", _parties("one", "a"), "a"),
        ("a | a", _parties("one", "a"), "a"),
        ("not wagner", _parties("not", "wagner"), "not wagner"),
        ("not   wagner", _parties("not", "wagner"), "not wagner"),
        ("not", _parties("one", "not"), "not"),
        ("not-here", _parties("one", "not-here"), "not-here"),
    ],
)
def test_a_form_means_parties_and_is_printed_in_order(
    text: str, parties: Parties, printed: str
) -> None:
    assert parse_parties(text) == parties
    assert print_parties(parties) == printed


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The Army",
        "Wagner",
        "a_b",
        "-a",
        "a-",
        "a--b",
        "a + ",
        "+ a",
        "a | | b",
        "a + b | c",
        "a, b",
        "a and b",
        "not not a",
        "not a + b",
        "not a | b",
        "gaó",
    ],
)
def test_what_names_no_ids_is_refused_with_the_forms_accepted(text: str) -> None:
    with pytest.raises(UnreadableValue, match=r"is not an id|mixes") as refused:
        parse_parties(text)
    assert f"`{text.strip()}`" in refused.value.what
    assert refused.value.forms == FORMS


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("wagner", "the Wagner Group"),
        ("wagner + malian-army", "the Malian army and the Wagner Group"),
        ("wagner | jnim", "JNIM or the Wagner Group"),
        ("not wagner", "not the Wagner Group"),
        ("somebody", "somebody"),
    ],
)
def test_parties_are_told_by_their_names(text: str, words: str) -> None:
    assert parties_in_words(parse_parties(text), ACTORS) == words


@pytest.mark.parametrize(
    ("one", "other", "verdict", "because"),
    [
        ("jnim", "jnim", "same", "both name JNIM"),
        ("not jnim", "not jnim", "same", "both say not JNIM"),
        ("jnim", "jnim | is-sahel", "compatible", "both name JNIM"),
        ("al-qaeda", "macina-front", "compatible", "the Macina front belongs to al-Qaeda"),
        (
            "jnim | is-sahel",
            "not jnim",
            "compatible",
            "the Islamic State in the Sahel or JNIM leaves room for not JNIM",
        ),
        ("not jnim", "not wagner", "compatible", "not JNIM leaves room for not the Wagner Group"),
        ("al-qaeda", "not jnim", "compatible", "al-Qaeda leaves room for not JNIM"),
        (
            "wagner",
            "jnim",
            "conflict",
            "the Wagner Group is not JNIM, and neither belongs to the other",
        ),
        (
            "wagner | jnim",
            "is-sahel",
            "conflict",
            "JNIM or the Wagner Group on one side and the Islamic State in the Sahel on the other "
            "have nothing in common",
        ),
        ("jnim", "not jnim", "conflict", "the one names JNIM, which the other denies"),
        (
            "macina-front",
            "not al-qaeda",
            "conflict",
            "the one names the Macina front, which belongs to al-Qaeda, which the other denies",
        ),
    ],
)
def test_two_answers_that_name_parties_are_compared_through_the_tree(
    one: str, other: str, verdict: str, because: str
) -> None:
    first, second = parse_parties(one), parse_parties(other)
    compared = _compared(first, second)
    assert (compared.verdict, compared.because, compared.gap) == (verdict, because, None)
    assert _compared(second, first).verdict == verdict


@pytest.mark.parametrize("denied", sorted(ACTORS.parents))
def test_a_denial_excludes_exactly_what_it_names_and_what_is_below_it(denied: str) -> None:
    denial = _parties("not", denied)
    excluded = {
        one
        for one in ACTORS.parents
        if _compared(_parties("one", one), denial).verdict == "conflict"
    }
    below = {one for one in ACTORS.parents if denied in ACTORS.wholes_of(one)}
    assert excluded == {denied} | below


@pytest.mark.parametrize(("manner", "verdict"), [("jointly", "conflict"), ("either", "compatible")])
def test_a_denial_of_one_excludes_both_only_if_both_are_meant(manner: Manner, verdict: str) -> None:
    both = _parties(manner, "wagner", "jnim")
    assert _compared(both, _parties("not", "russia")).verdict == verdict
