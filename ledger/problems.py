"""What can be wrong in somebody's files, and the one exception for "cannot go on".

A problem is data: stages collect problems and go on, and all of them are shown at once.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


LONGEST: Final = 400
"""How many characters are said of one problem; a file may hold any amount."""


class LedgerError(Exception):
    """The work cannot go on; its text is one line for the person at the terminal."""


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """Where in the claims folder something stands: a file's path in it and a line from 1."""

    path: str
    line: int = 1


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """Something wrong in the files, where it is, and what would put it right.

    A remark is not wrong, only worth a second look: it is shown, and hinders nothing.
    """

    place: Place
    code: str
    what: str
    remedy: str
    level: Literal["problem", "remark"] = "problem"

    def __post_init__(self) -> None:
        """Put what is wrong on one line, whatever of the files it quotes."""
        what = " ".join(self.what.split())
        if len(what) > LONGEST:
            what = what[: LONGEST - 1] + "…"
        object.__setattr__(self, "what", what)


CODES: dict[str, str] = {}
"""Every problem code with its documentation; filled where the problems are defined."""


def documented(function: Callable[P, R]) -> Callable[P, R]:
    """Register a function's docstring as the documentation of the code that its name spells.

    `def duplicate_key` documents the code `duplicate-key`.
    """
    code = code_of(function)
    if code in CODES:
        message = f"two functions define the problem code {code}"
        raise LedgerError(message)
    CODES[code] = inspect.cleandoc(function.__doc__ or "")
    return function


def code_of(function: Callable[..., object]) -> str:
    """Return the problem code that a function's name spells."""
    return function.__name__.replace("_", "-")
