"""Compare: what holds for any two values of every kind."""

from __future__ import annotations

from itertools import pairwise, permutations, product
from typing import get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ledger.values import (
    CODINGS,
    Comparison,
    DateSpan,
    Parties,
    Quantity,
    Said,
    Time,
    UnreadableValue,
    Value,
    Word,
    compare,
    parse_date,
    parse_parties,
    parse_quantity,
    parse_time,
    spans_meet,
)
from ledger.values.comparison import Verdict
from ledger.values.quantity import print_quantity
from ledger.words import ANSWERS
from tests.values.printing import print_date, print_parties
from tests.values.strategies import (
    VALUES,
    actor_ids,
    actors,
    any_text,
    quantities,
    quantity_texts,
    spans,
    unhurried,
    wider,
)
from tests.values.trees import ACTORS, QUESTIONS

kinds = st.sampled_from(sorted(ANSWERS))
every_kind = pytest.mark.parametrize("kind", sorted(ANSWERS))
kinds_that_widen = pytest.mark.parametrize("kind", ["quantity", "date", "actor", "place"])


def _said(value: Value, as_of: DateSpan | None = None) -> Said:
    """Return an answer as it would be written."""
    times = print_date(as_of) if as_of else ""
    time = Time(as_of) if as_of else None
    match value:
        case Quantity():
            return Said(print_quantity(value), value, time, times)
        case DateSpan():
            return Said(print_date(value), value, time, times)
        case Parties():
            return Said(print_parties(value), value, time, times)
        case Word():
            return Said(value.text, value, time, times)


def _compared(one: Value, other: Value, kind: str) -> Comparison:
    return compare(_said(one), _said(other), QUESTIONS[kind])


@every_kind
@unhurried
@given(data=st.data())
def test_comparing_is_symmetric(data: st.DataObject, kind: str) -> None:
    one, other = data.draw(VALUES[kind]), data.draw(VALUES[kind])
    forth, back = _compared(one, other, kind), _compared(other, one, kind)
    assert (forth.verdict, forth.gap) == (back.verdict, back.gap)


@every_kind
@unhurried
@given(data=st.data())
def test_a_value_is_the_same_as_itself(data: st.DataObject, kind: str) -> None:
    value = data.draw(VALUES[kind])
    assert _compared(value, value, kind).verdict == "same"


@every_kind
@unhurried
@given(data=st.data())
def test_only_equal_values_are_the_same(data: st.DataObject, kind: str) -> None:
    one, other = data.draw(VALUES[kind]), data.draw(VALUES[kind])
    assert (_compared(one, other, kind).verdict == "same") is (one == other)


@kinds_that_widen
@unhurried
@given(data=st.data())
def test_widening_a_value_never_creates_a_conflict(data: st.DataObject, kind: str) -> None:
    one, other = data.draw(VALUES[kind]), data.draw(VALUES[kind])
    assume(_compared(one, other, kind).verdict != "conflict")
    assert _compared(data.draw(wider(one, QUESTIONS[kind].tree)), other, kind).verdict != "conflict"


@kinds_that_widen
@unhurried
@given(data=st.data())
def test_a_wider_value_never_conflicts_with_the_narrower(data: st.DataObject, kind: str) -> None:
    value = data.draw(VALUES[kind])
    assert _compared(value, data.draw(wider(value, QUESTIONS[kind].tree)), kind).verdict in {
        "same",
        "compatible",
    }


@unhurried
@given(data=st.data(), text=quantity_texts)
def test_a_greater_tolerance_never_creates_a_conflict(data: st.DataObject, text: str) -> None:
    less, more = sorted(data.draw(st.floats(0, 1)) for _ in range(2))
    other = data.draw(quantities)
    assume(_compared(parse_quantity(text, less), other, "quantity").verdict != "conflict")
    assert _compared(parse_quantity(text, more), other, "quantity").verdict != "conflict"


@every_kind
@unhurried
@given(data=st.data())
def test_the_explanation_is_one_line_and_only_a_conflict_has_a_gap(
    data: st.DataObject, kind: str
) -> None:
    times = st.none() | spans
    one, other = (_said(data.draw(VALUES[kind]), data.draw(times)) for _ in range(2))
    compared = compare(one, other, QUESTIONS[kind])
    assert compared.verdict in get_args(Verdict)
    assert compared.because == compared.because.strip()
    assert len(compared.because.splitlines()) == 1
    assert (compared.gap is not None) is (
        compared.verdict == "conflict" and kind in {"quantity", "date"}
    )
    assert compared.gap is None or compared.gap >= 0


@unhurried
@given(one=any_text, other=any_text)
def test_an_explanation_is_one_line_however_a_value_is_written(one: str, other: str) -> None:
    for parse, kind in ((parse_quantity, "quantity"), (parse_date, "date")):
        try:
            first, second = Said(one, parse(one)), Said(other, parse(other))
        except UnreadableValue:
            continue
        compared = compare(first, second, QUESTIONS[kind])
        assert len(compared.because.splitlines()) == 1


@unhurried
@given(data=st.data(), kind=kinds)
def test_the_pairs_that_conflict_do_not_depend_on_the_order(data: st.DataObject, kind: str) -> None:
    values = data.draw(st.lists(VALUES[kind], min_size=3, max_size=3))
    found = {
        frozenset(
            frozenset((values.index(one), values.index(other)))
            for one, other in pairwise([*order, order[0]])
            if _compared(one, other, kind).verdict == "conflict"
        )
        for order in permutations(values)
    }
    assert len(found) == 1


