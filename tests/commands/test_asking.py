"""`ledger add` at a terminal: it asks for what is missing, and understands what people type."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.running import run
from tests.commands.terminal import END, INTERRUPT, Terminal, at_terminal
from tests.commands.test_add import GIVEN, dossier_of
from tests.small import DOSSIER

TEXT = "in your own words: "
DOSSIER_ASKED = "a new one): "
QUESTION = "a new one): "
VALUE = "empty: none): "
FOUND = "Where was it read? (document#paragraph, #page=4 or the document; page): "
CLAIMANT = "document's own voice): "
CITED = "Outlets cited for this very claim"
MADE = "When was it made?"
HEDGE = "How does the text hedge it?"
ID = "Its id, never renamed ["
WRITE = "Write it? [Y/n]: "


def begin(terminal: Terminal) -> None:
    """Answer up to the value: 300 people were killed."""
    terminal.answer(TEXT, "Three hundred died.")
    terminal.answer(DOSSIER_ASKED, "vill")
    terminal.answer(QUESTION, "how many")


def finish(terminal: Terminal) -> None:
    """Leave out what can be left out, and write."""
    for asked in (MADE, HEDGE, ID):
        terminal.answer(asked, "")
    terminal.answer(WRITE, "")


def test_a_claim_is_asked_for_piece_by_piece(claims: Path) -> None:
    with at_terminal("add", cwd=claims.parent) as terminal:
        begin(terminal)
        terminal.answer(VALUE, "~300")
        assert "  about 300: 270 to 330 people\n" in terminal.answer(FOUND, "page#2")
        terminal.answer(CLAIMANT, "the state")
        assert "empty: The Wire, Radio Goïta)" in terminal.wait_for("The Wire, Radio Goïta)")
        terminal.type("Daily=https://example.org/a, radio goita\n")
        terminal.answer(MADE, "2022-04-05")
        terminal.answer(HEDGE, "reportedly")
        assert terminal.answer("]: ", "").endswith("[deaths-state]: ")
        shown = terminal.answer(WRITE, "y")
        assert terminal.end() == 0
    assert "  id: deaths-state\n  text: Three hundred died.\n  claimant: state\n" in shown
    assert "Value: about 300: 270 to 330 people.\n" in shown
    assert "It takes a position with 1 other claim: about 300; 2 origins (before: 1 " in shown
    assert "New conflict (sides disagree): deaths-500 and deaths-state: " in shown
    assert terminal.screen.endswith("claims/mali/village-2022.yaml:52: claim deaths-state\n")
    assert (
        dossier_of(claims).read_text()
        == f"""{DOSSIER}
- id: deaths-state
  text: Three hundred died.
  claimant: state
  made: 2022-04-05
  question: deaths
  value: ~300
  found: page#2
  cites:
  - outlet: daily
    url: https://example.org/a
  - outlet: radio
  hedge: reportedly
