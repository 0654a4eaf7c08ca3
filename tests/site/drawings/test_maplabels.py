"""Names on a map: each on a side of its dot where there is room, or nowhere."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ledger.site.drawings.maplabels import LABEL, WIDTH, Rect, around, extent, fits, named

HEIGHT = 300

rects = st.builds(
    Rect, st.floats(-50, 500), st.floats(-50, 350), st.floats(1, 200), st.floats(1, 100)
)


def test_a_name_stands_to_the_right_of_its_dot() -> None:
    label = named("Moura", (100, 100), [around(100, 100)], HEIGHT)
    assert label is not None
    assert label.anchor == "start"
    assert label.x > 100


def test_at_the_right_edge_it_stands_to_the_left() -> None:
    label = named("Moura", (WIDTH - 10, 100), [around(WIDTH - 10, 100)], HEIGHT)
    assert label is not None
    assert label.anchor == "end"


def test_where_there_is_no_room_there_is_no_name() -> None:
    assert named("Moura", (100, 100), [Rect(0, 0, WIDTH, HEIGHT)], HEIGHT) is None
    assert named("M" * 200, (100, 100), [], HEIGHT) is None


@given(
    at=st.tuples(st.floats(0, WIDTH), st.floats(0, HEIGHT)),
    text=st.text(min_size=1, max_size=40),
    taken=st.lists(rects, max_size=6),
)
def test_a_name_lies_on_nothing_that_is_taken(
    at: tuple[float, float], text: str, taken: list[Rect]
) -> None:
    label = named(text, at, taken, HEIGHT)
    if label is not None:
        assert fits(extent(label, LABEL), taken, HEIGHT)


@given(rects, rects)
def test_two_boxes_overlap_both_ways(one: Rect, other: Rect) -> None:
    assert one.meets(other) == other.meets(one)
    assert one.meets(one)
