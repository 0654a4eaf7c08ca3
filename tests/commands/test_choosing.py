"""Choosing among many: by a few letters, by number, or by what is nearly meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.terminal import INTERRUPT, at_terminal
from tests.commands.test_asking import DOSSIER_ASKED, QUESTION, TEXT


@pytest.fixture
def many(claims: Path) -> Path:
    """Return the small claims folder with twenty dossiers more."""
    for nth in range(20):
        file = claims / f"harbour-{nth:02}.yaml"
        file.write_text(f"title: Ships in the year {1900 + nth}\n", encoding="utf-8")
    return claims


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ("harbour-07", "harbour-07: Ships in the year 1907"),
        ("1912", "harbour-12: Ships in the year 1912"),
        ("SHIPS 1903", "harbour-03: Ships in the year 1903"),
        ("kill", "village-2022: Killings at a village"),
    ],
)
def test_letters_that_only_one_has_choose_it(many: Path, typed: str, chosen: str) -> None:
    with at_terminal("add", "A claim.", cwd=many.parent) as terminal:
        terminal.answer(DOSSIER_ASKED, typed)
        assert f"  {chosen}\n" in terminal.wait_for(QUESTION)
        terminal.stop(INTERRUPT)


def test_letters_that_many_have_list_nine_and_say_how_many_more(many: Path) -> None:
    with at_terminal("add", "A claim.", cwd=many.parent) as terminal:
        terminal.answer(DOSSIER_ASKED, "ships")
        listed = terminal.answer(DOSSIER_ASKED, "9").splitlines()
        assert listed[1] == "  1 harbour-00: Ships in the year 1900"
        assert listed[9:11] == [
            "  9 harbour-08: Ships in the year 1908",
            "  and 11 more: type a few letters",
        ]
        assert "  harbour-08: Ships" in terminal.wait_for(QUESTION)
        terminal.stop(INTERRUPT)


def test_nothing_typed_lists_what_there_is(many: Path) -> None:
    with at_terminal("add", "A claim.", cwd=many.parent) as terminal:
        terminal.answer(DOSSIER_ASKED, "")
        assert "  and 12 more: type a few letters\n" in terminal.wait_for(DOSSIER_ASKED)
        terminal.stop(INTERRUPT)


def test_what_is_only_alike_is_offered_and_never_taken_unasked(many: Path) -> None:
    with at_terminal("add", "A claim.", cwd=many.parent) as terminal:
        terminal.answer(DOSSIER_ASKED, "kilings vilage")
        assert "  1 village-2022: Killings at a village\n" in terminal.wait_for(DOSSIER_ASKED)
        terminal.stop(INTERRUPT)


def test_questions_are_listed_before_one_is_asked_for(claims: Path) -> None:
    with at_terminal("add", cwd=claims.parent) as terminal:
        terminal.answer(TEXT, "A claim.")
        terminal.answer(DOSSIER_ASKED, "vill")
        shown = terminal.wait_for(QUESTION)
        assert "  1 deaths: How many people were killed?\n  2 killers: Who killed them?\n" in shown
        terminal.stop(INTERRUPT)