"""
    )


def test_what_cannot_be_is_told_and_asked_again(claims: Path) -> None:
    with at_terminal("add", cwd=claims.parent) as terminal:
        terminal.answer(TEXT, "")
        assert "this cannot be left out" in terminal.answer(TEXT, "Three hundred died.")
        terminal.answer(DOSSIER_ASKED, "zzz")
        assert "nothing has 'zzz' in its id" in terminal.answer(DOSSIER_ASKED, "kilings")
        assert "  1 village-2022: Killings at a village\n" in terminal.answer(DOSSIER_ASKED, "1")
        terminal.answer(QUESTION, "1")
        terminal.answer(VALUE, "lots")
        assert "  `lots` is not a quantity; accepted: 300" in terminal.answer(VALUE, "dozens")
        terminal.answer(FOUND, "page#0")
        assert "`page#0` is not a place in a document" in terminal.answer(FOUND, "page#77")
        assert "no paragraph 77; the last is 3" in terminal.answer(FOUND, "page#1, page#2")
        terminal.answer(CLAIMANT, "")
        terminal.answer(CITED, "wire=javascript:1")
        assert "`javascript:1` is not a web address" in terminal.answer(CITED, "")
        terminal.answer(MADE, "soon")
        assert "`soon` is not a date; accepted: EDTF" in terminal.answer(MADE, "")
        terminal.answer(HEDGE, "")
        terminal.answer(ID, "deaths-300")
        assert "a claim has the id deaths-300 already" in terminal.answer(ID, "Not an id")
        assert "'Not an id' cannot be an id" in terminal.answer(ID, "")
        terminal.answer(WRITE, "")
        assert terminal.end() == 0
    assert "  found: [page#1, page#2]\n" in dossier_of(claims).read_text()


def test_bytes_that_are_no_text_are_told_and_asked_again(claims: Path) -> None:
    with at_terminal("add", cwd=claims.parent) as terminal:
        terminal.wait_for(TEXT)
        terminal.type(b"\xff\xfe\n")
        assert "the byte 0xff, which is not UTF-8" in terminal.answer(TEXT, "a\u202eb")
        assert "the invisible character U+202E" in terminal.answer(TEXT, "قُتل ثلاثمئة شخص")
        terminal.answer(DOSSIER_ASKED, "vill")
        terminal.answer(QUESTION, "")
        terminal.answer(FOUND, "page#2")
        terminal.answer(CLAIMANT, "")
        terminal.answer(CITED, "")
        finish(terminal)
        assert terminal.end() == 0
    assert "  text: قُتل ثلاثمئة شخص\n" in dossier_of(claims).read_text()


def test_a_near_name_is_offered_and_a_new_one_added(claims: Path) -> None:
    with at_terminal("add", cwd=claims.parent) as terminal:
        begin(terminal)
        terminal.answer(VALUE, "")
        terminal.answer(FOUND, "page#2")
        terminal.answer(CLAIMANT, "The Amry")
        terminal.answer("'The Amry': is it The Army (army)? [Y/n]: ", "")
        terminal.answer(CITED, "Wyre, The Gazette")
        terminal.answer("'Wyre': is it The Wire (wire)? [Y/n]: ", "")
        terminal.answer("new outlet the-gazette (The Gazette); what kind is it?", "newspaper")
        finish(terminal)
        assert terminal.end() == 0
    told = run("list", "outlets", cwd=claims.parent).stdout
    assert "The Gazette" in told
    assert "  - outlet: the-gazette\n" in dossier_of(claims).read_text()
    assert run("check", cwd=claims.parent).returncode == 0


def test_a_name_that_is_not_to_be_added_is_asked_for_again(claims: Path) -> None:
    registers = (claims / "actors.yaml").read_bytes()
    with at_terminal("add", cwd=claims.parent) as terminal:
        begin(terminal)
        terminal.answer(VALUE, "")
        terminal.answer(FOUND, "page#2")
        terminal.answer(CLAIMANT, "Mayor of Nowhere")
        terminal.answer("do not add): ", "-")
        assert "'Mayor of Nowhere' is not added" in terminal.answer(CLAIMANT, "Witnesses")
        terminal.answer(CITED, "")
        finish(terminal)
        assert terminal.end() == 0
    assert (claims / "actors.yaml").read_bytes() == registers


def test_a_new_name_never_takes_the_id_of_another(claims: Path) -> None:
    with at_terminal("add", cwd=claims.parent) as terminal:
        begin(terminal)
        terminal.answer(VALUE, "")
        terminal.answer(FOUND, "page#2")
        terminal.answer(CLAIMANT, "Brigade!!")
        if "is it" in terminal.wait_for("brigade"):
            terminal.answer("]: ", "n")
        terminal.answer("do not add): ", "")
        terminal.answer(CITED, "")
        finish(terminal)
        assert terminal.end() == 0
    assert "\nbrigade-2:" in (claims / "actors.yaml").read_text()
    assert "  claimant: brigade-2\n" in dossier_of(claims).read_text()


@pytest.mark.parametrize("key", [INTERRUPT, END])
@pytest.mark.parametrize("answered", range(5))
def test_whoever_stops_in_the_middle_writes_nothing(claims: Path, key: str, answered: int) -> None:
    before = {file: file.read_bytes() for file in claims.rglob("*.yaml")}
    given = [
        (TEXT, "Three hundred died."),
        (DOSSIER_ASKED, "vill"),
        (QUESTION, ""),
        (FOUND, "page#2"),
        (CLAIMANT, "Somebody New"),
        ("do not add): ", ""),
    ]
    with at_terminal("add", cwd=claims.parent) as terminal:
        for asked, answer in given[:answered]:
            terminal.answer(asked, answer)
        terminal.wait_for(given[answered][0])
        assert terminal.stop(key) == "\nNothing was written.\n"
        assert terminal.end() == 1
    assert {file: file.read_bytes() for file in claims.rglob("*.yaml")} == before


@pytest.mark.parametrize("answer", ["n\n", INTERRUPT, END])
def test_whoever_does_not_want_it_written_is_told_so(claims: Path, answer: str) -> None:
    with at_terminal("add", "Three hundred died.", *GIVEN, cwd=claims.parent) as terminal:
        terminal.wait_for(WRITE)
        assert terminal.stop(answer).endswith("\nNothing was written.\n")
        assert terminal.end() == 1
    assert dossier_of(claims).read_text() == DOSSIER


def test_whoever_gives_what_is_needed_is_only_asked_whether_to_write(claims: Path) -> None:
    with at_terminal("add", "Three hundred died.", *GIVEN, cwd=claims.parent) as terminal:
        shown = terminal.answer(WRITE, "")
        assert terminal.end() == 0
    assert "empty:" not in shown
    assert "- id: deaths-page\n" in dossier_of(claims).read_text()


def test_a_wrong_option_is_told_before_anything_is_asked(claims: Path) -> None:
    for flag, value in (("--question", "deths"), ("--claimant", "amry"), ("--made", "soon")):
        with at_terminal("add", flag, value, cwd=claims.parent) as terminal:
            assert f"Invalid value for '{flag}'" in terminal.rest()
            assert TEXT not in terminal.screen
            assert terminal.end() == 2


def test_problems_are_shown_and_a_no_is_the_answer_to_expect(claims: Path) -> None:
    words = ("add", "More died.", *GIVEN, "--supersedes", "killers-rebels")
    for answer, code in (("", 1), ("y", 0)):
        with at_terminal(*words, cwd=claims.parent) as terminal:
            assert "supersedes-another" in terminal.answer("all the same? [y/N]: ", answer)
            assert terminal.end() == code
        assert ("killers-rebels\n" in dossier_of(claims).read_text()[len(DOSSIER) :]) == (code == 0)


def test_nothing_is_asked_with_yes_or_where_nobody_sits(claims: Path) -> None:
    with at_terminal("add", "Three hundred died.", "--yes", cwd=claims.parent) as terminal:
        assert "missing --question or --dossier, --found" in terminal.rest()
        assert terminal.end() == 2
    assert run("add", cwd=claims.parent).returncode == 2


def test_a_ledger_without_documents_says_what_to_do_first(claims: Path) -> None:
    (claims / "documents.yaml").write_text("", encoding="utf-8")
    dossier_of(claims).write_text("title: Empty\n", encoding="utf-8")
    with at_terminal("add", cwd=claims.parent) as terminal:
        assert "no document is registered; `ledger new document` adds one" in terminal.rest()
        assert terminal.end() == 2
