"""Choosing on a terminal: one of some things by a few letters or its number, or a new one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeVar

import click

from ledger.commands.typed import LINE
from ledger.likeness import likeliest

T = TypeVar("T")

LISTED: Final = 9
"""How many choices are shown at once, so that each has a number of one digit."""

LIKENESS: Final = 60
"""From which likeness (0 to 100) on a choice is shown for some letters."""

BEGIN: Final = "+"
"""What stands for a new thing where one is chosen; so does the word `new`."""


def typed(label: str, default: str = "") -> str:
    """Ask for a text of one line; return it, or the default for an empty one."""
    suffix = " " if label.endswith("?") else ": "
    return str(
        click.prompt(
            label, default=default, show_default=bool(default), type=LINE, prompt_suffix=suffix
        )
    )


def required(label: str) -> str:
    """Ask for a text of one line until there is one."""
    while not (answer := typed(label)):
        click.echo("  this cannot be left out; Ctrl-C ends without writing anything")
    return answer


def until(ask: Callable[[], T]) -> T:
    """Ask until the answer can be used; what is wrong with one that cannot is said in a line."""
    while True:
        try:
            return ask()
        except click.UsageError as error:
            click.echo(f"  {error.message}")


def choose(
    label: str,
    options: Mapping[str, str],
    *,
    show: bool = False,
    optional: bool = False,
    begin: bool = True,
) -> str:
    """Ask for one of some things; return its id, BEGIN for a new one, or nothing if allowed."""
    shown = _list(options, list(options)) if show else []
    while True:
        answer = typed(label)
        if begin and (answer == BEGIN or (answer == "new" and "new" not in options)):
            return BEGIN
        if not answer and optional:
            return ""
        if chosen := _chosen(options, shown, answer):
            click.echo(f"  {chosen}: {options[chosen]}")
            return chosen
        shown = _list(options, _having(options, answer) or _alike(options, answer))
        if not shown:
            click.echo(f"  nothing has {answer!r} in its id or its words")


def _chosen(options: Mapping[str, str], shown: Sequence[str], answer: str) -> str:
    """Return the id that an answer can only mean; nothing if there is no such."""
    if answer in options:
        return answer
    if answer.isdecimal() and 1 <= int(answer) <= len(shown):
        return shown[int(answer) - 1]
    having = _having(options, answer) if answer else []
    return having[0] if len(having) == 1 else ""


def _list(options: Mapping[str, str], names: Sequence[str]) -> Sequence[str]:
    """Show the first of some things, each with its number; return those that are shown."""
    shown = names[:LISTED]
    for nth, name in enumerate(shown, start=1):
        click.echo(f"  {nth} {name}: {options[name]}")
    if more := len(names) - len(shown):
        click.echo(f"  and {more:,} more: type a few letters")
    return shown


def _having(options: Mapping[str, str], answer: str) -> list[str]:
    """Return the ids of what has all words of an answer, the likeliest first."""
    words = answer.casefold().split()
    held = {name: f"{name} {told}".casefold() for name, told in options.items()}
    having = [name for name, text in held.items() if all(word in text for word in words)]
    # Where a word begins with the letters comes before where they stand inside one.
    begins = re.compile("|".join(rf"(?<!\w){re.escape(word)}" for word in words) or "^")
    return sorted(
        having, key=lambda name: (not begins.match(held[name]), not begins.search(held[name]))
    )


def _alike(options: Mapping[str, str], answer: str) -> list[str]:
    """Return the ids of what an answer was probably meant to name."""
    held = {name: f"{name} {told}".casefold() for name, told in options.items()}
    return likeliest(answer.casefold(), held, "partial_ratio", LIKENESS, LISTED)
