"""What is typed for a claims file: on one line, visible, and each option once."""

from __future__ import annotations

from ast import literal_eval
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from ledger.commands.typed import LINE, ChangingCommand, is_visible
from ledger.text import UNSAFE
from tests.commands.running import run


@click.command(cls=ChangingCommand)
@click.argument("text", required=False)
@click.option("--once")
@click.option("--more", multiple=True)
@click.option("--needed", required=True)
@click.option("--flag", is_flag=True)
def command(**given: object) -> None:
    """Print what was given."""
    click.echo(repr({key: value for key, value in given.items() if value}))


def test_what_is_given_comes_on_one_line() -> None:
    words = ["\ta\r\n\r\nb ", "--needed", "x", "--more", "1", "--more", " 2", "--flag", "--flag"]
    ran = CliRunner().invoke(command, words)
    given = {"needed": "x", "more": ("1", "2"), "flag": True, "text": "a b"}
    assert (ran.exit_code, literal_eval(ran.output)) == (0, given)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--needed", ""], "'--needed': '' is empty; write a text"),
        (["--needed", "x", "--once", " "], "'--once': ' ' is empty; write a text, or leave it out"),
        (["--needed", "x", "--once", "1", "--once", "1"], "--once is given 2 times; give it once"),
        (["--needed", "x", "--more", "\x00"], "'--more': '\\x00' holds the invisible character"),
        (["--needed", "\udc80"], "holds the byte 0x80, which is not UTF-8"),
        (["--needed", "\ud800"], "holds the invisible character U+D800"),
        (["--needed", "x" * 1000 + "\x07"], f"'{'x' * 40}…' holds the invisible"),
        (["--neded", "x"], "No such option '--neded'"),
        (["-a text"], "a text that begins with a hyphen goes last"),
    ],
)
def test_what_no_file_can_hold_is_told_in_one_line(words: list[str], told: str) -> None:
    ran = CliRunner().invoke(command, words)
    assert ran.exit_code == 2
    last = ran.output.splitlines()[-1]
    assert told in last
    assert last.isprintable()


def test_what_was_not_given_may_be_empty() -> None:
    assert CliRunner().invoke(command, ["--needed", "x"]).output == "{'needed': 'x'}\n"


@given(st.text())
def test_a_line_is_a_line_and_the_same_again(text: str) -> None:
    try:
        line = LINE.convert(text, None, None)
    except click.BadParameter:
        assert UNSAFE.search(text)
        return
    assert "\n" not in line
    assert LINE.convert(line, None, None) == line
    assert line.split() == text.split() or not text.isascii()


@pytest.mark.parametrize("text", ["", " ", "\u00a0\u2003", "\u200b", "\u00ad", "\ufe0f\u200d"])
def test_blanks_and_what_has_no_shape_are_not_visible(text: str) -> None:
    assert not is_visible(text)
    assert is_visible(f"{text}ق{text}")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["show", ""], "Invalid value for 'ID...': '' is empty; write a text"),
        (["show", "daily", " "], "Invalid value for 'ID...': ' ' is empty; write a text"),
        (["compare", "a", ""], "Invalid value for 'OTHER': '' is empty; write a text"),
        (["coverage", ""], "Invalid value for '[DOC]': '' is empty; write a text, or leave it out"),
        (["disputes", "--question", ""], "Invalid value for '--question': '' is empty; write a"),
        (["verify", "", "--text", __file__], "Invalid value for 'DOC': '' is empty; write a text"),
    ],
)
def test_an_id_that_is_empty_is_told_as_that(words: list[str], told: str, tmp_path: Path) -> None:
    ran = run(*words, cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.splitlines()[-1].startswith(f"Error: {told}")
