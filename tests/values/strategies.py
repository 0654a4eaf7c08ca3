"""Values of every kind for property-based tests, and how to make one wider."""

from __future__ import annotations

from datetime import date, timedelta
from math import inf
from typing import Final

from hypothesis import settings
from hypothesis import strategies as st

from ledger.values import CODINGS, DateSpan, Parties, Quantity, Tree, Value, Word, span_of
from ledger.values.party import Manner
from ledger.values.span import Run
from tests.values.trees import ACTORS, OPTIONS, PLACES

unhurried = settings(deadline=None)
"""A property without a time limit: the first rare date loads a parser."""

any_text = (
    st.text()
    | st.text(alphabet="0123456789.,~<>=≤≥%+-/?| XYETZSabnot[]{}()^٣½\t\n\xa0\u202f")
    | st.from_regex(r"[~<>]?=?-?\d{1,4}([,.]\d{3})*(\+|%|\.\.\d+| million)?", fullmatch=True)
    | st.from_regex(r"[\[{]?[~?%]?[0-9X]{4}(-[0-9X]{2}){0,2}[~?%]?(/|\.\.|,)?[0-9X-]{0,7}[\]}]?")
)
"""Texts of all sorts, many of them close to a value."""

numbers = st.integers(-10, 700).map(float) | st.sampled_from([0.5, 25.32, 1.5e6, 1e22])
"""Numbers near enough to one another for intervals to touch."""


@st.composite
def _ranges(draw: st.DrawFn) -> Quantity:
    low, high = sorted((draw(numbers), draw(numbers)))
    return Quantity(low, high)


quantities: Final[st.SearchStrategy[Quantity]] = (
    _ranges()
    | numbers.map(lambda number: Quantity(number, number))
    | st.builds(lambda low, out: Quantity(low, inf, low_open=out), numbers, st.booleans())
    | st.builds(lambda high, out: Quantity(-inf, high, high_open=out), numbers, st.booleans())
)

_days = st.dates(date(2019, 11, 1), date(2020, 4, 1)) | st.dates()


@st.composite
def _closed_spans(draw: st.DrawFn) -> DateSpan:
    first, last = sorted((draw(_days), draw(_days)))
    return DateSpan(first, last)


_near = st.integers(0, 90).map(lambda nth: date(2020, 1, 1).toordinal() + nth)


@st.composite
def _parted_spans(draw: st.DrawFn) -> DateSpan:
    """Return days in several stretches, some of them a single day, some open."""
    firsts = draw(st.lists(_near, min_size=1, max_size=5))
    runs = [Run(first, first + draw(st.integers(0, 5))) for first in firsts]
    runs += draw(st.sampled_from([[], [], [], [Run(max(firsts), inf)], [Run(-inf, min(firsts))]]))
    found = span_of(runs)
    assert found
    return found


parted_spans: Final[st.SearchStrategy[DateSpan]] = _parted_spans()
"""Days in several stretches, near enough to one another to meet."""

spans: Final[st.SearchStrategy[DateSpan]] = (
    parted_spans
    | _closed_spans()
    | _days.map(lambda day: DateSpan(day, day))
    | _days.map(lambda day: DateSpan(day, None))
    | _days.map(lambda day: DateSpan(None, day))
)


def _ids(tree: Tree) -> st.SearchStrategy[str]:
    return st.sampled_from([*sorted(tree.parents), "somewhere"])


@st.composite
def _parties(draw: st.DrawFn, tree: Tree) -> Parties:
    named = draw(st.frozensets(_ids(tree), min_size=1, max_size=3))
    if len(named) == 1:
        return Parties(draw(st.sampled_from(["one", "not"])), named)
    manner: Manner = draw(st.sampled_from(["jointly", "either"]))
    return Parties(manner, named)


actor_ids = _ids(ACTORS)
actors: Final[st.SearchStrategy[Parties]] = _parties(ACTORS)

VALUES: Final[dict[str, st.SearchStrategy[Value]]] = {
    "quantity": quantities,
    "date": spans,
    "actor": actors,
    "place": _parties(PLACES),
    "choice": st.sampled_from(OPTIONS).map(Word),
    "yes-no": st.sampled_from(["yes", "no"]).map(Word),
    "text": (st.sampled_from(OPTIONS) | st.text(max_size=8)).map(Word),
}
"""Values by the kind of answer."""

quantity_texts = st.builds(
    lambda number, form: form.format(number),
    st.sampled_from(["0", "7", "300", "1,400", "400 000", "1.5 million", "69%", "0.25"]),
    st.sampled_from(
        ["{}", "~{}", "about {}", "{}+", "~{}+", ">{}", "<{}", "<={}", "up to {}", "{0}..{0}"]
    ),
) | st.sampled_from(sorted(CODINGS["plural"]))
"""Quantities as people write them."""


@st.composite
def wider(draw: st.DrawFn, value: Value, tree: Tree) -> Value:
    """Return a value that says less: all that the first allows, and perhaps more."""
    match value:
        case Quantity():
            return _wider_quantity(value, draw(numbers), draw(numbers))
        case DateSpan():
            days = timedelta(draw(st.integers(0, 400)))
            earliest = value.earliest and max(value.earliest, date.min + days) - days
            latest = value.latest and min(value.latest, date.max - days) + days
            return DateSpan(earliest, latest, value.gaps[draw(st.integers(0, 2)) :])
        case Parties("not"):
            below = [one for one in tree.parents if tree.is_at_or_below(one, *value.ids)]
            return Parties("not", frozenset([draw(st.sampled_from([*value.ids, *below]))]))
        case Parties("jointly"):
            left_out = draw(st.sampled_from(sorted(value.ids)))
            return _above(value, left_out, tree)
        case Parties():
            more = value.ids | {draw(_ids(tree))}
            return Parties("one" if len(more) == 1 else "either", more)
        case Word():
            return value


def _wider_quantity(value: Quantity, down: float, up: float) -> Quantity:
    return Quantity(value.low - abs(down), value.high + abs(up))


def _above(value: Parties, part: str, tree: Tree) -> Parties:
    """Return the same parties, with the whole in place of one part."""
    whole = tree.parents.get(part) or part
    ids_above = (value.ids - {part}) | {whole}
    return Parties("one" if len(ids_above) == 1 else value.manner, ids_above)