@unhurried
@given(data=st.data(), kind=kinds, one=spans, other=spans)
def test_values_for_times_that_do_not_meet_are_incomparable(
    data: st.DataObject, kind: str, one: DateSpan, other: DateSpan
) -> None:
    first, second = data.draw(VALUES[kind]), data.draw(VALUES[kind])
    timed = compare(_said(first, one), _said(second, other), QUESTIONS[kind])
    if spans_meet(one, other):
        assert timed == _compared(first, second, kind)
    else:
        assert (timed.verdict, timed.gap) == ("incomparable", None)
        assert timed.because.startswith("they hold for different times: ")


@unhurried
@given(data=st.data(), kind=kinds, time=spans)
def test_a_value_without_a_time_is_compared_with_one_that_has_it(
    data: st.DataObject, kind: str, time: DateSpan
) -> None:
    first, second = data.draw(VALUES[kind]), data.draw(VALUES[kind])
    timed = compare(_said(first, time), _said(second), QUESTIONS[kind])
    assert timed == _compared(first, second, kind)


@unhurried
@given(one=quantities, other=quantities)
def test_quantities_conflict_exactly_if_no_number_lies_in_both(
    one: Quantity, other: Quantity
) -> None:
    low, high = max(one.low, other.low), min(one.high, other.high)
    touch_in_an_open_end = low == high and any(
        (end.low_open and end.low == low) or (end.high_open and end.high == high)
        for end in (one, other)
    )
    apart = low > high or touch_in_an_open_end
    compared = _compared(one, other, "quantity")
    assert (compared.verdict == "conflict") is apart
    assert compared.gap == (pytest.approx(low - high) if apart else None)


@unhurried
@given(one=spans, other=spans)
def test_dates_conflict_exactly_if_no_day_lies_in_both(one: DateSpan, other: DateSpan) -> None:
    apart = [
        max(first.first - second.last, second.first - first.last)
        for first, second in product(one.runs(), other.runs())
    ]
    days = min(apart)
    compared = _compared(one, other, "date")
    assert (compared.verdict == "conflict") is (days > 0)
    assert compared.gap == (days if days > 0 else None)
    assert spans_meet(one, other) is (days <= 0)


@unhurried
@given(named=actor_ids, denied=actor_ids)
def test_a_denial_conflicts_exactly_with_what_it_denies_and_what_is_below(
    named: str, denied: str
) -> None:
    one, denial = Parties("one", frozenset([named])), Parties("not", frozenset([denied]))
    below = named == denied or denied in ACTORS.wholes_of(named)
    assert (_compared(one, denial, "actor").verdict == "conflict") is below


@unhurried
@given(one=actors, other=actors)
def test_parties_conflict_exactly_if_nothing_connects_them(one: Parties, other: Parties) -> None:
    assume("not" not in {one.manner, other.manner})
    connected = any(ACTORS.are_related(first, second) for first in one.ids for second in other.ids)
    assert (_compared(one, other, "actor").verdict == "conflict") is not connected


@unhurried
@given(quantity=quantities)
def test_a_printed_quantity_means_the_same(quantity: Quantity) -> None:
    assert parse_quantity(print_quantity(quantity)) == quantity


@unhurried
@given(text=any_text | quantity_texts, coding=st.sampled_from(sorted(CODINGS)))
def test_a_quantity_read_and_printed_and_read_is_the_same(text: str, coding: str) -> None:
    try:
        quantity = parse_quantity(text, coding=coding)
    except UnreadableValue:
        return
    printed = print_quantity(quantity)
    assert parse_quantity(printed) == quantity
    assert print_quantity(parse_quantity(printed)) == printed


@unhurried
@given(span=spans)
def test_a_printed_date_means_the_same(span: DateSpan) -> None:
    assert parse_date(print_date(span)) == span


@unhurried
@given(text=any_text)
def test_a_date_read_and_printed_and_read_is_the_same(text: str) -> None:
    try:
        span = parse_date(text)
    except UnreadableValue:
        return
    assert parse_date(print_date(span)) == span
    assert span.earliest is None or span.latest is None or span.earliest <= span.latest


@unhurried
@given(named=actors)
def test_printed_parties_mean_the_same(named: Parties) -> None:
    assert parse_parties(print_parties(named)) == named


@unhurried
@given(
    names=st.lists(st.sampled_from(["a", "b", "not", "a-1", "x y", ""]), min_size=1, max_size=3),
    sign=st.sampled_from(["+", "|", " + ", " not "]),
)
def test_parties_read_and_printed_and_read_are_the_same(names: list[str], sign: str) -> None:
    try:
        named = parse_parties(sign.join(names))
    except UnreadableValue:
        return
    assert parse_parties(print_parties(named)) == named


def test_answers_of_different_kinds_are_incomparable() -> None:
    compared = compare(_said(Quantity(1, 1)), _said(Word("1")), QUESTIONS["text"])
    assert compared == Comparison("incomparable", "the two are answers of different kinds")


def test_what_holds_for_other_times_says_which() -> None:
    one = Said("4000", Quantity(4000, 4000), parse_time("2013"), "2013")
    other = Said("1000", Quantity(1000, 1000), parse_time("2023-03~"), "2023-03~")
    because = "they hold for different times: 2013 and about March 2023"
    assert compare(one, other, QUESTIONS["quantity"]) == Comparison("incomparable", because)
