"""What is typed for a claims file: texts of one line, each option once."""

from __future__ import annotations

import re
import sys
from collections import Counter
from typing import Final
from unicodedata import category

import click
from click.core import ParameterSource

from ledger.text import UNSAFE

SHOWN: Final = 40
"""How many characters of a text that is refused are shown."""

_BLANKS: Final = re.compile(r"[ \t\r\n]+")


class Line(click.ParamType[str]):
    """A text of one line, as a file of the ledger can hold it.

    Line breaks and tabs become blanks. Refused are characters that no file may hold, and a text
    in which nothing is to be seen.
    """

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the text on one line. Raises click.BadParameter if it cannot be written."""
        if bad := UNSAFE.search(value):
            self.fail(f"{_shown(value)} holds {_told(bad[0])}; leave it out", param, ctx)
        line = _BLANKS.sub(" ", value).strip()
        if not is_visible(line) and _is_given(param, ctx):
            leave = "" if param is None or param.required else ", or leave it out"
            self.fail(f"{_shown(value)} is empty; write a text{leave}", param, ctx)
        return line


LINE: Final = Line()


class ChangingCommand(click.Command):
    """A command that changes files: its texts are lines, and no option is given twice for once."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line. Raises click.UsageError, in one line, for what cannot be meant."""
        for param in self.params:
            if param.type is click.STRING:
                param.type = LINE
        try:
            _, _, given = self.make_parser(ctx).parse_args(list(args))
        except click.NoSuchOption as error:
            if not any(one.startswith("-") and " " in one for one in args):
                raise
            message = "a text that begins with a hyphen goes last, behind two hyphens: -- TEXT"
            raise click.UsageError(message, ctx) from error
        for param, times in Counter(given).items():
            if isinstance(param, click.Option) and times > 1 and _is_for_once(param):
                message = f"{param.opts[-1]} is given {times} times; give it once"
                raise click.UsageError(message, ctx)
        return super().parse_args(ctx, args)


def is_terminal() -> bool:
    """Return whether somebody sits there to be asked."""
    # Either may be closed; Python has None for it then.
    return all(one and one.isatty() for one in (sys.stdin, sys.stdout))


def is_visible(text: str) -> bool:
    """Return whether there is anything to be seen of a text."""
    # Letters, numbers, punctuation, symbols: no blanks, and no marks without anything to mark.
    return any(category(one)[0] in "LNPS" for one in text)


def _is_for_once(option: click.Option) -> bool:
    return not (option.multiple or option.is_flag or option.count)


def _is_given(param: click.Parameter | None, ctx: click.Context | None) -> bool:
    """Return whether a text was typed: what stands where nothing was may be empty."""
    if param is None or ctx is None or param.name is None:
        return False
    return ctx.get_parameter_source(param.name) is ParameterSource.COMMANDLINE


def _told(character: str) -> str:
    """Return what an unsafe character is; how Python carries bytes that are no UTF-8."""
    if "\udc80" <= character <= "\udcff":
        return f"the byte 0x{ord(character) - 0xDC00:02x}, which is not UTF-8"
    return f"the invisible character U+{ord(character):04X}"


def _shown(text: str) -> str:
    """Return a text in quotes, its beginning only if it is long, nothing in it invisible."""
    return repr(text if len(text) <= SHOWN else f"{text[:SHOWN]}…")
