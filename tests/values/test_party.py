"""Parties: actors or places by id, alone, jointly, one or the other, or denied."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.values import (
    Asked,
    Comparing,
    Comparison,
    Parties,
    Tree,
    UnreadableValue,
    parse_parties,
)
from ledger.values.kind import Room
from ledger.values.party import FORMS, ActorKind, Manner, parties_in_words
from tests.values.acting import NODES, can_all_be_among, can_all_hold, parties, trees
from tests.values.printing import print_parties
from tests.values.trees import ACTORS


def _parties(manner: Manner, *ids: str) -> Parties:
    return Parties(manner, frozenset(ids))


def _compared(one: Parties, other: Parties) -> Comparison:
    return ActorKind().compare(one, other, ("", ""), Comparing(Asked("actor"), ACTORS))


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


@settings(max_examples=150)
@given(trees(), parties(), parties())
def test_two_can_both_be_true_exactly_if_there_is_a_world_for_both(
    tree: Tree, one: Parties, other: Parties
) -> None:
    verdict = ActorKind().compare(one, other, ("", ""), Comparing(Asked("actor"), tree)).verdict
    assert (verdict != "conflict") is can_all_hold([one, other], tree)


def _leave_room(values: list[Parties], tree: Tree, *, many: bool = False) -> bool:
    """Return whether values leave room for one world, by their rooms and two by two."""
    kind, question = ActorKind(), Comparing(Asked("actor", many=many), tree)
    room: Room | None = None
    for one in values:
        for other in values:
            if kind.compare(one, other, ("", ""), question).verdict == "conflict":
                return False
    for one in values:
        more = kind.room(one, question)
        room = room.shared(more) if room else more
        if room is None:
            return False
    return True


@settings(max_examples=300)
@given(trees(), st.lists(parties(), min_size=1, max_size=5))
def test_several_can_all_be_true_exactly_if_they_leave_room_for_a_world(
    tree: Tree, values: list[Parties]
) -> None:
    assert _leave_room(values, tree) is can_all_hold(values, tree)


@settings(max_examples=300)
@given(trees(), st.lists(parties(), min_size=3, max_size=5))
def test_where_nobody_names_several_pairs_tell_all(tree: Tree, values: list[Parties]) -> None:
    kind = ActorKind()
    whole = [one for one in values if not kind.in_parts(one)]
    by_pairs = all(can_all_hold([one, other], tree) for one in whole for other in whole)
    assert by_pairs is can_all_hold(whole, tree)


@pytest.mark.parametrize(
    ("written", "together"),
    [
        (["not a", "not b", "a | b"], False),
        (["not a", "not b", "not c", "a | b | c"], False),
        (["not a", "not b", "a | b | c"], True),
        (["a | b", "b | c", "a | c"], False),
        (["a | b", "b | c", "not b"], False),
        (["a + b", "b + c", "a + c"], False),
        (["a + b", "a + c", "a | d"], True),
        (["a + b", "b + c", "not a"], False),
        (["a + b", "b | c", "not c"], True),
        (["a", "a + b", "not c"], True),
    ],
)
def test_answers_are_together_that_one_world_makes_true(written: list[str], together: bool) -> None:
    flat, values = Tree(dict.fromkeys(NODES)), [parse_parties(one) for one in written]
    assert can_all_hold(values, flat) is together
    assert _leave_room(values, flat) is together


@settings(max_examples=300)
@given(trees(), st.lists(parties(), min_size=1, max_size=5))
def test_where_several_answers_can_be_true_only_denials_exclude(
    tree: Tree, values: list[Parties]
) -> None:
    assert _leave_room(values, tree, many=True) is can_all_be_among(values, tree)


@pytest.mark.parametrize(
    ("one", "other", "verdict", "because"),
    [
        ("wagner", "jnim", "compatible", "the Wagner Group and JNIM can both be among the answers"),
        ("wagner", "wagner", "same", "both name the Wagner Group"),
        ("jnim", "not al-qaeda", "conflict", None),
        ("jnim | wagner", "not al-qaeda", "compatible", None),
        ("jnim + wagner", "not al-qaeda", "conflict", None),
    ],
)
def test_among_several_answers_a_denial_excludes_what_it_denies(
    one: str, other: str, verdict: str, because: str | None
) -> None:
    question = Comparing(Asked("actor", many=True), ACTORS)
    first, second = parse_parties(one), parse_parties(other)
    compared = ActorKind().compare(first, second, ("", ""), question)
    assert compared.verdict == verdict
    assert because in {None, compared.because}
