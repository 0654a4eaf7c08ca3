"""How a check is declared: one small function, its name the code, its docstring the manual."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from ledger.draft import Draft
from ledger.problems import Problem, documented

Check = Callable[[Draft], Iterator[Problem]]

CHECKS: Final[list[Check]] = []
"""Every check, in the order in which they are run."""


def check(function: Check) -> Check:
    """Add a function to the checks and its docstring to the documentation of its code."""
    CHECKS.append(function)
    return documented(function)
