"""Footnotes: which note each mark leads to, also where the numbering restarts."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ledger.texts.footnotes import marked_notes, notes_in


def led_to(paragraphs: Sequence[str]) -> dict[int, list[int]]:
    """Return the numbers of the notes that each paragraph's marks lead to."""
    found = marked_notes(paragraphs)
    return {number: [note.number for note in notes] for number, notes in found.items()}


@pytest.mark.parametrize("marks", [("i", "ii"), ("1", "2"), ("a", "b"), ("*", "†")])
def test_every_kind_of_mark_leads_to_its_note(marks: tuple[str, str]) -> None:
    one, other = marks
    text = [f"Rain.[{one}] Wind.[{other}]", f"[{one}] A note.", f" [{other}]Another."]
    assert [note.text for note in notes_in(text).values()] == ["A note.", "Another."]
    assert led_to(text) == {1: [2, 3]}


def test_a_note_that_is_marked_twice_in_a_paragraph_counts_once() -> None:
    assert led_to(["Rain.[1] More.[1] Wind.[2, 1]", "Sun.[1]", "[1] A.", "[2] B."]) == {
        1: [3, 4],
        2: [3],
    }


def test_brackets_that_are_no_marks_lead_nowhere() -> None:
    text = ["He [the farmer] said [sic] it rained [7].", "[Editor's remark] It did.", "[1] A."]
    assert led_to(text) == {}
    assert list(notes_in(text)) == [3]


def test_each_part_of_a_text_has_the_notes_that_end_it() -> None:
    text = ["Rain.[1]", "[1] A.", "Wind.[1] Sun.[2]", "[1] B.", "[2] C."]
    assert led_to(text) == {1: [2], 3: [4, 5]}


def test_lists_that_stand_together_at_the_end_belong_to_the_parts_in_order() -> None:
    text = ["Rain.[1]", "Wind.[2]", "Sun.[1]", "Snow.[2]", "Notes", "[1] A.", "[2] B."]
    text += ["To the second part", "[1] C.", "[2] D."]
    assert led_to(text) == {1: [6], 2: [7], 3: [9], 4: [10]}


def test_a_mark_that_comes_again_restarts_no_list_that_is_not_used_up() -> None:
    text = ["Rain.[1]", "Wind.[1]", "Sun.[2]", "[1] A.", "[2] B.", "[1] C."]
    assert led_to(text) == {1: [4], 2: [4], 3: [5]}


def test_a_mark_behind_all_notes_leads_back_to_them() -> None:
    assert led_to(["[1] A.", "Rain.[1]"]) == {2: [1]}


def test_a_text_without_notes_has_none() -> None:
    assert led_to(["Rain.[1]", "Wind."]) == {}
    assert led_to([]) == {}
