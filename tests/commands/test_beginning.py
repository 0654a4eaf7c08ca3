"""From the questions of `ledger add`: a new dossier, a new question, and what comes of them."""

from __future__ import annotations

from pathlib import Path

from ledger.schemas import FOLDER, write_schemas
from tests.commands.running import run
from tests.commands.terminal import INTERRUPT, Terminal, at_terminal
from tests.commands.test_add import dossier_of
from tests.commands.test_asking import (
    CITED,
    CLAIMANT,
    DOSSIER_ASKED,
    FOUND,
    HEDGE,
    ID,
    MADE,
    QUESTION,
    TEXT,
    VALUE,
    WRITE,
)


def leave_out_the_rest(terminal: Terminal) -> str:
    """Answer what every claim needs from where it was found; return what is shown at the end."""
    terminal.answer(FOUND, "page#2")
    for asked in (CLAIMANT, CITED, MADE, HEDGE, ID, WRITE):
        terminal.answer(asked, "")
    return terminal.rest()


def test_a_dossier_a_question_and_a_claim_are_begun_together(claims: Path) -> None:
    with at_terminal("add", cwd=claims.parent) as terminal:
        terminal.answer(TEXT, "Nine boats burned.")
        terminal.answer(DOSSIER_ASKED, "+")
        terminal.answer("Title of the new dossier: ", "", "Fire at the harbour: 2024")
        terminal.answer("[fire-at-the-harbour-2024]: ", "Fire")
        assert "'Fire' cannot be an id" in terminal.answer("]: ", "village-2022")
        assert "village-2022 is there already" in terminal.answer("]: ", "outlets")
        assert "outlets is there already" in terminal.answer("]: ", "harbour-fire")
        terminal.answer("In which folder? (mali; empty: in none): ", "nowhere")
        assert "there is no folder 'nowhere'" in terminal.answer("in none): ", "mali")
        terminal.answer(QUESTION, "new")
        terminal.answer("What does the new question ask? ", "How many boats burned?")
        assert "1 quantity: " in terminal.answer("Kind of answer: ", "1")
        terminal.answer("not said): ", "boats")
        terminal.answer("[how-many-boats-burned]: ", "boats-burned")
        terminal.answer("Value in boats (300, ", "9")
        told = leave_out_the_rest(terminal)
        assert terminal.end() == 0
    assert told.splitlines()[1:] == [
        "claims/mali/harbour-fire.yaml:1: dossier harbour-fire",
        "claims/mali/harbour-fire.yaml:4: question boats-burned",
        "claims/mali/harbour-fire.yaml:10: claim boats-burned-page",
    ]
    assert (
        (claims / "mali/harbour-fire.yaml").read_text()
        == """\
title: "Fire at the harbour: 2024"

questions:
  boats-burned:
    asks: How many boats burned?
    answer: quantity
    unit: boats

claims:
- id: boats-burned-page
  text: Nine boats burned.
  question: boats-burned
  value: 9
  found: page#2
"""
    )
    assert run("check", cwd=claims.parent).returncode == 0


def test_a_choice_is_asked_for_its_answers(claims: Path) -> None:
    with at_terminal("add", cwd=claims.parent) as terminal:
        terminal.answer(TEXT, "They came by boat.")
        terminal.answer(DOSSIER_ASKED, "village-2022")
        terminal.answer(QUESTION, "+")
        terminal.answer("ask? ", "How did they come?")
        terminal.answer("Kind of answer: ", "choice")
        terminal.answer("Answer 1 (empty: no more): ", "by boat")
        terminal.answer("Answer 2 (empty: no more): ", "")
        assert "two answers at least" in terminal.answer("Answer 1 (empty: no more): ", "by boat")
        terminal.answer("Answer 2 (empty: no more): ", "by road, at night")
        terminal.answer("Answer 3 (empty: no more): ", "")
        terminal.answer("[how-did-they-come]: ", "")
        terminal.answer("Value (by boat | by road, at night; empty: none): ", "by")
        terminal.answer(VALUE, "by boat")
        leave_out_the_rest(terminal)
        assert terminal.end() == 0
    text = dossier_of(claims).read_text()
    assert '    answer: choice\n    options: [by boat, "by road, at night"]\n' in text
    assert "  question: how-did-they-come\n  value: by boat\n" in text
    assert run("check", cwd=claims.parent).returncode == 0


def test_a_new_dossier_begins_with_the_line_by_which_editors_find_its_schema(claims: Path) -> None:
    write_schemas(claims / FOLDER)
    with at_terminal("add", cwd=claims.parent) as terminal:
        terminal.answer(TEXT, "It burned.")
        terminal.answer(DOSSIER_ASKED, "+")
        terminal.answer("Title of the new dossier: ", "Fire")
        terminal.answer("]: ", "")
        terminal.answer("in none): ", "mali")
        terminal.answer(QUESTION, "")
        leave_out_the_rest(terminal)
        assert terminal.end() == 0
    first, second, *_ = (claims / "mali/fire.yaml").read_text().splitlines()
    assert first == f"# yaml-language-server: $schema=../{FOLDER}/dossier.json"
    assert second == "title: Fire"


def test_whoever_stops_leaves_neither_dossier_nor_folder(claims: Path) -> None:
    before = sorted(claims.rglob("*"))
    with at_terminal("add", cwd=claims.parent) as terminal:
        terminal.answer(TEXT, "It burned.")
        terminal.answer(DOSSIER_ASKED, "+")
        terminal.answer("Title of the new dossier: ", "Fire")
        terminal.answer("]: ", "")
        terminal.answer("in none): ", "")
        terminal.answer(QUESTION, "+")
        terminal.wait_for("ask? ")
        assert terminal.stop(INTERRUPT) == "\nNothing was written.\n"
        assert terminal.end() == 1
    assert sorted(claims.rglob("*")) == before


def test_what_somebody_else_began_meanwhile_is_used(claims: Path) -> None:
    with at_terminal("add", cwd=claims.parent) as terminal:
        terminal.answer(TEXT, "They came by night.")
        terminal.answer(DOSSIER_ASKED, "village-2022")
        terminal.answer(QUESTION, "+")
        terminal.answer("ask? ", "When?")
        terminal.answer("Kind of answer: ", "text")
        terminal.answer("[when]: ", "")
        terminal.answer(VALUE, "at night")
        begun = ("--asks", "When?", "--answer", "text", "--dossier", "village-2022")
        assert run("new", "question", "when", *begun, cwd=claims.parent).returncode == 0
        leave_out_the_rest(terminal)
        assert terminal.end() == 0
    text = dossier_of(claims).read_text()
    assert text.count("  when:\n") == 1
    assert "  question: when\n  value: at night\n" in text
